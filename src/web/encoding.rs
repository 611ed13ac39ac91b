//! Which coding a reader takes, by its Accept-Encoding.

use axum::http::{HeaderMap, header::ACCEPT_ENCODING};

/// Whether gzip is taken, and liked no less than the plain text.
pub fn takes_gzip(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    let (mut gzip, mut plain, mut other) = (None, None, None);
    for entry in lists.flat_map(|list| list.split(',')) {
        let mut parts = entry.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = weight(parts);
        match name.as_str() {
            "gzip" | "x-gzip" => gzip = gzip.max(Some(weight)),
            "identity" => plain = Some(weight),
            "*" => other = Some(weight),
            _ => (),
        }
    }
    let gzip = gzip.or(other).unwrap_or(0);
    // Plain text that nobody mentions is taken, but it is no one's wish.
    gzip > 0 && gzip >= plain.unwrap_or(0)
}

/// In thousandths. A weight that is none counts as a refusal: plain text is always understood.
fn weight<'a>(mut parameters: impl Iterator<Item = &'a str>) -> u16 {
    let quality = parameters.find_map(|parameter| parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")));
    match quality.map(str::parse::<f32>) {
        None => 1000,
        Some(Ok(quality)) if (0.0..=1.0).contains(&quality) => (quality * 1000.0).round() as u16,
        Some(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_to_whoever_takes_it() {
        let table = [
            ("gzip", true),
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, GZIP;q=0.8, *;q=0.1", true),
            ("x-gzip", true),
            ("*", true),
            ("identity, gzip", true),
            ("gzip ; q=0.5", true),
            ("gzip;q=0", false),
            ("gzip;q=0.000, *", false),
            ("*;q=0", false),
            ("identity;q=1, gzip;q=0.5", false),
            ("identity", false),
            ("br", false),
            ("gzip;q=x", false),
            ("", false),
        ];
        for (list, taken) in table {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, list.parse().unwrap())]);
            assert_eq!(takes_gzip(&headers), taken, "{list}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
