//! What people sign in with. Something not seen before is told to them by mail: if it was not them, they learn it at once.

use sqlx::AnyConnection;

use super::letter::{self, Letter};
use super::{rows, words};
use crate::store::account::{Device, PersonRow};
use crate::{Backend, Error, policy};

/// As descriptions of devices are stored: "Firefox, Linux". Longer ones are no descriptions.
pub(super) fn shortened(device: &str) -> String {
    device.chars().take(80).collect()
}

/// Remembers what someone signed in with, and tells them when it is new. The first one ever is not news.
pub(super) async fn seen(
    backend: &Backend,
    db: &mut AnyConnection,
    person: &PersonRow,
    device: &str,
) -> Result<(), Error> {
    let now = backend.now();
    let device = shortened(device);
    if rows::see_device(db, person.user_id, &device, now).await? != Device::New {
        return Ok(());
    }
    let locale = person.locale.unwrap_or_default();
    let zone = policy::calendars(backend, db).await?.zone(now);
    let named = if device.is_empty() { words::unknown_device(locale) } else { &device };
    let letter = Letter {
        title: words::device_subject(locale),
        text: vec![words::device_text(locale, named, &crate::words::moment(locale, &zone, now))],
        button: Some((words::device_button(locale), [&backend.config().base_url, "/account"].concat())),
        after: words::device_after(locale),
    };
    letter::send(backend, db, "new_device", person, letter).await
}
