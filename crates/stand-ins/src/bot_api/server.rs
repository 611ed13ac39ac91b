//! The socket side: reads a request, lets the world decide, and answers as the ordered fault says.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, DefaultBodyLimit, State},
    http::{Response, StatusCode, header::CONTENT_TYPE},
};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{
    super::line::Scissors,
    answer::{Answer, Refusal, to_json},
    control,
    faults::{Course, Then},
    request::Request,
    updates,
    world::{Call, Now, World},
};

/// What the sockets and the handle share.
#[derive(Debug)]
pub(super) struct Shared {
    world: Mutex<World>,
    pub token: String,
    /// Becomes true, or loses its sender, when all is over.
    pub stop: watch::Receiver<bool>,
}

impl Shared {
    pub fn new(world: World, token: &str, stop: watch::Receiver<bool>) -> Self {
        Self { world: Mutex::new(world), token: token.to_owned(), stop }
    }

    /// Nothing that is done under the lock can leave the world half changed for the next one to fear.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until the end of everything.
    pub async fn stopped(&self) {
        // An error is a sender that is gone: the end as well.
        let _ = self.stop.clone().wait_for(|stop| *stop).await;
    }
}

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(answer).layer(DefaultBodyLimit::disable()).with_state(shared)
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: axum::extract::Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    if let Some(control) = path.strip_prefix("/__") {
        return match control::answer(&shared, control, parts.uri.query(), body).await {
            Ok(value) => response(StatusCode::OK, &value),
            Err(words) => response(StatusCode::BAD_REQUEST, &json!({ "error": words })),
        };
    }
    let method = match method_of(&path, &shared.token) {
        Ok(method) => method,
        Err(refusal) => return plain(&Err(refusal)),
    };
    let request = match Request::read(method, parts, body).await {
        Ok(request) => request,
        Err(refusal) => return plain(&Err(refusal)),
    };
    let course = shared.world().course(&request);
    tokio::select! {
        response = follow(&shared, &request, course, &scissors) => response,
        () = shared.stopped() => {
            scissors.cut();
            Response::default()
        }
    }
}

/// The method of `/bot<token>/<method>`.
fn method_of<'a>(path: &'a str, token: &str) -> Result<&'a str, Refusal> {
    let rest = path.strip_prefix("/bot").ok_or_else(Refusal::not_found)?;
    let (given, method) = rest.split_once('/').ok_or_else(Refusal::not_found)?;
    let is_token = given.split_once(':').is_some_and(|(id, key)| {
        !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && key.len() >= 24
    });
    if given == token {
        Ok(method.trim_end_matches('/'))
    } else if is_token {
        Err(Refusal::unauthorized())
    } else {
        Err(Refusal::invalid_token())
    }
}

/// Delivers and answers, or does not, as `course` says. Dropped when the client goes away.
async fn follow(shared: &Shared, request: &Request, course: Course, scissors: &Scissors) -> Response<Body> {
    let half = course.wait / 2;
    pause(half).await;
    let answer = if course.delivers {
        let is_last_poller = request.method != "getupdates" || wait_for_updates(shared, request).await;
        let mut world = shared.world();
        let now = world.clock.now();
        let answer = if is_last_poller { world.handle(request, now) } else { Err(updates::pushed_out()) };
        note(&mut world, request, Some(to_json(&answer).0), &course.then, now);
        Some(answer)
    } else {
        let mut world = shared.world();
        let now = world.clock.now();
        note(&mut world, request, None, &course.then, now);
        None
    };
    pause(half).await;
    match (course.then, answer) {
        (Then::Answer, Some(answer)) => plain(&answer),
        (Then::Refuse(refusal), _) => plain(&Err(refusal)),
        (Then::BadGateway, _) => bad_gateway(),
        (Then::Truncated, Some(answer)) => truncated(&answer),
        (Then::UnknownShape, Some(answer)) => plain(&answer.map(unknown_shape)),
        (Then::Nothing, _) => std::future::pending().await,
        (Then::Reset | Then::Answer | Then::Truncated | Then::UnknownShape, _) => {
            scissors.cut();
            Response::default()
        }
    }
}

async fn pause(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

fn note(world: &mut World, request: &Request, status: Option<u16>, then: &Then, now: Now) {
    let (method, chat_id) = (request.method.clone(), request.text("chat_id").to_owned());
    world.calls.push(Call { method, chat_id, at: now.stamp, status, answered: *then == Then::Answer });
}

/// A long poll: until something waits or the time is over; false when another poller came.
async fn wait_for_updates(shared: &Shared, request: &Request) -> bool {
    const LOOK: Duration = Duration::from_millis(50);
    let turn = {
        let mut world = shared.world();
        world.updates.poller += 1;
        world.updates.poller
    };
    let seconds = u64::try_from(request.integer("timeout")).unwrap_or(0).min(50);
    let end = tokio::time::Instant::now() + Duration::from_secs(seconds);
    loop {
        {
            let mut world = shared.world();
            let nothing = world.updates.get(request).is_ok_and(|updates| updates.as_array().is_some_and(Vec::is_empty));
            if world.updates.poller != turn {
                return false;
            }
            if !nothing || tokio::time::Instant::now() >= end {
                return true;
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn response(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/json"));
    response
}

fn plain(answer: &Answer) -> Response<Body> {
    let (status, body) = to_json(answer);
    response(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), &body)
}

fn bad_gateway() -> Response<Body> {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n\
                <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("text/html"));
    response
}

/// A whole HTTP answer whose JSON is not: it ends behind the message's id.
fn truncated(answer: &Answer) -> Response<Body> {
    let (status, body) = to_json(answer);
    let id = body["result"]["message_id"].as_i64().unwrap_or(0);
    let text = format!("{{\"ok\":{},\"result\":{{\"message_id\":{id},\"chat\":{{\"id\":", answer.is_ok());
    let mut response = response(StatusCode::from_u16(status).unwrap_or_default(), &Value::Null);
    *response.body_mut() = Body::from(text);
    response
}

/// A result of a later Bot API: fields that nobody knows, and none of those that everybody expects.
fn unknown_shape(result: Value) -> Value {
    let strange = |message: &Value| json!({ "message_id": message["message_id"], "moment": { "of": "another kind" } });
    match &result {
        Value::Array(messages) => messages.iter().map(strange).collect(),
        Value::Object(_) => strange(&result),
        _ => json!({ "done": result }),
    }
}
