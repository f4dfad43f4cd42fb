//! A statement that is put together from pieces, and the piece that every statement on customer data carries: the scope.

use domain::actor::Scope;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, AnyConnection, Arguments, AssertSqlSafe, Decode, Encode, Row, Type};

use super::Dialect;
use crate::Error;

/// SQL text with its arguments. Text only ever comes from this crate; whatever people typed is bound.
pub(crate) struct Sql {
    text: String,
    arguments: AnyArguments,
}

impl Sql {
    pub(crate) fn new(text: &str) -> Self {
        let mut buffer = String::with_capacity(text.len() + 512);
        buffer.push_str(text);
        Self { text: buffer, arguments: AnyArguments::default() }
    }

    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a value and writes its `$n`.
    pub(crate) fn bind<'t, T: Encode<'t, Any> + Type<Any>>(&mut self, value: T) -> &mut Self {
        self.arguments.add(value).expect("plain values always encode");
        self.text.push('$');
        self.text.push_str(&self.arguments.len().to_string());
        self
    }

    /// Adds values and writes their `$n`, as what stands between the brackets of `IN`.
    pub(crate) fn bind_each(&mut self, values: &[i64]) -> &mut Self {
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.bind(*value);
        }
        self
    }

    /// Writes a number of our own as it is. For `LIMIT`: SQLite prepares a statement anew each time its limit is bound,
    /// since the plan may depend on it.
    pub(crate) fn number(&mut self, number: i64) -> &mut Self {
        self.text.push_str(&number.to_string());
        self
    }

    /// Whether this person raised `ticket t` or takes part in it: what it waits for, it waits for of them.
    pub(crate) fn is_mine(&mut self, user_id: i64) -> &mut Self {
        self.push("(t.requester_id = ").bind(user_id);
        self.push(" OR EXISTS (SELECT 1 FROM participant p WHERE p.ticket_id = t.ticket_id AND p.user_id = ");
        self.bind(user_id).push("))")
    }

    /// Limits `ticket t` to what `scope` may see. Starts with `AND`.
    pub(crate) fn visible(&mut self, scope: Scope) -> &mut Self {
        let (organisation_id, user_id, own) = match scope {
            Scope::All => return self,
            Scope::Organisation { organisation_id, user_id } => (organisation_id, user_id, false),
            Scope::Own { organisation_id, user_id } => (organisation_id, user_id, true),
        };
        self.push(" AND t.organisation_id = ").bind(organisation_id).push(" AND (");
        if !own {
            self.push("t.confidential = 0 OR ");
        }
        self.is_mine(user_id).push(")")
    }

    /// `(SELECT …)`: rows as one value of JSON, a list of lists of `columns`. `from` adds where they come from, beginning with
    /// `FROM`, whose order is kept.
    pub(crate) fn json_lists(&mut self, dialect: Dialect, columns: &str, from: impl FnOnce(&mut Self)) -> &mut Self {
        self.push("(SELECT ").json_list_of(dialect, columns).push(" ");
        from(self);
        self.push(")")
    }

    /// Of such a `SELECT`, what gathers the rows: a list of lists of `columns`.
    pub(crate) fn json_list_of(&mut self, dialect: Dialect, columns: &str) -> &mut Self {
        let (before, after) = match dialect {
            Dialect::Sqlite => ("json_group_array(json_array(", "))"),
            Dialect::Postgres => ("COALESCE(json_agg(json_build_array(", "))::text, '[]')"),
        };
        self.push(before).push(columns).push(after)
    }

    /// The same of a `column` that holds JSON, whose values are joined as they are: within another text every quotation mark
    /// of theirs would be escaped here and read back there.
    pub(crate) fn json_list_of_stored(&mut self, dialect: Dialect, column: &str) -> &mut Self {
        let join = match dialect {
            Dialect::Sqlite => "group_concat(",
            Dialect::Postgres => "string_agg(",
        };
        self.push("'[' || COALESCE(").push(join).push(column).push(", ','), '') || ']'")
    }

    pub(crate) async fn all(self, connection: &mut AnyConnection) -> Result<Vec<AnyRow>, Error> {
        Ok(sqlx::query_with(AssertSqlSafe(self.text), self.arguments).fetch_all(connection).await?)
    }

    pub(crate) async fn optional(self, connection: &mut AnyConnection) -> Result<Option<AnyRow>, Error> {
        Ok(sqlx::query_with(AssertSqlSafe(self.text), self.arguments).fetch_optional(connection).await?)
    }

    pub(crate) async fn one(self, connection: &mut AnyConnection) -> Result<AnyRow, Error> {
        Ok(sqlx::query_with(AssertSqlSafe(self.text), self.arguments).fetch_one(connection).await?)
    }

    /// The number of rows changed.
    pub(crate) async fn execute(self, connection: &mut AnyConnection) -> Result<u64, Error> {
        Ok(sqlx::query_with(AssertSqlSafe(self.text), self.arguments).execute(connection).await?.rows_affected())
    }
}

/// Reads a row's columns from left to right, so that a query and its reader stay in step.
pub(crate) struct Columns<'r> {
    row: &'r AnyRow,
    next: usize,
}

impl<'r> Columns<'r> {
    pub(crate) const fn new(row: &'r AnyRow) -> Self {
        Self { row, next: 0 }
    }

    pub(crate) fn get<T: Decode<'r, Any> + Type<Any>>(&mut self) -> Result<T, Error> {
        let value = self.row.try_get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// Booleans are 0 and 1 in both databases.
    pub(crate) fn flag(&mut self) -> Result<bool, Error> {
        Ok(self.get::<i64>()? != 0)
    }

    pub(crate) fn instant(&mut self) -> Result<domain::time::Instant, Error> {
        Ok(domain::time::Instant(self.get()?))
    }

    pub(crate) fn maybe_instant(&mut self) -> Result<Option<domain::time::Instant>, Error> {
        Ok(self.get::<Option<i64>>()?.map(domain::time::Instant))
    }

    /// A value that is stored under its slug.
    pub(crate) fn slug<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
        known(self.get()?, read)
    }

    pub(crate) fn maybe_slug<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Error> {
        let slug: Option<&str> = self.get()?;
        slug.map(|slug| known(slug, read)).transpose()
    }

    pub(crate) fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Error> {
        self.borrowed_json()
    }

    /// The same, for what borrows from the row.
    pub(crate) fn borrowed_json<T: serde::Deserialize<'r>>(&mut self) -> Result<T, Error> {
        Ok(serde_json::from_str(self.get::<&str>()?)?)
    }
}

/// What is stored under a slug.
pub(crate) fn known<T>(slug: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
    read(slug).ok_or_else(|| Error::internal(["unknown value in the database: ", slug].concat()))
}
