//! What customers see: home, their requests, one request, articles. Each function reads one snapshot of the database.

use domain::actor::{Actor, Scope};
use domain::i18n::Locale;
use domain::ticket::Change;
use domain::view::portal::{ArticleView, FormLink, HomeView, NoticeView, RaiseView, RequestRow};

use super::thread::first_name;
use super::{draft, form, text};
use crate::store::list::{Names, RequestListRow};
use crate::{Backend, Error, policy, random, store};

mod list;
mod request;

pub(in crate::desk) use list::part;
pub use list::requests;
pub(in crate::desk) use request::mark_read;
pub use request::request;

/// How many open requests the home page shows.
const HOME_ROWS: i64 = 8;

/// `/`.
///
/// # Errors
/// [`Error::NotFound`] for staff.
pub async fn home(backend: &Backend, actor: &Actor, locale: Locale) -> Result<HomeView, Error> {
    let (person, organisation_id) = super::customer(actor)?;
    let (now, scope) = (backend.now(), actor.scope());
    let mut db = backend.store().snapshot().await?;
    let organisation = store::organisation::find(&mut db, organisation_id).await?.ok_or(Error::NotFound)?;
    let forms = store::form::list(&mut db, organisation_id, locale).await?;
    let (dialect, of) = (backend.store().dialect(), (person.user_id, organisation_id));
    let (mut open, names, totals) = store::list::own_open(&mut db, dialect, scope, of, HOME_ROWS).await?;
    let policy = policy::load_at(backend, &mut db, organisation.policy_version_id, &totals.calendars).await?;
    let manager = store::organisation::people(&mut db, organisation.account_manager_id).await?;
    let notice = store::form::notice(&mut db, organisation_id, locale, now).await?;
    let (from, until) = list::span(&open, now);
    for row in &mut open {
        policy.localise(&mut row.clocks, now);
    }
    Ok(HomeView {
        now,
        welcome: match locale {
            Locale::English => organisation.welcome_en,
            Locale::Dutch => organisation.welcome_nl,
        },
        notice: notice.map(|[heading, text, title, url]| NoticeView {
            heading,
            text,
            link: (!title.is_empty() && !url.is_empty()).then_some((title, url)),
        }),
        forms: forms
            .into_iter()
            .map(|row| FormLink { icon: form::icon(&row), slug: row.slug, title: row.title, summary: row.summary })
            .collect(),
        articles: swapped(store::form::articles(&mut db, locale).await?),
        links: store::organisation::links(&mut db, organisation_id, locale).await?,
        account_manager: manager.into_values().find(|person| person.active).map(|person| person.view),
        open: open.into_iter().map(|row| request_row(row, &totals.organisation_key, &names, person.user_id)).collect(),
        open_total: totals.open,
        schedule: policy.schedule_between(from, until, now),
    })
}

/// Title first, as pages want it.
fn swapped(slugs_and_titles: Vec<(String, String)>) -> Vec<(String, String)> {
    slugs_and_titles.into_iter().map(|(slug, title)| (title, slug)).collect()
}

/// `/requests/new/{form}`.
///
/// # Errors
/// [`Error::NotFound`] for staff, and for a form that the organisation does not have.
pub async fn raise_page(backend: &Backend, actor: &Actor, locale: Locale, slug: &str) -> Result<RaiseView, Error> {
    let (person, organisation_id) = super::customer(actor)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let row = form::find(&mut db, organisation_id, slug, locale).await?;
    let organisation = store::organisation::find(&mut db, organisation_id).await?.ok_or(Error::NotFound)?;
    let policy = policy::load(backend, &mut db, organisation.policy_version_id).await?;
    Ok(RaiseView {
        now,
        form: form::view(&row, locale)?,
        policy: policy.view(now, now),
        draft: draft::view(&mut db, person.user_id, &["raise/", &row.slug].concat()).await?,
        nonce: random::token::<16>()?,
    })
}

/// `/articles/{slug}`, for everyone who is signed in.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that name.
pub async fn article(backend: &Backend, actor: &Actor, locale: Locale, slug: &str) -> Result<ArticleView, Error> {
    super::person(actor)?;
    let mut db = backend.store().snapshot().await?;
    let slug = text::said(slug).ok_or(Error::NotFound)?;
    let (title, text) = store::form::article(&mut db, slug, locale).await?.ok_or(Error::NotFound)?;
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    Ok(ArticleView { title, paragraphs: paragraphs.map(str::to_owned).collect() })
}

fn request_row(row: RequestListRow, organisation_key: &str, names: &Names, me: i64) -> RequestRow {
    let name = |id: Option<i64>| id.and_then(|id| names.get(&id)).map_or("", String::as_str);
    // Staff who put a mail on a ticket did not write it.
    let put_there = row.last_by_staff && matches!(row.last_change, Change::Replied { .. });
    let last_actor = if put_there { "" } else { first_name(name(row.last_actor_id)) };
    RequestRow {
        key: [organisation_key, "-", &row.number.to_string()].concat(),
        subject: row.subject,
        requester: name(Some(row.requester_id)).to_owned(),
        waits_for_me: row.waits_for_me,
        status: row.status,
        close_reason: row.close_reason,
        priority: row.priority,
        agent: first_name(name(row.assignee_id)).to_owned(),
        confidential: row.confidential,
        unread: row.last_event_id > row.read_event_id && row.last_actor_id != Some(me),
        last_at: row.last_at,
        last_actor: last_actor.to_owned(),
        last_actor_is_me: row.last_actor_id == Some(me),
        last_change: row.last_change,
        clocks: row.clocks,
    }
}

/// Whether this person sees their own tickets only.
const fn own_only(scope: Scope) -> bool {
    matches!(scope, Scope::Own { .. })
}
