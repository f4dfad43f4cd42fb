//! What surrounds every page. Read with every page, so at most one query.

use std::sync::Arc;

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
    let mut connection = backend.store().reader().acquire().await?;
    let mut view = SessionView {
        now,
        locale,
        user: None,
        brand: Brand::loket(),
        schedule: Schedule::default(),
        phone: config.phone.clone(),
        waiting: 0,
        unread: 0,
        demo: Vec::new(),
        clock_is_set: config.clock_is_set,
    };
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
            let scope = signed.actor.scope();
            view.unread = crate::store::notification::unread(&mut connection, scope, person.user_id).await?;
            view.waiting = if person.role.is_staff() {
                rows::open_of_agent(&mut connection, person.user_id).await?
            } else {
                rows::waiting_for_customer(&mut connection, scope, person.user_id).await?
            };
        }
        None if config.demo => view.demo = rows::demo_accounts(&mut connection).await?,
        None => {}
    }
    if let Some(policy) = standard(backend, &mut connection).await {
        view.schedule = fortnight(&policy, now);
    }
    Ok(view)
}

/// The support desk's policy. A deployment that has none yet still has a sign-in page.
async fn standard(backend: &Backend, connection: &mut sqlx::AnyConnection) -> Option<Arc<policy::Policy>> {
    policy::standard(backend, connection).await.inspect_err(|error| tracing::warn!(%error, "no support calendar")).ok()
}

/// A week back and two on: enough for "open until" and the week strip, also over a long holiday.
fn fortnight(policy: &policy::Policy, now: Instant) -> Schedule {
    let (from, until) = (now - Millis::hours(7 * 24), now + Millis::hours(14 * 24));
    policy.calendar.schedule(from, until).trimmed(from, until)
}
