//! What a request is called and where it stands.

use leptos::prelude::*;

use super::super::saying::first_name;
use super::Page;
use crate::component::{Crumbs, Glyph, Icon, PriorityLabel, StatusLabel};
use crate::format;
use crate::shell::use_locale;
use crate::words::portal as words;

#[component]
pub(super) fn Head(page: Page) -> impl IntoView {
    let locale = use_locale();
    let (key, subject) = page.now(|page| (page.key.clone(), page.subject.clone()));
    let raised = page.now(|request| {
        let at = page.clock.with_zone(|zone| format::date_time_seen(locale, zone, request.created_at, request.now));
        if request.requester_is_me {
            words::raised_by_you(locale, &at)
        } else {
            words::raised_by(locale, first_name(&request.requester.name), &at)
        }
    });
    let state = page.part(|page| (page.status, page.priority, page.confidential));
    view! {
        <div class="ticket-head">
            <Crumbs trail=vec![("/requests".to_owned(), words::requests(locale).to_owned())] here=key/>
            <h1>{subject}</h1>
            <div class="meta-line">
                {move || {
                    let (status, priority, confidential) = state.get();
                    let lock = confidential.then(|| view! {
                        <span class="label label--confidential"><Icon name=Glyph::Lock/><span>{words::confidential(locale)}</span></span>
                    });
                    view! { <StatusLabel status=status/> <PriorityLabel priority=priority/> {lock} }
                }}
                <span>{raised}</span>
            </div>
        </div>
    }
    .into_any()
}
