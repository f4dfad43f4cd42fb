//! Who may do what to whom: roles, and the scope that every query for customer data takes.

use domain::actor::{Actor, Person, Role, Scope};
use domain::i18n::Locale;

fn person(role: Role, organisation_id: Option<i64>, own_tickets_only: bool) -> Actor {
    Actor::Person(Person {
        user_id: 7,
        name: "Someone".to_owned(),
        email: "someone@x.example".to_owned(),
        role,
        organisation_id,
        own_tickets_only,
        locale: Locale::English,
    })
}

#[test]
fn people_invite_into_what_they_look_after_and_nowhere_else() {
    let (own, other, staff) = (Some(1), Some(2), None);
    let table = [
        (person(Role::Member, own, false), [false, false, false]),
        (person(Role::Manager, own, false), [true, false, false]),
        (person(Role::Agent, None, false), [false, false, false]),
        (person(Role::AccountManager, None, false), [true, true, false]),
        (person(Role::Admin, None, false), [true, true, true]),
        (Actor::System, [true, true, true]),
    ];
    for (actor, expected) in table {
        assert_eq!([own, other, staff].map(|into| actor.may_invite(into)), expected, "{actor:?}");
    }
}

#[test]
fn a_scope_is_never_wider_than_ones_organisation_except_for_staff() {
    let organisation = Scope::Organisation { organisation_id: 1, user_id: 7 };
    let own = Scope::Own { organisation_id: 1, user_id: 7 };
    let table = [
        (person(Role::Member, Some(1), false), organisation),
        (person(Role::Manager, Some(1), false), organisation),
        (person(Role::Member, Some(1), true), own),
        // A manager answers for everyone, so "own tickets only" is for members.
        (person(Role::Manager, Some(1), true), organisation),
        (person(Role::Agent, None, false), Scope::All),
        (person(Role::AccountManager, None, false), Scope::All),
        (person(Role::Admin, None, false), Scope::All),
        (Actor::System, Scope::All),
    ];
    for (actor, expected) in table {
        assert_eq!(actor.scope(), expected, "{actor:?}");
    }
}

#[test]
fn every_role_is_found_by_its_slug_and_staff_are_those_without_an_organisation() {
    for role in Role::ALL {
        assert_eq!(Role::from_slug(role.slug()), Some(role));
        assert_eq!(role.is_staff(), !matches!(role, Role::Member | Role::Manager));
    }
    assert_eq!(Role::from_slug("owner"), None);
}

#[test]
fn the_browsers_languages_are_weighed() {
    for (header, expected) in [
        ("nl-NL,nl;q=0.9,en;q=0.8", Some(Locale::Dutch)),
        ("en-GB,en;q=0.9,nl;q=0.8", Some(Locale::English)),
        ("de, nl;q=0.1, en;q=0.2", Some(Locale::English)),
        ("nl;q=0, en", Some(Locale::English)),
        ("fr, de;q=0.5", None),
        ("", None),
        ("*", None),
        ("nl;q=x", None),
    ] {
        assert_eq!(Locale::from_accept_language(header), expected, "{header}");
    }
}
