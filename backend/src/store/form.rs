//! Forms, articles and notices: what a portal offers, in both languages.

use domain::i18n::Locale;
use domain::time::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::Dialect;
use super::sql::{Columns, Sql};
use crate::Error;

#[derive(Clone, Debug)]
pub(crate) struct FormRow {
    pub(crate) form_id: i64,
    pub(crate) slug: String,
    pub(crate) icon: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    /// JSON.
    pub(crate) fields: String,
}

pub(crate) struct NewForm<'a> {
    pub(crate) slug: &'a str,
    pub(crate) icon: &'a str,
    pub(crate) position: i64,
    /// English, Dutch.
    pub(crate) title: (&'a str, &'a str),
    pub(crate) summary: (&'a str, &'a str),
    pub(crate) fields: &'a str,
}

fn read(row: &AnyRow) -> Result<FormRow, Error> {
    let mut row = Columns::new(row);
    Ok(FormRow {
        form_id: row.get()?,
        slug: row.get()?,
        icon: row.get()?,
        title: row.get()?,
        summary: row.get()?,
        fields: row.get()?,
    })
}

/// The forms of an organisation: its own, and the shared ones that it has no own form of the same name for.
pub(crate) async fn list(db: &mut AnyConnection, organisation_id: i64, locale: Locale) -> Result<Vec<FormRow>, Error> {
    let text = match locale {
        Locale::English => {
            "SELECT f.form_id, f.slug, f.icon, f.title_en, f.summary_en, f.fields FROM form f
              WHERE f.organisation_id = $1 OR (f.organisation_id IS NULL AND NOT EXISTS
                    (SELECT 1 FROM form own WHERE own.organisation_id = $1 AND own.slug = f.slug))
              ORDER BY f.position, f.form_id"
        }
        Locale::Dutch => {
            "SELECT f.form_id, f.slug, f.icon, f.title_nl, f.summary_nl, f.fields FROM form f
              WHERE f.organisation_id = $1 OR (f.organisation_id IS NULL AND NOT EXISTS
                    (SELECT 1 FROM form own WHERE own.organisation_id = $1 AND own.slug = f.slug))
              ORDER BY f.position, f.form_id"
        }
    };
    let rows = sqlx::query(text).bind(organisation_id).fetch_all(db).await?;
    rows.iter().map(read).collect()
}

/// Slug and title of the forms of an organisation, as a value of JSON in a larger statement.
pub(crate) fn titles(sql: &mut Sql, dialect: Dialect, organisation_id: i64, locale: Locale) {
    let (title, ordered) = match locale {
        Locale::English => ("slug, title_en", "FROM (SELECT f.slug, f.title_en FROM form f WHERE f.organisation_id = "),
        Locale::Dutch => ("slug, title_nl", "FROM (SELECT f.slug, f.title_nl FROM form f WHERE f.organisation_id = "),
    };
    sql.json_lists(dialect, title, |sql| {
        sql.push(ordered).bind(organisation_id).push(
            " OR (f.organisation_id IS NULL AND NOT EXISTS \
             (SELECT 1 FROM form own WHERE own.slug = f.slug AND own.organisation_id = ",
        );
        sql.bind(organisation_id).push(")) ORDER BY f.position, f.form_id) offered");
    });
}

/// Slug and title of the shared forms: what the desk filters by.
pub(crate) async fn shared(db: &mut AnyConnection, locale: Locale) -> Result<Vec<(String, String)>, Error> {
    let text = match locale {
        Locale::English => "SELECT slug, title_en FROM form WHERE organisation_id IS NULL ORDER BY position, form_id",
        Locale::Dutch => "SELECT slug, title_nl FROM form WHERE organisation_id IS NULL ORDER BY position, form_id",
    };
    pairs(&sqlx::query(text).fetch_all(db).await?)
}

fn pairs(rows: &[AnyRow]) -> Result<Vec<(String, String)>, Error> {
    rows.iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok((row.get()?, row.get()?))
        })
        .collect()
}

/// The title of a form.
pub(crate) async fn title(db: &mut AnyConnection, form_id: i64, locale: Locale) -> Result<String, Error> {
    let text = match locale {
        Locale::English => "SELECT title_en FROM form WHERE form_id = $1",
        Locale::Dutch => "SELECT title_nl FROM form WHERE form_id = $1",
    };
    Columns::new(&sqlx::query(text).bind(form_id).fetch_one(db).await?).get()
}

