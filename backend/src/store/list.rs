//! Lists of tickets: the portal's requests and the desk's queues. Paged by key: a page begins after (or ends before) a
//! ticket, not at a number, so that nothing is skipped or shown twice while tickets move.

mod desk;
mod request;

pub(crate) use desk::{
    Assignee, DeskFilter, DeskListRow, Queue, counts, deadlines, desk, desk_total, open_of, organisations, others,
};
pub(crate) use request::{Names, RequestFilter, RequestListRow, Requests, own_open, requests};

use super::sql::Sql;

/// How a list is ordered. Each order is total, so that a cursor names one place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Last public event first.
    Activity,
    /// Last raised first.
    Newest,
    /// The deadline that comes first; then those without one, last raised first.
    Deadline,
}

/// A place between two rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// Event or ticket id; 0 unless the order is by deadline: then `sort_due_at`.
    pub(crate) due_at: i64,
    pub(crate) id: i64,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    First,
    After(Cursor),
    Before(Cursor),
}

impl Cursor {
    /// As it stands in a URL.
    pub(crate) fn encode(self, order: Order) -> String {
        match order {
            Order::Deadline => [self.due_at.to_string().as_str(), ".", &self.id.to_string()].concat(),
            Order::Activity | Order::Newest => self.id.to_string(),
        }
    }

    /// `None` for what is no cursor of this order: the list then starts at its beginning.
    pub(crate) fn decode(order: Order, text: &str) -> Option<Self> {
        match order {
            Order::Deadline => {
                let (due_at, id) = text.split_once('.')?;
                Some(Self { due_at: due_at.parse().ok()?, id: id.parse().ok()? })
            }
            Order::Activity | Order::Newest => Some(Self { due_at: 0, id: text.parse().ok()? }),
        }
    }
}

/// A page of rows with whether there is more on either side.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) more_before: bool,
    pub(crate) more_after: bool,
}

/// Appends the part, the order and the limit to a query on `ticket t`.
fn paged(sql: &mut Sql, order: Order, part: Part, limit: i64) {
    let backwards = matches!(part, Part::Before(_));
    if let Part::After(cursor) | Part::Before(cursor) = part {
        match order {
            Order::Deadline => {
                let (due, id) = if backwards { ("<", ">") } else { (">", "<") };
                sql.push(" AND (t.sort_due_at ").push(due).push(" ").bind(cursor.due_at);
                sql.push(" OR (t.sort_due_at = ").bind(cursor.due_at);
                sql.push(" AND t.ticket_id ").push(id).push(" ").bind(cursor.id).push("))");
            }
            Order::Activity | Order::Newest => {
                let column = if order == Order::Activity { "t.last_public_event_id" } else { "t.ticket_id" };
                sql.push(" AND ").push(column).push(if backwards { " > " } else { " < " }).bind(cursor.id);
            }
        }
    }
    sql.push(match (order, backwards) {
        (Order::Deadline, false) => " ORDER BY t.sort_due_at, t.ticket_id DESC",
        (Order::Deadline, true) => " ORDER BY t.sort_due_at DESC, t.ticket_id",
        (Order::Activity, false) => " ORDER BY t.last_public_event_id DESC",
        (Order::Activity, true) => " ORDER BY t.last_public_event_id",
        (Order::Newest, false) => " ORDER BY t.ticket_id DESC",
        (Order::Newest, true) => " ORDER BY t.ticket_id",
    });
    sql.push(" LIMIT ").number(limit + 1);
}

/// Turns what was fetched (one more than a page holds, perhaps backwards) into a page.
fn page<T>(mut rows: Vec<T>, part: Part, limit: i64) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    match part {
        Part::Before(_) => {
            rows.reverse();
            Page { rows, more_before: more, more_after: true }
        }
        Part::After(_) => Page { rows, more_before: true, more_after: more },
        Part::First => Page { rows, more_before: false, more_after: more },
    }
}
