//! A site to talk to: the router, a copy of the demonstration, and people who are signed in to it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use backend::Backend;
use backend::clock::ManualClock;
use backend::desk::account::{self, SignIn};
use domain::time::Instant;
use server::assets::Assets;
use server::router::{App, router};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// Friday 24 April 2026 15:30 in Amsterdam: before a weekend and King's Day.
pub const NOW: Instant = Instant(1_777_037_400_000);
pub const HOST: &str = "support.example";
/// Whose word counts about who wrote a mail.
pub const AUTHORITY: &str = "mx.support.example";

/// Everyone of the demonstration that the tests speak as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Nobody,
    /// Member of Acme.
    Bram,
    /// Manager of Acme.
    Anna,
    /// Manager of Borealis.
    Carla,
    /// Agent.
    Dirk,
    /// Account manager.
    Eva,
    Admin,
}

impl Who {
    pub const ALL: [Self; 7] = [Self::Nobody, Self::Bram, Self::Anna, Self::Carla, Self::Dirk, Self::Eva, Self::Admin];

    pub const fn email(self) -> &'static str {
        match self {
            Self::Nobody => "",
            Self::Bram => "bram@acme.example",
            Self::Anna => "anna@acme.example",
            Self::Carla => "carla@borealis.example",
            Self::Dirk => "dirk@loket.example",
            Self::Eva => "eva@loket.example",
            Self::Admin => "admin@loket.example",
        }
    }
}

/// What is made once: a demonstration with everyone signed in.
struct Template {
    folder: TempDir,
    /// In the order of [`Who::ALL`].
    tokens: Vec<String>,
}

fn config(data: &Path, base_url: &str) -> backend::Config {
    backend::Config {
        database_url: format!("sqlite://{}", data.join("loket.db").display()),
        data: data.to_owned(),
        base_url: base_url.to_owned(),
        demo: true,
        clock_is_set: false,
        phone: "020 555 01 00".to_owned(),
        mail_in: backend::config::MailIn { authority: AUTHORITY.to_owned(), ..Default::default() },
        support_address: "support@support.example".to_owned(),
        smtp: None,
    }
}

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| std::thread::spawn(make_template).join().unwrap())
}

/// On a thread of its own, because a test's runtime cannot wait for another.
fn make_template() -> Template {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let backend = Backend::open(config(folder.path(), "https://support.example"), Arc::new(ManualClock::new(NOW)))
            .await
            .unwrap();
        backend::desk::seed::basics(&backend).await.unwrap();
        backend::demo::create(&backend).await.unwrap();
        // A stranger's mail: number 1, in quarantine.
        receive(&backend, STRANGER).await;
        let mut tokens = Vec::new();
        for who in Who::ALL {
            tokens.push(if who == Who::Nobody { String::new() } else { sign_in(&backend, who).await });
        }
        backend.close().await;
        Template { folder, tokens }
    })
}

/// A mail from someone whom Loket does not know.
pub const STRANGER: &str = "Message-ID: <1@elsewhere.example>\r\nFrom: Wim de Wit <wim@elsewhere.example>\r\n\
    To: support@support.example\r\nSubject: A question <b>from</b> outside\r\n\r\nDo you sell <i>bicycles</i>?\r\n";

/// A mail arrives, as from a mail server.
pub async fn receive(backend: &Backend, raw: &str) -> backend::desk::mail::Received {
    let arrival = backend::desk::mail::Arrival {
        door: backend::desk::mail::Door::Pipe,
        mailbox: "support".to_owned(),
        raw: raw.to_owned().into(),
        envelope_from: None,
        envelope_to: Vec::new(),
    };
    backend::desk::mail::receive(backend, &arrival).await.unwrap()
}

async fn sign_in(backend: &Backend, who: Who) -> String {
    let input = SignIn {
        email: who.email().to_owned(),
        password: backend::demo::PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        device: "Test".to_owned(),
    };
    account::sign_in(backend, input).await.unwrap().token
}

/// A running Loket of one test's own.
pub struct Site {
    pub router: Router,
    pub backend: Backend,
    pub clock: Arc<ManualClock>,
    secure: bool,
    _folder: TempDir,
}

impl Site {
    /// Reached over https.
    pub async fn new() -> Self {
        Self::at("https://support.example").await
    }

