//! Accounts: signing in, sessions, links from mails, and the people one manages.

use backend::Error;
use backend::desk::account::{
    self, AcceptLink, Create, Invite, SESSION_LASTS, SignIn, accept_link, change_password, deactivate, invite,
    reactivate, read_account, read_link, request_reset, reset_link, session, sign_in, sign_out_everywhere,
};
use backend::desk::organisation::{self, NewOrganisation};
use backend::desk::outbox;
use backend::{job, password};
use domain::actor::{Actor, Person, Role};
use domain::brand::Mark;
use domain::i18n::Locale;
use domain::problem::Problem;
use domain::time::Millis;
use domain::view::account::MemberState;

use crate::harness::{TestDesk, id};

const PASSWORD: &str = "vier losse woorden hier";

fn with(email: &str, password: &str, address: &str) -> SignIn {
    SignIn { email: email.into(), password: password.into(), address: address.into(), device: "Firefox, Linux".into() }
}

fn problem_of<T>(result: Result<T, Error>) -> (String, Problem) {
    match result {
        Err(Error::Invalid(problems)) => (problems[0].field.clone(), problems[0].problem.clone()),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("was accepted"),
    }
}

fn kind<T>(result: Result<T, Error>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(Error::NotFound) => "not found",
        Err(Error::Forbidden) => "forbidden",
        Err(Error::Invalid(_)) => "invalid",
        Err(Error::RateLimited { .. }) => "too often",
        Err(other) => panic!("{other:?}"),
    }
}

/// Someone who can sign in.
async fn person(desk: &TestDesk, email: &str, organisation_id: Option<i64>, role: Role) -> i64 {
    let hash = password::hash(PASSWORD).await.unwrap();
    let new = Create {
        organisation_id,
        email: email.into(),
        name: "Noor Jansen".into(),
        role,
        password_hash: Some(hash),
        locale: None,
    };
    account::create(&desk.backend, &Actor::System, new).await.unwrap()
}

/// Anna invites a member.
async fn invite_noor(desk: &TestDesk) {
    let noor = Invite {
        organisation_id: Some(desk.acme),
        email: "noor@acme.example".into(),
        name: "Noor".into(),
        role: "member".into(),
    };
    invite(&desk.backend, &desk.anna, noor).await.unwrap();
}

