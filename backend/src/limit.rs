//! Rate limits of what strangers may try: so many tries within a span, per subject. They are rows in the database, so
//! that a restart or a second process does not forget them; a job removes the old ones.

use domain::time::Millis;
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;

use crate::store::account as rows;
use crate::{Backend, Error};

/// So many tries within a span.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub tries: i64,
    pub within: Millis,
}

/// Wrong passwords for one account, from anywhere: a person mistypes a few times, a guesser gets 960 a day.
pub const SIGN_IN_ACCOUNT: Limit = Limit { tries: 10, within: Millis::minutes(15) };
/// Wrong passwords from one network address: an office shares one.
pub const SIGN_IN_ADDRESS: Limit = Limit { tries: 50, within: Millis::minutes(15) };
/// Reset mails for one account: enough to find the mail, too few to be a nuisance.
pub const RESET_ACCOUNT: Limit = Limit { tries: 3, within: Millis::hours(1) };
pub const RESET_ADDRESS: Limit = Limit { tries: 20, within: Millis::hours(1) };
/// Invitations by one person.
pub const INVITE: Limit = Limit { tries: 50, within: Millis::hours(1) };

/// The longest span of all limits: older tries may be forgotten.
pub const FORGET_AFTER: Millis = Millis::hours(1);

/// Counts one more try of each subject, unless one of them has used up its limit. Counting comes before the try itself,
/// so that many tries at once are not all let through. Gives what [`forgive`] takes.
///
/// # Errors
/// [`Error::RateLimited`] with the seconds until the oldest try that counts is forgotten.
pub async fn count(backend: &Backend, subjects: &[(String, Limit)]) -> Result<Vec<i64>, Error> {
    let now = backend.now();
    let mut tx = backend.store().begin().await?;
    let mut wait: Option<i64> = None;
    let dialect = backend.store().dialect();
    for (subject, limit) in subjects {
        rows::lock_tries(&mut tx, dialect, subject).await?;
        let since = now - limit.within;
        if let Some(oldest) = rows::tries_used_up(&mut tx, subject, since, limit.tries).await? {
            let left = (oldest + limit.within).since(now).0.max(1);
            wait = Some(wait.unwrap_or_default().max(left));
        }
    }
    if let Some(millis) = wait {
        let seconds = u32::try_from((millis + 999) / 1_000).unwrap_or(u32::MAX);
        return Err(Error::RateLimited { retry_seconds: seconds });
    }
    let mut counted = Vec::with_capacity(subjects.len());
    for (subject, _) in subjects {
        counted.push(rows::insert_try(&mut tx, subject, now).await?);
    }
    tx.commit().await?;
    Ok(counted)
}

/// Takes back tries that were none: the password was right.
pub async fn forgive(connection: &mut AnyConnection, counted: &[i64]) -> Result<(), Error> {
    for id in counted {
        rows::delete_try(connection, *id).await?;
    }
    Ok(())
}

/// The subject of an account. A hash, so that the table is no list of addresses someone typed.
pub fn account(what: &str, email: &str) -> String {
    let digest = Sha256::digest(email.as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{what}-account:{hex}")
}

/// The subject of a network address. Of IPv6 only the first 64 bits: one customer has at least so many.
pub fn address(what: &str, address: &str) -> String {
    let network = match address.parse() {
        Ok(std::net::IpAddr::V6(ip)) => match ip.to_ipv4_mapped() {
            Some(ip) => ip.to_string(),
            None => ip.segments().iter().take(4).map(|part| format!("{part:x}:")).collect(),
        },
        _ => address.to_owned(),
    };
    format!("{what}-address:{network}")
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_ipv6_network_is_one_address_and_ipv4_is_not() {
        assert_eq!(address("x", "2001:db8:1:2::1"), address("x", "2001:db8:1:2:ffff::9"));
        assert_ne!(address("x", "2001:db8:1:2::1"), address("x", "2001:db8:1:3::1"));
        assert_ne!(address("x", "192.0.2.1"), address("x", "192.0.2.2"));
        assert_eq!(address("x", "::ffff:192.0.2.1"), address("x", "192.0.2.1"));
    }
}
