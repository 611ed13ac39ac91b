//! The web: the feeds, a page that lists them, and nothing that a request could make up.
//!
//! Addresses are made from the public one, never from what a request says about its host.

mod conditional;
mod connection;
mod encoding;
mod feed;
mod health;
mod index;
mod metrics;
mod moment;
mod refusal;

use std::{future::Future, io, sync::Arc};

use axum::{
    Router,
    extract::Request,
    http::{
        HeaderValue,
        header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use jiff::Timestamp;
use tokio::net::TcpListener;
use url::Url;

use crate::{
    jobs::publish::Publisher,
    service::{Figures, Health},
    words::Language,
};

/// What the pages say, and by which clock.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where readers find us.
    pub public: Url,
    /// Of the words around the feeds.
    pub language: Language,
    /// Tells how long an answer stays good.
    pub clock: fn() -> Timestamp,
}

/// What the daemon shows.
pub struct Shown {
    pub publisher: Arc<Publisher>,
    pub health: Arc<Health>,
    pub figures: Arc<Figures>,
}

/// What every answer is made from.
#[derive(Clone)]
struct Web {
    publisher: Arc<Publisher>,
    health: Arc<Health>,
    figures: Arc<Figures>,
    site: Arc<Site>,
    index: Arc<index::Index>,
}

/// Answers on `listener` until `shutdown`, then lets what is under way come to its end for a few seconds.
pub async fn serve(listener: TcpListener, shown: Shown, site: Site, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    let Shown { publisher, health, figures } = shown;
    let web = Web { publisher, health, figures, site: Arc::new(site), index: Arc::default() };
    connection::serve(listener, router(web), shutdown).await
}

fn router(web: Web) -> Router {
    Router::new()
        .route("/", get(index::index))
        .route("/feeds.opml", get(feed::opml))
        .route("/feeds/{name}", get(feed::feed))
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(metrics::metrics))
        .fallback(refusal::unknown)
        .method_not_allowed_fallback(refusal::wrong_method)
        .layer(middleware::from_fn(guard))
        .with_state(web)
}

/// A browser runs nothing of what we send, whatever a portal's article has in it, and guesses no type.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

#[cfg(test)]
mod tests;
