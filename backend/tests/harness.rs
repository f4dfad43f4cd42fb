//! A desk to test on: two organisations with people, a clock that stands still, on either database. No test depends on
//! another, so they run side by side.

use std::path::Path;
use std::sync::Arc;

use backend::clock::ManualClock;
use backend::desk::policy::SavePolicy;
use backend::desk::ticket::{Compose, Raise, Reply};
use backend::desk::{organisation, policy, portal, queue, ticket};
use backend::{Backend, Config, Error};
use domain::actor::{Actor, Person, Role};
use domain::brand::Mark;
use domain::i18n::Locale;
use domain::sla::ClockKind;
use domain::ticket::{Channel, Priority, Status};
use domain::time::{Instant, Millis};
use domain::view::admin::{AROUND_THE_CLOCK, PolicyDraft};
use domain::view::desk::{ComposeKind, DeskTicketView};
use domain::view::portal::RequestView;
use tempfile::TempDir;
use tokio::sync::OnceCell;

mod cluster;

/// Makes a test of each database out of one body: `both! { async fn what_it_shows(desk) { … } }`.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($desk:ident) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not each body needs all")]
            use super::*;

            async fn check($desk: &$crate::harness::TestDesk) $body

            $(#[$meta])*
            #[tokio::test]
            async fn sqlite() {
                let desk = $crate::harness::TestDesk::sqlite().await;
                check(&desk).await;
                desk.backend.close().await;
            }

            $(#[$meta])*
            #[tokio::test]
            async fn postgres() {
                if let Some(desk) = $crate::harness::TestDesk::postgres().await {
                    check(&desk).await;
                    desk.backend.close().await;
                }
            }
        }
    )+};
}

/// Monday 20 April 2026, 10:00 in Amsterdam: an hour after opening, in a week without holidays.
pub const MONDAY_TEN: Instant = Instant(1_776_672_000_000);

/// `hours` on the clock on the wall after [`MONDAY_TEN`].
pub fn after(hours: i64) -> Instant {
    MONDAY_TEN + Millis::hours(hours)
}

pub struct TestDesk {
    pub backend: Backend,
    pub clock: Arc<ManualClock>,
    /// Acme's manager and two members.
    pub anna: Actor,
    pub bram: Actor,
    pub els: Actor,
    /// Borealis' manager.
    pub carla: Actor,
    /// Agents.
    pub dirk: Actor,
    pub fenna: Actor,
    pub admin: Actor,
    pub acme: i64,
    /// Removed when the test is over.
    _data: TempDir,
}

impl TestDesk {
    pub async fn sqlite() -> Self {
        static TEMPLATE: OnceCell<TempDir> = OnceCell::const_new();
        let template = TEMPLATE
            .get_or_init(|| async {
                let folder = tempfile::tempdir().unwrap();
                let url = sqlite_url(folder.path());
                create(&url, folder.path()).await;
                folder
            })
            .await;
        let data = tempfile::tempdir().unwrap();
        std::fs::copy(template.path().join("loket.db"), data.path().join("loket.db")).unwrap();
        let url = sqlite_url(data.path());
        Self::open(url, data).await
    }

    /// `None` where there is no PostgreSQL, unless `LOKET_REQUIRE_PG` says that there must be.
    pub async fn postgres() -> Option<Self> {
        static TEMPLATE: OnceCell<Option<String>> = OnceCell::const_new();
        let template = TEMPLATE
            .get_or_init(|| async {
                let cluster = cluster::start()?;
                cluster::create_database(&cluster, "loket_template", None).await;
                let folder = tempfile::tempdir().unwrap();
                create(&cluster::url(&cluster, "loket_template"), folder.path()).await;
                Some(cluster)
            })
            .await;
        let cluster = template.as_ref()?;
        let data = tempfile::tempdir().unwrap();
        let name = cluster::fresh_name();
        cluster::create_database(cluster, &name, Some("loket_template")).await;
        Some(Self::open(cluster::url(cluster, &name), data).await)
    }

