//! Answers that are kept: whoever looks at the same pages several times in a row asks a portal for each of them once.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::{Accept, Answer, Error, Request, Response, Validators};

/// Bytes of pages that are kept together; what comes after is asked again.
const MOST: usize = 64_000_000;

/// What was answered so far, errors as well.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    answers: HashMap<Key, Result<Response, Error>>,
    bytes: usize,
}

/// What makes two requests one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    url: String,
    accept: Accept,
    ca_file: Option<std::path::PathBuf>,
}

impl Key {
    /// None for a request whose answer depends on an earlier one.
    fn of(request: &Request) -> Option<Self> {
        let is_whole = request.validators == Validators::default();
        is_whole.then(|| Self { url: request.url.to_string(), accept: request.accept, ca_file: request.ca_file.clone() })
    }
}

impl Memory {
    pub(super) fn answer(&self, request: &Request) -> Option<Result<Response, Error>> {
        let key = Key::of(request)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).answers.get(&key).cloned()
    }

    pub(super) fn keep(&self, request: &Request, answer: &Result<Response, Error>) {
        let Some(key) = Key::of(request) else { return };
        let size = match answer {
            Ok(Response { answer: Answer::Body(body), .. }) => body.bytes.len(),
            Ok(_) | Err(_) => 0,
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes + size <= MOST {
            kept.bytes += size;
            kept.answers.insert(key, answer.clone());
        }
    }
}
