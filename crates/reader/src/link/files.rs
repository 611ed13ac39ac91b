//! Files that addresses name: which documents and recordings they are, by the endings of their names.

use url::Url;

use super::percent_decoded;

/// Endings of the names of documents, and the media types that they stand for.
pub const DOCUMENTS: [(&str, &str); 14] = [
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("rtf", "application/rtf"),
    ("csv", "text/csv"),
    ("zip", "application/zip"),
    ("rar", "application/vnd.rar"),
    ("7z", "application/x-7z-compressed"),
];

/// What an address without a telling name has that may still be a file's.
pub const DOWNLOADS: [&str; 11] =
    ["download", "attach", "getfile", "viewfile", "/documents/", "tai-ve", "taive", "tai-file", "dinh-kem", "dinhkem", ".ashx"];

/// The name of the document that an address names: its own, or that of a file that a program is asked for.
pub fn file_name(url: &Url) -> Option<String> {
    let last = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
    let in_query = url.query_pairs().map(|(_, value)| value.rsplit('/').next().unwrap_or_default().to_owned());
    [percent_decoded(last).into_owned()].into_iter().chain(in_query).find(|name| media_type_of(name).is_some())
}

/// The media type that the ending of a name stands for, where it is one of a document.
pub fn media_type_of(name: &str) -> Option<&'static str> {
    let (_, ending) = name.trim().trim_end_matches([')', ']', '.']).rsplit_once('.')?;
    DOCUMENTS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, media_type)| *media_type)
}

/// The same of a recording, sound or film.
fn recording_type_of(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(match &*ending.to_ascii_lowercase() {
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "wma" => "audio/x-ms-wma",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        _ => return None,
    })
}

/// Whether the name of a file is that of a recording.
pub fn is_recording(name: &str) -> bool {
    recording_type_of(name).is_some()
}

/// The media type of what an address leads to, where it is a document or a recording.
pub fn file_type(url: &Url) -> Option<&'static str> {
    let document = file_name(url).and_then(|name| media_type_of(&name));
    document.or_else(|| recording_type_of(url.path().rsplit('/').next()?))
}

/// Whether an address without a telling name may still be that of a file; believed only behind a label.
pub fn is_download(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    DOWNLOADS.iter().any(|word| address.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_name_wherever_it_stands_in_the_address() {
        let file = |url: &str| file_type(&Url::parse(url).unwrap());
        assert_eq!(file("https://a.vn/van-ban/12-QD.pdf"), Some("application/pdf"));
        assert_eq!(
            file("https://a.vn/tai-ve.aspx?tep=/upload/12%20QD.DOCX"),
            Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        );
        assert_eq!(file("https://a.vn/phat-thanh/24-11.mp3?v=2"), Some("audio/mpeg"));
        assert_eq!(file("https://a.vn/van-ban/12.html"), None);
    }
}
