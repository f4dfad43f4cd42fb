//! What admins read and do: calendars and policies. To customers these functions do not exist ([`Entered::staff`]); other
//! staff are told that it is not theirs to do, here and by the use cases themselves.
//!
//! A form of these pages has as many controls as a calendar has hours and dates, so it travels as a whole: as multipart
//! data when it is saved, as the text of a query when it is only looked at. The page's own address then holds the same
//! text, so that looking works without JavaScript.
//!
//! [`Entered::staff`]: super::context::Entered::staff

use super::wire::Wire;
use domain::view::admin::{
    CalendarPreview, CalendarView, CalendarsView, Moves, PoliciesView, PolicyAdminView, PolicyPreview, Saved,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};

use crate::ApiError;

pub mod typed;

#[cfg(feature = "ssr")]
use super::context::{Entered, answer, enter, refuse, wants_html};
#[cfg(feature = "ssr")]
use super::file::posted::Posted;
#[cfg(feature = "ssr")]
use backend::desk::{calendar, policy};
#[cfg(feature = "ssr")]
use typed::Values;

#[server(prefix = "/api", endpoint = "admin/calendars", input = GetUrl, output = Wire)]
pub async fn read_calendars() -> Result<CalendarsView, ApiError> {
    let entered = enter().await?;
    answer(calendar::list(&entered.backend, admin(&entered)?).await)
}

#[server(prefix = "/api", endpoint = "admin/calendar", input = GetUrl, output = Wire)]
pub async fn read_calendar(id: i64) -> Result<CalendarView, ApiError> {
    let entered = enter().await?;
    answer(calendar::read(&entered.backend, admin(&entered)?, id).await)
}

/// `id` 0: a calendar that is to be made. `values`: the form, as a query.
#[server(prefix = "/api", endpoint = "admin/preview_calendar", output = Wire)]
pub async fn preview_calendar(id: i64, values: String) -> Result<CalendarPreview, ApiError> {
    let entered = enter().await?;
    let actor = admin(&entered)?;
    let draft = typed::draft(&typed::decode(&values)).map_err(backend::Error::Invalid);
    let preview = async { calendar::preview(&entered.backend, actor, (id != 0).then_some(id), draft?).await };
    answer(preview.await)
}

/// `id` (0: a new calendar), `version`, and the controls that [`typed::draft`] reads.
#[server(prefix = "/api", endpoint = "admin/save_calendar", input = MultipartFormData, output = Wire)]
pub async fn save_calendar(data: MultipartData) -> Result<Saved, ApiError> {
    let entered = enter().await?;
    let actor = admin(&entered)?;
    let values = Posted::read(data, &entered).await?.into_values();
    let (calendar_id, version) = (number(&values, "id"), number(&values, "version"));
    let saved = async {
        let draft = typed::draft(&values).map_err(backend::Error::Invalid)?;
        if calendar_id == 0 {
            let id = calendar::create(&entered.backend, actor, draft).await?;
            return Ok(Saved { id, version: 1, moves: Moves::default() });
        }
        calendar::save(&entered.backend, actor, calendar::SaveCalendar { calendar_id, version, draft }).await
    };
    settle("/admin/calendars/", "/api/admin/save_calendar", calendar_id, &values, answer(saved.await))
}

#[server(prefix = "/api", endpoint = "admin/policies", input = GetUrl, output = Wire)]
pub async fn read_policies() -> Result<PoliciesView, ApiError> {
    let entered = enter().await?;
    answer(policy::list(&entered.backend, admin(&entered)?).await)
}

#[server(prefix = "/api", endpoint = "admin/policy", input = GetUrl, output = Wire)]
pub async fn read_policy(id: i64) -> Result<PolicyAdminView, ApiError> {
    let entered = enter().await?;
    answer(policy::read(&entered.backend, admin(&entered)?, id).await)
}

/// `values`: the form, as a query.
#[server(prefix = "/api", endpoint = "admin/preview_policy", output = Wire)]
pub async fn preview_policy(id: i64, values: String) -> Result<PolicyPreview, ApiError> {
    let entered = enter().await?;
    let draft = typed::policy(&typed::decode(&values));
    answer(policy::preview(&entered.backend, admin(&entered)?, id, draft).await)
}

