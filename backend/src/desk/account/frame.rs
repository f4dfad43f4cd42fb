//! What surrounds every page. Read with every page, so at most one query.

use domain::brand::Brand;
use domain::i18n::Locale;
use domain::sla::Schedule;
use domain::time::{Instant, Millis};
use domain::view::account::{SessionView, UserView};

use super::{Signed, rows};
use crate::{Backend, Error, policy};

/// What the shell shows: who is signed in, whose portal it is, the support desk's hours around now.
///
/// # Errors
/// When the database does not answer.
pub async fn frame(backend: &Backend, signed: Option<&Signed>, locale: Locale) -> Result<SessionView, Error> {
    let now = backend.now();
    let config = backend.config();
    let mut connection = backend.store().read().await?;
    let mut view = SessionView {
        now,
        locale,
        user: None,
        brand: Brand::loket(),
        schedule: Schedule::default(),
        phone: config.phone.clone(),
        waiting: 0,
        unread: 0,
        held: 0,
        demo: Vec::new(),
        clock_is_set: config.clock_is_set,
    };
    let signed_in = signed.map(|signed| (signed.person.user_id, signed.actor.scope()));
    let around = rows::around(&mut connection, signed_in).await?;
    (view.waiting, view.unread, view.held) = (around.waiting, around.unread, around.held);
    match signed {
        Some(signed) => {
            let person = &signed.person;
            view.user = Some(UserView {
                id: person.user_id,
                name: person.name.clone(),
                email: person.email.clone(),
                role: person.role,
            });
            view.brand = signed.brand.clone();
        }
        None if config.demo => view.demo = rows::demo_accounts(&mut connection).await?,
        None => {}
    }
    // A deployment that has no policy yet still has a sign-in page.
    if let Some(id) = around.policy_version_id {
        match policy::load_at(backend, &mut connection, id, &around.calendars).await {
            Ok(policy) => view.schedule = fortnight(&policy, now),
            Err(error) => tracing::warn!(%error, "no support calendar"),
        }
    }
    Ok(view)
}

/// A week back and two on: enough for "open until" and the week strip, also over a long holiday.
fn fortnight(policy: &policy::Policy, now: Instant) -> Schedule {
    let (from, until) = (now - Millis::hours(7 * 24), now + Millis::hours(14 * 24));
    policy.calendar.schedule(from, until).trimmed(from, until)
}
