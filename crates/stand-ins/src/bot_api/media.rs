//! Pictures: what Telegram takes, uploaded, by address or by an id that it gave before.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    answer::Refusal,
    ledger::Media,
    request::{Request, Upload},
};

const MAX_UPLOAD: usize = 10 << 20;
/// Width and height together.
const MAX_SIDES: usize = 10_000;
const MAX_RATIO: usize = 20;
/// Longer sides that a picture is kept in, besides its own.
const SIZES: [u32; 3] = [90, 320, 800];

/// Why Telegram does not get a picture by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UrlFailure {
    Unreachable,
    NotAPicture,
    NoPictureFound,
    BadAddress,
}

impl UrlFailure {
    fn words(self) -> &'static str {
        match self {
            Self::Unreachable => "failed to get HTTP URL content",
            Self::NotAPicture => "wrong type of the web page content",
            Self::NoPictureFound => "wrong file identifier/HTTP URL specified",
            Self::BadAddress => "wrong HTTP URL specified",
        }
    }
}

/// The pictures that the stand-in knows.
#[derive(Debug, Default)]
pub(super) struct Files {
    by_id: BTreeMap<String, Media>,
    /// The next addresses meet this; `None`: they are fetched (nothing is, in truth).
    pub failure: Option<UrlFailure>,
    /// Telegram repeats for days what it once said about an address.
    remembered: BTreeMap<String, Option<UrlFailure>>,
}

impl Files {
    /// The picture that `value`, the parameter `key`, stands for: syntax and limits.
    pub fn picture(&mut self, request: &Request, key: &str, value: &str) -> Result<Media, Refusal> {
        if let Some(upload) = request.file(key, value) {
            return self.keep(upload);
        }
        if value.is_empty() || value.starts_with("attach://") {
            return Err(Refusal::bad_request(&format!("there is no {key} in the request")));
        }
        if value.contains("://") {
            return self.by_address(value);
        }
        self.by_id.get(value).cloned().ok_or_else(|| Refusal::bad_request(UrlFailure::NoPictureFound.words()))
    }

    fn keep(&mut self, upload: &Upload) -> Result<Media, Refusal> {
        if upload.bytes.is_empty() {
            return Err(Refusal::bad_request("file must be non-empty"));
        }
        if upload.bytes.len() > MAX_UPLOAD {
            return Err(Refusal::bad_request("file is too big"));
        }
        let size = imagesize::blob_size(&upload.bytes).map_err(|_| Refusal::bad_request("IMAGE_PROCESS_FAILED"))?;
        let (short, long) = (size.width.min(size.height), size.width.max(size.height));
        if short == 0 || short + long > MAX_SIDES || long > short * MAX_RATIO {
            return Err(Refusal::bad_request("PHOTO_INVALID_DIMENSIONS"));
        }
        Ok(self.store(Media {
            bytes: upload.bytes.len(),
            content_type: upload.content_type.clone(),
            file_name: upload.file_name.clone(),
            width: u32::try_from(size.width).unwrap_or(u32::MAX),
            height: u32::try_from(size.height).unwrap_or(u32::MAX),
            file_id: String::new(),
            url: None,
        }))
    }

    fn by_address(&mut self, address: &str) -> Result<Media, Refusal> {
        let failure = *self.remembered.entry(address.to_owned()).or_insert(match url::Url::parse(address) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => self.failure,
            _ => Some(UrlFailure::BadAddress),
        });
        match failure {
            Some(failure) => Err(Refusal::bad_request(failure.words())),
            None => Ok(self.store(Media {
                bytes: 0,
                content_type: "image/jpeg".to_owned(),
                file_name: String::new(),
                width: 640,
                height: 360,
                file_id: String::new(),
                url: Some(address.to_owned()),
            })),
        }
    }

    fn store(&mut self, media: Media) -> Media {
        let media = Media { file_id: format!("AgACAgUAAxkB{:012x}", self.by_id.len() + 1), ..media };
        self.by_id.insert(media.file_id.clone(), media.clone());
        media
    }
}

impl Media {
    /// The list of sizes in a message, the smallest first; the last has the id to send it again with.
    pub(super) fn to_json(&self) -> Value {
        let long = self.width.max(self.height);
        let own = (long, self.file_id.clone());
        let smaller = SIZES.into_iter().filter(|size| *size < long).map(|size| (size, format!("{}s{size}", self.file_id)));
        let sizes = smaller.chain([own]).map(|(size, file_id)| {
            let scaled = |side: u32| (u64::from(side) * u64::from(size) / u64::from(long)).max(1);
            let (width, height) = (scaled(self.width), scaled(self.height));
            let unique = file_id.replacen("AgACAgUAAxkB", "AQAD", 1);
            json!({
                "file_id": file_id, "file_unique_id": unique, "width": width, "height": height,
                "file_size": if size == long { self.bytes.max(1) as u64 } else { width * height / 8 + 1 }
            })
        });
        sizes.collect()
    }
}
