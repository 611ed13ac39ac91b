//! Whether the process answers at all, for those who watch it.

use axum::http::{HeaderName, header::CACHE_CONTROL};

/// `/healthz`.
pub async fn healthz() -> ([(HeaderName, &'static str); 1], &'static str) {
    ([(CACHE_CONTROL, "no-store")], "ok\n")
}
