use axum::{body::to_bytes, http::Request as HttpRequest};
use tower::ServiceExt as _;

use super::*;

const WASM: &str = "/pkg/abc/loket_bg.wasm";

/// A built site with one file of each kind; compressed forms are only for the first.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("pkg/abc/loket_bg.wasm", "the plain program");
    write("pkg/abc/loket_bg.wasm.br", "brotli");
    write("pkg/abc/loket_bg.wasm.gz", "gzip....");
    write("pkg/abc/loket.js", "js");
    write("pkg/abc/loket.js.br", "longer than the script");
    write("pkg/abc/main.css", "css");
    write("pkg/old/loket.js", "an earlier build");
    write("favicon.svg", "<svg/>");
    let manifest = r#"{"hash":"abc","code":"c","js":"/pkg/abc/loket.js","wasm":"/pkg/abc/loket_bg.wasm",
        "css":"/pkg/abc/main.css","split_js":"/pkg/abc/split.js","split":{}}"#;
    write("manifest.json", manifest);
    folder
}

async fn ask(request: HttpRequest<Body>) -> Response {
    let folder = site();
    let router: Router = Assets::load(folder.path(), false).unwrap().routes();
    router.oneshot(request).await.unwrap()
}

async fn get_with(path: &str, name: &str, value: &str) -> Response {
    ask(HttpRequest::get(path).header(name, value).body(Body::empty()).unwrap()).await
}

async fn text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

fn header_of<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn the_smallest_accepted_form_is_sent() {
    for (accepted, encoding, body) in [
        ("gzip, deflate, br, zstd", "br", "brotli"),
        ("gzip", "gzip", "gzip...."),
        ("br;q=0, gzip;q=0.5", "gzip", "gzip...."),
        ("*", "br", "brotli"),
        ("br;q=0, *", "gzip", "gzip...."),
        ("identity", "", "the plain program"),
        ("", "", "the plain program"),
    ] {
        let response = get_with(WASM, "accept-encoding", accepted).await;
        assert_eq!(header_of(&response, "content-encoding"), encoding, "{accepted}");
        assert_eq!(header_of(&response, "vary"), "accept-encoding");
        assert_eq!(header_of(&response, "content-length"), body.len().to_string());
        assert_eq!(text(response).await, body, "{accepted}");
    }
}

#[tokio::test]
async fn a_compressed_form_that_is_larger_is_never_sent() {
    let response = get_with("/pkg/abc/loket.js", "accept-encoding", "br").await;
    assert_eq!(header_of(&response, "content-encoding"), "");
    assert_eq!(text(response).await, "js");
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_others_are_asked_again() {
    let hashed = get_with(WASM, "accept", "*/*").await;
    assert_eq!(header_of(&hashed, "cache-control"), "max-age=31536000, immutable");
    assert_eq!(header_of(&hashed, "content-type"), "application/wasm");
    assert_eq!(header_of(&hashed, "x-content-type-options"), "nosniff");

    let icon = get_with("/favicon.svg", "accept", "*/*").await;
    assert_eq!(header_of(&icon, "cache-control"), "public, max-age=3600");
    assert_eq!(header_of(&icon, "content-type"), "image/svg+xml");
    let tag = header_of(&icon, "etag").to_owned();
    let again = get_with("/favicon.svg", "if-none-match", &format!("\"other\", {tag}")).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(text(again).await, "");
    assert_eq!(get_with("/favicon.svg", "if-none-match", "\"other\"").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn head_says_the_length_and_sends_nothing() {
    let request = HttpRequest::head(WASM).header("accept-encoding", "br").body(Body::empty()).unwrap();
    let response = ask(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header_of(&response, "content-length"), "6");
    assert_eq!(text(response).await, "");
}

#[tokio::test]
async fn nothing_but_the_current_build_is_served() {
    for path in ["/pkg/old/loket.js", "/pkg/abc/none.js", "/pkg/abc/../../manifest.json", "/pkg/abc/loket_bg.wasm.br"] {
        let response = get_with(path, "accept", "*/*").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(header_of(&response, "cache-control"), "no-store");
    }
    assert_eq!(get_with("/manifest.json", "accept", "*/*").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_incomplete_build_is_refused_at_start() {
    let folder = site();
    std::fs::remove_file(folder.path().join("pkg/abc/main.css")).unwrap();
    let problem = Assets::load(folder.path(), false).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(problem.contains("/pkg/abc/main.css"), "{problem}");

    let nothing = tempfile::tempdir().unwrap();
    let problem = Assets::load(nothing.path(), false).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(problem.contains("cargo xtask build"), "{problem}");
}

#[tokio::test]
async fn while_developing_a_rebuilt_site_is_served_at_once_and_earlier_pages_go_on() {
    let folder = site();
    let assets = Assets::load(folder.path(), true).unwrap();
    let manifest = std::fs::read_to_string(folder.path().join("manifest.json")).unwrap();
    std::fs::rename(folder.path().join("pkg/abc"), folder.path().join("pkg/def")).unwrap();
    std::fs::write(folder.path().join("pkg/def/main.css"), "new css").unwrap();
    let mut changes = assets.dev.as_ref().unwrap().subscribe();
    std::fs::write(folder.path().join("manifest.json"), manifest.replace("abc", "def")).unwrap();
    tokio::time::timeout(Duration::from_secs(10), changes.changed()).await.unwrap().unwrap();

    assert_eq!(assets.site().hash(), "def");
    for path in ["/pkg/def/main.css", "/pkg/abc/main.css"] {
        let router: Router = assets.routes();
        let response = router.oneshot(HttpRequest::get(path).body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(header_of(&response, "cache-control"), "no-store");
        assert_eq!(text(response).await, "new css");
    }
}
