//! Signing in and out as a browser sees it: cookies, redirects, refusals.

use axum::body::Body;
use domain::time::Millis;

use crate::support::{HOST, Site, Who};

const RIGHT: &str = "email=Anna%40acme.example&password=welcome-to-loket";

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use() {
    let site = Site::new().await;
    let answer = site.submit(Who::Nobody, "/api/account/sign_in", RIGHT).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (302, "/"));
    let cookies = answer.cookies();
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    let (token, attributes) = cookies[0].strip_prefix("__Host-loket=").unwrap().split_once("; ").unwrap();
    assert_eq!(token.len(), 43, "32 bytes in base64url");
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure");

    let plain = Site::at("http://support.example").await;
    let answer = plain.submit(Who::Nobody, "/api/account/sign_in", RIGHT).await;
    assert!(answer.cookies()[0].starts_with("loket=") && !answer.cookies()[0].contains("Secure"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_and_an_unknown_address_are_answered_alike() {
    let site = Site::new().await;
    let known = site.post(Who::Nobody, "/api/account/sign_in", "email=anna@acme.example&password=wrong-password").await;
    let unknown =
        site.post(Who::Nobody, "/api/account/sign_in", "email=nobody@acme.example&password=wrong-password").await;
    assert_eq!(known.status, 422);
    assert_eq!(known.comparable(&[]), unknown.comparable(&[]));
    for path in ["/api/account/request_reset"] {
        let known = site.post(Who::Nobody, path, "email=anna@acme.example").await;
        let unknown = site.post(Who::Nobody, path, "email=nobody@acme.example").await;
        assert_eq!(known.status, 200);
        assert_eq!(known.comparable(&[]), unknown.comparable(&[]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_wrong_passwords_are_refused_with_the_time_to_wait_for_known_and_unknown_alike() {
    let site = Site::new().await;
    for email in ["anna@acme.example", "nobody@acme.example"] {
        let wrong = format!("email={email}&password=wrong-password");
        for _ in 0..10 {
            assert_eq!(site.post(Who::Nobody, "/api/account/sign_in", &wrong).await.status, 422);
        }
        let refused = site.post(Who::Nobody, "/api/account/sign_in", &wrong).await;
        assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "900"), "{email}");
    }
    // The right one too, until the time is over.
    assert_eq!(site.post(Who::Nobody, "/api/account/sign_in", RIGHT).await.status, 429);
    site.clock.advance(Millis::minutes(15));
    assert_eq!(site.post(Who::Nobody, "/api/account/sign_in", RIGHT).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_in_one_goes_where_one_wanted_but_never_to_another_site() {
    let site = Site::new().await;
    let wanted = site.get(Who::Nobody, "/requests?show=all&q=a%20b").await;
    assert_eq!(wanted.location(), "/login?next=%2Frequests%3Fshow%3Dall%26q%3Da%2520b");
    for (next, expected) in [
        ("%2Frequests%3Fshow%3Dall", "/requests?show=all"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
        ("%2F%09%2Fevil.example", "/"),
        ("%2F%0A%2Fevil.example", "/"),
        ("javascript%3Aalert(1)", "/"),
        ("%2Fapi%2Faccount%2Fsign_out", "/"),
        ("%2Flogin", "/"),
    ] {
        let answer = site.submit(Who::Nobody, "/api/account/sign_in", &format!("{RIGHT}&next={next}")).await;
        assert_eq!(answer.location(), expected, "{next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_signed_in_already_goes_where_the_sign_in_page_would_lead() {
    let site = Site::new().await;
    for (who, query, expected) in [
        (Who::Anna, "next=%2Frequests%3Fshow%3Dall", "/requests?show=all"),
        (Who::Anna, "next=%2F%2Fevil.example", "/"),
        (Who::Anna, "next=%", "/"),
        (Who::Dirk, "next=%2Fdesk%2FACME-1", "/desk/ACME-1"),
        (Who::Dirk, "", "/desk"),
    ] {
        assert_eq!(site.get(who, &format!("/login?{query}")).await.location(), expected, "{who:?} {query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_input_that_cannot_be_read_is_the_askers_mistake() {
    let site = Site::new().await;
    assert_eq!(site.post(Who::Anna, "/api/ticket/withdraw", "kee=ACME-1").await.status, 422);
    assert_eq!(site.read(Who::Anna, "/api/portal/request").await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_removes_the_cookie() {
    let site = Site::new().await;
    assert_eq!(site.get(Who::Anna, "/requests").await.status, 200);
    let answer = site.submit(Who::Anna, "/api/account/sign_out", "").await;
    assert_eq!(answer.location(), "/login");
    assert!(answer.cookies()[0].starts_with("__Host-loket=; ") && answer.cookies()[0].contains("Max-Age=0"));
    assert_eq!(site.get(Who::Anna, "/requests").await.location(), "/login?next=%2Frequests");
    assert_eq!(site.get(Who::Bram, "/requests").await.status, 200, "others stay signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_used_goes_on_and_one_that_is_not_ends_after_thirty_days() {
    let site = Site::new().await;
    assert!(site.get(Who::Anna, "/requests").await.cookies().is_empty(), "nothing to put off yet");
    for _ in 0..3 {
        site.clock.advance(Millis::hours(29 * 24));
        let answer = site.get(Who::Anna, "/requests").await;
        assert_eq!(answer.status, 200);
        assert!(answer.cookies()[0].contains("Max-Age=2592000"), "its cookie goes on too");
    }
    site.clock.advance(Millis::hours(30 * 24));
    assert_eq!(site.get(Who::Anna, "/requests").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_or_invented_cookie_is_nobody() {
    let site = Site::new().await;
    for cookie in [
        "__Host-loket=",
        "__Host-loket=x",
        "loket=x",
        "__Host-loket=%00",
        &format!("__Host-loket={}", "a".repeat(5_000)),
    ] {
        let request = axum::http::Request::get("/requests")
            .header("host", HOST)
            .header("cookie", cookie)
            .header("accept", "text/html");
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.location(), "/login?next=%2Frequests", "{cookie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_site_can_change_anything() {
    let site = Site::new().await;
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("referer", "https://evil.example/support.example"),
        ("x-nothing", "at all"),
    ] {
        for (path, _) in server::router::function_paths().iter().filter(|(_, method)| method == "POST") {
            let request = site.request("POST", Who::Anna, path).header(name, value);
            let answer = site.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, 403, "{path} with {name}: {value}");
        }
    }
    // The session is still there, the language still what it was.
    assert_eq!(site.get(Who::Anna, "/requests").await.status, 200);
    // Nor can a form be sent to what only answers questions, or the other way round.
    assert_eq!(site.post(Who::Anna, "/api/portal/home", "").await.status, 405);
    assert_eq!(site.read(Who::Anna, "/api/ticket/withdraw?key=ACME-1").await.status, 405);
}
