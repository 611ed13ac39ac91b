//! Figures for Prometheus, in its text format.

use std::sync::atomic::AtomicU64;

use axum::{
    extract::State,
    http::{HeaderValue, header::CACHE_CONTROL, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use prometheus_client::{
    encoding::prometheus_text,
    metrics::{counter::ConstCounter, family::Family, gauge::ConstGauge, gauge::Gauge},
    registry::Registry,
};

use super::{Web, refusal};
use crate::service::Counted;

/// `/metrics`.
pub async fn metrics(State(web): State<Web>) -> Response {
    let mut text = String::new();
    if prometheus_text::encode(&mut text, &registry(&web.figures.counted())).is_err() {
        return refusal::broken();
    }
    let content_type = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(CACHE_CONTROL, HeaderValue::from_static("no-store")), (CONTENT_TYPE, content_type)], text).into_response()
}

fn registry(counted: &Counted) -> Registry {
    let Counted { polls, unchanged, failed, hosts, feeds, late, statements, store_time, documents } = *counted;
    let mut registry = Registry::with_prefix("loa");
    registry.register("polls", "Polls that were made", ConstCounter::new(polls));
    registry.register("polls_unchanged", "Polls whose list was unchanged", ConstCounter::new(unchanged));
    registry.register("polls_failed", "Polls that failed", ConstCounter::new(failed));
    registry.register("hosts_asked", "Hosts that are being asked now", gauge(hosts));
    registry.register("feeds", "Feeds that are defined", gauge(feeds));
    let lateness = Family::<[(&str, &str); 1], Gauge<f64, AtomicU64>>::default();
    for (quantile, late) in [("0.5", late.median), ("0.99", late.ninety_ninth), ("1", late.worst)] {
        lateness.get_or_create(&[("quantile", quantile)]).set(late.as_secs_f64());
    }
    registry.register("poll_lateness_seconds", "How late the last polls began", lateness);
    registry.register("store_statements", "Statements that the store was asked", ConstCounter::new(statements));
    registry.register("store_seconds", "Time that calls of the store took", ConstCounter::new(store_time.as_secs_f64()));
    registry.register("documents_bytes", "Bytes of feed documents that are kept in memory", gauge(documents));
    registry
}

fn gauge(value: impl TryInto<i64>) -> ConstGauge<i64> {
    ConstGauge::new(value.try_into().unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::service::Lateness;

    #[test]
    fn figures_are_written_as_prometheus_reads_them() {
        let late = Lateness { median: Duration::from_millis(210), ninety_ninth: Duration::from_millis(900), worst: Duration::from_secs(2) };
        let counted = Counted {
            polls: 1200,
            unchanged: 1100,
            failed: 7,
            hosts: 3,
            feeds: 10_000,
            late,
            statements: 640,
            store_time: Duration::from_millis(1500),
            documents: 32_000_000,
        };
        let mut text = String::new();
        prometheus_text::encode(&mut text, &registry(&counted)).unwrap();
        // Those of one name come in any order.
        let mut lines: Vec<_> = text.lines().collect();
        lines.sort_unstable();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        # HELP loa_documents_bytes Bytes of feed documents that are kept in memory.
        # HELP loa_feeds Feeds that are defined.
        # HELP loa_hosts_asked Hosts that are being asked now.
        # HELP loa_poll_lateness_seconds How late the last polls began.
        # HELP loa_polls_failed_total Polls that failed.
        # HELP loa_polls_total Polls that were made.
        # HELP loa_polls_unchanged_total Polls whose list was unchanged.
        # HELP loa_store_seconds_total Time that calls of the store took.
        # HELP loa_store_statements_total Statements that the store was asked.
        # TYPE loa_documents_bytes gauge
        # TYPE loa_feeds gauge
        # TYPE loa_hosts_asked gauge
        # TYPE loa_poll_lateness_seconds gauge
        # TYPE loa_polls_failed_total counter
        # TYPE loa_polls_total counter
        # TYPE loa_polls_unchanged_total counter
        # TYPE loa_store_seconds_total counter
        # TYPE loa_store_statements_total counter
        loa_documents_bytes 32000000
        loa_feeds 10000
        loa_hosts_asked 3
        loa_poll_lateness_seconds{quantile="0.5"} 0.21
        loa_poll_lateness_seconds{quantile="0.99"} 0.9
        loa_poll_lateness_seconds{quantile="1"} 2.0
        loa_polls_failed_total 7
        loa_polls_total 1200
        loa_polls_unchanged_total 1100
        loa_store_seconds_total 1.5
        loa_store_statements_total 640
        "#);
    }
}
