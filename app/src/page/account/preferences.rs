//! How one wants to be told, kind by kind, on the account page; and what to do when mail to one's address came back.

use domain::notice::{Delivery, NoticeKind as Told};
use domain::view::notice::PreferencesView;
use leptos::prelude::*;

use super::{Trouble, trouble_of};
use crate::ApiError;
use crate::api::notice::{AddressWorks, SetPreferences, read_preferences};
use crate::api::wire::{PageResource, resource};
use crate::component::{Notice, NoticeKind, SelectField, Time, TimeStyle, use_toaster};
use crate::shell::{use_frame, use_locale};
use crate::words::notice as words;

type Preferences = PageResource<Result<PreferencesView, ApiError>>;

/// Mails link to it as `/account#notices`.
#[component]
pub(super) fn PreferencesSection() -> impl IntoView {
    let locale = use_locale();
    let staff = use_frame().is_staff();
    let preferences: Preferences = resource(|| (), |()| read_preferences());
    let (save, works) = (ServerAction::<SetPreferences>::new(), ServerAction::<AddressWorks>::new());
    let (saved, working) = (save.value(), works.value());
    let toaster = use_toaster();
    Effect::new(move |_| {
        if let Some(Ok(())) = saved.get() {
            toaster.say(NoticeKind::Ok, words::preferences_saved(locale));
            preferences.refetch();
        }
    });
    Effect::new(move |_| {
        if let Some(Ok(())) = working.get() {
            toaster.say(NoticeKind::Ok, words::address_works_now(locale));
            preferences.refetch();
        }
    });
    view! {
        <section class="section" aria-labelledby="notices">
            <h2 id="notices">{words::preferences(locale)}</h2>
            <Transition>
                {move || Suspend::new(async move {
                    let Ok(view) = preferences.await else { return ().into_any() };
                    view! { <Bounced email=view.email bounced=view.bounced works/> <Choices rows=view.rows staff save/> }
                        .into_any()
                })}
            </Transition>
            <Trouble text=trouble_of(save)/>
            <Trouble text=trouble_of(works)/>
        </section>
    }
    .into_any()
}

#[component]
fn Bounced(
    email: String,
    bounced: Option<(domain::time::Instant, String)>,
    works: ServerAction<AddressWorks>,
) -> impl IntoView {
    let locale = use_locale();
    let Some((since, said)) = bounced else { return ().into_any() };
    let said = (!said.is_empty()).then(|| view! { <p class="small">{words::bounced_said(locale, &said)}</p> });
    view! {
        <Notice kind=NoticeKind::Danger>
            <b>{words::bounced(locale, &email)}</b>
            <p class="small">{words::bounced_since(locale)}" "<Time at=since style=TimeStyle::Moment/></p>
            {said}
            <ActionForm action=works>
                <button class="button" disabled=move || works.pending().get()>{words::address_works(locale)}</button>
            </ActionForm>
        </Notice>
    }
    .into_any()
}

#[component]
fn Choices(rows: Vec<(Told, Delivery)>, staff: bool, save: ServerAction<SetPreferences>) -> impl IntoView {
    let locale = use_locale();
    let always = if staff { words::always_account(locale) } else { words::always_customer(locale) };
    let choice = move |(index, (kind, chosen)): (usize, (Told, Delivery))| {
        let value = move |delivery: Delivery| [kind.slug(), ".", delivery.slug()].concat();
        let options = Delivery::ALL.map(|delivery| (value(delivery), words::delivery(locale, delivery).to_owned()));
        // One list of values, whatever the kinds are.
        let name = ["wanted[", &index.to_string(), "]"].concat();
        view! {
            <SelectField name id=["notice-", kind.slug()].concat() label=words::kind(locale, kind) required=true
                options=options.to_vec() value=value(chosen)/>
        }
    };
    view! {
        <p class="muted">{words::preferences_text(locale)}" "{always}</p>
        <ActionForm action=save attr:class="form preferences">
            {rows.into_iter().enumerate().map(choice).collect_view()}
            <div><button class="button" disabled=move || save.pending().get()>{words::save_preferences(locale)}</button></div>
        </ActionForm>
    }
    .into_any()
}
