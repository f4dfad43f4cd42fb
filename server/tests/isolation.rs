//! No one sees another organisation's data (DESIGN §1). Every page and every server function, asked by everyone, for
//! one's own, for another organisation's and for what does not exist. A route that is not in these tables fails the
//! test: whoever adds one says here who may have it.

use std::collections::BTreeSet;

use axum::http::Method;
use domain::actor::Actor;
use server::router::{OTHER_PATHS, function_paths, page_paths};

use crate::support::{Answer, Site, Who};

/// A page, an example of it, and what everyone gets, in the order of [`Who::ALL`]: nobody, Bram and Anna (Acme), Carla
/// (Borealis), Dirk (agent), Eva (account manager), Admin. A status, or where one is sent.
const PAGES: &[(&str, &str, [&str; 7])] = &[
    ("/", "/", [">/login", "200", "200", "200", ">/desk", ">/desk", ">/desk"]),
    ("/login", "/login", ["200", ">/", ">/", ">/", ">/desk", ">/desk", ">/desk"]),
    ("/forgotten", "/forgotten", ["200", ">/", ">/", ">/", ">/desk", ">/desk", ">/desk"]),
    ("/link/{token}", "/link/none", ["404", "404", "404", "404", "404", "404", "404"]),
    ("/unsubscribe/{token}/{kinds}", "/unsubscribe/none/answered", ["404", "404", "404", "404", "404", "404", "404"]),
    ("/account", "/account", [">/login?next=%2Faccount", "200", "200", "200", "200", "200", "200"]),
    ("/requests", "/requests", [">/login?next=%2Frequests", "200", "200", "200", ">/desk", ">/desk", ">/desk"]),
    (
        "/requests/new",
        "/requests/new",
        [">/login?next=%2Frequests%2Fnew", "200", "200", "200", ">/desk/new", ">/desk/new", ">/desk/new"],
    ),
    (
        "/requests/new/{form}",
        "/requests/new/problem",
        [">/login?next=%2Frequests%2Fnew%2Fproblem", "200", "200", "200", ">/desk/new", ">/desk/new", ">/desk/new"],
    ),
    (
        "/requests/{key}",
        "/requests/ACME-1",
        [">/login?next=%2Frequests%2FACME-1", "200", "200", "404", ">/desk/ACME-1", ">/desk/ACME-1", ">/desk/ACME-1"],
    ),
    (
        "/requests/{key}",
        "/requests/BORE-1",
        [">/login?next=%2Frequests%2FBORE-1", "404", "404", "200", ">/desk/BORE-1", ">/desk/BORE-1", ">/desk/BORE-1"],
    ),
    (
        "/requests/{key}",
        "/requests/ACME-99999",
        [
            ">/login?next=%2Frequests%2FACME-99999",
            "404",
            "404",
            "404",
            ">/desk/ACME-99999",
            ">/desk/ACME-99999",
            ">/desk/ACME-99999",
        ],
    ),
    (
        "/notifications",
        "/notifications",
        [
            ">/login?next=%2Fnotifications",
            "200",
            "200",
            "200",
            ">/desk/notifications",
            ">/desk/notifications",
            ">/desk/notifications",
        ],
    ),
    (
        "/articles/{slug}",
        "/articles/how-support-works",
        [">/login?next=%2Farticles%2Fhow-support-works", "200", "200", "200", "200", "200", "200"],
    ),
    (
        "/articles/{slug}",
        "/articles/none",
        [">/login?next=%2Farticles%2Fnone", "404", "404", "404", "404", "404", "404"],
    ),
    ("/desk", "/desk", [">/login?next=%2Fdesk", "404", "404", "404", "200", "200", "200"]),
    ("/desk/new", "/desk/new", [">/login?next=%2Fdesk%2Fnew", "404", "404", "404", "200", "200", "200"]),
    ("/desk/{key}", "/desk/ACME-1", [">/login?next=%2Fdesk%2FACME-1", "404", "404", "404", "200", "200", "200"]),
    (
        "/desk/{key}",
        "/desk/ACME-99999",
        [">/login?next=%2Fdesk%2FACME-99999", "404", "404", "404", "404", "404", "404"],
    ),
    ("/admin", "/admin", [">/login?next=%2Fadmin", "404", "404", "404", "403", "403", "200"]),
    (
        "/admin/calendars",
        "/admin/calendars",
        [">/login?next=%2Fadmin%2Fcalendars", "404", "404", "404", "403", "403", "200"],
    ),
    (
        "/admin/calendars/{id}",
        "/admin/calendars/1",
        [">/login?next=%2Fadmin%2Fcalendars%2F1", "404", "404", "404", "403", "403", "200"],
    ),
    (
        "/admin/calendars/{id}",
        "/admin/calendars/new",
        [">/login?next=%2Fadmin%2Fcalendars%2Fnew", "404", "404", "404", "403", "403", "200"],
    ),
    (
        "/admin/calendars/{id}",
        "/admin/calendars/99999",
        [">/login?next=%2Fadmin%2Fcalendars%2F99999", "404", "404", "404", "403", "403", "404"],
    ),
    (
        "/admin/policies",
        "/admin/policies",
        [">/login?next=%2Fadmin%2Fpolicies", "404", "404", "404", "403", "403", "200"],
    ),
    (
        "/admin/policies/{id}",
        "/admin/policies/1",
        [">/login?next=%2Fadmin%2Fpolicies%2F1", "404", "404", "404", "403", "403", "200"],
    ),
    (
        "/admin/policies/{id}",
        "/admin/policies/new",
        [">/login?next=%2Fadmin%2Fpolicies%2Fnew", "404", "404", "404", "403", "403", "200"],
    ),
    (
        "/admin/policies/{id}",
        "/admin/policies/99999",
        [">/login?next=%2Fadmin%2Fpolicies%2F99999", "404", "404", "404", "403", "403", "404"],
    ),
    ("/desk/mail", "/desk/mail", [">/login?next=%2Fdesk%2Fmail", "404", "404", "404", "200", "200", "200"]),
    ("/desk/mail/{id}", "/desk/mail/1", [">/login?next=%2Fdesk%2Fmail%2F1", "404", "404", "404", "200", "200", "200"]),
    (
        "/desk/mail/{id}",
        "/desk/mail/99999",
        [">/login?next=%2Fdesk%2Fmail%2F99999", "404", "404", "404", "404", "404", "404"],
    ),
    ("/admin/mail", "/admin/mail", [">/login?next=%2Fadmin%2Fmail", "404", "404", "404", "403", "403", "200"]),
    (
        "/admin/mail/{id}",
        "/admin/mail/99999",
        [">/login?next=%2Fadmin%2Fmail%2F99999", "404", "404", "404", "403", "403", "404"],
    ),
    (
        "/desk/notifications",
        "/desk/notifications",
        [">/login?next=%2Fdesk%2Fnotifications", "404", "404", "404", "200", "200", "200"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_answers_everyone_as_the_table_says() {
    let listed: BTreeSet<String> = PAGES.iter().map(|(pattern, ..)| (*pattern).to_owned()).collect();
    let there: BTreeSet<String> = page_paths().iter().cloned().collect();
    assert_eq!(listed, there, "pages and this test's table differ");
    let site = Site::new().await;
    for (_, path, expected) in PAGES {
        for (who, expected) in Who::ALL.into_iter().zip(expected) {
            let answer = site.get(who, path).await;
            let got = match answer.location() {
                "" => answer.status.as_u16().to_string(),
                location => format!(">{location}"),
            };
            assert_eq!(&got, expected, "{who:?} at {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_page_is_like_one_that_does_not_exist() {
    let site = Site::new().await;
    for (who, theirs) in [(Who::Bram, "BORE-1"), (Who::Anna, "BORE-2"), (Who::Carla, "ACME-1")] {
        let none = ["ACME-99999", "BORE-99999", "NONE-1"];
        for page in ["/requests/", "/desk/"] {
            let foreign = site.get(who, &[page, theirs].concat()).await;
            assert_eq!(foreign.status, 404);
            for key in none {
                let missing = site.get(who, &[page, key].concat()).await;
                assert_eq!(
                    foreign.comparable(&[theirs]),
                    missing.comparable(&[key]),
                    "{who:?} {page}{theirs} and {key}"
                );
            }
        }
    }
}

/// How a function takes its input.
#[derive(Clone, Copy, Debug)]
enum Input {
    Query,
    Form,
    Multipart,
}
use Input::{Form, Multipart, Query};

/// A server function: its input, with `{key}`, `{user}`, `{colleague}`, `{file}` and `{organisation}` where it takes
/// something of an organisation's; and who is let in, in the order of [`Who::ALL`], when it is Acme's (or nobody's). `i`: in, whatever the
/// rules then say about it; `o`: signed out; `n`: not found; `f`: forbidden.
const FUNCTIONS: &[(Input, &str, &str, &str)] = &[
    (Query, "/api/account/session", "", "iiiiiii"),
    (Form, "/api/account/sign_in", "email=x@y.example&password=wrong-wrong", "iiiiiii"),
    (Form, "/api/account/sign_out", "", "iiiiiii"),
    (Form, "/api/account/sign_out_everywhere", "", "oiiiiii"),
    (Form, "/api/account/request_reset", "email=x@y.example", "iiiiiii"),
    (Query, "/api/account/link", "token=none", "iiiiiii"),
    (Form, "/api/account/accept_link", "token=none&name=x&password=longer-than-ten", "iiiiiii"),
    (Form, "/api/account/change_password", "current=x&new=longer-than-ten", "oiiiiii"),
    (Form, "/api/account/change_profile", "name=Someone&locale=", "oiiiiii"),
    (Form, "/api/account/set_language", "locale=nl", "iiiiiii"),
    (Query, "/api/account/read", "", "oiiiiii"),
    (
        Form,
        "/api/account/invite",
        "organisation_id={organisation}&email=new@acme.example&name=New&role=member",
        "ofinfii",
    ),
    (Form, "/api/account/deactivate", "user_id={colleague}", "oninnii"),
    (Form, "/api/account/reactivate", "user_id={colleague}", "oninnii"),
    (Query, "/api/portal/home", "", "oiiinnn"),
    (Query, "/api/portal/raise", "form=problem", "oiiinnn"),
    (Query, "/api/portal/requests", "query[show]=all", "oiiinnn"),
    (Query, "/api/portal/request", "key={key}", "oiinnnn"),
    (Query, "/api/portal/article", "slug=how-support-works", "oiiiiii"),
    (
        Multipart,
        "/api/ticket/raise",
        "place=raise/problem&form=problem&subject=A&description=B&priority=low&nonce=n",
        "oiiinnn",
    ),
    (Multipart, "/api/ticket/reply", "place=reply/{key}&key={key}&text=Hello", "oiinnnn"),
    (Form, "/api/ticket/confirm", "key={key}", "oiinnnn"),
    (Form, "/api/ticket/withdraw", "key={key}", "oiinnnn"),
    (Form, "/api/ticket/set_confidential", "key={key}&on=false", "oiinnnn"),
    (Form, "/api/ticket/add_participant", "key={key}&user_id={colleague}", "oiinnnn"),
    // Who takes no part cannot be removed; who does, has a test of their own below.
    (Form, "/api/ticket/remove_participant", "key={key}&user_id={colleague}", "onnnnnn"),
    (Multipart, "/api/file/upload", "place=reply/ACME-1", "oiiiiii"),
    (Form, "/api/file/remove_upload", "file_id={file}", "onnnnnn"),
    (Form, "/api/draft/save", "place=raise/problem&values={}", "oiiiiii"),
    (Form, "/api/draft/discard", "place=raise/problem", "oiiiiii"),
    (Query, "/api/desk/list", "", "onnniii"),
    (Query, "/api/desk/ticket", "key={key}", "onnniii"),
    (Query, "/api/desk/raise", "organisation=ACME", "onnniii"),
    (Form, "/api/desk/accept", "key={key}&version=1", "onnniii"),
    (Form, "/api/desk/assign", "key={key}&version=1&agent_id=0", "onnniii"),
    (Multipart, "/api/desk/compose", "place=desk/{key}&key={key}&version=1&kind=note&text=Hello", "onnniii"),
    (Form, "/api/desk/take_back", "key={key}&version=1", "onnniii"),
    (Form, "/api/desk/change_priority", "key={key}&version=1&priority=low&reason=why", "onnniii"),
    (Form, "/api/desk/close", "key={key}&version=1&reason=spam", "onnniii"),
    (Form, "/api/desk/reopen", "key={key}&version=1", "onnniii"),
    (
        Multipart,
        "/api/desk/raise_for",
        "place=desk-raise/ACME&requester={colleague}&channel=phone&form=problem&subject=A&description=B&priority=low&nonce=n",
        "onnniii",
    ),
    (Query, "/api/desk/notifications", "", "onnniii"),
    // Mail 1 waits in quarantine. Who is let in is refused for what the form says, so that the next finds it as it was.
    (Query, "/api/mail/list", "state=quarantine", "onnniii"),
    (Query, "/api/mail/read", "id=1", "onnniii"),
    (Form, "/api/mail/raise_for", "id=1&requester=none", "onnniii"),
    (Form, "/api/mail/put_on_ticket", "id=1&key=none", "onnniii"),
    // What is put aside once is not put aside again: that has a test of its own, in `mail_pages`.
    (Form, "/api/mail/dismiss", "id=99999", "onnnnnn"),
    (Query, "/api/desk/unread", "", "onnniii"),
    (Form, "/api/desk/mark_read", "id=0", "onnniii"),
    (Query, "/api/portal/notifications", "", "oiiinnn"),
    (Form, "/api/portal/mark_read", "id=0", "oiiinnn"),
    (Query, "/api/account/preferences", "", "oiiiiii"),
    (Form, "/api/account/set_preferences", "wanted[0]=answered.daily", "oiiiiii"),
    (Form, "/api/account/address_works", "", "oiiiiii"),
    // Whose address it is, they need not be signed in; an invented one names nobody.
    (Query, "/api/account/unsubscribe", "token=none&kinds=answered", "iiiiiii"),
    (Form, "/api/account/end_mails", "token=none&kinds=answered", "nnnnnnn"),
    (Form, "/api/account/resume_mails", "token=none&kinds=answered", "nnnnnnn"),
    (Query, "/api/desk/suggested", "", "onnniii"),
    // There is no such suggestion; one that there is has a test of its own.
    (Form, "/api/desk/accept_suggested", "id=99999&name=Someone", "onnnnnn"),
    (Form, "/api/desk/decline_suggested", "id=99999", "onnnnnn"),
    (Query, "/api/desk/domains", "", "onnnfii"),
    (Form, "/api/desk/set_domains", "organisation_id={organisation}&domains=acme.example", "onnnfii"),
    (Query, "/api/account/feed", "", "onnniii"),
    (Form, "/api/account/make_feed", "", "onnniii"),
    (Form, "/api/account/revoke_feed", "", "onnniii"),
    (Query, "/api/admin/mail", "", "onnnffi"),
    (Query, "/api/admin/dead_letter", "id=99999", "onnnffn"),
    (Form, "/api/admin/retry_mail", "id=0", "onnnffi"),
    (Form, "/api/admin/discard_mail", "id=99999", "onnnffn"),
    (Query, "/api/admin/calendars", "", "onnnffi"),
    (Query, "/api/admin/calendar", "id=1", "onnnffi"),
    (Form, "/api/admin/preview_calendar", "id=1&values=name%3DA", "onnnffi"),
    (Multipart, "/api/admin/save_calendar", "id=1&version=1&name=A", "onnnffi"),
    (Query, "/api/admin/policies", "", "onnnffi"),
    (Query, "/api/admin/policy", "id=1", "onnnffi"),
    (Form, "/api/admin/preview_policy", "id=1&values=name%3DA", "onnnffi"),
    (Multipart, "/api/admin/save_policy", "id=1&version=1&name=A", "onnnffi"),
    (Form, "/api/admin/preview_assign", "organisation=ACME&policy_id=1", "onnnffi"),
    (Form, "/api/admin/assign_policy", "organisation=ACME&policy_id=1", "onnnffi"),
];

/// What stands for an organisation's things in an input.
#[derive(Clone, Debug)]
struct Things {
    key: &'static str,
    /// Bram, or Jonas.
    colleague: i64,
    file: i64,
    organisation: i64,
}

impl Things {
    fn fill(&self, template: &str) -> String {
        template
            .replace("{key}", self.key)
            .replace("{colleague}", &self.colleague.to_string())
            .replace("{file}", &self.file.to_string())
            .replace("{organisation}", &self.organisation.to_string())
    }

    fn asked(&self) -> [&'static str; 1] {
        [self.key]
    }
}

/// Things that do not exist.
const NOTHING: Things = Things { key: "ACME-99999", colleague: 99_999, file: 99_999, organisation: 99_999 };

async fn things(site: &Site) -> (Things, Things) {
    let admin = actor(site, Who::Admin).await;
    let account = backend::desk::account::read_account(&site.backend, &admin, "").await.unwrap();
    let person = |email: &str| account.people.iter().find(|person| person.email == email).unwrap().id;
    let organisation = |name: &str| account.invite_into.iter().find(|(_, other)| other == name).unwrap().0;
    let (acme_file, bore_file) = (a_file_of(site, Who::Anna).await, a_file_of(site, Who::Carla).await);
    let acme = Things {
        key: "ACME-1",
        colleague: person("bram@acme.example"),
        file: acme_file,
        organisation: organisation("Acme Zorg"),
    };
    let bore = Things {
        key: "BORE-1",
        colleague: person("jonas@borealis.example"),
        file: bore_file,
        organisation: organisation("Borealis Bank"),
    };
    (acme, bore)
}

/// Whoever is signed in as `who`, as use cases know them.
pub async fn actor(site: &Site, who: Who) -> Actor {
    let cookie = site.request("GET", who, "/").body(()).unwrap();
    let cookie = cookie.headers()["cookie"].to_str().unwrap().to_owned();
    let token = cookie.split_once('=').unwrap().1;
    backend::desk::account::session(&site.backend, token).await.unwrap().unwrap().actor
}

/// An attachment that this customer may read; one is put there when the demonstration has none.
async fn a_file_of(site: &Site, who: Who) -> i64 {
    let actor = actor(site, who).await;
    for id in 1..50 {
        if backend::desk::file::open(&site.backend, &actor, id).await.is_ok() {
            return id;
        }
    }
    let file = backend::desk::file::stage(&site.backend, &actor, "raise/problem", "a.txt", "text/plain", "text".into());
    file.await.unwrap().id
}

async fn call(site: &Site, who: Who, input: Input, path: &str, values: &str) -> Answer {
    match input {
        Query => site.read(who, &[path, "?", values].concat()).await,
        Form => site.post(who, path, values).await,
        Multipart => {
            let parts: Vec<_> = values.split('&').filter_map(|pair| pair.split_once('=')).collect();
            let parts: Vec<_> = parts.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
            site.post_multipart(who, path, &parts).await
        }
    }
}

fn letter(answer: &Answer) -> char {
    match answer.status.as_u16() {
        401 => 'o',
        403 => 'f',
        404 => 'n',
        200..=299 | 409 | 422 | 429 => 'i',
        _ => '?',
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_function_answers_everyone_as_the_table_says() {
    let method = |input: &Input| if matches!(input, Query) { Method::GET } else { Method::POST };
    let listed: BTreeSet<String> =
        FUNCTIONS.iter().map(|(input, path, ..)| format!("{} {path}", method(input))).collect();
    let there: BTreeSet<String> =
        function_paths().into_iter().map(|(path, method)| format!("{method} {path}")).collect();
    assert_eq!(listed, there, "server functions and this test's table differ");
    for (input, path, template, expected) in FUNCTIONS {
        // What one of them does may change what the next may do.
        let site = Site::new().await;
        let (acme, _) = things(&site).await;
        for (who, expected) in Who::ALL.into_iter().zip(expected.chars()) {
            let answer = call(&site, who, *input, path, &acme.fill(template)).await;
            assert_eq!(letter(&answer), expected, "{who:?} at {path}: {} {}", answer.status, answer.body);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_things_are_to_every_server_function_like_what_does_not_exist() {
    let site = Site::new().await;
    let (acme, bore) = things(&site).await;
    let mut compared = 0;
    for (input, path, template, _) in
        FUNCTIONS.iter().filter(|(_, _, template, _)| template.contains('{') && !template.contains("{}"))
    {
        for (who, theirs) in [(Who::Bram, &bore), (Who::Anna, &bore), (Who::Carla, &acme)] {
            let foreign = call(&site, who, *input, path, &theirs.fill(template)).await;
            let missing = call(&site, who, *input, path, &NOTHING.fill(template)).await;
            assert!(matches!(letter(&foreign), 'n' | 'f'), "{who:?} at {path}: {} {}", foreign.status, foreign.body);
            assert_eq!(
                foreign.comparable(&theirs.asked()),
                missing.comparable(&NOTHING.asked()),
                "{who:?} at {path} with {theirs:?}"
            );
            compared += 1;
        }
    }
    assert!(compared > 50, "only {compared} compared");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_from_elsewhere_cannot_be_added_to_ones_own_ticket() {
    let site = Site::new().await;
    let (acme, bore) = things(&site).await;
    for path in ["/api/ticket/add_participant", "/api/ticket/remove_participant"] {
        let foreign = site.post(Who::Anna, path, &format!("key={}&user_id={}", acme.key, bore.colleague)).await;
        let missing = site.post(Who::Anna, path, &format!("key={}&user_id={}", acme.key, NOTHING.colleague)).await;
        assert_eq!(foreign.comparable(&[]), missing.comparable(&[]), "{path}");
        assert!(!foreign.status.is_success() || path.ends_with("remove_participant"), "{path}: {}", foreign.status);
    }
    let view = site.read(Who::Anna, &format!("/api/portal/request?key={}", acme.key)).await;
    assert!(!view.body.contains("Jonas"), "{}", view.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_participant_is_added_and_removed_by_those_who_see_the_ticket_and_by_nobody_else() {
    let site = Site::new().await;
    let parts = [
        ("place", "raise/question"),
        ("form", "question"),
        ("subject", "A"),
        ("description", "B"),
        ("priority", "low"),
    ];
    let parts: Vec<_> = parts.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    let raised = site.post_multipart(Who::Bram, "/api/ticket/raise", &parts).await;
    assert_eq!(raised.status, 200, "{}", raised.body);
    let key = raised.body.split('"').nth(3).unwrap().to_owned();
    let anna = actor(&site, Who::Anna).await.user_id().unwrap();
    let form = format!("key={key}&user_id={anna}");
    for (who, expected) in Who::ALL.into_iter().zip([401, 200, 200, 404, 404, 404, 404]) {
        site.post(Who::Bram, "/api/ticket/remove_participant", &form).await;
        assert_eq!(site.post(who, "/api/ticket/add_participant", &form).await.status, expected, "{who:?} adds");
        site.post(Who::Bram, "/api/ticket/add_participant", &form).await;
        assert_eq!(site.post(who, "/api/ticket/remove_participant", &form).await.status, expected, "{who:?} removes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_for_those_who_may_read_their_message() {
    let others = [
        "/files/{id}",
        "/desk/mail/{id}/raw",
        "/feeds/{token}/deadlines.ics",
        "POST /unsubscribe/{token}/{kinds}",
        "/healthz",
        "/readyz",
        "/metrics",
    ];
    assert_eq!(OTHER_PATHS, others, "and nothing else needs a table");
    let site = Site::new().await;
    let (acme, bore) = things(&site).await;
    let file = |things: &Things| format!("/files/{}", things.file);
    for (who, theirs) in [(Who::Bram, &bore), (Who::Anna, &bore), (Who::Carla, &acme)] {
        let foreign = site.get(who, &file(theirs)).await;
        let missing = site.get(who, &file(&NOTHING)).await;
        assert_eq!(foreign.status, 404, "{who:?}");
        let asked = theirs.file.to_string();
        // A number is too short to be replaced everywhere; where it stands is its path.
        let path = ["/files/", &asked].concat();
        assert_eq!(foreign.comparable(&[&path]), missing.comparable(&["/files/99999"]), "{who:?}");
    }
    for (who, expected) in Who::ALL.into_iter().zip([303, 404, 404, 404, 200, 200, 200]) {
        let (there, missing) = (site.get(who, "/desk/mail/1/raw").await, site.get(who, "/desk/mail/99999/raw").await);
        assert_eq!(there.status, expected, "{who:?}");
        if expected != 200 {
            assert_eq!(
                there.comparable(&["/desk/mail/1/raw"]),
                missing.comparable(&["/desk/mail/99999/raw"]),
                "{who:?}"
            );
        }
    }
    let signed_out = site.get(Who::Nobody, &file(&acme)).await;
    assert_eq!(signed_out.location(), format!("/login?next=%2Ffiles%2F{}", acme.file));
    assert_eq!(site.get(Who::Anna, &file(&acme)).await.status, 200);
    assert_eq!(site.get(Who::Carla, &file(&bore)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_hold_nothing_of_another_organisation_and_no_internal_note() {
    let site = Site::new().await;
    for (who, own, theirs) in
        [(Who::Bram, "ACME-", "BORE-"), (Who::Anna, "ACME-", "BORE-"), (Who::Carla, "BORE-", "ACME-")]
    {
        for path in [
            "/api/portal/home",
            "/api/portal/requests?query[show]=all",
            "/api/portal/notifications",
            "/api/account/session",
            "/api/account/read",
        ] {
            let answer = site.read(who, path).await;
            assert_eq!(answer.status, 200, "{who:?} {path}: {}", answer.body);
            assert!(!answer.body.contains(theirs), "{who:?} {path}");
            assert!(!answer.body.contains("\"note\""), "{who:?} {path}");
            if path.contains("requests") {
                assert!(answer.body.contains(own), "{who:?} {path}");
            }
        }
        let stranger = if who == Who::Carla { "acme.example" } else { "borealis.example" };
        assert!(!site.read(who, "/api/account/read").await.body.contains(stranger), "{who:?}");
        assert!(!site.get(who, "/requests?show=all").await.body.contains(theirs), "{who:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_for_whoever_has_its_address_and_a_dead_one_is_like_one_that_never_was() {
    let site = Site::new().await;
    let dirk = actor(&site, Who::Dirk).await;
    let address = async || {
        let url = backend::desk::feed::make(&site.backend, &dirk).await.unwrap().url;
        url.find("/feeds/").map(|at| url[at..].to_owned()).unwrap()
    };
    let (replaced, current) = (address().await, address().await);
    let token = |path: &str| path.split('/').nth(2).unwrap().to_owned();
    for who in Who::ALL {
        let answer = site.get(who, &current).await;
        assert_eq!(answer.status, 200, "{who:?}");
        assert!(answer.body.starts_with("BEGIN:VCALENDAR\r\n"), "{}", answer.body);
        let dead = site.get(who, &replaced).await;
        let never = site.get(who, "/feeds/none/deadlines.ics").await;
        assert_eq!(dead.status, 404, "{who:?}");
        assert_eq!(dead.comparable(&[&token(&replaced)]), never.comparable(&["none"]), "{who:?}");
    }
    backend::desk::feed::revoke(&site.backend, &dirk).await.unwrap();
    assert_eq!(site.get(Who::Nobody, &current).await.status, 404);
}
