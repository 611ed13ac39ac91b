//! One call of the Bot API: posted once, never followed elsewhere, its failure told without the token.

use std::{error::Error, time::Duration};

use reqwest::{
    Client, Response,
    header::CONTENT_TYPE,
    multipart::{Form, Part},
};
use serde::Serialize;
use serde_json::Value;
use teloxide::{Bot, requests::Payload};

use super::{
    answer::{Accepted, read},
    classify::{Class, Refused},
};
use crate::text;

/// Bytes of an answer that are read. The largest useful one, an album's, has 50 kB.
const MAX_ANSWER: usize = 4_000_000;
/// A connection that has been idle for long may be closed at the other end just as a message goes out, and then
/// nobody knows whether it arrived.
const IDLE: Duration = Duration::from_secs(20);

/// A client that neither uses a proxy nor goes where it is redirected to.
pub(super) fn client(connect: Duration, whole: Duration) -> reqwest::Result<Client> {
    Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect)
        .timeout(whole)
        .pool_idle_timeout(IDLE)
        .tcp_nodelay(true)
        .build()
}

/// Posts `payload`, and `files` beside it under the names that it mentions as `attach://name`.
pub(super) async fn call<P>(bot: &Bot, payload: &P, files: Vec<(String, Part)>) -> Result<Accepted, Refused>
where
    P: Payload + Serialize,
{
    let mut address = bot.api_url();
    address
        .path_segments_mut()
        .map_err(|()| Refused { class: Class::NotSent, why: "the API's address has no path".into() })?
        .pop_if_empty()
        .push(&format!("bot{}", bot.token()))
        .push(P::NAME);
    let request = bot.client().post(address);
    let request = if files.is_empty() {
        let body = serde_json::to_vec(payload).map_err(|error| unsent(&error))?;
        request.header(CONTENT_TYPE, "application/json").body(body)
    } else {
        let fields = serde_json::to_value(payload).map_err(|error| unsent(&error))?;
        request.multipart(form(fields, files))
    };
    let answered = match request.send().await {
        Ok(response) => receive(response).await,
        Err(error) => Err(lost(error)),
    };
    answered.map_err(|refused| Refused { why: refused.why.replace(bot.token(), "***"), ..refused })
}

/// Every field as a part, those that are not text as JSON.
fn form(fields: Value, files: Vec<(String, Part)>) -> Form {
    let mut form = Form::new();
    if let Value::Object(fields) = fields {
        for (name, value) in fields {
            form = match value {
                Value::Null => form,
                Value::String(text) => form.text(name, text),
                other => form.text(name, other.to_string()),
            };
        }
    }
    files.into_iter().fold(form, |form, (name, part)| form.part(name, part))
}

/// Reads what arrives, and judges what did arrive where the rest does not.
async fn receive(mut response: Response) -> Result<Accepted, Refused> {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    let broken = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break None,
            Err(error) => break Some(lost(error)),
        }
        if body.len() > MAX_ANSWER {
            break None;
        }
    };
    let judged = read(status, &String::from_utf8_lossy(&body));
    match (judged, broken) {
        // The beginning of a refusal is clear enough; nothing at all is not.
        (Err(Refused { class: Class::Unclear, .. }), Some(broken)) => Err(Refused { class: Class::Unclear, ..broken }),
        (judged, _) => judged,
    }
}

/// Only a connection that was never made is sure to have carried nothing.
fn lost(error: reqwest::Error) -> Refused {
    let class = if error.is_connect() || error.is_builder() { Class::NotSent } else { Class::Unclear };
    let timed_out = error.is_timeout();
    // The address of a call has the token in it.
    let error = error.without_url();
    let mut why = if timed_out && class == Class::Unclear { "no answer in time".to_owned() } else { error.to_string() };
    let mut cause = error.source();
    while let Some(error) = cause {
        why.push_str(": ");
        why.push_str(&error.to_string());
        cause = error.source();
    }
    Refused { class, why: text::squeeze(&why) }
}

fn unsent(error: &serde_json::Error) -> Refused {
    Refused { class: Class::NotSent, why: error.to_string() }
}
