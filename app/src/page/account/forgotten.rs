//! `/forgotten`: asks for a link to choose a new password. Says the same whether or not the address is known.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{Letterhead, Trouble, problems_of, query, trouble_of};
use crate::api::account::RequestReset;
use crate::component::{Notice, NoticeKind, TextField, focus_first_wrong, problem_at};
use crate::shell::use_locale;
use crate::words::account as words;

lazy_page!(entry, ForgottenRoute, forgotten);

fn forgotten() -> AnyView {
    view! { <Forgotten/> }.into_any()
}

#[component]
fn Forgotten() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<RequestReset>::new();
    let problems = problems_of(action);
    let form_ref = focus_first_wrong(problems);
    let sent_before = query("sent") == "1";
    let email = query("email");
    let value = action.value();
    let sent = move || {
        value.with(|value| match value {
            Some(Ok(())) => true,
            Some(Err(_)) => false,
            None => sent_before,
        })
    };
    let form = view! {
        <Trouble text=trouble_of(action)/>
        <ActionForm action node_ref=form_ref attr:class="form" attr:novalidate="">
            <TextField name="email" label=words::email(locale) value=email kind="email" required=true
                autocomplete="username" error=problem_at(problems, "email")/>
            <button class="button button--primary button--wide" disabled=move || action.pending().get()>
                {words::send_link(locale)}
            </button>
        </ActionForm>
    };
    view! {
        <Title text=words::forgotten_title(locale)/>
        <main class="narrow narrow--bare" id="main" tabindex="-1">
            <Letterhead/>
            <h1>{words::forgotten_title(locale)}</h1>
            <p class="muted">{words::forgotten_text(locale)}</p>
            {move || sent().then(|| view! { <Notice kind=NoticeKind::Ok>{words::link_sent(locale)}</Notice> })}
            {form}
            <p><a href="/login">{words::back_to_sign_in(locale)}</a></p>
        </main>
    }
    .into_any()
}
