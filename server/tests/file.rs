//! Downloads: whatever was uploaded never becomes a page of ours.

use crate::support::{Site, Who};

async fn uploaded(site: &Site, name: &str, media_type: &str, content: &str) -> String {
    let answer = site.upload(Who::Anna, "raise/problem", name, media_type, content).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let files: Vec<domain::view::FileView> = app::api::wire::read_answer(&answer.body).unwrap();
    format!("/files/{}", files[0].id)
}

#[tokio::test(flavor = "multi_thread")]
async fn markup_and_scripts_are_handed_over_as_bytes() {
    let site = Site::new().await;
    for (name, media_type) in [
        ("page.html", "text/html"),
        ("picture.svg", "image/svg+xml"),
        ("data.xml", "application/xml"),
        ("code.js", "text/javascript"),
        ("page.xhtml", "application/xhtml+xml"),
        ("odd", "text/html; charset=utf-7"),
    ] {
        let path = uploaded(&site, name, media_type, "<script>alert(1)</script>").await;
        let answer = site.get(Who::Anna, &path).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/octet-stream", "{name}");
        assert!(answer.header("content-disposition").starts_with("attachment; "), "{name}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert_eq!(answer.body, "<script>alert(1)</script>");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_may_be_looked_at_and_a_text_is_downloaded_under_its_own_name() {
    let site = Site::new().await;
    let answer = site.get(Who::Anna, &uploaded(&site, "a.png", "image/png", "not really").await).await;
    assert_eq!((answer.header("content-type"), answer.header("content-length")), ("image/png", "10"));
    assert!(answer.header("content-disposition").starts_with("inline; filename=\"a.png\""));
    let answer = site.get(Who::Anna, &uploaded(&site, "één verslag.txt", "text/plain", "x").await).await;
    assert!(
        answer.header("content-disposition").ends_with("filename*=UTF-8''%C3%A9%C3%A9n%20verslag.txt"),
        "{:?}",
        answer.headers
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_to_be_sent_is_its_uploaders_alone() {
    let site = Site::new().await;
    let path = uploaded(&site, "a.txt", "text/plain", "x").await;
    for who in [Who::Bram, Who::Carla, Who::Dirk, Who::Admin] {
        assert_eq!(site.get(who, &path).await.status, 404, "{who:?}");
    }
    for odd in ["/files/0", "/files/-1", "/files/x", "/files/99999999999999999999", "/files/1%2F2"] {
        assert_eq!(site.get(Who::Anna, odd).await.status, 404, "{odd}");
    }
}
