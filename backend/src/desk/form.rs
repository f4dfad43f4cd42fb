//! Forms as they are stored, with both languages, and the checking of what was filled in.

use domain::form::{BODY_MAX, Choice, Field, FieldKind, Form, FormIcon, SUBJECT_MAX, check_text};
use domain::i18n::Locale;
use domain::problem::{FieldProblem, Problem};
use domain::ticket::Priority;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;

use super::text;
use crate::store::form::FormRow;
use crate::{Error, store, words};

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Both {
    pub(super) en: String,
    pub(super) nl: String,
}

impl Both {
    pub(super) fn new(en: &str, nl: &str) -> Self {
        Self { en: en.to_owned(), nl: nl.to_owned() }
    }

    fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::English => &self.en,
            Locale::Dutch => &self.nl,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StoredKind {
    Text,
    LongText,
    Date,
    Choice(Vec<(String, Both)>),
}

/// A field as it is stored in `form.fields`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct StoredField {
    pub(super) slug: String,
    pub(super) label: Both,
    #[serde(default)]
    pub(super) hint: Both,
    pub(super) kind: StoredKind,
    #[serde(default)]
    pub(super) required: bool,
}

impl StoredField {
    fn view(&self, locale: Locale) -> Field {
        let choice =
            |(slug, label): &(String, Both)| Choice { slug: slug.clone(), label: label.get(locale).to_owned() };
        Field {
            slug: self.slug.clone(),
            label: self.label.get(locale).to_owned(),
            hint: self.hint.get(locale).to_owned(),
            kind: match &self.kind {
                StoredKind::Text => FieldKind::Text,
                StoredKind::LongText => FieldKind::LongText,
                StoredKind::Date => FieldKind::Date,
                StoredKind::Choice(choices) => FieldKind::Choice(choices.iter().map(choice).collect()),
            },
            required: self.required,
        }
    }

    /// How a checked answer reads.
    fn answer(&self, value: &str, locale: Locale) -> String {
        match &self.kind {
            StoredKind::Choice(choices) => choices
                .iter()
                .find(|(slug, _)| slug == value)
                .map_or_else(|| value.to_owned(), |(_, label)| label.get(locale).to_owned()),
            StoredKind::Date => words::date(locale, value),
            StoredKind::Text | StoredKind::LongText => value.to_owned(),
        }
    }
}

pub(super) fn fields(row: &FormRow) -> Result<Vec<StoredField>, Error> {
    Ok(serde_json::from_str(&row.fields)?)
}

pub(super) fn icon(row: &FormRow) -> FormIcon {
    match row.icon.as_str() {
        "question" => FormIcon::Question,
        "change" => FormIcon::Change,
        "person" => FormIcon::Person,
        _ => FormIcon::Problem,
    }
}

pub(super) fn view(row: &FormRow, locale: Locale) -> Result<Form, Error> {
    Ok(Form {
        slug: row.slug.clone(),
        title: row.title.clone(),
        summary: row.summary.clone(),
        icon: icon(row),
        fields: fields(row)?.iter().map(|field| field.view(locale)).collect(),
    })
}

/// The form of that name as this organisation has it.
pub(super) async fn find(
    db: &mut AnyConnection,
    organisation_id: i64,
    slug: &str,
    locale: Locale,
) -> Result<FormRow, Error> {
    let forms = store::form::list(db, organisation_id, locale).await?;
    forms.into_iter().find(|form| form.slug == slug).ok_or(Error::NotFound)
}

/// What was filled in, checked and cleaned.
pub(super) struct Filled {
    pub(super) subject: String,
    pub(super) description: String,
    pub(super) priority: Priority,
    /// Of each answered field: label and value, English and Dutch.
    pub(super) answers: Vec<Answer>,
}

pub(super) struct Answer {
    pub(super) label: Both,
    pub(super) value: Both,
}

/// Checks every field and reports all that is wrong at once.
pub(super) fn check(
    row: &FormRow,
    subject: &str,
    description: &str,
    priority: &str,
    given: &[(String, String)],
) -> Result<Filled, Error> {
    let (subject, description) = (text::line(subject), text::body(description));
    let mut problems: Vec<FieldProblem> = Vec::new();
    problems.extend(check_text("subject", &subject, SUBJECT_MAX));
    problems.extend(check_text("description", &description, BODY_MAX));
    let mut answers = Vec::new();
    for field in fields(row)? {
        let shape = field.view(Locale::English);
        let control = shape.control();
        let typed = given.iter().find(|(name, _)| *name == control || *name == field.slug);
        let value = text::body(typed.map_or("", |(_, value)| value));
        match shape.check(&value) {
            Some(problem) => problems.push(problem),
            None if value.is_empty() => {}
            None => answers.push(Answer {
                value: Both { en: field.answer(&value, Locale::English), nl: field.answer(&value, Locale::Dutch) },
                label: field.label,
            }),
        }
    }
    let chosen = Priority::from_slug(priority);
    if chosen.is_none() {
        let problem = if priority.is_empty() { Problem::Required } else { Problem::NotAChoice };
        problems.push(FieldProblem::new("priority", problem));
    }
    match chosen {
        Some(priority) if problems.is_empty() => Ok(Filled { subject, description, priority, answers }),
        _ => Err(Error::Invalid(problems)),
    }
}
