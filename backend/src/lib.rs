//! Side effects that are not HTTP: the use cases (`desk`), the only SQL (`store`), mail, calendar expansion.
//!
//! Every change to a ticket, wherever it comes from, is one function of [`desk`]: it checks the actor, applies the rules of
//! `domain`, and writes ticket, event and outbox in one transaction. Nothing here knows HTTP or HTML.

pub mod calendar;
pub mod clock;
pub mod config;
pub mod demo;
pub mod desk;
pub mod error;
pub mod job;
pub mod limit;
pub mod mail;
pub mod password;
pub mod policy;
pub mod random;
pub mod store;
pub mod words;

use std::sync::Arc;

use domain::time::Instant;

pub use clock::Clock;
pub use config::Config;
pub use error::Error;

/// What every use case works with: configuration, clock, database. Cheap to clone.
#[derive(Clone)]
pub struct Backend {
    shared: Arc<Shared>,
    store: store::Store,
    clock: Arc<dyn Clock>,
}

struct Shared {
    config: Config,
    policies: policy::Cache,
}

impl Backend {
    /// Connects, brings the database up to date, gives a new one its basics (`desk::seed`) and makes the folders for files
    /// and mail.
    ///
    /// # Errors
    /// When the database cannot be reached or migrated, or the folders cannot be made.
    pub async fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        for folder in [config.files(), config.mail()] {
            tokio::fs::create_dir_all(&folder).await.map_err(Error::internal)?;
        }
        let store = store::Store::open(&config.database_url).await?;
        let shared = Shared { config, policies: policy::Cache::default() };
        let backend = Self { shared: Arc::new(shared), store, clock };
        desk::seed::basics_if_new(&backend).await?;
        Ok(backend)
    }

    /// The same, at another time: the demonstration lives through a month with it.
    #[must_use]
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self.clone() }
    }

    /// The same, for one request that is soon over: whatever it reads comes over one connection.
    #[must_use]
    pub fn for_request(&self) -> Self {
        Self { store: self.store.for_request(), ..self.clone() }
    }

    /// What time it is, to everything that this request does.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// The database; of use to `desk` and to health checks only.
    pub const fn store(&self) -> &store::Store {
        &self.store
    }

    pub(crate) fn policies(&self) -> &policy::Cache {
        &self.shared.policies
    }

    /// Finishes what the connections are doing and closes them.
    pub async fn close(&self) {
        self.store().close().await;
    }
}
