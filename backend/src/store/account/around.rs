//! What surrounds every page, in one statement: pages are read so often that each further one would be felt.

use domain::actor::Scope;
use sqlx::AnyConnection;

use crate::Error;
use crate::store::calendar::{self, Stamp};
use crate::store::sql::{Columns, Sql};
use crate::store::{notification, policy};

/// What surrounds a page, as far as the database knows it.
#[derive(Debug, Default)]
pub(crate) struct Around {
    /// A customer: requests that wait for them, raised by them or with them in it. Staff: open tickets that they work on.
    pub(crate) waiting: i64,
    /// Notices, of tickets that they may see.
    pub(crate) unread: i64,
    /// Staff: mails in quarantine.
    pub(crate) held: i64,
    /// The newest version of the deployment's own policy; `None` before there is one.
    pub(crate) policy_version_id: Option<i64>,
    pub(crate) calendars: Stamp,
}

/// What surrounds the pages of a person, or of someone who is not signed in.
pub(crate) async fn around(connection: &mut AnyConnection, signed_in: Option<(i64, Scope)>) -> Result<Around, Error> {
    let mut sql = Sql::new("SELECT ");
    match signed_in {
        None => {
            sql.push("0, 0, 0");
        }
        Some((user_id, scope)) => {
            match scope {
                Scope::All => {
                    sql.push("(SELECT COUNT(*) FROM ticket WHERE status IN ('new', 'in_progress', 'waiting') AND assignee_id = ");
                    sql.bind(user_id).push(")");
                }
                Scope::Organisation { .. } | Scope::Own { .. } => {
                    sql.push("(SELECT COUNT(*) FROM ticket t WHERE t.status = 'waiting' AND ");
                    sql.is_mine(user_id).visible(scope).push(")");
                }
            }
            notification::count_unread(sql.push(", ("), scope, user_id).push("), ");
            sql.push(match scope {
                Scope::All => "(SELECT COUNT(*) FROM inbound WHERE state = 'quarantine')",
                Scope::Organisation { .. } | Scope::Own { .. } => "0",
            });
        }
    }
    sql.push(
        ", (SELECT v.policy_version_id FROM policy_version v JOIN policy p ON p.policy_id = v.policy_id \
         WHERE p.slug = ",
    );
    sql.bind(policy::STANDARD).push(" ORDER BY v.version DESC LIMIT 1), ").push(calendar::STAMP);
    let row = sql.one(connection).await?;
    let mut row = Columns::new(&row);
    Ok(Around {
        waiting: row.get()?,
        unread: row.get()?,
        held: row.get()?,
        policy_version_id: row.get()?,
        calendars: Stamp(row.get()?),
    })
}
