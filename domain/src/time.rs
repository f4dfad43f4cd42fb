//! Instants and spans in milliseconds. Everything finer or coarser is a matter of display.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// A span of time in milliseconds. Negative spans are allowed: "two hours late" is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    pub const ZERO: Self = Self(0);
    pub const SECOND: Self = Self(1_000);
    pub const MINUTE: Self = Self(60_000);
    pub const HOUR: Self = Self(3_600_000);
    pub const DAY: Self = Self(86_400_000);

    /// `hours` times an hour, saturating.
    pub const fn hours(hours: i64) -> Self {
        Self(hours.saturating_mul(Self::HOUR.0))
    }

    /// `minutes` times a minute, saturating.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(Self::MINUTE.0))
    }

    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(Self::SECOND.0))
    }
}

impl Add for Millis {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Millis {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// A moment in UTC: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    pub const MIN: Self = Self(i64::MIN);
    pub const MAX: Self = Self(i64::MAX);

    /// The span from `earlier` to `self`; negative when `earlier` lies later.
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Millis> for Instant {
    type Output = Self;
    fn add(self, span: Millis) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Millis> for Instant {
    type Output = Self;
    fn sub(self, span: Millis) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}
