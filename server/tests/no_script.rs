//! The pages of accounts without JavaScript: complete HTML, forms that work, and nothing typed is lost.

use app::words::{account as words, common};
use domain::i18n::Locale;
use domain::problem::Problem;

use crate::support::{Site, Who};

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_in_page_is_a_form_and_lists_the_demonstrations_people() {
    let site = Site::new().await;
    let page = site.get(Who::Nobody, "/login?next=/requests&email=anna%40acme.example").await;
    assert!(page.body.contains("<title>Sign in · Loket</title>"));
    assert!(page.body.contains("action=\"/api/account/sign_in\""));
    assert!(page.body.contains("name=\"next\" value=\"/requests\""));
    assert!(page.body.contains("value=\"anna@acme.example\""), "a demo account is chosen by its link");
    assert!(page.body.contains("Support is") && page.body.contains("open until"));
    for person in ["Anna Visser", "Carla Smit", "fenna@loket.example", "welcome-to-loket"] {
        assert!(page.body.contains(person), "{person}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_shows_why_and_keeps_the_address_and_never_the_password() {
    let site = Site::new().await;
    let form = "email=anna%40acme.example&password=not-my-password&next=%2Faccount";
    let refused = site.submit(Who::Nobody, "/api/account/sign_in", form).await;
    assert_eq!(refused.status, 302);
    assert!(refused.location().starts_with("/login?"), "{}", refused.location());
    let page = site.get(Who::Nobody, refused.location()).await;
    assert!(page.body.contains(common::wrong_credentials(Locale::English)));
    assert!(
        page.body.contains("value=\"anna@acme.example\"") && page.body.contains("name=\"next\" value=\"/account\"")
    );
    assert!(!page.body.contains("not-my-password") && !refused.location().contains("not-my-password"));

    let empty = site.submit(Who::Nobody, "/api/account/sign_in", "email=&password=").await;
    let page = site.get(Who::Nobody, empty.location()).await;
    assert_eq!(page.body.matches(common::required(Locale::English)).count(), 2, "at both fields");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_the_profiles_else_the_switchs_else_the_browsers() {
    let site = Site::new().await;
    let ask = |header: &'static str, value: &'static str| {
        site.send(
            site.request("GET", Who::Nobody, "/login")
                .header("accept", "text/html")
                .header(header, value)
                .body(axum::body::Body::empty())
                .unwrap(),
        )
    };
    let dutch = ask("accept-language", "nl-NL,nl;q=0.9,en;q=0.5").await;
    assert!(dutch.body.contains("<html lang=\"nl\">") && dutch.body.contains("Inloggen"));
    assert!(ask("accept-language", "fr").await.body.contains("<html lang=\"en\">"));
    assert!(ask("cookie", "lang=nl").await.body.contains("<html lang=\"nl\">"));

    let switched = site.submit(Who::Nobody, "/api/account/set_language", "locale=nl").await;
    assert_eq!(switched.status, 302);
    assert!(switched.cookies()[0].starts_with("lang=nl; "));

    assert!(site.get(Who::Anna, "/account").await.body.contains("<html lang=\"en\">"));
    site.submit(Who::Anna, "/api/account/set_language", "locale=nl").await;
    let page = site.get(Who::Anna, "/account").await;
    assert!(page.body.contains("<html lang=\"nl\">") && page.body.contains("Uw account"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_page_changes_a_name_and_a_password_and_says_what_is_wrong_with_them() {
    let site = Site::new().await;
    let answer = site.submit(Who::Anna, "/api/account/change_profile", "name=Anna+de+Vries&locale=").await;
    let page = site.get(Who::Anna, answer.location()).await;
    assert!(page.body.contains(words::profile_saved(Locale::English)) && page.body.contains("Anna de Vries"));

    let answer = site.submit(Who::Anna, "/api/account/change_password", "current=wrong-one&new=short").await;
    // Back to the page that sent it, which here is another one.
    let query = answer.location().split_once('?').unwrap().1;
    let page = site.get(Who::Anna, &format!("/account?{query}")).await;
    assert!(page.body.contains(&common::problem(Locale::English, &Problem::TooShort(10))));
    assert!(!page.body.contains("wrong-one"));

    let form = "current=welcome-to-loket&new=blauwe+fiets+in+de+regen";
    let answer = site.submit(Who::Anna, "/api/account/change_password", form).await;
    assert_eq!(answer.location(), "/account?done=change_password");
    assert_eq!(site.get(Who::Anna, "/account").await.status, 200, "this session goes on");
    let old = site.post(Who::Nobody, "/api/account/sign_in", "email=anna@acme.example&password=welcome-to-loket").await;
    assert_eq!(old.status, 422);
    let new = "email=anna@acme.example&password=blauwe+fiets+in+de+regen";
    assert_eq!(site.post(Who::Nobody, "/api/account/sign_in", new).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_invited_comes_in_by_the_link_of_the_mail_and_is_deactivated() {
    let site = Site::new().await;
    let page = site.get(Who::Anna, "/account").await;
    let id = page.body.split("name=\"organisation_id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = format!("organisation_id={id}&email=noor%40acme.example&name=Noor+Jansen&role=member");
    let answer = site.submit(Who::Anna, "/api/account/invite", &form).await;
    assert_eq!(answer.location(), "/account?done=invite");
    backend::job::send_once(&site.backend).await.unwrap();
    let link = link_of_mail(&site, "noor@acme.example");

    let page = site.get(Who::Nobody, &link).await;
    assert!(page.status == 200 && page.body.contains("Welcome, Noor Jansen"), "{}", page.body);
    let token = link.rsplit('/').next().unwrap();
    let weak =
        site.submit(Who::Nobody, "/api/account/accept_link", &format!("token={token}&name=Noor&password=short")).await;
    assert!(
        site.get(Who::Nobody, weak.location())
            .await
            .body
            .contains(&common::problem(Locale::English, &Problem::TooShort(10)))
    );
    let accept = format!("token={token}&name=Noor+de+Jong&password=vier+losse+woorden+hier");
    let accepted = site.submit(Who::Nobody, "/api/account/accept_link", &accept).await;
    assert_eq!(accepted.location(), "/");
    assert!(accepted.cookies()[0].starts_with("__Host-loket="));
    assert_eq!(site.get(Who::Nobody, &link).await.status, 404, "the link works once");
    assert_eq!(site.post(Who::Nobody, "/api/account/accept_link", &accept).await.status, 422);

    let account = site.read(Who::Anna, "/api/account/read").await.body;
    let account: domain::view::account::AccountView = app::api::wire::read_answer(&account).unwrap();
    let noor = account.people.iter().find(|person| person.name == "Noor de Jong").unwrap().id;
    let cookie = accepted.cookies()[0].split(';').next().unwrap().to_owned();
    let as_noor = || {
        let request = axum::http::Request::get("/requests")
            .header("host", "support.example")
            .header("cookie", cookie.clone())
            .header("accept", "text/html");
        site.send(request.body(axum::body::Body::empty()).unwrap())
    };
    assert_eq!(as_noor().await.status, 200);
    site.submit(Who::Anna, "/api/account/deactivate", &format!("user_id={noor}")).await;
    assert_eq!(as_noor().await.status, 303, "every session ends at once");
}

/// The path of the link in the last mail to this address.
fn link_of_mail(site: &Site, email: &str) -> String {
    let mut mails: Vec<_> =
        std::fs::read_dir(site.backend.config().mail()).unwrap().map(|entry| entry.unwrap().path()).collect();
    mails.sort();
    let text = mails
        .iter()
        .rev()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .find(|text| text.contains(email))
        .unwrap();
    // Quoted-printable: long lines are folded (RFC 2045, 6.7).
    let body = text.replace("=\r\n", "");
    let link = body.split_whitespace().find(|word| word.contains("/link/")).unwrap();
    link.trim_start_matches("https://support.example").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_a_page_with_the_status_to_match() {
    let site = Site::new().await;
    for who in [Who::Nobody, Who::Anna, Who::Dirk] {
        let page = site.get(who, "/no/such/page").await;
        assert!(page.status == 404 && page.body.contains(words::not_found(Locale::English)), "{who:?}");
        assert!(page.body.contains(&format!("<title>{}", words::not_found(Locale::English))), "{who:?}");
    }
}
