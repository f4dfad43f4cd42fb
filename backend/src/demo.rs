//! The demonstration: two organisations with a month of work behind them, made through the same use cases as real
//! tickets. Everything is told in support time before "now", so that whatever the clock says there is something late,
//! something about to be, something paused and something with days to go.

use std::sync::Arc;

use domain::actor::{Actor, Person, Role};
use domain::brand::Mark;
use domain::i18n::Locale;
use domain::time::{Instant, Millis};

use crate::clock::ManualClock;
use crate::desk::account::{self, Create};
use crate::desk::organisation::{self, NewNotice, NewOrganisation};
use crate::desk::seed;
use crate::store::form::NewForm;
use crate::{Backend, Error, password, policy, store};

mod acme;
mod administration;
mod borealis;
mod offer;
mod past;
mod perform;
mod picture;
mod story;

use past::Past;
use story::Who;

/// Everyone's password.
pub const PASSWORD: &str = "welcome-to-loket";

/// The first of the stories begins so long before now; a month and a few holidays.
const BEGINNING: Millis = Millis::hours(45 * 24);

/// Someone of the demonstration.
struct Cast {
    who: Who,
    name: &'static str,
    email: &'static str,
    role: Role,
    /// The key of the organisation; empty for staff.
    organisation: &'static str,
}

const CAST: [Cast; 8] = [
    Cast { who: Who::Admin, name: "Admin", email: "admin@loket.example", role: Role::Admin, organisation: "" },
    Cast {
        who: Who::Eva,
        name: "Eva Mulder",
        email: "eva@loket.example",
        role: Role::AccountManager,
        organisation: "",
    },
    Cast { who: Who::Dirk, name: "Dirk Hofman", email: "dirk@loket.example", role: Role::Agent, organisation: "" },
    Cast { who: Who::Fenna, name: "Fenna Roos", email: "fenna@loket.example", role: Role::Agent, organisation: "" },
    Cast { who: Who::Anna, name: "Anna Visser", email: "anna@acme.example", role: Role::Manager, organisation: "ACME" },
    Cast { who: Who::Bram, name: "Bram Kuipers", email: "bram@acme.example", role: Role::Member, organisation: "ACME" },
    Cast {
        who: Who::Carla,
        name: "Carla Smit",
        email: "carla@borealis.example",
        role: Role::Manager,
        organisation: "BORE",
    },
    Cast {
        who: Who::Jonas,
        name: "Jonas Berg",
        email: "jonas@borealis.example",
        role: Role::Member,
        organisation: "BORE",
    },
];

/// The people as they act, by [`Who`].
struct People(Vec<(Who, Actor)>);

impl People {
    fn get(&self, who: Who) -> &Actor {
        &self.0.iter().find(|(other, _)| *other == who).expect("everyone of the cast was created").1
    }

    fn id(&self, who: Who) -> i64 {
        self.get(who).user_id().expect("the cast are people")
    }
}

/// Fills an empty database; leaves any other as it is.
///
/// # Errors
/// When the database does not answer. What was made before stays.
pub async fn create(backend: &Backend) -> Result<(), Error> {
    {
        let mut tx = backend.store().begin().await?;
        if !store::demo::is_empty(&mut tx).await? {
            return Ok(());
        }
    }
    store::demo::hurry(backend.store(), true).await?;
    let made = fill(backend).await;
    store::demo::hurry(backend.store(), false).await?;
    made
}