/// `id` (0: a new policy), `version`, `apply_to_open`, and the controls of [`domain::view::admin::PolicyDraft`].
#[server(prefix = "/api", endpoint = "admin/save_policy", input = MultipartFormData, output = Wire)]
pub async fn save_policy(data: MultipartData) -> Result<Saved, ApiError> {
    let entered = enter().await?;
    let actor = admin(&entered)?;
    let values = Posted::read(data, &entered).await?.into_values();
    let (policy_id, version) = (number(&values, "id"), number(&values, "version"));
    let draft = typed::policy(&values);
    let saved = async {
        if policy_id == 0 {
            let id = policy::create(&entered.backend, actor, draft).await?;
            return Ok(Saved { id, version: 1, moves: Moves::default() });
        }
        let apply_to_open = !typed::value(&values, "apply_to_open").is_empty();
        policy::save(&entered.backend, actor, policy::SavePolicy { policy_id, version, draft, apply_to_open }).await
    };
    settle("/admin/policies/", "/api/admin/save_policy", policy_id, &values, answer(saved.await))
}

#[server(prefix = "/api", endpoint = "admin/preview_assign", output = Wire)]
pub async fn preview_assign(organisation: String, policy_id: i64) -> Result<PolicyPreview, ApiError> {
    let entered = enter().await?;
    answer(policy::preview_assign(&entered.backend, admin(&entered)?, &organisation, policy_id).await)
}

/// Gives an organisation, by its key, another policy.
#[server(prefix = "/api", endpoint = "admin/assign_policy", output = Wire)]
pub async fn assign_policy(
    #[server(default)] organisation: String,
    policy_id: i64,
    #[server(default)] apply_to_open: bool,
) -> Result<Moves, ApiError> {
    let entered = enter().await?;
    let input = policy::Assign { organisation, policy_id, apply_to_open };
    let moves = answer(policy::assign(&entered.backend, admin(&entered)?, input).await)?;
    if wants_html() {
        leptos_axum::redirect(&["/admin/policies?done=assigned&moved=", &moves.total.to_string()].concat());
    }
    Ok(moves)
}

/// Customers are told that there is nothing here, other staff that it is not theirs, before anything of theirs is read.
#[cfg(feature = "ssr")]
pub(super) fn admin(entered: &Entered) -> Result<&domain::actor::Actor, ApiError> {
    let actor = entered.staff()?;
    if entered.person()?.role == domain::actor::Role::Admin {
        return Ok(actor);
    }
    refuse(&ApiError::Forbidden);
    Err(ApiError::Forbidden)
}

/// A number of the form's own; 0 when it is none, which no version and no calendar has.
#[cfg(feature = "ssr")]
fn number(values: &Values, name: &str) -> i64 {
    typed::value(values, name).parse().unwrap_or_default()
}

/// Where a form that was posted without JavaScript goes next: to what was saved, or back with what was typed and why it
/// was refused. A live page does both itself.
#[cfg(feature = "ssr")]
fn settle(
    folder: &str,
    path: &str,
    id: i64,
    values: &Values,
    result: Result<Saved, ApiError>,
) -> Result<Saved, ApiError> {
    use leptos::server_fn::error::ServerFnUrlError;
    // Only to make it a whole URL; the browser gets what follows it.
    const BASE: &str = "http://loket";
    if !wants_html() {
        return result;
    }
    match &result {
        Ok(saved) => leptos_axum::redirect(&[folder, &typed::saved_place(saved)].concat()),
        Err(error) => {
            let page = if id == 0 { [folder, "new"].concat() } else { [folder, &id.to_string()].concat() };
            let url = [BASE, &page, "?", &typed::encode(values)].concat();
            if let Ok(url) = ServerFnUrlError::new(path, error.clone()).to_url(&url) {
                leptos_axum::redirect(url.as_str().strip_prefix(BASE).unwrap_or(&page));
            }
        }
    }
    result
}