/// Mails in the order of their writing: address and body.
async fn mails(desk: &TestDesk) -> Vec<(String, String)> {
    use sqlx::Row;
    let rows = sqlx::query("SELECT to_email, body FROM outbox ORDER BY outbox_id");
    let rows = rows.fetch_all(desk.backend.store().reader()).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

async fn html(desk: &TestDesk) -> String {
    let rows = sqlx::query_scalar::<_, String>("SELECT html FROM outbox");
    rows.fetch_all(desk.backend.store().reader()).await.unwrap().concat()
}

async fn execute(desk: &TestDesk, sql: &'static str) {
    let mut tx = desk.backend.store().begin().await.unwrap();
    sqlx::query(sql).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// The token of the link in the last mail to this address.
async fn mailed_token(desk: &TestDesk, email: &str) -> String {
    let mails = mails(desk).await;
    let body = &mails.iter().rev().find(|(to, _)| to == email).unwrap_or_else(|| panic!("no mail to {email}")).1;
    body.split_whitespace().find_map(|word| word.strip_prefix("https://support.example/link/")).unwrap().to_owned()
}

async fn accept(desk: &TestDesk, token: &str, password: &str) -> Result<account::NewSession, Error> {
    accept_in(desk, Locale::English, token, password).await
}

/// On a page in this language.
async fn accept_in(desk: &TestDesk, locale: Locale, token: &str, password: &str) -> Result<account::NewSession, Error> {
    let input = AcceptLink {
        token: token.into(),
        name: "Noor Jansen".into(),
        password: password.into(),
        locale,
        address: "192.0.2.1".into(),
        device: "Test".into(),
    };
    accept_link(&desk.backend, input).await
}

/// The language of someone's profile.
async fn tongue(desk: &TestDesk, email: &str) -> Option<String> {
    let query = sqlx::query_scalar("SELECT locale FROM user_account WHERE email = $1").bind(email);
    query.fetch_one(desk.backend.store().reader()).await.unwrap()
}

/// The text of the last mail.
async fn last_mail(desk: &TestDesk) -> String {
    mails(desk).await.pop().unwrap().1
}

both! {
    async fn a_session_says_who_it_is_until_it_was_not_used_for_thirty_days(desk) {
        let user_id = person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        let new = sign_in(&desk.backend, with(" Noor@ACME.example ", PASSWORD, "192.0.2.1")).await.unwrap();
        let signed = session(&desk.backend, &new.token).await.unwrap().unwrap();
        assert_eq!((signed.person.user_id, signed.person.role), (user_id, Role::Member));
        assert_eq!((signed.person.organisation_id, signed.brand.key.as_str()), (Some(desk.acme), "ACME"));
        assert!(!signed.renewed);
        desk.later(Millis::hours(29 * 24));
        assert!(session(&desk.backend, &new.token).await.unwrap().unwrap().renewed);
        desk.later(Millis(SESSION_LASTS.0 - 1));
        assert!(session(&desk.backend, &new.token).await.unwrap().is_some());
        desk.later(SESSION_LASTS);
        assert!(session(&desk.backend, &new.token).await.unwrap().is_none());
        assert!(session(&desk.backend, "invented").await.unwrap().is_none());
    }

    async fn only_hashes_of_tokens_and_passwords_are_stored(desk) {
        use sqlx::Row;
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        let new = sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await.unwrap();
        let row = sqlx::query("SELECT s.token_hash, u.password_hash FROM session s JOIN user_account u ON u.user_id = s.user_id")
            .fetch_one(desk.backend.store().reader()).await.unwrap();
        let (token_hash, password_hash): (String, String) = (row.get(0), row.get(1));
        assert!(token_hash != new.token && token_hash.len() == 43);
        assert!(password_hash.starts_with("$argon2id$"));
    }

    async fn wrong_unknown_invited_and_deactivated_are_one_answer(desk) {
        let user_id = person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        let wrong = ("".to_owned(), Problem::WrongCredentials);
        for (email, password) in [
            ("noor@acme.example", "not the password"),
            ("nobody@acme.example", PASSWORD),
            // Never accepted the invitation.
            ("anna@acme.example", PASSWORD),
        ] {
            assert_eq!(problem_of(sign_in(&desk.backend, with(email, password, "192.0.2.1")).await), wrong, "{email}");
        }
        deactivate(&desk.backend, &desk.anna, user_id).await.unwrap();
        assert_eq!(problem_of(sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await), wrong);
    }

    async fn ten_wrong_passwords_close_an_account_for_a_while_wherever_they_come_from(desk) {
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        for email in ["noor@acme.example", "nobody@acme.example"] {
            for n in 0..10 {
                let input = with(email, "not the password", &format!("192.0.2.{n}"));
                assert_eq!(kind(sign_in(&desk.backend, input).await), "invalid");
            }
            desk.later(Millis::minutes(5));
            match sign_in(&desk.backend, with(email, PASSWORD, "192.0.2.200")).await {
                Err(Error::RateLimited { retry_seconds }) => assert_eq!(retry_seconds, 600, "{email}"),
                other => panic!("{:?}", other.map(|session| session.expires_at)),
            }
            desk.later(Millis::minutes(10));
        }
        assert_eq!(kind(sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.200")).await), "ok");
    }

    async fn fifty_wrong_passwords_from_one_address_close_it_for_every_account(desk) {
        for n in 0..50 {
            let input = with(&format!("someone{n}@acme.example"), "not the password", "2001:db8::1");
            assert_eq!(kind(sign_in(&desk.backend, input).await), "invalid");
        }
        // Of the same network.
        assert_eq!(kind(sign_in(&desk.backend, with("x@acme.example", PASSWORD, "2001:db8::9:9")).await), "too often");
        assert_eq!(kind(sign_in(&desk.backend, with("x@acme.example", PASSWORD, "2001:db8:1::1")).await), "invalid");
    }

    async fn right_passwords_count_against_nobody(desk) {
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        for _ in 0..12 {
            assert_eq!(kind(sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await), "ok");
        }
    }

    async fn tries_at_the_same_time_are_not_all_let_through(desk) {
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        let tries = (0..20).map(|_| sign_in(&desk.backend, with("noor@acme.example", "not the password", "192.0.2.1")));
        let answers: Vec<_> = futures::future::join_all(tries).await.into_iter().map(kind).collect();
        let through = answers.iter().filter(|answer| **answer == "invalid").count();
        assert_eq!(through, 10, "{answers:?}");
    }

    async fn signing_out_everywhere_ends_all_sessions_of_one_person(desk) {
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        let first = sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await.unwrap();
        let second = sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.2")).await.unwrap();
        let noor = session(&desk.backend, &first.token).await.unwrap().unwrap().actor;
        let page = read_account(&desk.backend, &noor, &first.token).await.unwrap();
        assert_eq!(page.sessions.iter().map(|line| line.current).filter(|current| *current).count(), 1);
        assert_eq!((page.sessions.len(), page.sessions[0].device.as_str()), (2, "Firefox, Linux"));
        account::sign_out(&desk.backend, &first.token).await.unwrap();
        assert!(session(&desk.backend, &first.token).await.unwrap().is_none());
        assert!(session(&desk.backend, &second.token).await.unwrap().is_some());
        sign_out_everywhere(&desk.backend, &noor).await.unwrap();
        assert!(session(&desk.backend, &second.token).await.unwrap().is_none());
    }

    async fn a_reset_is_mailed_to_those_who_have_an_account_and_to_nobody_else(desk) {
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        for email in ["noor@acme.example", "nobody@acme.example"] {
            request_reset(&desk.backend, email, Locale::English, "192.0.2.1").await.unwrap();
        }
        assert!(mails(desk).await.is_empty(), "not while the asker waits: that would take longer for some");
        assert_eq!(account::send_resets(&desk.backend).await.unwrap(), 2);
        assert_eq!(mails(desk).await.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["noor@acme.example"]);
        assert_eq!(account::send_resets(&desk.backend).await.unwrap(), 0);

        let old = sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await.unwrap();
        let token = mailed_token(desk, "noor@acme.example").await;
        let link = read_link(&desk.backend, &token).await.unwrap();
        assert_eq!(link.valid_for, Some(("Noor Jansen".to_owned(), "noor@acme.example".to_owned())));
        assert!(!link.invitation);
        let new = accept(desk, &token, "een heel ander wachtwoord").await.unwrap();
        assert!(session(&desk.backend, &new.token).await.unwrap().is_some());
        assert!(session(&desk.backend, &old.token).await.unwrap().is_none(), "a thief is out");
        assert_eq!(kind(sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await), "invalid");
        assert!(mails(desk).await.last().unwrap().1.contains("password of your Loket account was just set"));
    }

    async fn an_invitation_is_in_the_inviters_language_and_the_profile_in_that_of_the_links_page(desk) {
        let anna = Actor::Person(Person { locale: Locale::Dutch, ..desk.anna.person().unwrap().clone() });
        let noor = Invite {
            organisation_id: Some(desk.acme),
            email: "noor@acme.example".into(),
            name: "Noor".into(),
            role: "member".into(),
        };
        invite(&desk.backend, &anna, noor).await.unwrap();
        let mail = last_mail(desk).await;
        assert!(mail.contains("Beste Noor") && mail.contains("Kies een wachtwoord om te beginnen"), "{mail}");
        assert_eq!(tongue(desk, "noor@acme.example").await, None, "theirs to choose");
        let token = mailed_token(desk, "noor@acme.example").await;
        let new = accept_in(desk, Locale::English, &token, PASSWORD).await.unwrap();
        let signed = session(&desk.backend, &new.token).await.unwrap().unwrap();
        assert_eq!(signed.profile_locale, Some(Locale::English), "what they were reading");
    }

    async fn an_invitation_that_is_written_again_is_in_the_inviters_language_or_in_the_askers(desk) {
        execute(desk, "UPDATE user_account SET locale = 'nl' WHERE email = 'anna@acme.example'").await;
        invite_noor(desk).await;
        execute(desk, "UPDATE outbox SET dead_at = 1").await;
        assert_eq!(outbox::retry_all(&desk.backend, &desk.admin).await.unwrap(), 1);
        assert!(last_mail(desk).await.contains("Beste Noor"), "the inviter's");
        request_reset(&desk.backend, "noor@acme.example", Locale::English, "192.0.2.1").await.unwrap();
        account::send_resets(&desk.backend).await.unwrap();
        assert!(last_mail(desk).await.contains("Dear Noor"), "of who never came and asks for a password");
        assert_eq!(tongue(desk, "noor@acme.example").await, None);
    }

    async fn a_reset_is_in_the_language_of_the_profile_else_of_the_page_where_it_was_asked_for(desk) {
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        for (page, profile) in [(Locale::Dutch, None), (Locale::English, Some("nl".to_owned()))] {
            assert_eq!(tongue(desk, "noor@acme.example").await, profile);
            request_reset(&desk.backend, "noor@acme.example", page, "192.0.2.1").await.unwrap();
            account::send_resets(&desk.backend).await.unwrap();
            let mail = last_mail(desk).await;
            assert!(mail.contains("Beste Noor") && mail.contains("Kies een nieuw wachtwoord"), "{mail}");
            assert_eq!(tongue(desk, "noor@acme.example").await, profile, "anyone can ask");
            let token = mailed_token(desk, "noor@acme.example").await;
            accept_in(desk, page, &token, "een heel ander wachtwoord").await.unwrap();
            assert!(last_mail(desk).await.contains("wachtwoord van uw Loket-account"), "the profile's from then on");
        }
        assert_eq!(tongue(desk, "noor@acme.example").await.as_deref(), Some("nl"), "a choice stays");
    }

    async fn a_reset_that_an_earlier_version_noted_is_mailed(desk) {
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        execute(desk, "INSERT INTO job (kind, payload, due_at) VALUES ('send_reset', 'noor@acme.example', 0)").await;
        assert_eq!(account::send_resets(&desk.backend).await.unwrap(), 1);
        assert!(last_mail(desk).await.contains("Dear Noor"));
    }

    async fn whoever_is_deactivated_gets_no_link_that_would_not_work(desk) {
        let noor = person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        deactivate(&desk.backend, &desk.anna, noor).await.unwrap();
        assert_eq!(kind(reset_link(&desk.backend, "noor@acme.example").await), "forbidden");
    }

    async fn an_organisation_has_a_key_that_tickets_can_carry_and_nobody_else_has(desk) {
        let plain = NewOrganisation {
            key: "NOVA",
            name: "Nova Water",
            hue: 220,
            chroma: 110,
            mark: Mark::Letter,
            welcome_en: "",
            welcome_nl: "",
            note: "",
            own_tickets_only: true,
            account_manager_id: None,
        };
        let create = async |new: NewOrganisation<'static>| organisation::create(&desk.backend, &Actor::System, &new).await;
        for key in ["", "N", "nova", "NOVA WATER", "TOOLONGKEY", "N-1"] {
            let refused = create(NewOrganisation { key, ..plain.clone() }).await;
            assert_eq!(problem_of(refused), ("key".to_owned(), Problem::NotAKey), "{key}");
        }
        let taken = create(NewOrganisation { key: "ACME", ..plain.clone() }).await;
        assert_eq!(problem_of(taken), ("key".to_owned(), Problem::NameTaken));
        let refused = create(NewOrganisation { name: " ", ..plain.clone() }).await;
        assert_eq!(problem_of(refused), ("name".to_owned(), Problem::Required));
        let refused = create(NewOrganisation { hue: 360, chroma: 141, ..plain.clone() }).await;
        assert_eq!(problem_of(refused), ("hue".to_owned(), Problem::NotAChoice));
        assert_eq!(kind(organisation::create(&desk.backend, &desk.anna, &plain).await), "forbidden");
        let nova = create(plain).await.unwrap();
        let all = organisation::list(&desk.backend, &Actor::System).await.unwrap();
        assert!(all.contains(&("NOVA".to_owned(), "Nova Water".to_owned())));
        assert_eq!(account::organisation_by_key(&desk.backend, &Actor::System, "nova").await.unwrap(), nova);
    }

    async fn a_link_works_once_not_for_long_and_only_the_latest(desk) {
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        let expired = || ("".to_owned(), Problem::LinkExpired);
        let token = |link: String| link.rsplit('/').next().unwrap().to_owned();
        let first = token(reset_link(&desk.backend, "noor@acme.example").await.unwrap());
        let second = token(reset_link(&desk.backend, "noor@acme.example").await.unwrap());
        assert_eq!(problem_of(accept(desk, &first, PASSWORD).await), expired());
        assert_eq!(problem_of(accept(desk, "invented", PASSWORD).await), expired());
        // What is refused for its password does not use the link up.
        assert_eq!(problem_of(accept(desk, &second, "short").await), ("password".to_owned(), Problem::TooShort(10)));
        let (one, other) = tokio::join!(accept(desk, &second, PASSWORD), accept(desk, &second, PASSWORD));
        assert_ne!(one.is_ok(), other.is_ok(), "once, also at the same time");
        let late = token(reset_link(&desk.backend, "noor@acme.example").await.unwrap());
        desk.later(Millis::hours(1));
        assert_eq!(problem_of(accept(desk, &late, PASSWORD).await), expired());
        assert_eq!(read_link(&desk.backend, &late).await.unwrap().valid_for, None);
    }

    async fn reset_mails_are_few_for_known_and_unknown_alike(desk) {
        for email in ["anna@acme.example", "nobody@acme.example"] {
            for _ in 0..3 {
                assert_eq!(kind(request_reset(&desk.backend, email, Locale::English, "192.0.2.1").await), "ok");
            }
            assert_eq!(kind(request_reset(&desk.backend, email, Locale::English, "192.0.2.1").await), "too often");
        }
        assert_eq!(problem_of(request_reset(&desk.backend, "no address", Locale::English, "192.0.2.1").await).1, Problem::NotAnEmail);
    }

    async fn an_invitation_leads_into_the_organisation_of_whoever_invites(desk) {
        let input = Invite {
            organisation_id: Some(desk.acme),
            email: "Noor@acme.example".into(),
            name: "Noor".into(),
            role: "member".into(),
        };
        invite(&desk.backend, &desk.anna, input.clone()).await.unwrap();
        let account = read_account(&desk.backend, &desk.anna, "").await.unwrap();
        let noor = account.people.iter().find(|person| person.email == "noor@acme.example").unwrap();
        assert_eq!((noor.state, noor.organisation.as_str()), (MemberState::Invited, "Acme Zorg"));
        let first = mailed_token(desk, "noor@acme.example").await;
        // Invited again: a new link, the old one is useless.
        invite(&desk.backend, &desk.anna, input.clone()).await.unwrap();
        let second = mailed_token(desk, "noor@acme.example").await;
        assert!(read_link(&desk.backend, &first).await.unwrap().valid_for.is_none());
        assert!(read_link(&desk.backend, &second).await.unwrap().invitation);
        desk.later(Millis::hours(7 * 24 - 1));
        accept(desk, &second, PASSWORD).await.unwrap();
        assert_eq!(problem_of(invite(&desk.backend, &desk.anna, input).await), ("email".into(), Problem::AlreadyAMember));
    }

    async fn who_may_invite_whom(desk) {
        let eva = person(desk, "eva@loket.example", None, Role::AccountManager).await;
        let new = sign_in(&desk.backend, with("eva@loket.example", PASSWORD, "192.0.2.1")).await.unwrap();
        let eva_actor = session(&desk.backend, &new.token).await.unwrap().unwrap().actor;
        assert_eq!(eva_actor.user_id(), Some(eva));
        let borealis = desk.carla.person().unwrap().organisation_id;
        let own = Some(desk.acme);
        for (n, (actor, into, role, expected)) in [
            (&desk.anna, own, "member", "ok"),
            (&desk.anna, own, "manager", "ok"),
            (&desk.anna, own, "agent", "invalid"),
            (&desk.anna, borealis, "member", "not found"),
            (&desk.anna, Some(99_999), "member", "not found"),
            (&desk.anna, None, "agent", "not found"),
            (&desk.bram, own, "member", "forbidden"),
            (&desk.dirk, own, "member", "forbidden"),
            (&eva_actor, own, "manager", "ok"),
            (&eva_actor, borealis, "member", "ok"),
            (&eva_actor, None, "agent", "forbidden"),
            (&eva_actor, Some(99_999), "member", "not found"),
            (&desk.admin, None, "admin", "ok"),
            (&desk.admin, None, "member", "invalid"),
            (&desk.admin, borealis, "agent", "invalid"),
        ].into_iter().enumerate() {
            let input = Invite {
                organisation_id: into,
                email: format!("person{n}@x.example"),
                name: "P".into(),
                role: role.into(),
            };
            assert_eq!(kind(invite(&desk.backend, actor, input).await), expected, "case {n}");
        }
    }

    async fn inviting_someone_of_another_organisation_tells_only_them(desk) {
        let input = |email: &str| Invite {
            organisation_id: Some(desk.acme),
            email: email.into(),
            name: "Somebody".into(),
            role: "member".into(),
        };
        invite(&desk.backend, &desk.anna, input("carla@borealis.example")).await.unwrap();
        let mails = mails(desk).await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].0 == "carla@borealis.example" && mails[0].1.contains("already belongs to an account"));
        assert!(!mails[0].1.contains("/link/"));
        let people = read_account(&desk.backend, &desk.anna, "").await.unwrap().people;
        assert!(people.iter().all(|person| person.email != "carla@borealis.example"));
        assert_eq!(desk.carla.person().unwrap().organisation_id, read_organisation(desk, id(&desk.carla)).await);
    }

    async fn deactivating_ends_sessions_and_links_at_once_and_can_be_undone(desk) {
        let user_id = person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        let new = sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await.unwrap();
        let link = reset_link(&desk.backend, "noor@acme.example").await.unwrap();
        deactivate(&desk.backend, &desk.anna, user_id).await.unwrap();
        assert!(session(&desk.backend, &new.token).await.unwrap().is_none());
        let token = link.rsplit('/').next().unwrap();
        assert!(read_link(&desk.backend, token).await.unwrap().valid_for.is_none());
        request_reset(&desk.backend, "noor@acme.example", Locale::English, "192.0.2.1").await.unwrap();
        account::send_resets(&desk.backend).await.unwrap();
        assert!(mails(desk).await.is_empty());
        reactivate(&desk.backend, &desk.anna, user_id).await.unwrap();
        assert_eq!(kind(sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await), "ok");
    }

    async fn people_are_managed_by_their_own_manager_and_by_staff_who_may(desk) {
        for (actor, target, expected) in [
            (&desk.anna, &desk.bram, "ok"),
            (&desk.anna, &desk.anna, "forbidden"),
            (&desk.anna, &desk.carla, "not found"),
            (&desk.anna, &desk.dirk, "not found"),
            (&desk.bram, &desk.els, "not found"),
            (&desk.bram, &desk.bram, "not found"),
            (&desk.dirk, &desk.bram, "not found"),
            (&desk.admin, &desk.carla, "ok"),
            (&desk.admin, &desk.fenna, "ok"),
            (&desk.admin, &desk.admin, "forbidden"),
        ] {
            let answer = kind(deactivate(&desk.backend, actor, id(target)).await);
            assert_eq!(answer, expected, "{:?} deactivates {:?}", actor.person().unwrap().name, target.person().unwrap().name);
        }
        assert_eq!(kind(deactivate(&desk.backend, &desk.anna, 99_999).await), "not found");
        assert_eq!(kind(reactivate(&desk.backend, &desk.anna, id(&desk.carla)).await), "not found");
        assert_eq!(read_account(&desk.backend, &desk.bram, "").await.unwrap().people, []);
        assert_eq!(read_account(&desk.backend, &desk.dirk, "").await.unwrap().people, []);
    }

    async fn changing_the_password_takes_the_current_one_and_keeps_only_this_session(desk) {
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        let here = sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await.unwrap();
        let there = sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.2")).await.unwrap();
        let noor = session(&desk.backend, &here.token).await.unwrap().unwrap().actor;
        let change = |current: &'static str, new: &'static str| {
            change_password(&desk.backend, &noor, Some(&here.token), current, new)
        };
        assert_eq!(problem_of(change("wrong", "een heel ander wachtwoord").await), ("current".into(), Problem::WrongPassword));
        assert_eq!(problem_of(change(PASSWORD, "noor@acme.example").await), ("new".into(), Problem::GuessablePassword));
        change(PASSWORD, "een heel ander wachtwoord").await.unwrap();
        assert!(session(&desk.backend, &here.token).await.unwrap().is_some());
        assert!(session(&desk.backend, &there.token).await.unwrap().is_none());
    }

    async fn mail_leaves_the_outbox_as_a_file_and_waits_there_while_it_cannot(desk) {
        invite_noor(desk).await;
        let folder = desk.backend.config().mail();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(job::send_once(&desk.backend).await.unwrap(), 0);
        std::fs::create_dir_all(&folder).unwrap();
        assert_eq!(job::send_once(&desk.backend).await.unwrap(), 0, "not at once again");
        desk.later(Millis::minutes(1));
        assert_eq!(job::send_once(&desk.backend).await.unwrap(), 1);
        assert_eq!(job::send_once(&desk.backend).await.unwrap(), 0);
        let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert!(files.len() == 1 && files[0].to_string_lossy().ends_with(".eml"), "{files:?}");
        let text = std::fs::read_to_string(folder.join(&files[0])).unwrap();
        assert!(text.contains("<noor@acme.example>") && text.starts_with("Date: "), "{text}");
    }

    async fn a_link_is_forgotten_with_its_mail_and_made_anew(desk) {
        person(desk, "rik@acme.example", Some(desk.acme), Role::Member).await;
        invite_noor(desk).await;
        request_reset(&desk.backend, "rik@acme.example", Locale::English, "192.0.2.1").await.unwrap();
        account::send_resets(&desk.backend).await.unwrap();
        let first = mailed_token(desk, "noor@acme.example").await;
        assert_eq!(job::send_once(&desk.backend).await.unwrap(), 2);
        let left = mails(desk).await;
        assert!(left.len() == 2 && left.iter().all(|(_, body)| body.is_empty()), "{left:?}");
        assert!(html(desk).await.is_empty());
        assert!(read_link(&desk.backend, &first).await.unwrap().invitation, "whoever got it can use it");

        // One that cannot leave is given up in the end, and takes its link with it.
        request_reset(&desk.backend, "noor@acme.example", Locale::English, "192.0.2.1").await.unwrap();
        request_reset(&desk.backend, "rik@acme.example", Locale::English, "192.0.2.1").await.unwrap();
        account::send_resets(&desk.backend).await.unwrap();
        let folder = desk.backend.config().mail();
        std::fs::remove_dir_all(&folder).unwrap();
        for _ in 0..20 {
            assert_eq!(mails(desk).await.iter().filter(|(_, body)| body.contains("/link/")).count(), 2);
            backend::mail::drain_outbox(&desk.backend).await.unwrap();
            desk.later(Millis::hours(6));
        }
        assert!(mails(desk).await.iter().all(|(_, body)| body.is_empty()) && html(desk).await.is_empty());
        let dead = outbox::dead_letters(&desk.backend, &desk.admin, None).await.unwrap().rows;
        assert_eq!(dead.iter().map(|letter| letter.kind.as_str()).collect::<Vec<_>>(), ["reset", "invitation"]);
        assert_eq!(outbox::read(&desk.backend, &desk.admin, dead[0].id).await.unwrap().text, None);

        std::fs::create_dir_all(&folder).unwrap();
        outbox::retry(&desk.backend, &desk.admin, dead[1].id).await.unwrap();
        assert!(read_link(&desk.backend, &mailed_token(desk, "noor@acme.example").await).await.unwrap().invitation);
        assert_eq!(outbox::retry_all(&desk.backend, &desk.admin).await.unwrap(), 1);
        let again = read_link(&desk.backend, &mailed_token(desk, "rik@acme.example").await).await.unwrap();
        assert!(again.valid_for.is_some() && !again.invitation, "the old one had ended long ago");
        assert!(outbox::dead_letters(&desk.backend, &desk.admin, None).await.unwrap().rows.is_empty());
        assert_eq!(job::send_once(&desk.backend).await.unwrap(), 2);
        assert!(mails(desk).await.iter().all(|(_, body)| body.is_empty()));
    }

    async fn what_was_sent_long_ago_is_forgotten_but_for_the_thread(desk) {
        let key = desk.raise(&desk.bram, "Roster").await;
        request_reset(&desk.backend, "anna@acme.example", Locale::English, "192.0.2.1").await.unwrap();
        job::send_once(&desk.backend).await.unwrap();
        desk.raise(&desk.bram, "Not sent yet").await;
        backend::mail::compose_due(&desk.backend).await.unwrap();
        execute(desk, "UPDATE outbox SET dead_at = 1 WHERE sent_at IS NULL").await;
        let count = async || mails(desk).await.into_iter().map(|(_, body)| !body.is_empty()).collect::<Vec<_>>();
        let before = count().await;
        desk.later(Millis(89 * Millis::DAY.0));
        job::sweep_once(&desk.backend).await.unwrap();
        assert_eq!(count().await, before);
        desk.later(Millis(2 * Millis::DAY.0));
        job::sweep_once(&desk.backend).await.unwrap();
        let rows = sqlx::query_scalar::<_, String>("SELECT kind || ' ' || CASE WHEN body = '' THEN 'empty' ELSE 'whole' END || CASE WHEN message_id = '' THEN ' lost' ELSE '' END FROM outbox ORDER BY outbox_id");
        let rows = rows.fetch_all(desk.backend.store().reader()).await.unwrap();
        assert_eq!(rows, ["received empty", "received whole"], "{key}");
    }

    async fn what_has_ended_is_swept_and_what_has_not_stays(desk) {
        use sqlx::Row;
        person(desk, "noor@acme.example", Some(desk.acme), Role::Member).await;
        sign_in(&desk.backend, with("noor@acme.example", PASSWORD, "192.0.2.1")).await.unwrap();
        drop(sign_in(&desk.backend, with("x@acme.example", PASSWORD, "192.0.2.1")).await);
        reset_link(&desk.backend, "noor@acme.example").await.unwrap();
        let count = async || {
            let sql = "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM link_token), (SELECT count(*) FROM sign_in_attempt)";
            let row = sqlx::query(sql).fetch_one(desk.backend.store().reader()).await.unwrap();
            (row.get::<i64, _>(0), row.get::<i64, _>(1), row.get::<i64, _>(2))
        };
        job::sweep_once(&desk.backend).await.unwrap();
        assert_eq!(count().await, (1, 1, 2));
        desk.later(Millis::hours(26));
        job::sweep_once(&desk.backend).await.unwrap();
        assert_eq!(count().await, (1, 0, 0));
        desk.later(SESSION_LASTS);
        job::sweep_once(&desk.backend).await.unwrap();
        assert_eq!(count().await, (0, 0, 0));
    }
}

async fn read_organisation(desk: &TestDesk, user_id: i64) -> Option<i64> {
    use sqlx::Row;
    let query = sqlx::query("SELECT organisation_id FROM user_account WHERE user_id = $1").bind(user_id);
    query.fetch_one(desk.backend.store().reader()).await.unwrap().get(0)
}
