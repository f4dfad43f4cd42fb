//! Waiting for what other processes do. The only place that reads this machine's clock.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};

/// How often is looked. What is looked at are files and small queries.
const EVERY: Duration = Duration::from_millis(100);
/// Much longer than anything takes: the machine may be busy with other tests.
pub const LONG: Duration = Duration::from_secs(120);

/// Looks again and again until there is something.
///
/// # Errors
/// When looking fails, or there is nothing after `at_most`.
pub fn until<T>(what: &str, at_most: Duration, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let started = now();
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if started.elapsed() > at_most {
            bail!("not within {} s: {what}", at_most.as_secs());
        }
        std::thread::sleep(EVERY);
    }
}

/// As [`until`], for what is true or not yet.
///
/// # Errors
/// As [`until`].
pub fn until_true(what: &str, at_most: Duration, mut look: impl FnMut() -> Result<bool>) -> Result<()> {
    until(what, at_most, || Ok(look()?.then_some(())))
}

#[must_use]
#[expect(clippy::disallowed_methods, reason = "other processes are waited for in real time")]
pub fn now() -> Instant {
    Instant::now()
}

/// Milliseconds since 1970 by this machine's clock.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "LOKET_CLOCK is given as a distance from it")]
pub fn unix_millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
