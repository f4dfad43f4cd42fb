//! The route table, and nothing else. Each area's pages are lazy pieces of their own: a customer never downloads the
//! desk. Every page is rendered whole on the server ([`SsrMode::Async`]), so that it works before WebAssembly arrives
//! and can set its title and status.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{Lazy, SsrMode, path};

use crate::shell::NotFound;

pub mod account;
pub mod admin;
mod again;
pub mod desk;
pub(crate) mod here;
pub mod portal;

use account::{AccountRoute, ForgottenRoute, LinkRoute, LoginRoute, UnsubscribeRoute};
use admin::{AdminRoute, CalendarRoute, CalendarsRoute, DeadLetterRoute, MailStateRoute, PoliciesRoute, PolicyRoute};
use desk::{DeskListRoute, DeskNewRoute, DeskTicketRoute, HeldListRoute, HeldRoute, NotificationsRoute};
use portal::{ArticleRoute, HomeRoute, NoticesRoute, RaiseChooseRoute, RaiseRoute, RequestRoute, RequestsRoute};

#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <NotFound/> }>
            <Route path=path!("/login") view={Lazy::<LoginRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/forgotten") view={Lazy::<ForgottenRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/link/:token") view={Lazy::<LinkRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/unsubscribe/:token/:kinds") view={Lazy::<UnsubscribeRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/account") view={Lazy::<AccountRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/") view={Lazy::<HomeRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/requests") view={Lazy::<RequestsRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/requests/new") view={Lazy::<RaiseChooseRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/requests/new/:form") view={Lazy::<RaiseRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/requests/:key") view={Lazy::<RequestRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/notifications") view={Lazy::<NoticesRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/articles/:slug") view={Lazy::<ArticleRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/desk") view={Lazy::<DeskListRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/desk/new") view={Lazy::<DeskNewRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/desk/notifications") view={Lazy::<NotificationsRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/desk/mail") view={Lazy::<HeldListRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/desk/mail/:id") view={Lazy::<HeldRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/desk/:key") view={Lazy::<DeskTicketRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/admin") view={Lazy::<AdminRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/admin/calendars") view={Lazy::<CalendarsRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/admin/calendars/:id") view={Lazy::<CalendarRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/admin/policies") view={Lazy::<PoliciesRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/admin/policies/:id") view={Lazy::<PolicyRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/admin/mail") view={Lazy::<MailStateRoute>::new()} ssr={SsrMode::Async} />
            <Route path=path!("/admin/mail/:id") view={Lazy::<DeadLetterRoute>::new()} ssr={SsrMode::Async} />
        </FlatRoutes>
    }
}
