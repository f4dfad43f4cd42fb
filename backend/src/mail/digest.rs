//! The daily mail: what happened on all tickets since the last one, for those who chose so.

use domain::brand::Brand;
use domain::time::Instant;

use super::about::About;
use super::block;
use super::compose::{endable, foot, subject, unsubscribe_url};
use super::sheet::{Part, Sheet};
use super::{Mail, Thread, words};
use crate::store::Tx;
use crate::store::notification::{self as rows, Reader, Taken};
use crate::{Backend, Error, policy, random};

/// Puts it into the outbox; `None`: nothing is left to say.
pub(super) async fn compose(
    backend: &Backend,
    tx: &mut Tx,
    reader: &Reader,
    notices: &[Taken],
    now: Instant,
) -> Result<Option<i64>, Error> {
    let person = &reader.person;
    let locale = person.locale;
    let staff = person.role.is_staff();
    let base_url = backend.config().base_url.as_str();
    let mut tickets: Vec<i64> = Vec::new();
    for notice in notices {
        if !tickets.contains(&notice.ticket_id) {
            tickets.push(notice.ticket_id);
        }
    }
    let mut parts = Vec::new();
    let mut count = 0;
    for ticket_id in tickets {
        let Some(about) = About::load(backend, tx, person, ticket_id, now).await? else { continue };
        let of_it = notices.iter().filter(|notice| notice.ticket_id == ticket_id);
        let blocks = block::without_echoes(of_it.filter_map(|notice| block::of(&about, notice)).collect());
        if blocks.is_empty() {
            continue;
        }
        count += 1;
        let key = about.ticket.key.to_string();
        let url = [base_url, if staff { "/desk/" } else { "/requests/" }, &key].concat();
        parts.push(Part::Link(subject(&key, &about.ticket.subject), url));
        for block in blocks {
            parts.push(Part::Text(block.title));
            // What people wrote; what to do with it is said in mails of one ticket.
            parts.extend(block.parts.into_iter().filter(|part| matches!(part, Part::Caution(_) | Part::Said { .. })));
        }
        parts.push(Part::Facts([vec![about.status()], about.promises()].concat()));
    }
    if count == 0 {
        return Ok(None);
    }
    let title = match (count, staff) {
        (1, false) => words::digest_one(locale).to_owned(),
        (1, true) => words::digest_one_desk(locale).to_owned(),
        (count, false) => words::digest_title(locale, &count.to_string()),
        (count, true) => words::digest_title_desk(locale, &count.to_string()),
    };
    let token = rows::mail_token(tx, person.user_id, &random::base32::<16>()?).await?;
    let unsubscribe = unsubscribe_url(backend, token, endable(notices.iter().map(|notice| notice.kind)));
    let button = if staff {
        (words::digest_button_desk(locale).to_owned(), [base_url, "/desk"].concat())
    } else {
        (words::digest_button(locale).to_owned(), [base_url, "/requests"].concat())
    };
    let sheet = Sheet {
        locale,
        brand: reader.brand.clone().unwrap_or_else(Brand::loket),
        answerable: false,
        title,
        parts,
        button: Some(button),
        foot: foot(backend, locale, words::why_digest(locale), &unsubscribe),
    };
    let zone = policy::calendars(backend, tx).await?.zone(now);
    let mail = Mail {
        kind: "digest",
        user_id: Some(person.user_id),
        to_email: &person.email,
        to_name: &person.name,
        from_name: "",
        subject: &words::digest_subject(locale, &crate::words::moment(locale, &zone, now)),
        ticket_id: None,
        list: None,
        unsubscribe: &unsubscribe,
        thread: Thread::default(),
    };
    super::enqueue(backend, tx, now, mail, &sheet).await.map(Some)
}
