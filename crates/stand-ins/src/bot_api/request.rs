//! A request in any of the forms that the Bot API takes: JSON, urlencoded, multipart, query string.
//!
//! Whatever the form, a parameter ends as a string; objects and lists in it are JSON in that string.

use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Multipart},
    http::{header::CONTENT_TYPE, request::Parts},
};
use serde_json::Value;

use super::answer::Refusal;

/// Beyond this a body is answered with 413.
const MAX_BODY: usize = 50 << 20;

/// A file that came with a request.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    pub file_name: String,
    pub content_type: String,
    pub bytes: Bytes,
}

/// One method with its parameters.
#[derive(Debug, Default)]
pub(super) struct Request {
    /// In lower case.
    pub method: String,
    pub parameters: BTreeMap<String, String>,
    pub files: BTreeMap<String, Upload>,
}

impl Request {
    /// Reads the parameters of `method`; those of the body win over those of the query string.
    pub async fn read(method: &str, parts: Parts, body: Body) -> Result<Self, Refusal> {
        let mut request = Self { method: method.to_ascii_lowercase(), ..Self::default() };
        request.add_form(parts.uri.query().unwrap_or_default().as_bytes());
        let bytes = to_bytes(body, MAX_BODY).await.map_err(|_| Refusal::too_large())?;
        let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
        if content_type.starts_with("multipart/form-data") {
            request.add_multipart(axum::extract::Request::from_parts(parts, Body::from(bytes))).await?;
        } else if content_type.starts_with("application/json") {
            request.add_json(&bytes)?;
        } else if content_type.starts_with("application/x-www-form-urlencoded") {
            request.add_form(&bytes);
        }
        Ok(request)
    }

    fn add_form(&mut self, form: &[u8]) {
        for (key, value) in url::form_urlencoded::parse(form) {
            self.parameters.insert(key.into_owned(), value.into_owned());
        }
    }

    fn add_json(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        if bytes.is_empty() {
            return Ok(());
        }
        let Ok(Value::Object(object)) = serde_json::from_slice(bytes) else {
            return Err(Refusal::bad_request("can't parse JSON object"));
        };
        for (key, value) in object {
            match value {
                Value::Null => (),
                Value::String(text) => drop(self.parameters.insert(key, text)),
                other => drop(self.parameters.insert(key, other.to_string())),
            }
        }
        Ok(())
    }

    async fn add_multipart(&mut self, request: axum::extract::Request) -> Result<(), Refusal> {
        let bad = || Refusal::bad_request("can't parse multipart form data");
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| bad())?;
        while let Some(field) = form.next_field().await.map_err(|_| bad())? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = field.bytes().await.map_err(|_| bad())?;
            match file_name {
                Some(file_name) => drop(self.files.insert(name, Upload { file_name, content_type, bytes })),
                None => drop(self.parameters.insert(name, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        Ok(())
    }

    /// A parameter, empty where it is missing.
    pub fn text(&self, key: &str) -> &str {
        self.parameters.get(key).map_or("", String::as_str)
    }

    pub fn flag(&self, key: &str) -> bool {
        matches!(self.text(key).to_ascii_lowercase().as_str(), "true" | "yes" | "1")
    }

    /// A whole number, 0 where it is missing or none.
    pub fn integer(&self, key: &str) -> i64 {
        self.text(key).trim().parse().unwrap_or(0)
    }

    /// A parameter with structure.
    pub fn json(&self, key: &str) -> Result<Option<Value>, Refusal> {
        match self.text(key) {
            "" => Ok(None),
            text => {
                serde_json::from_str(text).map(Some).map_err(|_| Refusal::bad_request(&format!("can't parse {} JSON object", words(key))))
            }
        }
    }

    /// The file behind `attach://name`, or the one that was posted under the parameter's own name.
    pub fn file(&self, key: &str, value: &str) -> Option<&Upload> {
        self.files.get(value.strip_prefix("attach://").unwrap_or(key))
    }
}

/// `reply_markup` as Telegram's sentences have it.
fn words(key: &str) -> String {
    key.replace('_', " ")
}
