//! The portal's socket side: finds the page, answers conditional requests, fails on order.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::sync::watch;

use super::{
    super::line::Scissors,
    article_page, chrome, list_page, picture,
    site::{Failure, Place, Seen, Site},
};

/// HTTP's own form of dates.
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";

/// What the sockets and the handle share.
#[derive(Debug)]
pub(super) struct Shared {
    site: Mutex<Site>,
    stop: watch::Receiver<bool>,
}

impl Shared {
    pub fn new(site: Site, stop: watch::Receiver<bool>) -> Self {
        Self { site: Mutex::new(site), stop }
    }

    /// Nothing that is done under the lock can leave the site half changed.
    pub fn site(&self) -> MutexGuard<'_, Site> {
        self.site.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until the end of everything; a sender that is gone is the end as well.
    pub async fn stopped(&self) {
        let _ = self.stop.clone().wait_for(|stop| *stop).await;
    }
}

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(answer).with_state(shared)
}

/// A page before it is a response.
struct Page {
    status: StatusCode,
    content_type: &'static str,
    body: Vec<u8>,
    changed: Option<Timestamp>,
    location: Option<String>,
}

impl Page {
    fn html(status: StatusCode, body: String) -> Self {
        Self { status, content_type: "text/html; charset=utf-8", body: body.into_bytes(), changed: None, location: None }
    }
}

async fn answer(State(shared): State<Arc<Shared>>, ConnectInfo(scissors): ConnectInfo<Scissors>, request: Request) -> Response<Body> {
    let uri = request.uri();
    let path = uri.path_and_query().map_or_else(|| uri.path().to_owned(), |it| it.as_str().to_owned());
    let headers = request.headers();
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let mut seen = Seen {
        at: Instant::now(),
        method: request.method().to_string(),
        path: path.clone(),
        conditional: headers.contains_key(header::IF_NONE_MATCH) || headers.contains_key(header::IF_MODIFIED_SINCE),
        status: 0,
        user_agent: text(header::USER_AGENT).to_owned(),
    };
    let failure = shared.site().failure(&path);
    let page = match failure {
        None => page(&shared.site(), uri.path(), uri.query().unwrap_or_default()),
        Some(Failure::Slow(time)) => {
            tokio::select! {
                () = tokio::time::sleep(time) => (),
                () = shared.stopped() => (),
            }
            page(&shared.site(), uri.path(), uri.query().unwrap_or_default())
        }
        Some(Failure::Hang) => {
            shared.site().seen.push(seen);
            shared.stopped().await;
            scissors.cut();
            return Response::default();
        }
        Some(Failure::Reset) => {
            shared.site().seen.push(seen);
            scissors.cut();
            return Response::default();
        }
        Some(Failure::Status(code) | Failure::RetryAfter(code, _)) => {
            let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            Page::html(status, chrome::notice("Hệ thống đang bận, mời quý vị quay lại sau."))
        }
        Some(Failure::Empty) => Page::html(StatusCode::OK, String::new()),
        Some(Failure::Maintenance) => Page::html(StatusCode::OK, chrome::notice("Cổng thông tin đang được nâng cấp.")),
    };
    let mut response = respond(page, headers, request.method() == Method::HEAD);
    if let Some(Failure::RetryAfter(_, seconds)) = failure {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    seen.status = response.status().as_u16();
    shared.site().seen.push(seen);
    response
}

fn page(site: &Site, path: &str, query: &str) -> Page {
    let picture = |number, width, height| Page {
        status: StatusCode::OK,
        content_type: "image/png",
        body: picture::png(number, width, height),
        changed: None,
        location: None,
    };
    match site.place(path, query) {
        Place::List { page } => Page { changed: Some(site.changed), ..Page::html(StatusCode::OK, list_page::render(site, page)) },
        Place::Article { published, page } => {
            let body = article_page::render(site, &published.story, page);
            Page { changed: Some(published.changed.max(site.changed)), ..Page::html(StatusCode::OK, body) }
        }
        Place::Moved(address) => Page { location: Some(address), ..Page::html(StatusCode::MOVED_PERMANENTLY, String::new()) },
        Place::Picture { number, large: true } => picture(number, 640, 360),
        Place::Picture { number, large: false } => picture(number, 160, 90),
        Place::Standing(name) => Page::html(StatusCode::OK, chrome::standing_page(site, name)),
        Place::Icon => picture(7, 64, 64),
        Place::Banner(number) => picture(number, 280, 70),
        Place::Style => Page { content_type: "text/css", ..Page::html(StatusCode::OK, chrome::STYLE.to_owned()) },
        Place::Robots(text) => Page { content_type: "text/plain", ..Page::html(StatusCode::OK, text.to_owned()) },
        Place::Nowhere => Page::html(StatusCode::NOT_FOUND, chrome::notice("Không tìm thấy trang mà quý vị yêu cầu.")),
    }
}

/// The response, with validators, and without a body where the client has it already.
fn respond(page: Page, asked: &HeaderMap, without_body: bool) -> Response<Body> {
    let mut response = Response::default();
    *response.status_mut() = page.status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.content_type));
    let mut put = |name, value: &str| drop(HeaderValue::from_str(value).map(|value| headers.insert(name, value)));
    if let Some(location) = &page.location {
        put(header::LOCATION, location);
    }
    if page.status == StatusCode::OK {
        let tag = format!("\"{}\"", hex(&Sha256::digest(&page.body)[..12]));
        put(header::ETAG, &tag);
        let changed = page.changed.map(|at| at.strftime(HTTP_DATE).to_string());
        if let Some(changed) = &changed {
            put(header::LAST_MODIFIED, changed);
        }
        if is_known(asked, &tag, changed.as_deref()) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
    }
    if without_body {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(page.body.len()));
    } else {
        *response.body_mut() = Body::from(page.body);
    }
    response
}

/// Tags decide; only without them the date does, and then only the very date that was given out: within
/// one second a page may change twice.
fn is_known(asked: &HeaderMap, tag: &str, changed: Option<&str>) -> bool {
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    match (text(header::IF_NONE_MATCH), text(header::IF_MODIFIED_SINCE)) {
        (Some(tags), _) => tags.split(',').any(|given| given.trim().trim_start_matches("W/") == tag || given.trim() == "*"),
        (None, Some(since)) => changed == Some(since),
        (None, None) => false,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
