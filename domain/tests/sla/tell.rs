//! A deadline explained in one line.

use domain::i18n::Locale;
use domain::sla::{Pause, PauseReason, Teller, Timeline, tell, trace};
use domain::view::Side;

use super::support::{HOUR, Story, amsterdam, at, clock, desk};

fn told(clock: &Timeline, now: &str, locale: Locale, side: Side) -> String {
    let who = |id| (id == 7).then(|| "Dirk Hofman".to_owned());
    tell(&trace(&desk(), clock, at(now)), &Teller { locale, zone: &amsterdam(), side, who: &who })
}

#[test]
fn a_weekend_and_kings_day_are_named() {
    let clock = clock("04-24 15:30", 4 * HOUR);
    assert_eq!(
        told(&clock, "04-24 17:00", Locale::English, Side::Customer),
        "Fri 24 Apr 15:30–18:00 · 2 h 30; weekend; Mon 27 Apr King’s Day; Tue 28 Apr 09:00–10:30 · 1 h 30"
    );
    assert_eq!(
        told(&clock, "04-24 17:00", Locale::Dutch, Side::Customer),
        "vr 24 apr 15:30–18:00 · 2 u 30; weekend; ma 27 apr Koningsdag; di 28 apr 09:00–10:30 · 1 u 30"
    );
}

#[test]
fn a_pause_says_why_and_by_whom() {
    let mut clock = clock("04-22 16:00", 4 * HOUR).stopped("04-24 10:00");
    let pause = |from, to, reason, event_id| Pause { from: at(from), to: Some(at(to)), reason, event_id };
    clock.pauses = vec![
        pause("04-22 16:45", "04-22 17:15", PauseReason::WaitingForCustomer, Some(7)),
        pause("04-22 17:30", "04-23 10:00", PauseReason::Resolved, Some(8)),
    ];
    assert_eq!(
        told(&clock, "04-24 12:00", Locale::English, Side::Customer),
        "Wed 22 Apr 16:00–16:45 · 45 min; Wed 22 Apr 16:45–17:15 paused, waiting for you (Dirk Hofman); \
         Wed 22 Apr 17:15–17:30 · 15 min; Wed 22 Apr 17:30 – Thu 23 Apr 10:00 not counted while it was resolved; \
         Thu 23 Apr 10:00–13:00 · 3 h; Thu 23 Apr 13:00–18:00 · 5 h past due; Fri 24 Apr 09:00–10:00 · 1 h past due"
    );
    assert!(told(&clock, "04-24 12:00", Locale::Dutch, Side::Support).contains("gepauzeerd, wacht op de klant (Dirk"));
}

#[test]
fn amounts_are_rounded_so_that_they_add_up() {
    let story = clock("04-22 17:59:30", 2).paused("04-23 09:00:20", "04-23 09:10:20");
    assert_eq!(
        told(&story, "04-22 18:00", Locale::English, Side::Support),
        "Wed 22 Apr 17:59–18:00 · 0 min; Thu 23 Apr 09:00–09:00 · 0 min; \
         Thu 23 Apr 09:00–09:10 paused, waiting for the customer; Thu 23 Apr 09:10–09:11 · 2 min"
    );
}
