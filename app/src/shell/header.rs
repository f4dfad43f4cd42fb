//! The portal's header: whose portal it is, where one can go, who is signed in.

use domain::actor::Role;
use domain::i18n::Locale;
use leptos::prelude::*;
use leptos_router::components::A;

use super::{use_frame, use_locale};
use crate::component::{Avatar, BrandMark, Disclosure, Glyph, Icon};
use crate::words::account as words;

/// Says so when the process's clock does not show the real time.
#[component]
pub(super) fn Banner() -> impl IntoView {
    let locale = use_locale();
    let set = use_frame().with(|session| session.clock_is_set);
    set.then(|| view! { <p class="clock-banner" role="status">{words::clock_is_set(locale)}</p> }.into_any())
}

#[component]
pub(super) fn Header() -> impl IntoView {
    let frame = use_frame();
    let locale = use_locale();
    let brand = frame.with(|session| session.brand.clone());
    let name = brand.name.clone();
    let signed_in = frame.user().is_some();
    let own = !brand.key.is_empty();
    view! {
        <header class="masthead">
            <div class="masthead__inner">
                <a class="masthead__brand" href=frame.home()>
                    <BrandMark brand=brand/>
                    <span class="masthead__name">{name}</span>
                    {own.then(|| view! { <span class="masthead__place">{words::support(locale)}</span> })}
                </a>
                {signed_in.then(|| view! { <Navigation/><Bell class="masthead__bell bell"/><AccountMenu/> }.into_any())}
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn Navigation() -> impl IntoView {
    let frame = use_frame();
    let locale = use_locale();
    let places = if frame.is_staff() {
        let admin = frame.user().is_some_and(|user| user.role == Role::Admin);
        view! {
            <A href="/desk" attr:class="masthead__link">{words::desk(locale)}</A>
            {admin.then(|| view! { <A href="/admin" attr:class="masthead__link">{words::administration(locale)}</A> })}
        }
        .into_any()
    } else {
        view! {
            <A href="/" exact=true attr:class="masthead__link">{words::home(locale)}</A>
            <A href="/requests" attr:class="masthead__link">
                {words::requests(locale)}
                {move || {
                    let waiting = frame.waiting();
                    let said = || match waiting {
                        1 => words::one_waiting_for_you(locale).to_owned(),
                        count => words::waiting_for_you(locale, count),
                    };
                    (waiting > 0).then(|| view! {
                        <span class="count" aria-hidden="true">{waiting.to_string()}</span>
                        <span class="visually-hidden">{said()}</span>
                    })
                }}
            </A>
        }
        .into_any()
    };
    view! {
        <nav class="masthead__nav" aria-label=words::navigation(locale)>
            {places}
            <A href="/articles/how-support-works" attr:class="masthead__link">{words::help(locale)}</A>
        </nav>
    }
    .into_any()
}

/// The way to one's notifications, and how many of them are unread: beside the account, on a phone in its menu, and in
/// the desk's rail.
#[component]
pub fn Bell(class: &'static str) -> impl IntoView {
    let frame = use_frame();
    let locale = use_locale();
    let href = if frame.is_staff() { "/desk/notifications" } else { "/notifications" };
    let name = move || match frame.unread() {
        0 => words::notifications(locale).to_owned(),
        unread => words::notifications_of(locale, unread),
    };
    let count = move || {
        let unread = frame.unread();
        (unread > 0).then(|| view! { <span class="count" aria-hidden="true">{unread.to_string()}</span> })
    };
    view! {
        <a class=class href=href aria-label=name title=words::notifications(locale)>
            <Icon name=Glyph::Bell/>
            <span class="rail__text">{words::notifications(locale)}</span>
            {count}
        </a>
    }
    .into_any()
}

/// Who is signed in, and what they can do about it. Works without JavaScript; the desk's rail has it too.
#[component]
pub fn AccountMenu(
    /// What opens it; the initials unless something else is given.
    #[prop(optional)]
    summary: Option<AnyView>,
) -> impl IntoView {
    let frame = use_frame();
    let locale = use_locale();
    let Some(user) = frame.user() else { return ().into_any() };
    let key = frame.with(|session| session.brand.key.clone());
    let staff = user.is_staff();
    let label = words::account_of(locale, &user.name);
    let summary = summary.unwrap_or_else(|| view! { <Avatar name=user.name.clone() staff=staff org=key/> }.into_any());
    view! {
        <div class="masthead__me">
            <Disclosure summary=summary label=label>
                <div class="menu">
                    <p class="menu__who">
                        <b>{user.name}</b>
                        <span class="muted">{user.email}</span>
                    </p>
                    <Bell class="menu__item menu__bell bell"/>
                    <a class="menu__item" href="/account"><Icon name=Glyph::Person/>{words::account(locale)}</a>
                    <form method="post" action="/api/account/sign_out">
                        <button class="menu__item"><Icon name=Glyph::SignOut/>{words::sign_out(locale)}</button>
                    </form>
                </div>
            </Disclosure>
        </div>
    }
    .into_any()
}

/// The name of a role, for people.
pub fn role_name(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Member => words::member(locale),
        Role::Manager => words::manager(locale),
        Role::Agent => words::agent(locale),
        Role::AccountManager => words::account_manager(locale),
        Role::Admin => words::admin(locale),
    }
}
