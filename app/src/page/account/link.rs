//! `/link/{token}`: what an invitation or a reset in a mail leads to.

use domain::view::account::LinkView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{Letterhead, Trouble, problems_of, query, trouble_of};
use crate::api::account::{AcceptLink, read_link};
use crate::api::wire::resource;
use crate::component::{PasswordField, TextField, focus_first_wrong, problem_at};
use crate::shell::{ProblemPage, browser, set_status, use_locale};
use crate::words::account as words;

lazy_page!(entry, LinkRoute, link);

fn token() -> String {
    use_params_map().with_untracked(|params| params.get("token").unwrap_or_default())
}

fn link() -> AnyView {
    let token = token();
    let link = resource(move || token.clone(), read_link);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match link.await {
                    Ok(link) => view! { <Link link=link/> }.into_any(),
                    Err(error) => view! { <ProblemPage error=error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Link(link: LinkView) -> impl IntoView {
    let locale = use_locale();
    let Some((name, email)) = link.valid_for else {
        set_status(404);
        return view! {
            <Title text=words::link_dead(locale)/>
            <main class="narrow narrow--bare" id="main" tabindex="-1">
                <Letterhead/>
                <h1>{words::link_dead(locale)}</h1>
                <p>{words::link_dead_text(locale)}</p>
                <p class="row">
                    <a class="button button--primary" href="/forgotten">{words::ask_new_link(locale)}</a>
                    <a href="/login">{words::back_to_sign_in(locale)}</a>
                </p>
            </main>
        }
        .into_any();
    };
    let action = ServerAction::<AcceptLink>::new();
    let problems = problems_of(action);
    let form = focus_first_wrong(problems);
    let value = action.value();
    Effect::new(move |_| {
        if let Some(Ok(next)) = value.get() {
            browser::load(&next);
        }
    });
    let typed = query("name");
    let asked = if typed.is_empty() { name.clone() } else { typed };
    let title = if link.invitation { words::welcome(locale, &name) } else { words::forgotten_title(locale).to_owned() };
    view! {
        <Title text=title.clone()/>
        <main class="narrow narrow--bare" id="main" tabindex="-1">
            <Letterhead/>
            <h1>{title}</h1>
            <p class="muted">{words::link_text(locale, &email)}</p>
            <Trouble text=trouble_of(action)/>
            <ActionForm action node_ref=form attr:class="form" attr:novalidate="">
                <input type="hidden" name="token" value=token()/>
                // For password managers: whose password it is.
                <input type="hidden" name="username" value=email autocomplete="username"/>
                {link.invitation.then(|| view! {
                    <TextField name="name" label=words::name(locale) value=asked required=true
                        autocomplete="name" error=problem_at(problems, "name")/>
                })}
                <PasswordField label=words::new_password(locale) hint=words::password_hint(locale, 10)
                    autocomplete="new-password" error=problem_at(problems, "password")/>
                <button class="button button--primary button--wide" disabled=move || action.pending().get()>
                    {words::set_password(locale)}
                </button>
            </ActionForm>
        </main>
    }
    .into_any()
}
