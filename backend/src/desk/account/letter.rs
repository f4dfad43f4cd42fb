//! A mail about someone's account: written by the use case itself, not composed from notices, and not to be ended.

use domain::brand::Brand;
use sqlx::AnyConnection;

use super::words;
use crate::mail::{self, Foot, Mail, Part, Sheet};
use crate::store::account::PersonRow;
use crate::{Backend, Error, store};

/// What it says.
#[derive(Default)]
pub(super) struct Letter<'a> {
    /// Also the subject.
    pub(super) title: &'a str,
    /// Paragraphs.
    pub(super) text: Vec<String>,
    /// Words and where it leads.
    pub(super) button: Option<(&'a str, String)>,
    /// What is to be known about the button; may be empty.
    pub(super) after: &'a str,
}

pub(super) async fn send(
    backend: &Backend,
    db: &mut AnyConnection,
    kind: &str,
    person: &PersonRow,
    letter: Letter<'_>,
) -> Result<(), Error> {
    let locale = person.locale.unwrap_or_default();
    let brand = match person.organisation_id {
        Some(id) => store::organisation::find(db, id).await?.map(|organisation| organisation.brand),
        None => None,
    };
    let mut parts = vec![Part::Text(words::greeting(locale, &person.name))];
    parts.extend(letter.text.into_iter().map(Part::Text));
    if !letter.after.is_empty() {
        parts.push(Part::Text(letter.after.to_owned()));
    }
    let sheet = Sheet {
        locale,
        brand: brand.unwrap_or_else(Brand::loket),
        answerable: false,
        title: letter.title.to_owned(),
        parts,
        button: letter.button.map(|(words, link)| (words.to_owned(), link)),
        foot: Foot { why: words::why(locale).to_owned(), links: Vec::new() },
    };
    let mail = Mail {
        kind,
        user_id: Some(person.user_id),
        to_email: &person.email,
        to_name: &person.name,
        subject: letter.title,
        ..Mail::default()
    };
    mail::enqueue(backend, db, backend.now(), mail, &sheet).await.map(drop)
}
