//! `/admin/mail`: how mail leaves and arrives, what waits, and what was given up, which can be read, tried again or forgotten.

use domain::view::notice::{DeadLetter, DeadLetterView, DeadLettersView, MailSetup};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::{Frame, Part};
use crate::ApiError;
use crate::api::dead::{DiscardMail, RetryMail};
use crate::api::wire::PageResource;
use crate::component::{
    EmptyState, Glyph, Icon, Notice, NoticeKind, Pager, Time, TimeStyle, Written, use_now, use_toaster,
};
use crate::shell::use_locale;
use crate::words::admin::failure;
use crate::words::mail as words;

const HERE: &str = "/admin/mail";

#[component]
pub(super) fn MailState(
    view: DeadLettersView,
    again: PageResource<Result<DeadLettersView, ApiError>>,
) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(view.now);
    let retry = ServerAction::<RetryMail>::new();
    let value = retry.value();
    let toaster = use_toaster();
    Effect::new(move |_| {
        if let Some(Ok(())) = value.get() {
            toaster.say(NoticeKind::Ok, words::retried(locale));
            again.refetch();
        }
    });
    let DeadLettersView { rows, next, waiting, waiting_since, waiting_error, setup, .. } = view;
    let queue = if waiting == 0 {
        view! { <p>{words::none_wait(locale)}</p> }.into_any()
    } else {
        let since = waiting_since.map(|at| view! { ", "{words::since(locale)}" "<Time at=at/> });
        view! { <p>{words::some_wait(locale, waiting)}{since}"."</p> }.into_any()
    };
    let trouble = (!waiting_error.is_empty()).then(|| {
        view! { <Notice kind=NoticeKind::Risk><b>{words::last_error(locale)}</b>" "{waiting_error}</Notice> }
    });
    let all = (!rows.is_empty()).then(|| {
        view! {
            <ActionForm action=retry>
                <input type="hidden" name="id" value="0"/>
                <button class="button" disabled=move || retry.pending().get()>
                    <Icon name=Glyph::Refresh/>{words::retry_all(locale)}
                </button>
            </ActionForm>
        }
    });
    let list = if rows.is_empty() {
        view! { <EmptyState title=words::none_dead(locale) text=words::none_dead_text(locale)/> }.into_any()
    } else {
        let row = move |letter: DeadLetter| view! { <Row letter retry/> };
        view! { <ul class="admin-list">{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    let next = next.map(|next| [HERE, "?before=", &next.to_string()].concat());
    view! {
        <Frame part=Part::Mail title=words::mail(locale)>
            <Done/>
            <Failed action=retry/>
            <Setup setup/>
            <section class="section" aria-labelledby="waiting">
                <h2 id="waiting">{words::waiting(locale)}</h2>
                {queue}
                {trouble}
            </section>
            <section class="section" aria-labelledby="dead">
                <div class="section__head"><h2 id="dead">{words::dead(locale)}</h2>{all}</div>
                {list}
                <Pager previous=None next=next/>
            </section>
        </Frame>
    }
    .into_any()
}

/// What is configured, and when something last came or went.
#[component]
fn Setup(setup: MailSetup) -> impl IntoView {
    let locale = use_locale();
    let fact = |name: &'static str, value: String, without: &'static str| {
        let value = if value.is_empty() { without.to_owned() } else { value };
        view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
    };
    let when = |name: &'static str, at: Option<domain::time::Instant>| {
        let value = match at {
            Some(at) => view! { <Time at=at/> }.into_any(),
            None => words::never(locale).into_any(),
        };
        view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
    };
    view! {
        <section class="section" aria-labelledby="setup">
            <h2 id="setup">{words::setup(locale)}</h2>
            <p class="muted">{words::setup_text(locale)}</p>
            <dl class="facts mail-setup">
                {fact(words::address(locale), setup.address, "")}
                {fact(words::leaves_by(locale), setup.smtp, words::as_files(locale))}
                {when(words::last_sent(locale), setup.last_sent_at)}
                {fact(words::fetched_from(locale), setup.imap, words::not_set(locale))}
                {fact(words::brought_to(locale), setup.lmtp, words::not_set(locale))}
                {fact(words::vouched_by(locale), setup.authority, words::vouched_by_nobody(locale))}
                {when(words::last_received(locale), setup.last_received_at)}
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn Row(letter: DeadLetter, retry: ServerAction<RetryMail>) -> impl IntoView {
    let locale = use_locale();
    let href = [HERE, "/", &letter.id.to_string()].concat();
    let label = words::retry_one(locale, &letter.subject);
    view! {
        <li class="admin-item">
            <div>
                <h3 class="admin-item__name"><a href=href>{letter.subject.clone()}</a></h3>
                <p class="small">{to_of(&letter)}</p>
                <p class="small muted">
                    {words::given_up(locale)}" "<Time at=letter.dead_at style=TimeStyle::Moment/>", "{words::attempts(locale, letter.attempts)}
                </p>
            </div>
            <div class="admin-item__side">
                <p class="small">{letter.error}</p>
                <ActionForm action=retry>
                    <input type="hidden" name="id" value=letter.id.to_string()/>
                    <button class="button button--small" aria-label=label disabled=move || retry.pending().get()>
                        {words::retry(locale)}
                    </button>
                </ActionForm>
            </div>
        </li>
    }
    .into_any()
}

fn to_of(letter: &DeadLetter) -> String {
    if letter.to_name.is_empty() {
        letter.to_email.clone()
    } else {
        [&letter.to_name, " <", &letter.to_email, ">"].concat()
    }
}

/// One that was given up.
#[component]
pub(super) fn Letter(view: DeadLetterView) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(view.now);
    let (retry, discard) = (ServerAction::<RetryMail>::new(), ServerAction::<DiscardMail>::new());
    back_after(retry, "retried");
    back_after(discard, "discarded");
    let DeadLetterView { letter, text, .. } = view;
    let to = to_of(&letter);
    let id = letter.id;
    let ticket = (!letter.key.is_empty()).then(|| {
        let href = ["/desk/", &letter.key].concat();
        view! { <div><dt>{words::ticket(locale)}</dt><dd><a href=href>{letter.key}</a></dd></div> }
    });
    let text = match text {
        Some(text) => view! { <div class="letter"><Written text/></div> }.into_any(),
        None => view! { <Notice>{words::secret(locale)}</Notice> }.into_any(),
    };
    view! {
        <Frame part=Part::Mail title=letter.subject above=(HERE, words::mail(locale))>
            <Failed action=retry/>
            <Failed action=discard/>
            <dl class="facts mail-setup">
                <div><dt>{words::to(locale)}</dt><dd>{to}</dd></div>
                {ticket}
                <div><dt>{words::written_at(locale)}</dt><dd><Time at=letter.created_at/></dd></div>
                <div>
                    <dt>{words::given_up(locale)}</dt>
                    <dd><Time at=letter.dead_at/>", "{words::attempts(locale, letter.attempts)}</dd>
                </div>
                <div><dt>{words::last_error(locale)}</dt><dd>{letter.error}</dd></div>
            </dl>
            {text}
            <div class="row">
                <ActionForm action=retry>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <button class="button button--primary" disabled=move || retry.pending().get()>{words::retry(locale)}</button>
                </ActionForm>
                <ActionForm action=discard>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <button class="button" disabled=move || discard.pending().get()>{words::discard(locale)}</button>
                </ActionForm>
                <span class="small muted">{words::discard_text(locale)}</span>
            </div>
        </Frame>
    }
    .into_any()
}

/// To the list, which says what was done.
fn back_after<S>(action: ServerAction<S>, what: &'static str)
where
    S: ServerFn<Error = ApiError, Output = ()> + Clone + Send + Sync + 'static,
{
    let value = action.value();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(())) = value.get() {
            navigate(&[HERE, "?done=", what].concat(), Default::default());
        }
    });
}

#[component]
fn Done() -> impl IntoView {
    let locale = use_locale();
    let said = use_query_map().with_untracked(|query| match query.get_str("done") {
        Some("retried") => Some(words::retried(locale)),
        Some("discarded") => Some(words::discarded(locale)),
        _ => None,
    });
    said.map(|said| view! { <Notice kind=NoticeKind::Ok>{said}</Notice> })
}

/// What went wrong, also when a redirect without JavaScript brought it.
#[component]
fn Failed<S>(action: ServerAction<S>) -> impl IntoView
where
    S: ServerFn<Error = ApiError, Output = ()> + Clone + Send + Sync + 'static,
{
    let locale = use_locale();
    let value = action.value();
    let said = move || {
        let error = value.with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned()))?;
        Some(view! { <Notice kind=NoticeKind::Danger>{failure(locale, &error)}</Notice> })
    };
    view! { <div role="alert">{said}</div> }.into_any()
}
