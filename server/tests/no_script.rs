//! The pages of accounts without JavaScript: complete HTML, forms that work, and nothing typed is lost.

use app::words::{account as words, common};
use domain::i18n::Locale;
use domain::problem::Problem;

use crate::support::{Answer, Site, Who};

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

/// A browser without JavaScript that asks for this language: a page, or a form that is sent.
async fn browse(site: &Site, language: &str, path: &str, form: Option<&str>, cookie: &str) -> Answer {
    let request = site
        .request(if form.is_some() { "POST" } else { "GET" }, Who::Nobody, path)
        .header("accept", "text/html")
        .header("accept-language", language)
        .header("origin", "https://support.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie);
    site.send(request.body(form.unwrap_or_default().to_owned().into()).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_invited_reads_the_language_of_their_browser_and_keeps_it() {
    let site = Site::new().await;
    let page = site.get(Who::Anna, "/account").await;
    let id = page.body.split("name=\"organisation_id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = format!("organisation_id={id}&email=noor%40acme.example&name=Noor&role=member");
    assert_eq!(site.submit(Who::Anna, "/api/account/invite", &form).await.location(), "/account?done=invite");
    backend::job::send_once(&site.backend).await.unwrap();
    let link = link_of_mail(&site, "noor@acme.example");
    assert!(browse(&site, "nl", &link, None, "").await.body.contains("<html lang=\"nl\""));
    let accept = format!("token={}&name=Noor&password=vier+losse+woorden", link.rsplit('/').next().unwrap());
    let accepted = browse(&site, "nl", "/api/account/accept_link", Some(&accept), "").await;
    assert_eq!(accepted.location(), "/");
    let cookie = accepted.cookies()[0].split(';').next().unwrap().to_owned();
    for language in ["nl", "en"] {
        let page = browse(&site, language, "/requests", None, &cookie).await;
        assert!(page.status == 200 && page.body.contains("<html lang=\"nl\""), "{language}: {}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_asked_for_on_a_dutch_page_is_mailed_in_dutch_and_signing_in_chooses_no_language() {
    let site = Site::new().await;
    let right = "email=bram%40acme.example&password=welcome-to-loket";
    let signed = browse(&site, "en", "/api/account/sign_in", Some(right), "").await;
    assert!(signed.cookies()[0].starts_with("__Host-loket="), "perhaps a colleague's computer");
    let asked = browse(&site, "nl", "/api/account/request_reset", Some("email=bram%40acme.example"), "").await;
    assert_eq!(asked.location(), "/forgotten?sent=1");
    backend::job::send_once(&site.backend).await.unwrap();
    assert!(mail_to(&site, "bram@acme.example").contains("Kies een nieuw wachtwoord"));
}

/// The path of the link in the last mail to this address.
fn link_of_mail(site: &Site, email: &str) -> String {
    let body = mail_to(site, email);
    let link = body.split_whitespace().find(|word| word.contains("/link/")).unwrap();
    link.trim_start_matches("https://support.example").to_owned()
}

/// The last mail to this address.
fn mail_to(site: &Site, email: &str) -> String {
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
    text.replace("=\r\n", "")
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
