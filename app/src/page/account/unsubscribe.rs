//! `/unsubscribe/{token}/{kinds}`: where "no more mails like this one" leads. Opening it changes nothing: programs follow
//! links by themselves. Mail programs that end mails by one click post to the same address (`server`).

use domain::view::notice::UnsubscribeView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::Letterhead;
use crate::ApiError;
use crate::api::notice::{EndMails, ResumeMails, read_unsubscribe};
use crate::api::wire::{PageResource, resource};
use crate::component::{Notice, NoticeKind};
use crate::shell::{ProblemPage, set_status, use_locale};
use crate::words::notice as words;

type Asked = PageResource<Result<UnsubscribeView, ApiError>>;

lazy_page!(entry, UnsubscribeRoute, unsubscribe);

/// Token and kinds, as they stand in the address.
fn place() -> (String, String) {
    let part = |params: &leptos_router::params::ParamsMap, name| params.get(name).unwrap_or_default();
    use_params_map().with_untracked(|params| (part(params, "token"), part(params, "kinds")))
}

fn unsubscribe() -> AnyView {
    let place = place();
    let ending = resource(move || place.clone(), |(token, kinds)| read_unsubscribe(token, kinds));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match ending.await {
                    Ok(view) => view! { <Ending view ending/> }.into_any(),
                    Err(error) => view! { <ProblemPage error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Ending(view: UnsubscribeView, ending: Asked) -> impl IntoView {
    let locale = use_locale();
    let Some(email) = view.email else {
        set_status(404);
        return view! {
            <Title text=words::end_dead(locale)/>
            <main class="narrow narrow--bare" id="main" tabindex="-1">
                <Letterhead/>
                <h1>{words::end_dead(locale)}</h1>
                <p>{words::end_dead_text(locale)}</p>
                <p><a class="button button--primary" href="/account#notices" rel="external">{words::to_account(locale)}</a></p>
            </main>
        }
        .into_any();
    };
    let (end, resume) = (ServerAction::<EndMails>::new(), ServerAction::<ResumeMails>::new());
    let (ended, resumed) = (end.value(), resume.value());
    Effect::new(move |_| {
        let done = |value: &Option<Result<(), ApiError>>| matches!(value, Some(Ok(())));
        if ended.with(done) | resumed.with(done) {
            ending.refetch();
        }
    });
    let failed = move || {
        let wrong = |value: &Option<Result<(), ApiError>>| matches!(value, Some(Err(_)));
        let failed = ended.with(wrong) | resumed.with(wrong);
        failed.then(|| view! { <Notice kind=NoticeKind::Danger>{words::end_failed(locale)}</Notice> })
    };
    let (token, kinds) = place();
    let hidden = view! {
        <input type="hidden" name="token" value=token/>
        <input type="hidden" name="kinds" value=kinds/>
    };
    let about = view.kinds.into_iter().map(|kind| view! { <li>{words::kind(locale, kind)}</li> }).collect_view();
    let (title, text) = if view.ended {
        (words::ended_title(locale), words::ended_text(locale, &email))
    } else {
        (words::end_title(locale), words::end_text(locale, &email))
    };
    let form = if view.ended {
        view! { <ActionForm action=resume>{hidden}<button class="button">{words::resume(locale)}</button></ActionForm> }
            .into_any()
    } else {
        view! {
            <ActionForm action=end>{hidden}<button class="button button--primary">{words::end_button(locale)}</button></ActionForm>
        }
        .into_any()
    };
    view! {
        <Title text=title/>
        <main class="narrow narrow--bare" id="main" tabindex="-1">
            <Letterhead/>
            <h1>{title}</h1>
            <div role="alert">{failed}</div>
            <div role="status"><p>{text}</p><ul>{about}</ul></div>
            <p>{words::end_note(locale)}</p>
            {form}
            <p class="small"><a href="/account#notices" rel="external">{words::choose_mails(locale)}</a></p>
        </main>
    }
    .into_any()
}
