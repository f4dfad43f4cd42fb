//! Passwords: which are good enough, how they are stored and how they are checked. Nothing here knows accounts.
//!
//! Rules after NIST SP 800-63B §3.1.1 (length before composition, a list of what everyone tries) and the OWASP Password
//! Storage Cheat Sheet (argon2id with 19 MiB, two passes, one lane).

use std::sync::{Arc, OnceLock};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::problem::Problem;
use tokio::sync::Semaphore;

use crate::Error;

mod guessable;

/// At least so many characters.
pub const MIN: u32 = 10;
/// At most so many: beyond any passphrase, and hashing stays cheap.
pub const MAX: u32 = 200;

/// Hashes that run at the same time: each takes 19 MiB and a core.
const AT_ONCE: usize = 4;

/// What is wrong with a password someone chooses, if anything.
pub fn check(password: &str, email: &str) -> Option<Problem> {
    let length = password.chars().count();
    if password.is_empty() {
        Some(Problem::Required)
    } else if length < MIN as usize {
        Some(Problem::TooShort(MIN))
    } else if length > MAX as usize {
        Some(Problem::TooLong(MAX))
    } else if guessable::is_guessable(password, email) {
        Some(Problem::GuessablePassword)
    } else {
        None
    }
}

/// The PHC string of a password, with a salt of its own.
///
/// # Errors
/// [`Error::Internal`] when hashing fails.
pub async fn hash(password: &str) -> Result<String, Error> {
    let password = password.to_owned();
    on_a_thread(move || hash_now(&password)).await?
}

/// Whether `password` is the one that `stored` was made of. Without a `stored` hash it works just as long and says no, so
/// that nobody learns from the time it takes which accounts exist.
///
/// # Errors
/// [`Error::Internal`] when the stored hash cannot be read.
pub async fn verify(password: &str, stored: Option<&str>) -> Result<bool, Error> {
    let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
    on_a_thread(move || {
        // Longer ones are never set; hashing megabytes would only warm the room.
        if password.chars().count() > MAX as usize {
            return Ok(false);
        }
        let known = stored.is_some();
        let stored = match stored {
            Some(stored) => stored,
            None => nobodys()?,
        };
        let stored = PasswordHash::new(&stored).map_err(Error::internal)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &stored).is_ok() && known)
    })
    .await?
}

/// Makes the hash that unknown addresses are checked against, so that the first of them does not take longer.
///
/// # Errors
/// [`Error::Internal`] when hashing fails.
pub async fn warm_up() -> Result<(), Error> {
    on_a_thread(|| nobodys().map(drop)).await?
}

fn hash_now(password: &str) -> Result<String, Error> {
    // The crate's defaults are argon2id, 19 MiB, t = 2, p = 1; a test below holds them to it.
    Ok(Argon2::default().hash_password(password.as_bytes()).map_err(Error::internal)?.to_string())
}

fn nobodys() -> Result<String, Error> {
    static HASH: OnceLock<String> = OnceLock::new();
    if let Some(hash) = HASH.get() {
        return Ok(hash.clone());
    }
    let hash = hash_now(&crate::random::token::<16>()?)?;
    Ok(HASH.get_or_init(|| hash).clone())
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    static PERMITS: OnceLock<Arc<Semaphore>> = OnceLock::new();
    let permits = Arc::clone(PERMITS.get_or_init(|| Arc::new(Semaphore::new(AT_ONCE))));
    let permit = permits.acquire_owned().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let result = work();
        drop(permit);
        result
    })
    .await
    .map_err(Error::internal)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_argon2id_with_owasps_parameters_and_a_salt_of_its_own() {
        let (one, other) = (hash("correct horse battery").await.unwrap(), hash("correct horse battery").await.unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other);
        assert!(verify("correct horse battery", Some(&one)).await.unwrap());
        assert!(!verify("correct horse batterx", Some(&one)).await.unwrap());
        assert!(!verify("correct horse battery", None).await.unwrap());
    }

    #[test]
    fn short_common_and_own_address_passwords_are_refused() {
        let cases = [
            ("", Some(Problem::Required)),
            ("short", Some(Problem::TooShort(MIN))),
            ("négligé", Some(Problem::TooShort(MIN))),
            ("anna@acme.example", Some(Problem::GuessablePassword)),
            ("Anna@Acme.Example1", Some(Problem::GuessablePassword)),
            ("password123!", Some(Problem::GuessablePassword)),
            ("Wachtwoord2026", Some(Problem::GuessablePassword)),
            ("1234567890", Some(Problem::GuessablePassword)),
            ("aaaaaaaaaaaa", Some(Problem::GuessablePassword)),
            ("qwertyuiop", Some(Problem::GuessablePassword)),
            ("P@ssw0rd2024", Some(Problem::GuessablePassword)),
            ("blauwe fiets in de regen", None),
            ("welcome-to-loket", None),
            ("xK9#mQ2$vL", None),
        ];
        for (password, expected) in cases {
            assert_eq!(check(password, "anna@acme.example"), expected, "{password}");
        }
        assert_eq!(check(&"é".repeat(MAX as usize), "a@b.example"), Some(Problem::GuessablePassword));
        assert_eq!(check(&"é1x".repeat(MAX as usize), "a@b.example"), Some(Problem::TooLong(MAX)));
    }
}
