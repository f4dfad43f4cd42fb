//! Rows of people.

use super::*;

/// A person, with what signing in and managing them asks for.
#[derive(Clone, Debug)]
pub(crate) struct PersonRow {
    pub(crate) user_id: i64,
    pub(crate) organisation_id: Option<i64>,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) password_hash: Option<String>,
    pub(crate) locale: Option<Locale>,
    pub(crate) deactivated: bool,
}

impl PersonRow {
    /// In this language, unless the profile has one.
    #[must_use]
    pub(crate) fn read_in(mut self, locale: Locale) -> Self {
        self.locale = self.locale.or(Some(locale));
        self
    }
}

const PERSON: &str = "SELECT user_id, organisation_id, email, name, role, password_hash, locale, \
     CASE WHEN deactivated_at IS NULL THEN 0 ELSE 1 END FROM user_account WHERE ";

fn person(row: &sqlx::any::AnyRow) -> Result<PersonRow, Error> {
    let mut c = Columns::new(row);
    Ok(PersonRow {
        user_id: c.get()?,
        organisation_id: c.get()?,
        email: c.get()?,
        name: c.get()?,
        role: c.slug(Role::from_slug)?,
        password_hash: c.get()?,
        locale: c.maybe_slug(Locale::from_tag)?,
        deactivated: c.flag()?,
    })
}

/// By address, in lower case.
pub(crate) async fn find_by_email(connection: &mut AnyConnection, email: &str) -> Result<Option<PersonRow>, Error> {
    let mut sql = Sql::new(PERSON);
    sql.push("email = ").bind(email.to_owned());
    sql.optional(connection).await?.as_ref().map(person).transpose()
}

pub(crate) async fn find_by_id(connection: &mut AnyConnection, user_id: i64) -> Result<Option<PersonRow>, Error> {
    let mut sql = Sql::new(PERSON);
    sql.push("user_id = ").bind(user_id);
    sql.optional(connection).await?.as_ref().map(person).transpose()
}

pub(crate) struct NewPersonRow<'a> {
    pub(crate) organisation_id: Option<i64>,
    pub(crate) email: &'a str,
    pub(crate) name: &'a str,
    pub(crate) role: Role,
    pub(crate) password_hash: Option<&'a str>,
    pub(crate) locale: Option<Locale>,
    pub(crate) invited_by_id: Option<i64>,
    pub(crate) now: Instant,
}

/// `None` when the address is taken.
pub(crate) async fn insert_person(connection: &mut AnyConnection, new: NewPersonRow<'_>) -> Result<Option<i64>, Error> {
    let mut sql = Sql::new(
        "INSERT INTO user_account (organisation_id, email, name, role, password_hash, locale, invited_by_id, created_at) \
         VALUES (",
    );
    sql.bind(new.organisation_id).push(", ").bind(new.email.to_owned()).push(", ").bind(new.name.to_owned());
    sql.push(", ").bind(new.role.slug().to_owned()).push(", ").bind(new.password_hash.map(str::to_owned));
    sql.push(", ").bind(new.locale.map(|locale| locale.tag().to_owned())).push(", ").bind(new.invited_by_id);
    sql.push(", ").bind(new.now.0).push(") ON CONFLICT (email) DO NOTHING RETURNING user_id");
    sql.optional(connection).await?.map(|row| Columns::new(&row).get()).transpose()
}

pub(crate) async fn set_password(connection: &mut AnyConnection, user_id: i64, hash: &str) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE user_account SET password_hash = ");
    sql.bind(hash.to_owned()).push(" WHERE user_id = ").bind(user_id);
    sql.execute(connection).await?;
    Ok(())
}

pub(crate) async fn set_name(connection: &mut AnyConnection, user_id: i64, name: &str) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE user_account SET name = ");
    sql.bind(name.to_owned()).push(" WHERE user_id = ").bind(user_id);
    sql.execute(connection).await?;
    Ok(())
}

pub(crate) async fn set_locale(
    connection: &mut AnyConnection,
    user_id: i64,
    locale: Option<Locale>,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE user_account SET locale = ");
    sql.bind(locale.map(|locale| locale.tag().to_owned())).push(" WHERE user_id = ").bind(user_id);
    sql.execute(connection).await?;
    Ok(())
}

/// Of someone who has no language yet.
pub(crate) async fn set_first_locale(
    connection: &mut AnyConnection,
    user_id: i64,
    locale: Locale,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE user_account SET locale = ");
    sql.bind(locale.tag().to_owned()).push(" WHERE locale IS NULL AND user_id = ").bind(user_id);
    sql.execute(connection).await?;
    Ok(())
}

/// What whoever invited this person chose.
pub(crate) async fn inviters_locale(connection: &mut AnyConnection, user_id: i64) -> Result<Option<Locale>, Error> {
    let mut sql = Sql::new(
        "SELECT i.locale FROM user_account u JOIN user_account i ON i.user_id = u.invited_by_id WHERE u.user_id = ",
    );
    sql.bind(user_id);
    let Some(row) = sql.optional(connection).await? else { return Ok(None) };
    Columns::new(&row).maybe_slug(Locale::from_tag)
}

