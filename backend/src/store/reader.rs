//! Connections that read, and where they are kept between one use and the next.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection};

/// Where connections are kept instead of being handed back to their pool, which asks each whether it still answers: that
/// costs more than many a query.
#[derive(Clone, Debug)]
pub(super) struct Kept(Arc<Mutex<Shelf>>);

#[derive(Debug)]
struct Shelf {
    /// No more than this many.
    room: usize,
    connections: Vec<PoolConnection<Any>>,
}

impl Kept {
    pub(super) fn up_to(room: usize) -> Self {
        Self(Arc::new(Mutex::new(Shelf { room, connections: Vec::with_capacity(room) })))
    }

    pub(super) fn take(&self) -> Option<PoolConnection<Any>> {
        self.shelf().connections.pop()
    }

    fn keep(&self, connection: PoolConnection<Any>) {
        let mut shelf = self.shelf();
        if shelf.connections.len() < shelf.room {
            shelf.connections.push(connection);
        }
    }

    /// Hands all of them back, and those that are in use when they are done: a pool waits for them before it closes.
    pub(super) fn close(&self) {
        let mut shelf = self.shelf();
        shelf.room = 0;
        shelf.connections.clear();
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
