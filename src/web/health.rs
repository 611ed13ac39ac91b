//! Whether this process does its part, for those who watch it.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header::CACHE_CONTROL, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::Web;

#[derive(Serialize)]
struct Report {
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<String>,
}

/// `/healthz`: 200 while polls and sends go on, else 503 with what does not.
pub async fn healthz(State(web): State<Web>) -> Response {
    let problems: Vec<String> = web.health.ailments((web.site.clock)()).await.iter().map(ToString::to_string).collect();
    let (code, status) = if problems.is_empty() { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "failing") };
    let report = serde_json::to_string(&Report { status, problems }).expect("strings can be written as JSON");
    let headers = [(CACHE_CONTROL, HeaderValue::from_static("no-store")), (CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (code, headers, report + "\n").into_response()
}