    async fn open(url: String, data: TempDir) -> Self {
        let clock = Arc::new(ManualClock::new(MONDAY_TEN));
        let backend = Backend::open(config(&url, data.path()), clock.clone()).await.unwrap();
        let people = people(&backend).await;
        let actor = |email: &str| Actor::Person(people.iter().find(|person| person.email == email).unwrap().clone());
        Self {
            anna: actor("anna@acme.example"),
            bram: actor("bram@acme.example"),
            els: actor("els@acme.example"),
            carla: actor("carla@borealis.example"),
            dirk: actor("dirk@loket.example"),
            fenna: actor("fenna@loket.example"),
            admin: actor("admin@loket.example"),
            acme: people.iter().find_map(|person| person.organisation_id).unwrap(),
            backend,
            clock,
            _data: data,
        }
    }

    /// A second process on the same database, or the same one after it was killed.
    pub async fn another_process(&self) -> Backend {
        Backend::open(self.backend.config().clone(), self.clock.clone()).await.unwrap()
    }

    pub fn at(&self, now: Instant) {
        self.clock.set(now);
    }

    pub fn later(&self, span: Millis) {
        self.clock.advance(span);
    }

    /// Raises a ticket about `subject`, High unless it is said otherwise.
    pub async fn raise(&self, actor: &Actor, subject: &str) -> String {
        ticket::raise(&self.backend, actor, problem(subject)).await.unwrap()
    }

    pub async fn reply(&self, actor: &Actor, key: &str, text: &str) -> Result<ticket::Replied, Error> {
        let input = Reply { key: key.into(), text: text.into(), place: String::new(), channel: Channel::Web };
        ticket::reply(&self.backend, actor, input).await
    }

    /// What an agent does on a page that was just loaded.
    pub async fn compose(&self, actor: &Actor, key: &str, kind: ComposeKind, text: &str) -> Result<i64, Error> {
        let version = self.version(key).await;
        self.compose_on(actor, key, version, kind, text).await
    }

    pub async fn compose_on(
        &self,
        actor: &Actor,
        key: &str,
        version: i64,
        kind: ComposeKind,
        text: &str,
    ) -> Result<i64, Error> {
        let input = Compose { key: key.into(), version, kind, text: text.into(), place: ["desk/", key].concat() };
        ticket::compose(&self.backend, actor, input).await
    }

    pub async fn desk_view(&self, key: &str) -> DeskTicketView {
        queue::ticket(&self.backend, &self.dirk, Locale::English, key).await.unwrap()
    }

    pub async fn view(&self, actor: &Actor, key: &str) -> RequestView {
        portal::request(&self.backend, actor, Locale::English, key).await.unwrap()
    }

    /// Promises an answer within so many hours for High, in those of the policy or around the clock: what is shipped
    /// promises none.
    pub async fn promise_response(&self, hours: &str, around_the_clock: bool) {
        let all = policy::list(&self.backend, &self.admin).await.unwrap().policies;
        let policy_id = all.iter().find(|line| line.name == "Standard").unwrap().id;
        let mut view = policy::read(&self.backend, &self.admin, policy_id).await.unwrap();
        let always = AROUND_THE_CLOCK.to_string();
        for (part, text) in [("hours", Some(hours)), ("calendar", Some(always.as_str()).filter(|_| around_the_clock))] {
            let control = PolicyDraft::control(part, Priority::High, ClockKind::NextResponse);
            let value = view.draft.values.iter_mut().find(|(name, _)| *name == control).unwrap();
            value.1 = text.map_or(value.1.clone(), str::to_owned);
        }
        let save = SavePolicy { policy_id, version: view.version, draft: view.draft, apply_to_open: true };
        policy::save(&self.backend, &self.admin, save).await.unwrap();
    }

    pub async fn version(&self, key: &str) -> i64 {
        self.desk_view(key).await.version
    }

    pub async fn status(&self, key: &str) -> Status {
        self.desk_view(key).await.status
    }

