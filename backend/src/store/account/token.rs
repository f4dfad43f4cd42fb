//! Rows of the links that are mailed, and of the wish for one.

use super::*;

/// What a mailed link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkKind {
    Invitation,
    Reset,
}

impl LinkKind {
    const fn slug(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    fn from_slug(slug: &str) -> Option<Self> {
        [Self::Invitation, Self::Reset].into_iter().find(|kind| kind.slug() == slug)
    }
}

/// A link that still works, and whose it is.
pub(crate) struct LinkRow {
    pub(crate) kind: LinkKind,
    pub(crate) user_id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
}

/// A link that was not used, has not expired, and whose person is here.
pub(crate) async fn find_link(
    connection: &mut AnyConnection,
    token_hash: &str,
    now: Instant,
) -> Result<Option<LinkRow>, Error> {
    let mut sql = Sql::new(
        "SELECT l.kind, u.user_id, u.name, u.email FROM link_token l JOIN user_account u ON u.user_id = l.user_id \
         WHERE l.used_at IS NULL AND u.deactivated_at IS NULL AND l.token_hash = ",
    );
    sql.bind(token_hash.to_owned()).push(" AND l.expires_at > ").bind(now.0);
    let Some(row) = sql.optional(connection).await? else { return Ok(None) };
    let mut c = Columns::new(&row);
    Ok(Some(LinkRow { kind: c.slug(LinkKind::from_slug)?, user_id: c.get()?, name: c.get()?, email: c.get()? }))
}

pub(crate) async fn insert_link(
    connection: &mut AnyConnection,
    user_id: i64,
    kind: LinkKind,
    token_hash: &str,
    now: Instant,
    expires_at: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("INSERT INTO link_token (user_id, kind, token_hash, created_at, expires_at) VALUES (");
    sql.bind(user_id).push(", ").bind(kind.slug().to_owned()).push(", ").bind(token_hash.to_owned());
    sql.push(", ").bind(now.0).push(", ").bind(expires_at.0).push(")");
    sql.execute(connection).await?;
    Ok(())
}

/// Uses a link up. False when someone else just did.
pub(crate) async fn use_link(connection: &mut AnyConnection, token_hash: &str, now: Instant) -> Result<bool, Error> {
    let mut sql = Sql::new("UPDATE link_token SET used_at = ");
    sql.bind(now.0).push(" WHERE used_at IS NULL AND token_hash = ").bind(token_hash.to_owned());
    Ok(sql.execute(connection).await? == 1)
}

/// Makes all other links of a person useless.
pub(crate) async fn use_links_of(connection: &mut AnyConnection, user_id: i64, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE link_token SET used_at = ");
    sql.bind(now.0).push(" WHERE used_at IS NULL AND user_id = ").bind(user_id);
    sql.execute(connection).await?;
    Ok(())
}
