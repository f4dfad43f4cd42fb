//! `/admin`: what is promised here, at a glance.

use domain::view::admin::{CalendarsView, PoliciesView};
use leptos::prelude::*;

use super::calendars::List;
use super::log::Log;
use super::policies::PolicyList;
use super::{Frame, Part};
use crate::ApiError;
use crate::api::admin::{read_calendars, read_policies};
use crate::component::use_now;
use crate::shell::use_locale;
use crate::words::admin as words;

pub(super) type Data = (CalendarsView, PoliciesView);

pub(super) async fn read() -> Result<Data, ApiError> {
    Ok((read_calendars().await?, read_policies().await?))
}

#[component]
pub(super) fn Overview(data: Data) -> impl IntoView {
    let locale = use_locale();
    let (calendars, policies) = data;
    use_now().sync(calendars.now);
    let mut log = calendars.log;
    log.extend(policies.log);
    log.sort_by_key(|line| std::cmp::Reverse((line.at, line.id)));
    log.truncate(10);
    view! {
        <Frame part=Part::Overview title=words::administration(locale)>
            <p class="lead">{words::overview_text(locale)}</p>
            <section class="section" aria-labelledby="calendars">
                <div class="section__head">
                    <h2 id="calendars">{words::calendars(locale)}</h2>
                    <a href="/admin/calendars">{words::all_calendars(locale)}</a>
                </div>
                <List calendars=calendars.calendars/>
            </section>
            <section class="section" aria-labelledby="policies">
                <div class="section__head">
                    <h2 id="policies">{words::policies(locale)}</h2>
                    <a href="/admin/policies">{words::all_policies(locale)}</a>
                </div>
                <PolicyList policies=policies.policies/>
            </section>
            <Log lines=log/>
        </Frame>
    }
    .into_any()
}
