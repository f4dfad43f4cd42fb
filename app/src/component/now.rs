//! The server's time, running on in the browser.
//!
//! The computer's own clock and zone may be wrong and are never asked what time it is. The server says it once; from
//! then on the browser adds what its monotonic clock has measured.

use domain::time::Instant;
#[cfg(feature = "hydrate")]
use domain::time::Millis;
use domain::zone::Zone;
use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use super::browser;

/// The time, for everything on the page.
#[derive(Clone, Copy)]
pub struct Now {
    second: RwSignal<Instant>,
    /// The first instant seen of this minute. Not rounded down: what just happened must not lie after it.
    minute: RwSignal<Instant>,
    zone: StoredValue<Zone>,
    base: StoredValue<Base>,
}

/// What the server said, and what the browser's clocks showed at that moment.
// The server only ever makes the first of what the browser makes all of.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, Copy, Default)]
struct Base {
    server: Instant,
    monotonic: f64,
    wall: f64,
}

impl Now {
    /// Starts the page's clock and gives it to everything below.
    pub fn provide(server_now: Instant, zone: Zone) -> Self {
        let second = RwSignal::new(server_now);
        let minute = RwSignal::new(server_now);
        let base = StoredValue::new(Base { server: server_now, ..Base::default() });
        let now = Self { second, minute, zone: StoredValue::new(zone), base };
        provide_context(now);
        now.start();
        now
    }

    /// The instant, tracked: changes every second in the browser.
    pub fn at(self) -> Instant {
        self.second.get()
    }

    /// The instant, to the minute: changes once a minute, and when a later answer tells the time.
    pub fn minute(self) -> Instant {
        self.minute.get()
    }

    pub fn untracked(self) -> Instant {
        self.second.get_untracked()
    }

    /// The zone in which people read times: the support calendar's.
    pub fn zone(self) -> Zone {
        self.zone.get_value()
    }

    /// Reads the zone without copying it.
    pub fn with_zone<T>(self, read: impl FnOnce(&Zone) -> T) -> T {
        self.zone.with_value(read)
    }

    #[cfg(not(feature = "hydrate"))]
    fn start(self) {}

    #[cfg(feature = "hydrate")]
    fn start(self) {
        let arrived = if browser::is_hydrating() { browser::page_arrived() } else { browser::monotonic() };
        self.base.update_value(|base| {
            base.monotonic = arrived;
            base.wall = wall() - (browser::monotonic() - arrived);
        });
        Effect::new(move |_| {
            if let Ok(handle) = set_interval_with_handle(move || self.tick(), std::time::Duration::from_secs(1)) {
                on_cleanup(move || handle.clear());
            }
        });
    }

    #[cfg(feature = "hydrate")]
    fn tick(self) {
        // A computer that slept: its monotonic clock may have slept too, its wall clock has not. Only how far the two
        // moved apart is used, never what the wall clock shows.
        const SLEPT: f64 = 5_000.0;
        // A page whose code is still on its way must find the time at which the server rendered it.
        if !document().document_element().is_some_and(|root| root.has_attribute("data-hydrated")) {
            return;
        }
        let Some(mut base) = self.base.try_get_value() else { return };
        let measured = browser::monotonic() - base.monotonic;
        let slept = wall() - base.wall - measured;
        if slept > SLEPT {
            base.monotonic -= slept;
            self.base.set_value(base);
        } else if slept < -SLEPT {
            // Someone set the clock back; measure from here.
            base.wall += slept;
            self.base.set_value(base);
        }
        let passed = browser::monotonic() - base.monotonic;
        let now = base.server + Millis(passed as i64);
        let _ = self.second.try_set(now);
        let minute_of = |at: Instant| at.0.div_euclid(Millis::MINUTE.0);
        if self.minute.try_get_untracked().is_some_and(|minute| minute_of(minute) != minute_of(now)) {
            let _ = self.minute.try_set(now);
        }
    }

    /// Takes over the server's time of a later answer.
    #[cfg(feature = "hydrate")]
    pub fn sync(self, server_now: Instant) {
        const CLOSE_ENOUGH: i64 = 1_500;
        if browser::is_hydrating() {
            return;
        }
        if server_now.since(self.untracked()).0.abs() >= CLOSE_ENOUGH {
            self.base.set_value(Base { server: server_now, monotonic: browser::monotonic(), wall: wall() });
        }
        // A page syncs while it is being made, when the one before it is still shown but already taken apart: telling its
        // parts the time would make them read what is gone. What the answer tells of happened before it; nothing on the
        // page may lie behind that.
        set_timeout(
            move || {
                if let Some(minute) = self.minute.try_get_untracked() {
                    let _ = self.minute.try_set(server_now.max(minute));
                    let _ = self.second.try_set(server_now.max(self.untracked()));
                }
            },
            std::time::Duration::ZERO,
        );
    }

    /// Takes over the server's time of a later answer.
    #[cfg(not(feature = "hydrate"))]
    pub fn sync(self, _server_now: Instant) {
        let _ = self.base;
    }
}

/// The page's clock.
pub fn use_now() -> Now {
    expect_context()
}

/// The computer's own clock, in milliseconds: only to notice that it slept, never to say what time it is.
#[cfg(feature = "hydrate")]
#[expect(clippy::disallowed_methods, reason = "differences only: the monotonic clock stands still while it sleeps")]
fn wall() -> f64 {
    js_sys::Date::now()
}
