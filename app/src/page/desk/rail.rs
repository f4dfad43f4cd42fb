//! The way around the desk: queues, time, organisations, and who is signed in. On a phone the same in a menu on top.

use domain::actor::Role;
use domain::brand::Brand;
use domain::i18n::Locale;
use domain::view::desk::{DeskQuery, QueueCounts};
use leptos::prelude::*;

use super::query::{QUEUES, changed, queue_href, queue_of};
use crate::component::{Avatar, BrandMark, Disclosure, Glyph, Icon, MarkSize};
use crate::shell::{Bell, use_frame, use_locale};
use crate::words::desk as words;
use crate::words::mail;

/// In place of a queue's name: the rail of the pages of mail.
pub(super) const MAIL: &str = "mail";

/// The name of a queue.
pub(super) fn queue_name(locale: Locale, queue: &str) -> &'static str {
    match queue {
        "mine" => words::mine(locale),
        "new" => words::new_tickets(locale),
        "unassigned" => words::unassigned(locale),
        "waiting" => words::waiting(locale),
        "resolved" => words::resolved(locale),
        "past_due" => words::past_due(locale),
        "at_risk" => words::at_risk(locale),
        "all" => words::all(locale),
        _ => words::all_open(locale),
    }
}

fn glyph(queue: &str) -> Glyph {
    match queue {
        "mine" => Glyph::Inbox,
        "new" => Glyph::New,
        "unassigned" => Glyph::Person,
        "waiting" => Glyph::Waiting,
        "resolved" => Glyph::Resolved,
        "past_due" => Glyph::Late,
        "at_risk" => Glyph::Hourglass,
        "all" => Glyph::Article,
        _ => Glyph::List,
    }
}

/// `None`: not counted ("All" is an archive, not a queue).
fn count(counts: &QueueCounts, queue: &str) -> Option<i64> {
    Some(match queue {
        "mine" => counts.mine,
        "new" => counts.new,
        "unassigned" => counts.unassigned,
        "waiting" => counts.waiting,
        "resolved" => counts.resolved,
        "past_due" => counts.past_due,
        "at_risk" => counts.at_risk,
        "all" => return None,
        _ => counts.open,
    })
}

/// The rail at the side. Without counts (on a ticket's page) it is narrow, shows icons only, and brings along what stands
/// in its place on a phone; a queue's page has that with its own counts ([`Top`]).
#[component]
pub(super) fn Rail(
    query: DeskQuery,
    #[prop(optional_no_strip)] counts: Option<QueueCounts>,
    #[prop(optional)] organisations: Vec<(Brand, i64)>,
) -> impl IntoView {
    let locale = use_locale();
    let top = counts.is_none().then(|| {
        let name = view! { <b>{words::queues(locale)}</b> }.into_any();
        let places = view! { <Places query=query.clone() counts=None organisations=Vec::new()/> }.into_any();
        view! { <header class="desk-top"><TopBar name places/></header> }
    });
    view! {
        <nav class="rail" aria-label=words::queues(locale)>
            <a class="rail__brand" href="/desk">
                <BrandMark brand=loket() size=MarkSize::Medium/>
                <span class="rail__text">{use_frame().with(|session| session.brand.name.clone())}</span>
            </a>
            <Places query=query counts=counts organisations=organisations/>
            <div class="rail__foot"><Bell class="rail__link bell"/><Me/></div>
        </nav>
        {top}
    }
    .into_any()
}

/// What stands in place of the rail on a phone, above a queue.
#[component]
pub(super) fn Top(
    query: DeskQuery,
    counts: QueueCounts,
    organisations: Vec<(Brand, i64)>,
    total: i64,
) -> impl IntoView {
    let locale = use_locale();
    let queue = queue_of(&query).to_owned();
    let tab = |name: &'static str, class: &'static str| {
        let current = (queue == name).then_some("page");
        let number = count(&counts, name).filter(|number| *number > 0);
        view! {
            <a class=class href=queue_href(name) aria-current=current>
                {queue_name(locale, name)} {number.map(|number| [" ", &number.to_string()].concat())}
            </a>
        }
    };
    let late = if counts.past_due > 0 { "desk-top__tab desk-top__tab--late" } else { "desk-top__tab" };
    let name = view! { <b>{queue_name(locale, &queue)}</b><span class="muted">{total}</span> }.into_any();
    let tabs = view! {
        <nav class="desk-top__tabs" aria-label=words::quick_queues(locale)>
            {tab("open", "desk-top__tab")} {tab("new", "desk-top__tab")} {tab("past_due", late)}
        </nav>
    };
    let places = view! { <Places query=query counts=Some(counts) organisations=organisations/> }.into_any();
    view! { <header class="desk-top desk-top--queue"><TopBar name places/>{tabs}</header> }.into_any()
}

