//! Organisations and their people, as tickets need them. Accounts themselves are in `account`.

use std::collections::HashMap;

use domain::actor::Role;
use domain::brand::{Brand, Mark};
use domain::i18n::Locale;
use domain::view::PersonView;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::sql::{Columns, Sql};
use crate::Error;

#[derive(Clone, Debug)]
pub(crate) struct OrganisationRow {
    pub(crate) organisation_id: i64,
    pub(crate) brand: Brand,
    pub(crate) welcome_en: String,
    pub(crate) welcome_nl: String,
    pub(crate) note: String,
    pub(crate) account_manager_id: Option<i64>,
    pub(crate) policy_version_id: i64,
}

/// An organisation as it is created.
#[derive(Clone, Debug)]
pub struct NewOrganisation<'a> {
    pub key: &'a str,
    pub name: &'a str,
    pub hue: u16,
    /// In thousandths.
    pub chroma: u16,
    pub mark: Mark,
    pub welcome_en: &'a str,
    pub welcome_nl: &'a str,
    pub note: &'a str,
    pub own_tickets_only: bool,
    pub account_manager_id: Option<i64>,
}

const COLUMNS: &str = "SELECT organisation_id, name, key, hue, chroma, mark, welcome_en, welcome_nl, note, account_manager_id, \
                       policy_version_id FROM organisation ";

fn read(row: &AnyRow) -> Result<OrganisationRow, Error> {
    let mut row = Columns::new(row);
    Ok(OrganisationRow {
        organisation_id: row.get()?,
        brand: read_brand(&mut row)?,
        welcome_en: row.get()?,
        welcome_nl: row.get()?,
        note: row.get()?,
        account_manager_id: row.get()?,
        policy_version_id: row.get()?,
    })
}

/// Name, key, hue, chroma, mark: the columns of a brand, in this order.
pub(crate) fn read_brand(row: &mut Columns<'_>) -> Result<Brand, Error> {
    Ok(Brand {
        name: row.get()?,
        key: row.get()?,
        hue: u16::try_from(row.get::<i64>()?).map_err(Error::internal)?,
        chroma: u16::try_from(row.get::<i64>()?).map_err(Error::internal)?,
        mark: row.slug(mark_from_slug)?,
    })
}

pub(crate) fn mark_from_slug(slug: &str) -> Option<Mark> {
    Some(match slug {
        "counter" => Mark::Counter,
        "petals" => Mark::Petals,
        "arcs" => Mark::Arcs,
        "letter" => Mark::Letter,
        _ => return None,
    })
}

pub(crate) const fn mark_slug(mark: Mark) -> &'static str {
    match mark {
        Mark::Counter => "counter",
        Mark::Petals => "petals",
        Mark::Arcs => "arcs",
        Mark::Letter => "letter",
    }
}

pub(crate) async fn find(db: &mut AnyConnection, organisation_id: i64) -> Result<Option<OrganisationRow>, Error> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("WHERE organisation_id = ").bind(organisation_id);
    sql.optional(db).await?.as_ref().map(read).transpose()
}

pub(crate) async fn find_by_key(db: &mut AnyConnection, key: &str) -> Result<Option<OrganisationRow>, Error> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("WHERE key = ").bind(key);
    sql.optional(db).await?.as_ref().map(read).transpose()
}

pub(crate) async fn list(db: &mut AnyConnection) -> Result<Vec<OrganisationRow>, Error> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("ORDER BY name");
    sql.all(db).await?.iter().map(read).collect()
}

pub(crate) async fn insert(
    db: &mut AnyConnection,
    organisation: &NewOrganisation<'_>,
    policy_version_id: i64,
    now: i64,
) -> Result<i64, Error> {
    let row = sqlx::query(
        "INSERT INTO organisation (key, name, hue, chroma, mark, welcome_en, welcome_nl, note, own_tickets_only,
                                   account_manager_id, policy_version_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING organisation_id",
    )
    .bind(organisation.key)
    .bind(organisation.name)
    .bind(i64::from(organisation.hue))
    .bind(i64::from(organisation.chroma))
    .bind(mark_slug(organisation.mark))
    .bind(organisation.welcome_en)
    .bind(organisation.welcome_nl)
    .bind(organisation.note)
    .bind(i64::from(organisation.own_tickets_only))
    .bind(organisation.account_manager_id)
    .bind(policy_version_id)
    .bind(now)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}

