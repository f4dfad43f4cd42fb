//! Headers of all kinds of answers.

use crate::support::{Site, Who};

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_the_headers_that_keep_browsers_from_doing_harm() {
    let site = Site::new().await;
    let answers = [
        site.get(Who::Nobody, "/login").await,
        site.get(Who::Anna, "/requests").await,
        site.get(Who::Anna, "/nowhere").await,
        site.get(Who::Nobody, "/requests").await,
        site.read(Who::Anna, "/api/portal/home").await,
        site.read(Who::Nobody, "/api/portal/home").await,
        site.read(Who::Nobody, "/api/nothing").await,
        site.get(Who::Nobody, "/healthz").await,
    ];
    for answer in &answers {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert!(answer.header("strict-transport-security").starts_with("max-age=63072000"));
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{}", answer.body);
        assert!(answer.header("cache-control").contains("no-store"), "{:?}", answer.headers);
        assert!(!answer.header("x-request-id").is_empty());
    }
    let plain = Site::at("http://support.example").await;
    assert_eq!(plain.get(Who::Nobody, "/login").await.header("strict-transport-security"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_runs_only_the_scripts_and_styles_that_carry_its_own_nonce() {
    let site = Site::new().await;
    let mut nonces = std::collections::BTreeSet::new();
    for path in ["/login", "/forgotten", "/link/none", "/login"] {
        let answer = site.get(Who::Nobody, path).await;
        let policy = answer.header("content-security-policy").to_owned();
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("unsafe-eval'")
                || policy.contains("'wasm-unsafe-eval'")
        );
        assert!(!policy.contains("'unsafe-inline'") && !policy.contains(" 'unsafe-eval'"), "{policy}");
        for needed in ["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'"] {
            assert!(policy.contains(needed), "{policy}");
        }
        let nonce = answer.nonce().to_owned();
        assert!(nonce.len() >= 22, "128 bits: {nonce}");
        for tag in ["<script", "<style"] {
            for element in answer.body.split(tag).skip(1) {
                let attributes = element.split('>').next().unwrap();
                assert!(attributes.contains(&format!("nonce=\"{nonce}\"")), "{tag}{attributes}> on {path}");
            }
        }
        nonces.insert(nonce);
    }
    assert_eq!(nonces.len(), 4, "each answer has a nonce of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_no_inline_handlers_and_no_style_attributes() {
    let site = Site::new().await;
    let pages = [
        (Who::Nobody, "/login"),
        (Who::Anna, "/"),
        (Who::Anna, "/requests"),
        (Who::Anna, "/requests/ACME-1"),
        (Who::Anna, "/requests/new/problem"),
        (Who::Anna, "/account"),
        (Who::Dirk, "/desk"),
        (Who::Dirk, "/desk/ACME-1"),
        (Who::Dirk, "/desk/new"),
        (Who::Admin, "/account"),
    ];
    for (who, path) in pages {
        let answer = site.get(who, path).await;
        assert_eq!(answer.status, 200, "{path}");
        // Data and texts stand in scripts and between tags; attributes stand in tags.
        let html = answer.body.split("<script").next().unwrap().to_owned()
            + &answer
                .body
                .split("</script>")
                .skip(1)
                .map(|rest| rest.split("<script").next().unwrap())
                .collect::<String>();
        for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
            assert!(
                !tag.contains(" style=")
                    && !tag.contains(" onclick")
                    && !tag.contains(" onsubmit")
                    && !tag.contains(" onload"),
                "<{tag}> on {path}"
            );
            assert!(!tag.contains("javascript:"), "<{tag}> on {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counters_are_for_this_computer_only() {
    use axum::body::Body;
    use axum::extract::ConnectInfo;
    use std::net::SocketAddr;
    let site = Site::new().await;
    assert_eq!(site.get(Who::Admin, "/metrics").await.status, 404, "no connection, no counters");
    for (address, forwarded, expected) in
        [("127.0.0.1:5", false, 200), ("127.0.0.1:5", true, 404), ("192.0.2.9:5", false, 404)]
    {
        let mut request = site.request("GET", Who::Nobody, "/metrics");
        if forwarded {
            request = request.header("x-forwarded-for", "192.0.2.1");
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(address.parse::<SocketAddr>().unwrap()));
        let answer = site.send(request).await;
        assert_eq!(answer.status, expected, "{address}");
        assert_eq!(answer.body.contains("loket_requests_total{status=\"4xx\"}"), expected == 200);
    }
    assert_eq!(site.get(Who::Nobody, "/readyz").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_compressed_for_those_who_take_it() {
    let site = Site::new().await;
    for (accepted, expected) in [("br, gzip", "br"), ("gzip", "gzip"), ("", "")] {
        let request = site
            .request("GET", Who::Anna, "/requests")
            .header("accept", "text/html")
            .header("accept-encoding", accepted);
        let answer = site.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!((answer.header("content-encoding"), answer.header("vary")), (expected, "accept-encoding"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_too_large_is_refused() {
    let site = Site::new().await;
    let large = format!("email=x@y.example&password={}", "a".repeat(2 * 1024 * 1024));
    let request = site
        .request("POST", Who::Nobody, "/api/account/sign_in")
        .header("origin", "https://support.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("content-length", large.len());
    assert_eq!(site.send(request.body(axum::body::Body::from(large.clone())).unwrap()).await.status, 413);
    // Nor does it help not to say so.
    let answer = site.post(Who::Nobody, "/api/account/sign_in", &large).await;
    assert!(!answer.status.is_success(), "{}", answer.status);
}