    pub async fn at(base_url: &str) -> Self {
        if std::env::var_os("RUST_LOG").is_some() {
            let filter = tracing_subscriber::EnvFilter::from_default_env();
            let _ = tracing_subscriber::fmt()
                .with_env_filter(filter)
                .with_writer(std::io::stderr)
                .with_ansi(false)
                .try_init();
        }
        let folder = tempfile::tempdir().unwrap();
        copy(template().folder.path(), folder.path());
        let clock = Arc::new(ManualClock::new(NOW));
        let backend = Backend::open(config(folder.path(), base_url), clock.clone()).await.unwrap();
        let router = router(App::new(backend.clone(), Assets::empty(), false));
        Self { router, backend, clock, secure: base_url.starts_with("https://"), _folder: folder }
    }

    fn cookie(&self, who: Who) -> Option<String> {
        let token = &template().tokens[Who::ALL.iter().position(|other| *other == who).unwrap()];
        let name = if self.secure { "__Host-loket" } else { "loket" };
        (!token.is_empty()).then(|| format!("{name}={token}"))
    }

    /// A page, as a browser asks for it.
    pub async fn get(&self, who: Who, path: &str) -> Answer {
        self.send(self.request("GET", who, path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap()).await
    }

    /// A server function, as our script asks for it.
    pub async fn read(&self, who: Who, path: &str) -> Answer {
        self.send(
            self.request("GET", who, path).header(header::ACCEPT, "application/json").body(Body::empty()).unwrap(),
        )
        .await
    }

    /// A server function with a form, as our script sends it.
    pub async fn post(&self, who: Who, path: &str, form: &str) -> Answer {
        self.post_as(who, path, form, "application/json").await
    }

    /// The same as a browser without JavaScript sends it.
    pub async fn submit(&self, who: Who, path: &str, form: &str) -> Answer {
        self.post_as(who, path, form, "text/html,application/xhtml+xml").await
    }

    async fn post_as(&self, who: Who, path: &str, form: &str, accept: &str) -> Answer {
        let request = self
            .request("POST", who, path)
            .header(header::ACCEPT, accept)
            .header(header::ORIGIN, format!("https://{HOST}"))
            .header(header::REFERER, format!("https://{HOST}/requests"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.send(request).await
    }

    /// A form with files; `parts` are names and texts.
    pub async fn post_multipart(&self, who: Who, path: &str, parts: &[(&str, String)]) -> Answer {
        self.post_body(who, path, multipart(parts), "application/json").await
    }

    /// The same as a browser without JavaScript sends it.
    pub async fn submit_multipart(&self, who: Who, path: &str, parts: &[(&str, String)]) -> Answer {
        self.post_body(who, path, multipart(parts), "text/html,application/xhtml+xml").await
    }

    /// One file, waiting at `place`.
    pub async fn upload(&self, who: Who, place: &str, name: &str, media_type: &str, content: &str) -> Answer {
        let body = format!(
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"place\"\r\n\r\n{place}\r\n--BOUNDARY\r\n\
             Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: {media_type}\r\n\r\n\
             {content}\r\n--BOUNDARY--\r\n"
        );
        self.post_body(who, "/api/file/upload", body.into_bytes(), "application/json").await
    }

    async fn post_body(&self, who: Who, path: &str, body: Vec<u8>, accept: &str) -> Answer {
        let request = self
            .request("POST", who, path)
            .header(header::ACCEPT, accept)
            .header(header::REFERER, format!("https://{HOST}/desk"))
            .header(header::ORIGIN, format!("https://{HOST}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=BOUNDARY")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub fn request(&self, method: &str, who: Who, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        match self.cookie(who) {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

fn multipart(parts: &[(&str, String)]) -> Vec<u8> {
    let mut body = String::new();
    for (name, value) in parts {
        body.push_str(&format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str("--BOUNDARY--\r\n");
    body.into_bytes()
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The cookies it sets.
    pub fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The nonce that its policy names.
    pub fn nonce(&self) -> &str {
        self.header("content-security-policy")
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .unwrap_or_default()
    }

    /// Status and text without what is different each time: the nonce, and the key or number that was asked for.
    pub fn comparable(&self, asked: &[&str]) -> (u16, String) {
        let mut body = self.body.clone();
        let nonce = self.nonce();
        if !nonce.is_empty() {
            body = body.replace(nonce, "NONCE");
        }
        for asked in asked {
            body = body.replace(asked, "ASKED").replace(&asked.to_lowercase(), "ASKED");
        }
        (self.status.as_u16(), body)
    }
}
