//! The list's state as an address, and back.

use domain::view::portal::RequestQuery;
use leptos_router::params::ParamsMap;

pub(super) fn read_query(url: &ParamsMap) -> RequestQuery {
    let get = |name| url.get(name).unwrap_or_default();
    RequestQuery {
        whose: get("whose"),
        show: get("show"),
        status: get("status"),
        form: get("form"),
        q: get("q"),
        sort: get("sort"),
        after: get("after"),
        before: get("before"),
    }
}

/// Name and value of everything but the defaults, in a fixed order.
pub(super) fn pairs(query: &RequestQuery) -> Vec<(&'static str, String)> {
    let all = [
        ("whose", &query.whose),
        ("show", &query.show),
        ("status", &query.status),
        ("form", &query.form),
        ("q", &query.q),
        ("sort", &query.sort),
        ("after", &query.after),
        ("before", &query.before),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.clone())).collect()
}

/// The address of a list.
pub(super) fn href(query: &RequestQuery) -> String {
    let mut href = String::from("/requests");
    for (place, (name, value)) in pairs(query).into_iter().enumerate() {
        href.push(if place == 0 { '?' } else { '&' });
        href.push_str(name);
        href.push('=');
        href.push_str(&crate::url::encode(&value));
    }
    href
}