async fn fill(backend: &Backend) -> Result<(), Error> {
    // On the minute, as people read times: a story that begins at odd seconds is a minute off its own explanation.
    let now = backend.now();
    let now = Instant(now.0 - now.0.rem_euclid(Millis::MINUTE.0));
    let clock = Arc::new(ManualClock::new(now - BEGINNING));
    let past = backend.with_clock(clock.clone());
    seed::basics(&past).await?;
    let people = people(&past).await?;
    let schedule = {
        let mut tx = backend.store().snapshot().await?;
        policy::standard(backend, &mut tx).await?.calendar.schedule(now - BEGINNING, now)
    };
    let past_of = Past::new(&schedule, now);
    announce(&past, now).await?;
    administration::all(&past, people.get(Who::Admin)).await?;
    perform::all(&past, &clock, &past_of, &people).await?;
    clock.set(now);
    let mut tx = backend.store().begin().await?;
    store::demo::mail_is_sent(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Organisations and everyone in them.
async fn people(past: &Backend) -> Result<People, Error> {
    // Hashing takes as long as it should; once is enough for eight people who share a password.
    let hash = password::hash(PASSWORD).await?;
    let mut people = Vec::new();
    let mut organisations: Vec<(&str, i64)> = Vec::new();
    for cast in CAST {
        if !cast.organisation.is_empty() && !organisations.iter().any(|(key, _)| *key == cast.organisation) {
            let eva =
                people.iter().find(|(who, _)| *who == Who::Eva).and_then(|(_, actor): &(Who, Actor)| actor.user_id());
            organisations.push((cast.organisation, organisation(past, cast.organisation, eva).await?));
        }
        let organisation_id = organisations.iter().find(|(key, _)| *key == cast.organisation).map(|(_, id)| *id);
        let input = Create {
            organisation_id,
            email: cast.email.to_owned(),
            name: cast.name.to_owned(),
            role: cast.role,
            password_hash: Some(hash.clone()),
            locale: None,
        };
        let user_id = account::create(past, &Actor::System, input).await?;
        let person = Person {
            user_id,
            name: cast.name.to_owned(),
            email: cast.email.to_owned(),
            role: cast.role,
            organisation_id,
            own_tickets_only: false,
            locale: Locale::English,
        };
        people.push((cast.who, Actor::Person(person)));
    }
    Ok(People(people))
}

async fn organisation(past: &Backend, key: &str, account_manager_id: Option<i64>) -> Result<i64, Error> {
    let acme = key == "ACME";
    let new = NewOrganisation {
        key,
        name: if acme { "Acme Zorg" } else { "Borealis Bank" },
        hue: if acme { 192 } else { 285 },
        chroma: if acme { 95 } else { 135 },
        mark: if acme { Mark::Petals } else { Mark::Arcs },
        welcome_en: if acme { offer::WELCOME_ACME.0 } else { offer::WELCOME_BOREALIS.0 },
        welcome_nl: if acme { offer::WELCOME_ACME.1 } else { offer::WELCOME_BOREALIS.1 },
        note: if acme {
            "Prefers phone for Critical. Ward 3 runs 24/7."
        } else {
            "Payment batches close at 12:00 and 15:30. Ask for Jonas first."
        },
        own_tickets_only: false,
        account_manager_id,
    };
    let id = organisation::create(past, &Actor::System, &new).await?;
    for (position, (title, url)) in (0..).zip(offer::LINKS) {
        organisation::add_link(past, &Actor::System, id, position, title, url).await?;
    }
    let form = NewForm {
        slug: "problem",
        icon: "problem",
        position: 0,
        title: ("Report a problem", "Probleem melden"),
        summary: ("Something is broken, slow or gone", "Iets is stuk, traag of weg"),
        fields: if acme { offer::ACME_PROBLEM } else { offer::BOREALIS_PROBLEM },
    };
    let mut tx = past.store().begin().await?;
    store::demo::insert_form(&mut tx, id, &form).await?;
    tx.commit().await?;
    Ok(id)
}

/// Planned work on the Saturday to come.
async fn announce(past: &Backend, now: Instant) -> Result<(), Error> {
    let zone = {
        let mut tx = past.store().snapshot().await?;
        policy::standard(past, &mut tx).await?.calendar.zone().clone()
    };
    let today = zone.civil(now);
    // A Saturday has weekday 5; on a Saturday itself it is the next one.
    let days = (5 - i64::from(today.weekday)).rem_euclid(7);
    let saturday = today.day_number + if days == 0 { 7 } else { days };
    let (en, nl) = offer::planned_work(saturday);
    let notice = NewNotice {
        organisation_id: None,
        heading: (&en, &nl),
        body: offer::NOTICE_TEXT,
        link_title: ("What changes for you", "Wat er voor u verandert"),
        link_url: "/articles/how-support-works",
        starts_at: now - Millis::hours(24),
        ends_at: zone.day_start(saturday + 1),
    };
    organisation::announce(past, &Actor::System, &notice).await
}

#[cfg(test)]
mod tests {
    use domain::ticket::{CloseReason, Priority, Status};
    use domain::view::desk::DeskQuery;

    use super::*;
    use crate::Config;
    use crate::desk::queue;

    async fn demo_at(now: Instant) -> (tempfile::TempDir, Backend) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = Config {
            database_url: format!("sqlite://{}/loket.db", folder.path().display()),
            data: folder.path().to_owned(),
            base_url: String::new(),
            demo: true,
            clock_is_set: true,
            phone: String::new(),
            support_address: "support@loket.example".to_owned(),
            smtp: None,
            mail_in: crate::config::MailIn::default(),
        };
        let backend = Backend::open(config, Arc::new(ManualClock::new(now))).await.expect("an empty database");
        create(&backend).await.expect("the demonstration is made");
        (folder, backend)
    }

    async fn dirk(backend: &Backend) -> Actor {
        let input = account::SignIn {
            email: "dirk@loket.example".into(),
            password: PASSWORD.into(),
            address: "127.0.0.1".into(),
            device: String::new(),
        };
        let session = account::sign_in(backend, input).await.expect("the password of the demonstration");
        account::session(backend, &session.token).await.expect("a session").expect("just begun").actor
    }

    async fn queue(backend: &Backend, actor: &Actor, name: &str) -> domain::view::desk::DeskPage {
        let query = DeskQuery { queue: name.into(), ..DeskQuery::default() };
        queue::page(backend, actor, Locale::English, query).await.expect("a queue")
    }

    #[tokio::test]
    async fn whatever_day_it_is_something_burns_something_waits_and_something_has_time() {
        // Friday 17:16 before King's Day, the Sunday after, King's Day itself, a Tuesday 9:01, New Year's Day (Amsterdam).
        for now in [1_777_043_760_000, 1_777_194_000_000, 1_777_280_400_000, 1_777_359_660_000, 1_798_801_200_000] {
            let now = Instant(now);
            let (_folder, backend) = demo_at(now).await;
            let dirk = dirk(&backend).await;
            let open = queue(&backend, &dirk, "").await;
            let counts = open.counts;
            assert!((2..=4).contains(&counts.past_due), "{now:?}: {counts:?}");
            assert!(counts.at_risk >= 2, "{now:?}: {counts:?}");
            assert!(
                counts.waiting >= 4 && counts.new >= 4 && counts.resolved >= 4 && counts.mine >= 4,
                "{now:?}: {counts:?}"
            );
            let later = now + Millis::hours(3 * 24);
            assert!(open.deadlines.iter().any(|due_at| *due_at > later), "{now:?}: nothing has days to go");
        }
    }

    #[tokio::test]
    async fn every_status_priority_and_way_of_ending_occurs() {
        let (_folder, backend) = demo_at(Instant(1_777_043_760_000)).await;
        let dirk = dirk(&backend).await;
        let mut rows = Vec::new();
        let mut query = DeskQuery { queue: "all".into(), ..DeskQuery::default() };
        loop {
            let page = queue::page(&backend, &dirk, Locale::English, query.clone()).await.expect("a page");
            rows.extend(page.rows);
            match page.next {
                Some(next) => query.after = next,
                None => break,
            }
        }
        assert!(rows.len() >= 60, "{} tickets", rows.len());
        for status in Status::ALL {
            assert!(rows.iter().any(|row| row.status == status), "{status:?}");
        }
        for priority in Priority::ALL {
            assert!(rows.iter().any(|row| row.priority == priority && row.status.is_open()), "{priority:?}");
        }
        for reason in CloseReason::ALL {
            assert!(rows.iter().any(|row| row.close_reason == Some(reason)), "{reason:?}");
        }
        create(&backend).await.expect("a second time changes nothing");
        assert_eq!(queue(&backend, &dirk, "all").await.total, rows.len() as i64);
    }
}
