//! The migrations that are compiled in, and how they are run. sqlx's own macro would do the same, at the price of compiling
//! both database drivers a second time, for the compiler.

use sqlx::SqlSafeStr as _;
use sqlx::error::BoxDynError;
use sqlx::migrate::{Migration, MigrationSource, MigrationType, Migrator};
use sqlx::{AnyConnection, AnyPool};

use super::{Condition, Dialect};
use crate::Error;

// `SQLITE` and `POSTGRES`: names such as `0001_portal`, each with its SQL, in their order.
include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

#[derive(Debug)]
struct CompiledIn(&'static [(&'static str, &'static str)]);

impl MigrationSource<'static> for CompiledIn {
    fn resolve(self) -> futures::future::BoxFuture<'static, Result<Vec<Migration>, BoxDynError>> {
        Box::pin(async move { self.0.iter().map(|(name, sql)| migration(name, sql)).collect() })
    }
}

/// As sqlx reads the file: the number before the first underscore, and the rest as its description.
fn migration(name: &str, sql: &'static str) -> Result<Migration, BoxDynError> {
    let (version, description) = name.split_once('_').ok_or_else(|| format!("a migration without a number: {name}"))?;
    let description = description.replace('_', " ").into();
    Ok(Migration::new(version.parse()?, description, MigrationType::Simple, sql.into_sql_str(), false))
}

/// Brings the database up to date.
///
/// # Errors
/// [`Error::Internal`] when one fails, when one that was applied is not what it was, or when one is missing here.
pub(super) async fn run(pool: &AnyPool, dialect: Dialect) -> Result<(), Error> {
    migrator(dialect).await?.run(pool).await.map_err(Error::internal)
}

/// How far the database has been brought. Changes nothing.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn condition(connection: &mut AnyConnection, dialect: Dialect) -> Result<Condition, Error> {
    let is_there = match dialect {
        Dialect::Sqlite => "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'",
        Dialect::Postgres => "SELECT count(to_regclass('_sqlx_migrations')::text)",
    };
    if sqlx::query_scalar::<_, i64>(is_there).fetch_one(&mut *connection).await? == 0 {
        return Ok(Condition::New);
    }
    let applied: Vec<i64> =
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations").fetch_all(&mut *connection).await?;
    let migrator = migrator(dialect).await?;
    Ok(if applied.iter().any(|version| !migrator.version_exists(*version)) {
        Condition::Newer
    } else if applied.len() < migrator.iter().len() {
        Condition::Older
    } else {
        Condition::UpToDate
    })
}

async fn migrator(dialect: Dialect) -> Result<Migrator, Error> {
    let compiled_in = CompiledIn(match dialect {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    });
    Migrator::new(compiled_in).await.map_err(Error::internal)
}
