//! The people one manages, on the account page.

use domain::actor::Role;
use domain::i18n::Locale;
use domain::view::account::{AccountView, MemberLine, MemberState};
use leptos::prelude::*;

use super::account::Account;
use super::{Trouble, problems_of, query, trouble_of};
use crate::api::account::{Deactivate, Invite, Reactivate};
use crate::component::{NoticeKind, SelectField, TextField, focus_first_wrong, problem_at, use_toaster};
use crate::shell::{browser, role_name, use_frame, use_locale};
use crate::words::account as words;

#[component]
pub(super) fn People(view: AccountView, account: Account) -> impl IntoView {
    let locale = use_locale();
    let me = use_frame().user().map_or(0, |user| user.id);
    let several = view.invite_into.len() > 1;
    let (away, back) = (ServerAction::<Deactivate>::new(), ServerAction::<Reactivate>::new());
    let (gone, returned) = (away.value(), back.value());
    let toaster = use_toaster();
    Effect::new(move |_| {
        if let Some(Ok(())) = gone.get() {
            toaster.say(NoticeKind::Ok, words::person_deactivated(locale));
            account.refetch();
        }
    });
    Effect::new(move |_| {
        if let Some(Ok(())) = returned.get() {
            toaster.say(NoticeKind::Ok, words::person_reactivated(locale));
            account.refetch();
        }
    });
    let people = view.people.clone();
    let line = move |person: MemberLine| view! { <Person person me several away back/> };
    view! {
        <section class="section" aria-labelledby="people">
            <h2 id="people">{words::people(locale)}</h2>
            <Trouble text=trouble_of(away)/>
            <Trouble text=trouble_of(back)/>
            <table class="plain">
                <thead>
                    <tr>
                        <th scope="col">{words::name(locale)}</th>
                        {several.then(|| view! { <th scope="col">{words::organisation(locale)}</th> })}
                        <th scope="col">{words::role(locale)}</th>
                        <th scope="col">{words::state(locale)}</th>
                        <th scope="col"><span class="visually-hidden">{words::actions(locale)}</span></th>
                    </tr>
                </thead>
                <tbody>{people.into_iter().map(line).collect_view()}</tbody>
            </table>
        </section>
        <InviteForm into=view.invite_into account/>
    }
    .into_any()
}

#[component]
fn Person(
    person: MemberLine,
    me: i64,
    several: bool,
    away: ServerAction<Deactivate>,
    back: ServerAction<Reactivate>,
) -> impl IntoView {
    let locale = use_locale();
    let state = match person.state {
        MemberState::Active => words::active(locale),
        MemberState::Invited => words::invited(locale),
        MemberState::Deactivated => words::deactivated(locale),
    };
    let id = person.id.to_string();
    let action = if person.id == me {
        ().into_any()
    } else if person.state == MemberState::Deactivated {
        let label = words::reactivate_person(locale, &person.name);
        view! {
            <ActionForm action=back>
                <input type="hidden" name="user_id" value=id/>
                <button class="button button--small" aria-label=label>{words::reactivate(locale)}</button>
            </ActionForm>
        }
        .into_any()
    } else {
        let label = words::deactivate_person(locale, &person.name);
        let text = words::deactivate_text(locale, &person.name);
        // Asks once more, also without JavaScript.
        view! {
            <details class="confirm">
                <summary class="button button--small" aria-label=label>{words::deactivate(locale)}</summary>
                <p class="small">{text}</p>
                <ActionForm action=away>
                    <input type="hidden" name="user_id" value=id/>
                    <button class="button button--small button--danger">{words::deactivate(locale)}</button>
                </ActionForm>
            </details>
        }
        .into_any()
    };
    let organisation =
        if person.organisation.is_empty() { words::staff(locale).to_owned() } else { person.organisation };
    view! {
        <tr>
            <td>{person.name}<br/><span class="muted small">{person.email}</span></td>
            {several.then(|| view! { <td>{organisation}</td> })}
            <td>{role_name(locale, person.role)}</td>
            <td>{state}</td>
            <td>{action}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn InviteForm(into: Vec<(i64, String)>, account: Account) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<Invite>::new();
    let problems = problems_of(action);
    let form = focus_first_wrong(problems);
    let value = action.value();
    let toaster = use_toaster();
    Effect::new(move |_| {
        if let Some(Ok(())) = value.get() {
            toaster.say(NoticeKind::Ok, words::invitation_sent(locale));
            browser::clear(&["email", "invite-name"]);
            account.refetch();
        }
    });
    let staff = into.iter().any(|(id, _)| *id == 0);
    let where_to = match into.as_slice() {
        [(only, _)] => view! { <input type="hidden" name="organisation_id" value=only.to_string()/> }.into_any(),
        _ => {
            let name = |(id, name): &(i64, String)| {
                let name = if *id == 0 { words::staff_of_loket(locale).to_owned() } else { name.clone() };
                (id.to_string(), name)
            };
            let options: Vec<_> = into.iter().map(name).collect();
            view! {
                <SelectField name="organisation_id" label=words::organisation(locale) options=options required=true
                    value=query("invite_into")/>
            }
            .into_any()
        }
    };
    view! {
        <section class="section" aria-labelledby="invite">
            <h2 id="invite">{words::invite(locale)}</h2>
            <p class="muted">{words::invite_text(locale)}</p>
            <Trouble text=trouble_of(action)/>
            <ActionForm action node_ref=form attr:class="form" attr:novalidate="">
                {where_to}
                <TextField name="email" label=words::email(locale) kind="email" required=true autocomplete="off"
                    value=query("invite_email") error=problem_at(problems, "email")/>
                <TextField name="name" id="invite-name" label=words::name(locale) required=true autocomplete="off"
                    value=query("invite_name") error=problem_at(problems, "name")/>
                <SelectField name="role" label=words::role(locale) options=roles(locale, staff) required=true
                    value="member" error=problem_at(problems, "role")/>
                <div>
                    <button class="button" disabled=move || action.pending().get()>{words::send_invitation(locale)}</button>
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}

/// Which roles can be given: customers' to all, staff's by those who invite staff.
fn roles(locale: Locale, staff: bool) -> Vec<(String, String)> {
    let roles = Role::ALL.into_iter().filter(|role| staff || !role.is_staff());
    roles.map(|role| (role.slug().to_owned(), role_name(locale, role).to_owned())).collect()
}
