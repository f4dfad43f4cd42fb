//! `/login`: e-mail and password; in the demonstration, whom one can be.

use std::sync::Arc;

use domain::view::account::DemoAccount;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{Letterhead, Trouble, problems_of, query, trouble_of};
use crate::api::account::SignIn;
use crate::component::{Avatar, OpenNow, PasswordField, TextField, WeekStrip, focus_first_wrong, problem_at};
use crate::shell::{browser, role_name, use_frame, use_locale};
use crate::words::account as words;

/// The demonstration's password (DESIGN §6): no secret.
const DEMO_PASSWORD: &str = "welcome-to-loket";

lazy_page!(entry, LoginRoute, login);

fn login() -> AnyView {
    view! { <Login/> }.into_any()
}

#[component]
fn Login() -> impl IntoView {
    let locale = use_locale();
    let (demo, schedule, phone) =
        use_frame().with(|session| (session.demo.clone(), Arc::new(session.schedule.clone()), session.phone.clone()));
    view! {
        <Title text=words::sign_in(locale)/>
        <div class="signin">
            <main class="signin__main" id="main" tabindex="-1">
                <Letterhead/>
                <div class="signin__form">
                    <h1>{words::sign_in(locale)}</h1>
                    <p class="signin__lead">{words::sign_in_text(locale)}</p>
                    <SignInForm/>
                    <p class="muted small">{words::no_account(locale)}</p>
                </div>
                <div class="signin__hours">
                    <OpenNow schedule=schedule.clone() phone=phone/>
                    <WeekStrip schedule=schedule/>
                </div>
            </main>
            {(!demo.is_empty()).then(|| view! { <DemoAccounts accounts=demo/> })}
        </div>
    }
    .into_any()
}

#[component]
fn SignInForm() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<SignIn>::new();
    let problems = problems_of(action);
    let form = focus_first_wrong(problems);
    let (next, email) = (query("next"), query("email"));
    let value = action.value();
    Effect::new(move |_| {
        if let Some(Ok(next)) = value.get() {
            browser::load(&next);
        }
    });
    let busy = move || action.pending().get() || value.with(|value| matches!(value, Some(Ok(_))));
    view! {
        <Trouble text=trouble_of(action)/>
        <ActionForm action node_ref=form attr:class="form" attr:novalidate="">
            <input type="hidden" name="next" value=next/>
            <TextField name="email" label=words::email(locale) value=email kind="email" required=true
                autocomplete="username" error=problem_at(problems, "email")/>
            <PasswordField label=words::password(locale) error=problem_at(problems, "password")>
                <a class="field__aside" href="/forgotten">{words::forgotten(locale)}</a>
            </PasswordField>
            <button class="button button--primary button--wide" disabled=busy>{words::sign_in(locale)}</button>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn DemoAccounts(accounts: Vec<DemoAccount>) -> impl IntoView {
    let locale = use_locale();
    let line = move |account: DemoAccount| {
        let staff = account.role.is_staff();
        let role = role_name(locale, account.role);
        let role = match &account.brand {
            Some(brand) if account.role == domain::actor::Role::Member => brand.name.clone(),
            Some(brand) => words::at_organisation(locale, &brand.name, &role.to_lowercase()),
            None => role.to_owned(),
        };
        let org = account.brand.map(|brand| brand.key).unwrap_or_default();
        let href = ["/login?email=", &crate::url::encode(&account.email)].concat();
        let email = account.email.clone();
        let pick = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            browser::fill("email", &email);
            browser::fill("password", DEMO_PASSWORD);
            browser::focus("password");
        };
        view! {
            <li>
                <a class="demo-account" href=href on:click=pick>
                    <Avatar name=account.name.clone() staff=staff org=org/>
                    <span class="demo-account__name">{account.name}</span>
                    <span class="demo-account__role">{role}</span>
                    <span class="demo-account__mail">{account.email}</span>
                </a>
            </li>
        }
    };
    view! {
        <aside class="signin__side" aria-labelledby="demo-accounts">
            <h2 id="demo-accounts">{words::demo_accounts(locale)}</h2>
            <p class="muted small">
                {words::demo_password_before(locale)}<b>{DEMO_PASSWORD}</b>{words::demo_password_after(locale)}
            </p>
            <ul class="demo-accounts">{accounts.into_iter().map(line).collect_view()}</ul>
        </aside>
    }
    .into_any()
}