/// Adds a shared form unless there is one of that name.
pub(crate) async fn insert(db: &mut AnyConnection, form: &NewForm<'_>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO form (slug, icon, position, title_en, title_nl, summary_en, summary_nl, fields)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    )
    .bind(form.slug)
    .bind(form.icon)
    .bind(form.position)
    .bind(form.title.0)
    .bind(form.title.1)
    .bind(form.summary.0)
    .bind(form.summary.1)
    .bind(form.fields)
    .execute(db)
    .await?;
    Ok(())
}

/// Slug and title of every article.
pub(crate) async fn articles(db: &mut AnyConnection, locale: Locale) -> Result<Vec<(String, String)>, Error> {
    let text = match locale {
        Locale::English => "SELECT slug, title_en FROM article ORDER BY position, article_id",
        Locale::Dutch => "SELECT slug, title_nl FROM article ORDER BY position, article_id",
    };
    pairs(&sqlx::query(text).fetch_all(db).await?)
}

/// Title and text of an article.
pub(crate) async fn article(
    db: &mut AnyConnection,
    slug: &str,
    locale: Locale,
) -> Result<Option<(String, String)>, Error> {
    let text = match locale {
        Locale::English => "SELECT title_en, body_en FROM article WHERE slug = $1",
        Locale::Dutch => "SELECT title_nl, body_nl FROM article WHERE slug = $1",
    };
    let rows = sqlx::query(text).bind(slug).fetch_all(db).await?;
    Ok(pairs(&rows)?.pop())
}

/// Adds an article unless there is one of that name. Title and text in English and Dutch.
pub(crate) async fn insert_article(
    db: &mut AnyConnection,
    slug: &str,
    position: i64,
    title: (&str, &str),
    body: (&str, &str),
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO article (slug, position, title_en, title_nl, body_en, body_nl) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (slug) DO NOTHING",
    )
    .bind(slug)
    .bind(position)
    .bind(title.0)
    .bind(title.1)
    .bind(body.0)
    .bind(body.1)
    .execute(db)
    .await?;
    Ok(())
}

/// Heading, text, link title and URL of the announcement for an organisation that holds now; the newest when several do.
pub(crate) async fn notice(
    db: &mut AnyConnection,
    organisation_id: i64,
    locale: Locale,
    now: Instant,
) -> Result<Option<[String; 4]>, Error> {
    let text = match locale {
        Locale::English => {
            "SELECT heading_en, body_en, link_title_en, link_url FROM notice
              WHERE (organisation_id IS NULL OR organisation_id = $1) AND starts_at <= $2 AND ends_at > $2
              ORDER BY starts_at DESC, notice_id DESC LIMIT 1"
        }
        Locale::Dutch => {
            "SELECT heading_nl, body_nl, link_title_nl, link_url FROM notice
              WHERE (organisation_id IS NULL OR organisation_id = $1) AND starts_at <= $2 AND ends_at > $2
              ORDER BY starts_at DESC, notice_id DESC LIMIT 1"
        }
    };
    let row = sqlx::query(text).bind(organisation_id).bind(now.0).fetch_optional(db).await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok([row.get()?, row.get()?, row.get()?, row.get()?])
    })
    .transpose()
}

/// An announcement: heading, text and link title in English and Dutch, the link's URL, and from when until when.
pub struct NewNotice<'a> {
    pub organisation_id: Option<i64>,
    pub heading: (&'a str, &'a str),
    pub body: (&'a str, &'a str),
    pub link_title: (&'a str, &'a str),
    pub link_url: &'a str,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

pub(crate) async fn insert_notice(db: &mut AnyConnection, notice: &NewNotice<'_>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO notice (organisation_id, heading_en, heading_nl, body_en, body_nl, link_title_en, link_title_nl,
                             link_url, starts_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(notice.organisation_id)
    .bind(notice.heading.0)
    .bind(notice.heading.1)
    .bind(notice.body.0)
    .bind(notice.body.1)
    .bind(notice.link_title.0)
    .bind(notice.link_title.1)
    .bind(notice.link_url)
    .bind(notice.starts_at.0)
    .bind(notice.ends_at.0)
    .execute(db)
    .await?;
    Ok(())
}
