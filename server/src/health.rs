//! Whether the process is alive, whether it can work, and what it counted.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::router::App;

/// Upper ends of the buckets of answer times, in milliseconds.
const BUCKETS: [u64; 8] = [1, 2, 5, 10, 25, 100, 500, 2_500];

/// What is counted since the process started.
#[derive(Default)]
pub(crate) struct Metrics {
    /// By hundreds of the status: 1xx to 5xx.
    by_class: [AtomicU64; 5],
    /// Not cumulative; the last one holds what took longer.
    by_time: [AtomicU64; BUCKETS.len() + 1],
    micros: AtomicU64,
}

impl Metrics {
    pub(crate) fn count(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1).min(4);
        self.by_class[class].fetch_add(1, Ordering::Relaxed);
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let bucket = BUCKETS.iter().position(|end| millis < *end).unwrap_or(BUCKETS.len());
        self.by_time[bucket].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or_default(), Ordering::Relaxed);
    }

    /// In the text format of Prometheus.
    fn text(&self, uptime_seconds: i64) -> String {
        let mut text = String::from("# TYPE loket_requests_total counter\n");
        for (class, count) in self.by_class.iter().enumerate() {
            let _ =
                writeln!(text, "loket_requests_total{{status=\"{}xx\"}} {}", class + 1, count.load(Ordering::Relaxed));
        }
        text.push_str("# TYPE loket_request_seconds histogram\n");
        let mut all = 0;
        for (index, count) in self.by_time.iter().enumerate() {
            all += count.load(Ordering::Relaxed);
            let end = BUCKETS.get(index).map_or_else(|| "+Inf".to_owned(), |end| (*end as f64 / 1_000.0).to_string());
            let _ = writeln!(text, "loket_request_seconds_bucket{{le=\"{end}\"}} {all}");
        }
        let sum = self.micros.load(Ordering::Relaxed) as f64 / 1_000_000.0;
        let _ = writeln!(text, "loket_request_seconds_sum {sum}\nloket_request_seconds_count {all}");
        let _ = writeln!(text, "# TYPE loket_uptime_seconds gauge\nloket_uptime_seconds {uptime_seconds}");
        text
    }
}

/// The process answers.
pub(crate) async fn alive() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "ok").into_response()
}

/// The database answers too.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    let answered = tokio::time::timeout(Duration::from_secs(2), app.backend().store().ping()).await;
    let (status, text) = match answered {
        Ok(Ok(())) => (StatusCode::OK, "ok"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}

/// The counters, to this computer only: a proxy in front says for whom it asks, and is refused.
pub(crate) async fn metrics(
    State(app): State<App>,
    connection: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let local = connection.is_some_and(|connection| connection.0.0.ip().is_loopback());
    if !local || headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded") {
        return (StatusCode::NOT_FOUND, "not found").into_response();
    }
    let uptime = app.backend().now().since(app.started_at()).0 / 1_000;
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics().text(uptime)).into_response()
}