pub(crate) async fn set_invited_as(
    connection: &mut AnyConnection,
    user_id: i64,
    name: &str,
    role: Role,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE user_account SET name = ");
    sql.bind(name.to_owned()).push(", role = ").bind(role.slug().to_owned()).push(" WHERE user_id = ").bind(user_id);
    sql.execute(connection).await?;
    Ok(())
}

pub(crate) async fn set_deactivated(
    connection: &mut AnyConnection,
    user_id: i64,
    at: Option<Instant>,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE user_account SET deactivated_at = ");
    sql.bind(at.map(|at| at.0)).push(" WHERE user_id = ").bind(user_id);
    sql.execute(connection).await?;
    Ok(())
}

/// Whose people are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PeopleOf {
    Organisation(i64),
    Customers,
    Everyone,
}

/// The people someone manages, by organisation and name.
pub(crate) async fn people(connection: &mut AnyConnection, whose: PeopleOf) -> Result<Vec<MemberLine>, Error> {
    let mut sql = Sql::new(
        "SELECT u.user_id, u.name, u.email, u.role, coalesce(o.name, ''), \
         CASE WHEN u.deactivated_at IS NOT NULL THEN 'deactivated' WHEN u.password_hash IS NULL THEN 'invited' \
         ELSE 'active' END \
         FROM user_account u LEFT JOIN organisation o ON o.organisation_id = u.organisation_id",
    );
    match whose {
        PeopleOf::Organisation(id) => {
            sql.push(" WHERE u.organisation_id = ").bind(id);
        }
        PeopleOf::Customers => {
            sql.push(" WHERE u.organisation_id IS NOT NULL");
        }
        PeopleOf::Everyone => {}
    }
    sql.push(" ORDER BY coalesce(o.name, ''), u.name, u.user_id LIMIT 1000");
    let rows = sql.all(connection).await?;
    rows.iter()
        .map(|row| {
            let mut c = Columns::new(row);
            Ok(MemberLine {
                id: c.get()?,
                name: c.get()?,
                email: c.get()?,
                role: c.slug(Role::from_slug)?,
                organisation: c.get()?,
                state: c.slug(|state| match state {
                    "active" => Some(MemberState::Active),
                    "invited" => Some(MemberState::Invited),
                    "deactivated" => Some(MemberState::Deactivated),
                    _ => None,
                })?,
            })
        })
        .collect()
}

/// Organisations by name: id and name.
pub(crate) async fn organisation_names(connection: &mut AnyConnection) -> Result<Vec<(i64, String)>, Error> {
    let rows = Sql::new("SELECT organisation_id, name FROM organisation ORDER BY name").all(connection).await?;
    rows.iter()
        .map(|row| {
            let mut c = Columns::new(row);
            Ok((c.get()?, c.get()?))
        })
        .collect()
}

/// The name of one organisation.
pub(crate) async fn organisation_name(connection: &mut AnyConnection, id: i64) -> Result<Option<String>, Error> {
    let mut sql = Sql::new("SELECT name FROM organisation WHERE organisation_id = ");
    sql.bind(id);
    sql.optional(connection).await?.map(|row| Columns::new(&row).get()).transpose()
}

/// The id of an organisation by its key.
pub(crate) async fn organisation_by_key(connection: &mut AnyConnection, key: &str) -> Result<Option<i64>, Error> {
    let mut sql = Sql::new("SELECT organisation_id FROM organisation WHERE key = ");
    sql.bind(key.to_owned());
    sql.optional(connection).await?.map(|row| Columns::new(&row).get()).transpose()
}

/// Everyone who can sign in, customers first: the demonstration's sign-in page.
pub(crate) async fn demo_accounts(connection: &mut AnyConnection) -> Result<Vec<DemoAccount>, Error> {
    let sql = Sql::new(
        "SELECT u.name, u.email, u.role, o.name, o.key, o.hue, o.chroma, o.mark \
         FROM user_account u LEFT JOIN organisation o ON o.organisation_id = u.organisation_id \
         WHERE u.password_hash IS NOT NULL AND u.deactivated_at IS NULL \
         ORDER BY CASE WHEN o.name IS NULL THEN 1 ELSE 0 END, o.name, CASE u.role WHEN 'manager' THEN 1 \
         WHEN 'member' THEN 2 WHEN 'agent' THEN 3 WHEN 'account_manager' THEN 4 ELSE 5 END, u.user_id LIMIT 20",
    );
    let rows = sql.all(connection).await?;
    rows.iter()
        .map(|row| {
            let mut c = Columns::new(row);
            Ok(DemoAccount {
                name: c.get()?,
                email: c.get()?,
                role: c.slug(Role::from_slug)?,
                brand: maybe_brand(&mut c)?,
            })
        })
        .collect()
}
