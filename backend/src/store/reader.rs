//! A connection that reads, and the place where a request keeps it between one use and the next.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection};

/// Where a request keeps its connection while it does not use it. Back to the pool with the last of its clones.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(Arc<Mutex<Option<PoolConnection<Any>>>>);

impl Kept {
    pub(super) fn take(&self) -> Option<PoolConnection<Any>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn keep(&self, connection: PoolConnection<Any>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(connection);
    }
}

/// A connection for queries that read.
#[derive(Debug)]
pub struct Reader {
    /// `None` only while it is dropped.
    connection: Option<PoolConnection<Any>>,
    kept: Option<Kept>,
}

impl Reader {
    pub(super) const fn new(connection: PoolConnection<Any>, kept: Option<Kept>) -> Self {
        Self { connection: Some(connection), kept }
    }
}

impl Deref for Reader {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        self.connection.as_ref().expect("there until it is dropped")
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.connection.as_mut().expect("there until it is dropped")
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let (Some(connection), Some(kept)) = (self.connection.take(), &self.kept) {
            kept.keep(connection);
        }
    }
}
