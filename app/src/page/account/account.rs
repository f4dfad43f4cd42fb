//! `/account`: one's name, language, mails, password and sessions, and the people one manages.

use domain::i18n::Locale;
use domain::view::LOCALES;
use domain::view::account::{AccountView, SessionLine};
use leptos::prelude::*;
use leptos_meta::Title;

use super::feed::FeedSection;
use super::people::People;
use super::preferences::PreferencesSection;
use super::suggested::{DomainsSection, SuggestedSection};
use super::{Trouble, problems_of, query, trouble_of};
use crate::ApiError;
use crate::api::account::{ChangePassword, ChangeProfile, read_account};
use crate::api::wire::{PageResource, resource};
use crate::component::{
    Notice, NoticeKind, PasswordField, SelectField, TextField, Time, TimeStyle, focus_first_wrong, problem_at,
    use_toaster,
};
use crate::shell::{ProblemPage, browser, use_locale};
use crate::words::{account as words, notice, suggested};

/// The page's data, for whoever changes something.
pub(super) type Account = PageResource<Result<AccountView, ApiError>>;

lazy_page!(account, AccountRoute, account);

fn account() -> AnyView {
    let account = resource(|| (), |()| read_account());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match account.await {
                    Ok(view) => view! { <Page view account/> }.into_any(),
                    Err(error) => view! { <ProblemPage error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Page(view: AccountView, account: Account) -> impl IntoView {
    let locale = use_locale();
    let done = match query("done").as_str() {
        "change_profile" => Some(words::profile_saved(locale)),
        "change_password" => Some(words::password_changed(locale)),
        "set_preferences" => Some(notice::preferences_saved(locale)),
        "address_works" => Some(notice::address_works_now(locale)),
        "accept_suggested" => Some(suggested::accepted(locale)),
        "decline_suggested" => Some(suggested::declined(locale)),
        "set_domains" => Some(suggested::domains_saved(locale)),
        "invite" => Some(words::invitation_sent(locale)),
        "revoke_feed" => Some(words::feed_revoked(locale)),
        "deactivate" => Some(words::person_deactivated(locale)),
        "reactivate" => Some(words::person_reactivated(locale)),
        _ => None,
    };
    let (name, language, email) = (view.name.clone(), view.locale, view.email.clone());
    let sessions = view.sessions.clone();
    let manages = view.may_invite;
    let staff = view.role.is_staff();
    view! {
        <Title text=words::your_account(locale)/>
        <main class="main account" id="main" tabindex="-1">
            <h1>{words::your_account(locale)}</h1>
            {done.map(|text| view! { <Notice kind=NoticeKind::Ok>{text}</Notice> })}
            <Profile name email language/>
            <PreferencesSection/>
            <Password account/>
            <Sessions sessions/>
            {staff.then(|| view! { <FeedSection/> })}
            {(staff && manages).then(|| view! { <SuggestedSection account/> })}
            {manages.then(|| view! { <People view account/> })}
            {(staff && manages).then(|| view! { <DomainsSection/> })}
        </main>
    }
    .into_any()
}

#[component]
fn Profile(name: String, email: String, language: Option<Locale>) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<ChangeProfile>::new();
    let problems = problems_of(action);
    let form = focus_first_wrong(problems);
    let value = action.value();
    // The language of everything may have changed.
    Effect::new(move |_| {
        if let Some(Ok(())) = value.get() {
            browser::load("/account?done=change_profile");
        }
    });
    let mut options = vec![(String::new(), words::language_of_browser(locale).to_owned())];
    options.extend(LOCALES.iter().map(|(locale, name)| (locale.tag().to_owned(), (*name).to_owned())));
    view! {
        <section class="section" aria-labelledby="profile">
            <h2 id="profile">{words::profile(locale)}</h2>
            <p class="muted">{email}</p>
            <Trouble text=trouble_of(action)/>
            <ActionForm action node_ref=form attr:class="form" attr:novalidate="">
                <TextField name="name" label=words::name(locale) value=name required=true autocomplete="name"
                    error=problem_at(problems, "name")/>
                <SelectField name="locale" label=words::language(locale) options=options required=true
                    value=language.map_or("", Locale::tag)/>
                <div><button class="button" disabled=move || action.pending().get()>{words::save(locale)}</button></div>
            </ActionForm>
        </section>
    }
    .into_any()
}

#[component]
fn Password(account: Account) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<ChangePassword>::new();
    let problems = problems_of(action);
    let form = focus_first_wrong(problems);
    let value = action.value();
    let toaster = use_toaster();
    Effect::new(move |_| {
        if let Some(Ok(())) = value.get() {
            toaster.say(NoticeKind::Ok, words::password_changed(locale));
            browser::clear(&["current", "new"]);
            account.refetch();
        }
    });
    view! {
        <section class="section" aria-labelledby="password-heading">
            <h2 id="password-heading">{words::change_password(locale)}</h2>
            <p class="muted">{words::change_password_text(locale)}</p>
            <Trouble text=trouble_of(action)/>
            <ActionForm action node_ref=form attr:class="form" attr:novalidate="">
                <PasswordField name="current" label=words::current_password(locale) error=problem_at(problems, "current")/>
                <PasswordField name="new" label=words::new_password(locale) hint=words::password_hint(locale, 10)
                    autocomplete="new-password" error=problem_at(problems, "new")/>
                <div>
                    <button class="button" disabled=move || action.pending().get()>{words::change_password(locale)}</button>
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}

#[component]
fn Sessions(sessions: Vec<SessionLine>) -> impl IntoView {
    let locale = use_locale();
    let line = move |session: SessionLine| {
        let device = if session.device.is_empty() { words::unknown_device(locale).to_owned() } else { session.device };
        view! {
            <tr>
                <td>
                    {device}
                    {session.current.then(|| view! { " "<span class="muted">"("{words::this_device(locale)}")"</span> })}
                </td>
                <td data-label=words::since(locale)><Time at=session.signed_in_at style=TimeStyle::Moment/></td>
                <td data-label=words::last_seen(locale)><Time at=session.last_seen_at style=TimeStyle::Moment/></td>
            </tr>
        }
    };
    view! {
        <section class="section" aria-labelledby="places">
            <h2 id="places">{words::signed_in_places(locale)}</h2>
            <table class="plain">
                <thead>
                    <tr>
                        <th scope="col">{words::device(locale)}</th>
                        <th scope="col">{words::since(locale)}</th>
                        <th scope="col">{words::last_seen(locale)}</th>
                    </tr>
                </thead>
                <tbody>{sessions.into_iter().map(line).collect_view()}</tbody>
            </table>
            <form method="post" action="/api/account/sign_out_everywhere">
                <button class="button button--danger">{words::sign_out_everywhere(locale)}</button>
            </form>
        </section>
    }
    .into_any()
}
