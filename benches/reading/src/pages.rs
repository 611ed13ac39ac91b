//! The pages that are read: a folder of `.html` and `.html.gz` files, decoded before anything is measured.
//!
//! Where the folder has a `truth.jsonl` with lines `{"file": name, "url": address}`, the pages are those that it names,
//! at their addresses. Otherwise they are all that are there, as if they stood side by side on one site.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

pub use loa_reader::page::Page;

use crate::Outcome;

/// Where pages stand whose address is not known.
const SITE: &str = "https://www.example.com/";

#[derive(Deserialize)]
struct Line {
    file: PathBuf,
    url: Option<String>,
}

pub fn in_folder(folder: &Path) -> Outcome<Vec<Page>> {
    let mut pages = Vec::new();
    for Line { file, url } in lines(folder)? {
        let mut bytes = fs::read(folder.join(&file))?;
        if file.extension().is_some_and(|ending| ending == "gz") {
            let mut unpacked = Vec::new();
            GzDecoder::new(&bytes[..]).read_to_end(&mut unpacked)?;
            bytes = unpacked;
        }
        let (html, problems) = loa_reader::charset::decode(&bytes, None);
        let url = match url.filter(|url| !url.is_empty()) {
            Some(url) => Url::parse(&url)?,
            None => Url::parse(SITE)?.join(&file.to_string_lossy())?,
        };
        pages.push(Page { url, html, fetched_at: Timestamp::now(), problems });
    }
    if pages.is_empty() { Err(format!("no pages in `{}`", folder.display()).into()) } else { Ok(pages) }
}

fn lines(folder: &Path) -> Outcome<Vec<Line>> {
    let list = folder.join("truth.jsonl");
    if list.exists() {
        return fs::read_to_string(list)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect();
    }
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = PathBuf::from(entry?.file_name());
        let name = file.to_string_lossy();
        if name.ends_with(".html") || name.ends_with(".html.gz") {
            lines.push(Line { file, url: None });
        }
    }
    lines.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(lines)
}