    /// A ticket of Anna's that has been brought to a status by the shortest way.
    pub async fn ticket_in(&self, status: Status) -> String {
        let key = self.raise(&self.anna, "Nobody on ward 3 can sign in").await;
        let act = |kind| self.compose(&self.dirk, &key, kind, "Text");
        match status {
            Status::New => {}
            Status::InProgress => {
                ticket::accept(&self.backend, &self.dirk, &key, self.version(&key).await).await.unwrap()
            }
            Status::Waiting => drop(act(ComposeKind::Return).await.unwrap()),
            Status::Resolved => drop(act(ComposeKind::Resolve).await.unwrap()),
            Status::Closed => ticket::withdraw(&self.backend, &self.anna, &key).await.unwrap(),
        }
        assert_eq!(self.status(&key).await, status);
        key
    }
}

/// A problem report that is filled in right.
pub fn problem(subject: &str) -> Raise {
    Raise {
        form: "problem".into(),
        subject: subject.into(),
        description: "It worked this morning.".into(),
        priority: "high".into(),
        fields: vec![("field_location".into(), "team".into())],
        nonce: String::new(),
        place: String::new(),
    }
}

pub fn id(actor: &Actor) -> i64 {
    actor.user_id().unwrap()
}

fn sqlite_url(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("loket.db").display())
}

pub fn config(url: &str, data: &Path) -> Config {
    Config {
        database_url: url.to_owned(),
        data: data.to_owned(),
        base_url: "https://support.example".into(),
        demo: false,
        clock_is_set: false,
        phone: String::new(),
        mail_in: backend::config::MailIn { authority: "mx.support.example".into(), ..Default::default() },
        support_address: "support@support.example".into(),
        smtp: None,
    }
}

/// A new database with two organisations and their people.
async fn create(url: &str, data: &Path) {
    let clock = Arc::new(ManualClock::new(MONDAY_TEN));
    let backend = Backend::open(config(url, data), clock).await.unwrap();
    let mut ids = Vec::new();
    for (key, name, mark) in [("ACME", "Acme Zorg", Mark::Petals), ("BORE", "Borealis Bank", Mark::Arcs)] {
        let new = organisation::NewOrganisation {
            key,
            name,
            hue: 192,
            chroma: 95,
            mark,
            welcome_en: "Welcome",
            welcome_nl: "Welkom",
            note: "For staff only: a difficult customer",
            own_tickets_only: false,
            account_manager_id: None,
        };
        ids.push(organisation::create(&backend, &Actor::System, &new).await.unwrap());
    }
    for (email, name, role, organisation) in [
        ("anna@acme.example", "Anna Visser", Role::Manager, Some(0)),
        ("bram@acme.example", "Bram Kuipers", Role::Member, Some(0)),
        ("els@acme.example", "Els de Wit", Role::Member, Some(0)),
        ("carla@borealis.example", "Carla Smit", Role::Manager, Some(1)),
        ("dirk@loket.example", "Dirk Hofman", Role::Agent, None),
        ("fenna@loket.example", "Fenna Roos", Role::Agent, None),
        ("admin@loket.example", "Admin", Role::Admin, None),
    ] {
        let organisation_id: Option<i64> = organisation.map(|index: usize| ids[index]);
        let mut tx = backend.store().begin().await.unwrap();
        sqlx::query(
            "INSERT INTO user_account (organisation_id, email, name, role, created_at) VALUES ($1, $2, $3, $4, 0)",
        )
        .bind(organisation_id)
        .bind(email)
        .bind(name)
        .bind(role.slug())
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }
    backend.close().await;
}

async fn people(backend: &Backend) -> Vec<Person> {
    use sqlx::Row;
    let rows = sqlx::query("SELECT user_id, name, email, role, organisation_id FROM user_account ORDER BY user_id")
        .fetch_all(backend.store().reader())
        .await
        .unwrap();
    let person = |row: &sqlx::any::AnyRow| Person {
        user_id: row.get(0),
        name: row.get(1),
        email: row.get(2),
        role: Role::from_slug(row.get(3)).unwrap(),
        organisation_id: row.get(4),
        own_tickets_only: false,
        locale: Locale::English,
    };
    rows.iter().map(person).collect()
}

/// The same person in an organisation that shows people their own tickets only.
pub fn own_tickets_only(actor: &Actor) -> Actor {
    match actor {
        Actor::Person(person) => Actor::Person(Person { own_tickets_only: true, ..person.clone() }),
        Actor::System => Actor::System,
    }
}
