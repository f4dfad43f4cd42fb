//! The only SQL. One set of queries for SQLite and PostgreSQL through `sqlx::Any`; the two differ in `migrations/` and in
//! what [`Dialect`] decides. No rules live here, and no function that reads customer data can be called without a scope.

pub mod account;
pub mod calendar;
pub mod demo;
pub mod draft;
pub mod event;
pub mod feed;
pub mod file;
pub mod form;
pub mod inbound;
pub mod list;
pub mod message;
mod migration;
pub mod notification;
pub mod organisation;
pub mod outbox;
pub mod policy;
mod reader;
pub mod search;
pub mod sql;
pub mod ticket;

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Executor};

use crate::Error;
use reader::Kept;
pub use reader::Reader;

/// A transaction that writes, or a snapshot that several queries read from.
pub type Tx = sqlx::Transaction<'static, Any>;

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// How far a database has been brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Nothing is in it yet, or it is not there: the first start makes it.
    New,
    /// The next start brings it up to date.
    Older,
    UpToDate,
    /// A newer version of this program has been at it.
    Newer,
}

/// Looks at a database without changing it, or making it.
///
/// # Errors
/// When it does not answer, or is no database.
pub async fn look(url: &str) -> Result<Condition, Error> {
    sqlx::any::install_default_drivers();
    if !url.starts_with("sqlite:") {
        let mut connection = AnyConnection::connect(url).await?;
        return migration::condition(&mut connection, Dialect::Postgres).await;
    }
    let file = SqliteConnectOptions::from_str(url)?.get_filename().to_owned();
    if !file.try_exists().map_err(Error::internal)? {
        return Ok(Condition::New);
    }
    let mut connection = AnyConnection::connect(&with_mode(url, "rw")).await?;
    migration::condition(&mut connection, Dialect::Sqlite).await
}

fn with_mode(url: &str, mode: &str) -> String {
    [url, if url.contains('?') { "&" } else { "?" }, "mode=", mode].concat()
}

/// The database. SQLite has one writer and many readers, so writes queue here instead of failing with "busy".
#[derive(Clone, Debug)]
pub struct Store {
    dialect: Dialect,
    reader: AnyPool,
    writer: AnyPool,
    /// On SQLite, whose connections cannot break, for all; on PostgreSQL for one request at most.
    kept: Option<Kept>,
}

/// How long a request waits for a connection before it is told to come back later.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// Readers on SQLite: beyond the number of cores they only queue in the kernel.
const SQLITE_READERS: u32 = 8;

/// Connections to PostgreSQL, which defaults to 100 for all its clients.
const POSTGRES_CONNECTIONS: u32 = 16;

impl Store {
    /// Connects and migrates.
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        sqlx::any::install_default_drivers();
        if url.starts_with("sqlite:") { Self::open_sqlite(url).await } else { Self::open_postgres(url).await }
    }

    async fn open_sqlite(url: &str) -> Result<Self, Error> {
        let url = with_mode(url, "rwc");
        // FULL: a confirmed write is on the disk before anyone is told, so it survives a power failure.
        let writer = AnyPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .idle_timeout(None)
            .max_lifetime(None)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection
                        .execute(
                            // Other processes (`mail receive`, `worker`) write too. They take turns by chance, not in order, and
                            // on a slow disk each turn takes seconds.
                            "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                             PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000",
                        )
                        .await?;
                    Ok(())
                })
            })
            .connect(&url)
            .await?;
        migration::run(&writer, Dialect::Sqlite).await?;
        let reader = AnyPoolOptions::new()
            .max_connections(SQLITE_READERS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection
                        .execute(
                            "PRAGMA busy_timeout = 10000; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; \
                             PRAGMA cache_size = -8000; PRAGMA mmap_size = 268435456",
                        )
                        .await?;
                    Ok(())
                })
            })
            .connect(&url)
            .await?;
        // The other half is there for those who need a snapshot.
        let kept = Some(Kept::up_to(SQLITE_READERS as usize / 2));
        Ok(Self { dialect: Dialect::Sqlite, reader, writer, kept })
    }

    async fn open_postgres(url: &str) -> Result<Self, Error> {
        let pool = AnyPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute("SET synchronous_commit = on").await?;
                    Ok(())
                })
            })
            .connect(url)
            .await?;
        migration::run(&pool, Dialect::Postgres).await?;
        Ok(Self { dialect: Dialect::Postgres, reader: pool.clone(), writer: pool, kept: None })
    }

    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The connections that read.
    pub const fn reader(&self) -> &AnyPool {
        &self.reader
    }

    /// The same, for one request that reads again and again and is soon over: it keeps the connection it reads with.
    #[must_use]
    pub(crate) fn for_request(&self) -> Self {
        match self.dialect {
            Dialect::Sqlite => self.clone(),
            Dialect::Postgres => Self { kept: Some(Kept::up_to(1)), ..self.clone() },
        }
    }

    /// For queries that read, and need not see the same state of the database.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection comes free in time.
    pub async fn read(&self) -> Result<Reader, Error> {
        let kept = self.kept.as_ref().and_then(Kept::take);
        let connection = match kept {
            Some(connection) => connection,
            None => self.reader.acquire().await?,
        };
        Ok(Reader::new(connection, self.kept.clone()))
    }

    /// Whoever waits for a connection of the pool must not keep another from it.
    fn hand_back(&self) {
        drop(self.kept.as_ref().and_then(Kept::take));
    }

    /// A transaction that writes. Rolled back when dropped.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection comes free in time.
    pub async fn begin(&self) -> Result<Tx, Error> {
        Ok(match self.dialect {
            // Takes the write lock at once: a transaction that reads first and writes later could fail half-way.
            Dialect::Sqlite => self.writer.begin_with("BEGIN IMMEDIATE").await?,
            Dialect::Postgres => {
                self.hand_back();
                begin_whole(&self.writer, "BEGIN").await?
            }
        })
    }

    /// Several queries that see the same state of the database.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection comes free in time.
    pub async fn snapshot(&self) -> Result<Tx, Error> {
        self.hand_back();
        Ok(match self.dialect {
            Dialect::Sqlite => self.reader.begin_with("BEGIN").await?,
            Dialect::Postgres => begin_whole(&self.reader, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
        })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), Error> {
        let mut connection = self.writer.acquire().await?;
        ping(&mut connection).await
    }

    pub(crate) async fn close(&self) {
        if let Some(kept) = &self.kept {
            kept.close();
        }
        self.reader.close().await;
        self.writer.close().await;
    }
}

/// Begins a transaction on a task of its own, which nobody who goes away in between can cut off: `sqlx` knows nothing of a
/// transaction on PostgreSQL before its beginning was answered, so it would not roll it back, and whoever gets the
/// connection next would be within it, unable to write.
async fn begin_whole(pool: &AnyPool, statement: &'static str) -> Result<Tx, Error> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    Ok(begun.await.map_err(|_| Error::Unavailable)??)
}

async fn ping(connection: &mut AnyConnection) -> Result<(), Error> {
    connection.execute("SELECT 1").await?;
    Ok(())
}
