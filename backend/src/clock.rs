//! The only door through which the time of day comes in.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use domain::time::{Instant, Millis};

/// Tells the time.
pub trait Clock: Send + Sync {
    fn now(&self) -> Instant;
}

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place where the real time comes in")]
    fn now(&self) -> Instant {
        let millis = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
        };
        Instant(millis)
    }
}

/// Starts at a chosen instant and runs on: `LOKET_CLOCK`.
#[derive(Clone, Copy, Debug)]
pub struct ShiftedClock {
    start: Instant,
    began: std::time::Instant,
}

impl ShiftedClock {
    #[allow(clippy::disallowed_methods, reason = "only how much time passes, not what time it is")]
    pub fn new(start: Instant) -> Self {
        Self { start, began: std::time::Instant::now() }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Instant {
        self.start + Millis(i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX))
    }
}

/// Stands still until it is set: for tests, and for the demonstration to live through a month.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    pub const fn new(start: Instant) -> Self {
        Self(AtomicI64::new(start.0))
    }

    pub fn set(&self, now: Instant) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    pub fn advance(&self, span: Millis) {
        self.0.fetch_add(span.0, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}
