//! The calendar feed of one's own deadlines, on staff's account page: made, shown once, revoked.

use domain::view::admin::{FeedAddress, FeedView};
use leptos::prelude::*;

use super::{Trouble, trouble_of};
use crate::ApiError;
use crate::api::feed::{MakeFeed, RevokeFeed, read_feed};
use crate::api::wire::{PageResource, resource};
use crate::component::{Notice, NoticeKind, Time, TimeStyle};
use crate::shell::use_locale;
use crate::words::account as words;

/// The feed and, right after it was made, its address.
type Feed = PageResource<Result<(FeedView, Option<FeedAddress>), ApiError>>;

#[component]
pub(super) fn FeedSection() -> impl IntoView {
    let locale = use_locale();
    let feed: Feed = resource(|| (), |()| read_feed());
    let (make, revoke) = (ServerAction::<MakeFeed>::new(), ServerAction::<RevokeFeed>::new());
    let (made, revoked) = (make.value(), revoke.value());
    Effect::new(move |_| {
        let done =
            made.with(|value| matches!(value, Some(Ok(_)))) | revoked.with(|value| matches!(value, Some(Ok(()))));
        if done {
            feed.refetch();
        }
    });
    Effect::new(move |_| {
        // A revoked address is not shown any more.
        if revoked.with(|value| matches!(value, Some(Ok(())))) {
            made.set(None);
        }
    });
    view! {
        <section class="section" aria-labelledby="feed">
            <h2 id="feed">{words::feed(locale)}</h2>
            <p class="muted">{words::feed_text(locale)}</p>
            <Trouble text=trouble_of(make)/>
            <Trouble text=trouble_of(revoke)/>
            <Transition>
                {move || Suspend::new(async move {
                    let Ok((view, address)) = feed.await else { return ().into_any() };
                    let there = view.made_at.is_some();
                    let shown = move || {
                        let fresh = made.with(|value| match value {
                            Some(Ok(address)) => Some(address.url.clone()),
                            _ => None,
                        });
                        let url = fresh.or_else(|| address.as_ref().map(|address| address.url.clone()))?;
                        Some(view! {
                            <Notice kind=NoticeKind::Ok>
                                <label class="field__label" for="feed-address">{words::feed_address(locale)}</label>
                                <p class="small">{words::feed_once(locale)}</p>
                                <input class="input input--code" id="feed-address" readonly=true value=url/>
                            </Notice>
                        })
                    };
                    let since = view.made_at.map(|at| {
                        let read = match view.read_at {
                            Some(at) => view! { {words::feed_read(locale)}" "<Time at style=TimeStyle::Moment/> }.into_any(),
                            None => words::feed_never_read(locale).into_any(),
                        };
                        view! { <p class="small">{words::feed_since(locale)}" "<Time at style=TimeStyle::Moment/>" · "{read}</p> }
                    });
                    let label = if there { words::feed_renew(locale) } else { words::feed_make(locale) };
                    view! {
                        {shown}
                        {since}
                        <div class="row">
                            <ActionForm action=make>
                                <button class="button" disabled=move || make.pending().get()>{label}</button>
                            </ActionForm>
                            {there.then(|| view! {
                                <ActionForm action=revoke>
                                    <button class="button button--danger" disabled=move || revoke.pending().get()>
                                        {words::feed_revoke(locale)}
                                    </button>
                                </ActionForm>
                            })}
                        </div>
                    }
                    .into_any()
                })}
            </Transition>
        </section>
    }
    .into_any()
}
