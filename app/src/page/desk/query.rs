//! The state of the queue in the URL: reading it, and the addresses of its neighbours.

use domain::view::desk::DeskQuery;
use leptos_router::params::ParamsMap;

use crate::url::encode;

/// The queues of the rail, by their name in the URL.
pub(super) const QUEUES: [&str; 7] = ["open", "mine", "new", "unassigned", "waiting", "resolved", "all"];

/// What the URL asks for.
pub(super) fn read(params: &ParamsMap) -> DeskQuery {
    let get = |name| params.get_str(name).unwrap_or_default().to_owned();
    DeskQuery {
        queue: get("queue"),
        organisation: get("organisation"),
        priority: get("priority"),
        assignee: get("assignee"),
        form: get("form"),
        q: get("q"),
        after: get("after"),
        before: get("before"),
    }
}

/// `?queue=mine&priority=high`, without what is empty; empty when all of it is.
fn search(query: &DeskQuery) -> String {
    let parts = [
        ("queue", &query.queue),
        ("organisation", &query.organisation),
        ("priority", &query.priority),
        ("assignee", &query.assignee),
        ("form", &query.form),
        ("q", &query.q),
        ("after", &query.after),
        ("before", &query.before),
    ];
    let mut text = String::new();
    for (name, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        text.push_str(&encode(value));
    }
    text
}

/// The queue's own page.
pub(super) fn list_href(query: &DeskQuery) -> String {
    ["/desk", &search(query)].concat()
}

/// A ticket, seen from this queue: the way back leads here again.
pub(super) fn ticket_href(key: &str, query: &DeskQuery) -> String {
    ["/desk/", key, &search(query)].concat()
}

/// The same queue from its first page on, with one thing changed.
pub(super) fn changed(query: &DeskQuery, change: impl FnOnce(&mut DeskQuery)) -> String {
    let mut query = DeskQuery { after: String::new(), before: String::new(), ..query.clone() };
    change(&mut query);
    list_href(&query)
}

/// The queue itself, without filters.
pub(super) fn queue_href(queue: &str) -> String {
    let queue = if queue == "open" { "" } else { queue };
    list_href(&DeskQuery { queue: queue.to_owned(), ..DeskQuery::default() })
}

/// The queue's name, with the default spelled out.
pub(super) fn queue_of(query: &DeskQuery) -> &str {
    if query.queue.is_empty() { "open" } else { &query.queue }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_is_asked_for_and_nothing_else() {
        let query = DeskQuery { queue: "mine".into(), q: "a&b c".into(), after: "x".into(), ..DeskQuery::default() };
        assert_eq!(list_href(&query), "/desk?queue=mine&q=a%26b%20c&after=x");
        assert_eq!(ticket_href("ACME-1", &DeskQuery::default()), "/desk/ACME-1");
    }

    #[test]
    fn a_filter_begins_at_the_first_page() {
        let query = DeskQuery { queue: "mine".into(), after: "x".into(), ..DeskQuery::default() };
        assert_eq!(changed(&query, |q| q.priority = "high".into()), "/desk?queue=mine&priority=high");
    }
}