/// Title and URL of an organisation's own links.
pub(crate) async fn links(
    db: &mut AnyConnection,
    organisation_id: i64,
    locale: Locale,
) -> Result<Vec<(String, String)>, Error> {
    let text = match locale {
        Locale::English => {
            "SELECT title_en, url FROM organisation_link WHERE organisation_id = $1 ORDER BY position, organisation_link_id"
        }
        Locale::Dutch => {
            "SELECT title_nl, url FROM organisation_link WHERE organisation_id = $1 ORDER BY position, organisation_link_id"
        }
    };
    let rows = sqlx::query(text).bind(organisation_id).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok((row.get()?, row.get()?))
        })
        .collect()
}

pub(crate) async fn insert_link(
    db: &mut AnyConnection,
    organisation_id: i64,
    position: i64,
    title: (&str, &str),
    url: &str,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO organisation_link (organisation_id, position, title_en, title_nl, url) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(organisation_id)
    .bind(position)
    .bind(title.0)
    .bind(title.1)
    .bind(url)
    .execute(db)
    .await?;
    Ok(())
}

/// A person as a ticket mentions them.
#[derive(Clone, Debug)]
pub(crate) struct PersonRow {
    pub(crate) view: PersonView,
    pub(crate) email: String,
    pub(crate) organisation_id: Option<i64>,
    pub(crate) locale: Option<Locale>,
    pub(crate) active: bool,
}

const PERSON: &str = "SELECT user_id, name, role, email, organisation_id, locale, deactivated_at FROM user_account ";

fn read_person(row: &AnyRow) -> Result<PersonRow, Error> {
    let mut row = Columns::new(row);
    Ok(PersonRow {
        view: PersonView { id: row.get()?, name: row.get()?, role: row.slug(Role::from_slug)? },
        email: row.get()?,
        organisation_id: row.get()?,
        locale: row.get::<Option<&str>>()?.and_then(Locale::from_tag),
        active: row.get::<Option<i64>>()?.is_none(),
    })
}

/// People by id, whoever they are.
pub(crate) async fn people(
    db: &mut AnyConnection,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, PersonRow>, Error> {
    let mut ids: Vec<i64> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut people = HashMap::with_capacity(ids.len());
    // Both databases limit the number of arguments; threads with more people than this do not happen, but may.
    for some in ids.chunks(500) {
        let mut sql = Sql::new(PERSON);
        sql.push("WHERE user_id IN (").bind_each(some).push(")");
        for row in &sql.all(db).await? {
            let person = read_person(row)?;
            people.insert(person.view.id, person);
        }
    }
    Ok(people)
}

/// The active people of an organisation, by name.
pub(crate) async fn members(db: &mut AnyConnection, organisation_id: i64) -> Result<Vec<PersonRow>, Error> {
    let mut sql = Sql::new(PERSON);
    sql.push("WHERE organisation_id = ").bind(organisation_id);
    sql.push(" AND deactivated_at IS NULL ORDER BY name, user_id");
    sql.all(db).await?.iter().map(read_person).collect()
}

/// The active people of all organisations, by name.
pub(crate) async fn customers(db: &mut AnyConnection) -> Result<Vec<PersonRow>, Error> {
    let mut sql = Sql::new(PERSON);
    sql.push("WHERE organisation_id IS NOT NULL AND deactivated_at IS NULL ORDER BY name, user_id");
    sql.all(db).await?.iter().map(read_person).collect()
}

/// Active staff, by name.
pub(crate) async fn staff(db: &mut AnyConnection) -> Result<Vec<PersonRow>, Error> {
    let mut sql = Sql::new(PERSON);
    sql.push("WHERE organisation_id IS NULL AND deactivated_at IS NULL ORDER BY name, user_id");
    sql.all(db).await?.iter().map(read_person).collect()
}