/// Where one can go, in a menu; notifications; who is signed in.
#[component]
fn TopBar(name: AnyView, places: AnyView) -> impl IntoView {
    let summary = view! { <BrandMark brand=loket() size=MarkSize::Medium/>{name}<Icon name=Glyph::ChevronDown/> };
    view! {
        <div class="desk-top__bar">
            <Disclosure class="desk-top__menu" summary=summary.into_any()>
                <nav class="desk-top__places" aria-label=words::queues(use_locale())>{places}</nav>
            </Disclosure>
            <Bell class="rail__link bell"/>
            <Me/>
        </div>
    }
    .into_any()
}

#[component]
fn Places(query: DeskQuery, counts: Option<QueueCounts>, organisations: Vec<(Brand, i64)>) -> impl IntoView {
    let locale = use_locale();
    let current = queue_of(&query).to_owned();
    let mail_page = current == MAIL;
    let link = move |queue: &'static str| {
        let number = counts.and_then(|counts| count(&counts, queue));
        let name = queue_name(locale, queue);
        let alarm = queue == "past_due" && number.is_some_and(|number| number > 0);
        let class = if alarm { "rail__link rail__link--alarm" } else { "rail__link" };
        view! {
            <li>
                <a class=class href=queue_href(queue) title=name aria-current=(current == queue).then_some("page")>
                    <Icon name=glyph(queue)/>
                    <span class="rail__text">{name}</span>
                    {number.map(|number| view! { <span class="rail__count">{number}</span> })}
                </a>
            </li>
        }
    };
    let queues = QUEUES.map(link.clone()).collect_view();
    let time = ["past_due", "at_risk"].map(link).collect_view();
    let organisation = |(brand, number): (Brand, i64)| {
        let here = query.organisation == brand.key;
        let href = changed(&query, |query| {
            query.organisation = if here { String::new() } else { brand.key.clone() };
        });
        let (name, title) = (brand.name.clone(), brand.name.clone());
        view! {
            <li>
                <a class="rail__link" href=href title=title aria-current=here.then_some("true")>
                    <BrandMark brand=brand size=MarkSize::Small/>
                    <span class="rail__text">{name}</span>
                    <span class="rail__count">{number}</span>
                </a>
            </li>
        }
    };
    let any = !organisations.is_empty();
    view! {
        <div class="rail__group"><ul>{queues}<li><Mail current=mail_page/></li></ul></div>
        <div class="rail__group"><p class="rail__label">{words::time(locale)}</p><ul>{time}</ul></div>
        {any.then(|| view! {
            <div class="rail__group">
                <p class="rail__label">{words::organisations(locale)}</p>
                <ul>{organisations.into_iter().map(organisation).collect_view()}</ul>
            </div>
        })}
    }
    .into_any()
}

/// The way to mail that is on no ticket, and how much of it waits.
#[component]
fn Mail(current: bool) -> impl IntoView {
    let locale = use_locale();
    let frame = use_frame();
    let name = move || match frame.held() {
        0 => mail::mail(locale).to_owned(),
        count => mail::mail_waiting(locale, count),
    };
    let count = move || {
        let held = frame.held();
        (held > 0).then(|| view! { <span class="count" aria-hidden="true">{held.to_string()}</span> })
    };
    view! {
        <a class="rail__link bell" href="/desk/mail" aria-label=name title=mail::mail(locale) aria-current=current.then_some("page")>
            <Icon name=Glyph::Mail/>
            <span class="rail__text">{mail::mail(locale)}</span>
            {count}
        </a>
    }
    .into_any()
}

/// Who is signed in, and the way out.
#[component]
fn Me() -> impl IntoView {
    let locale = use_locale();
    let user = use_frame().user();
    let admin = user.as_ref().is_some_and(|user| user.role == Role::Admin);
    let name = user.map(|user| user.name).unwrap_or_default();
    // Where there is room for initials only, they are no name.
    let label = name.clone();
    let summary = view! {
        <Avatar name=name.clone() staff=true/>
        <span class="rail__text">{name}</span>
    }
    .into_any();
    view! {
        <Disclosure class="rail__me disclosure--up" summary=summary label=label>
            <div class="menu">
                <a class="menu__item" href="/account"><Icon name=Glyph::Person/>{words::account(locale)}</a>
                {admin.then(|| view! { <a class="menu__item" href="/admin"><Icon name=Glyph::Change/>{words::administration(locale)}</a> })}
                // A whole page follows: everything around it changes too.
                <form method="post" action="/api/account/sign_out">
                    <button class="menu__item" type="submit"><Icon name=Glyph::SignOut/>{words::sign_out(locale)}</button>
                </form>
            </div>
        </Disclosure>
    }
    .into_any()
}

/// Loket's own mark: the desk works for every organisation.
fn loket() -> Brand {
    use_frame().with(|session| session.brand.clone())
}
