//! What surrounds every page: the HTML document, the frame of who is signed in, header and footer, and the answers
//! when there is no page to show. Pages themselves are in `page`; which page is shown, in `page::Pages`.

use domain::brand::Brand;
use domain::i18n::Locale;
use domain::view::account::{SessionView, UserView};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_meta::MetaTags;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::Router;
use leptos_router::hooks::use_location;

use crate::api::wire::WireText;
#[cfg(feature = "ssr")]
use crate::component::{BrandStyle, brand_class, drawings};
use crate::component::{Now, Toaster, Toasts};
use crate::page::Pages;
use crate::words::account as words;

pub(crate) mod browser;
mod footer;
mod header;
mod problem;

use footer::Footer;
use header::Header;
pub use header::{AccountMenu, Bell, role_name};
pub use problem::{NotFound, ProblemPage};

/// The document. Rendered on the server only.
#[cfg(feature = "ssr")]
pub fn shell() -> impl IntoView {
    let session = use_context::<SessionView>().unwrap_or_else(nobody);
    let mut brands = vec![Brand::loket()];
    let shown = std::iter::once(&session.brand).chain(session.demo.iter().filter_map(|account| account.brand.as_ref()));
    for brand in shown {
        if !brands.contains(brand) {
            brands.push(brand.clone());
        }
    }
    view! {
        <!DOCTYPE html>
        <html lang=session.locale.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <crate::site::SiteTags/>
                <BrandStyle brands=brands/>
                <MetaTags/>
            </head>
            <body class=brand_class(&session.brand.key)>
                <App/>
                {drawings()}
            </body>
        </html>
    }
}

/// Everything inside `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Not a resource: the server knows it before it renders, so that no page has to wait for its own frame.
    let session = SharedValue::<_, WireText>::new_with_encoding(initial).into_inner();
    let name = session.brand.name.clone();
    Now::provide(session.now, session.schedule.zone.clone());
    let frame = Frame {
        waiting: RwSignal::new(session.waiting),
        unread: RwSignal::new(session.unread),
        held: RwSignal::new(session.held),
        session: StoredValue::new(session),
    };
    provide_context(frame);
    Toaster::provide();
    let (routing, set_routing) = signal(false);
    // A page that is on its way takes the focus when it is there.
    Effect::new(move |before: Option<bool>| {
        let routing = routing.get();
        if before == Some(true) && !routing {
            browser::focus_main();
            leptos::task::spawn_local(frame.refresh());
        }
        routing
    });
    view! {
        <Title formatter=move |title: String| {
            if title.is_empty() { name.clone() } else { [title.as_str(), " · ", name.as_str()].concat() }
        }/>
        <Router set_is_routing=SignalSetter::from(set_routing)>
            <a class="skip" href="#main" rel="external">{words::skip(use_locale())}</a>
            <header::Banner/>
            <Root routing/>
            <Toasts/>
        </Router>
    }
}

/// Header, page and footer; the desk and the sign-in page bring their own.
#[component]
fn Root(routing: ReadSignal<bool>) -> impl IntoView {
    let path = use_location().pathname;
    let staff = use_frame().is_staff();
    // To a customer the desk is a page that does not exist, with the portal around it.
    let area = Memo::new(move |_| match path.with(|path| area(path)) {
        Area::Desk if !staff => Area::Portal,
        area => area,
    });
    let class = move || if area.get() == Area::Portal { "page" } else { "" };
    view! {
        <div class=class aria-busy=move || routing.get().then_some("true")>
            {move || (area.get() == Area::Portal).then(|| view! { <Header/> }.into_any())}
            <Pages/>
            {move || (area.get() == Area::Portal).then(|| view! { <Footer/> }.into_any())}
        </div>
    }
    .into_any()
}

#[cfg(feature = "ssr")]
fn initial() -> SessionView {
    use_context::<SessionView>().unwrap_or_else(nobody)
}

/// Only when the server's data is damaged: the page then is as for nobody.
#[cfg(not(feature = "ssr"))]
fn initial() -> SessionView {
    nobody()
}

/// Without a request (the list of routes is made so).
fn nobody() -> SessionView {
    SessionView {
        now: domain::time::Instant(0),
        locale: Locale::English,
        user: None,
        brand: Brand::loket(),
        schedule: domain::sla::Schedule::default(),
        phone: String::new(),
        waiting: 0,
        unread: 0,
        held: 0,
        demo: Vec::new(),
        clock_is_set: false,
    }
}

/// Who is signed in, whose portal it is, what time it was when the page was made. It stays the same while one moves
/// from page to page; signing in or out and changing the language load a page anew.
#[derive(Clone, Copy)]
pub struct Frame {
    session: StoredValue<SessionView>,
    waiting: RwSignal<i64>,
    unread: RwSignal<i64>,
    held: RwSignal<i64>,
}

impl Frame {
    /// Reads from it.
    pub fn with<T>(self, read: impl FnOnce(&SessionView) -> T) -> T {
        self.session.with_value(read)
    }

    /// How many requests wait for this customer; follows along from page to page.
    pub fn waiting(self) -> i64 {
        self.waiting.get()
    }

    /// How many notifications they have not read; follows along likewise.
    pub fn unread(self) -> i64 {
        self.unread.get()
    }

    /// How many mails wait for an agent's decision; follows along likewise.
    pub fn held(self) -> i64 {
        self.held.get()
    }

    /// For a page that changed what the frame counts.
    pub fn look_again(self) {
        leptos::task::spawn_local(self.refresh());
    }

    /// Asks what has changed meanwhile. Someone else, or nobody, being signed in changes everything.
    async fn refresh(self) {
        let Ok(fresh) = crate::api::account::read_session().await else { return };
        let who = |user: &Option<UserView>| user.as_ref().map(|user| user.id);
        if self.session.try_with_value(|session| who(&session.user) == who(&fresh.user)) == Some(false) {
            browser::reload();
        }
        let _ = self.waiting.try_set(fresh.waiting);
        let _ = self.unread.try_set(fresh.unread);
        let _ = self.held.try_set(fresh.held);
    }

    pub fn user(self) -> Option<UserView> {
        self.with(|session| session.user.clone())
    }

    pub fn is_staff(self) -> bool {
        self.with(|session| session.user.as_ref().is_some_and(UserView::is_staff))
    }

    pub fn locale(self) -> Locale {
        self.with(|session| session.locale)
    }

    /// Where this person starts: the portal is the customers'.
    pub fn home(self) -> &'static str {
        if self.is_staff() { "/desk" } else { "/" }
    }
}

/// The frame of this page.
pub fn use_frame() -> Frame {
    expect_context::<Frame>()
}

/// The reader's language.
pub fn use_locale() -> Locale {
    use_frame().locale()
}

/// The HTTP status of the page that is being rendered; nothing in the browser.
pub fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(options), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), axum::http::StatusCode::from_u16(status))
    {
        options.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}

/// Which frame a path gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Header and footer.
    Portal,
    /// The desk brings its own rail.
    Desk,
    /// Nothing: signing in, and where links in mails lead without it.
    Bare,
}

/// The area of a path.
pub fn area(path: &str) -> Area {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    match first {
        "desk" => Area::Desk,
        "login" | "forgotten" | "link" | "unsubscribe" => Area::Bare,
        _ => Area::Portal,
    }
}
