//! The pictures of an article that a message may carry.

use loa_reader::{link, tree};
use url::Url;

use crate::article::Article;

/// Pictures that Telegram takes in one album.
const MOST: usize = 10;

/// The article's own picture first, then those of its body, each once, at most ten.
///
/// Drawings (SVG) are left out: Telegram takes none.
pub fn pictures(article: &Article) -> Vec<Url> {
    let body = match tree::parse(&article.html) {
        Ok(document) => document
            .select("img[src]")
            .iter()
            .filter_map(|image| image.attr("src"))
            .filter_map(|address| link::resolve(&article.url, &address))
            .collect(),
        Err(_) => Vec::new(),
    };
    let mut seen = Vec::new();
    let mut pictures = Vec::new();
    for address in article.image.iter().cloned().chain(body) {
        let identity = link::identity(&address);
        let is_web = matches!(address.scheme(), "http" | "https");
        if is_web && !address.path().to_ascii_lowercase().ends_with(".svg") && !seen.contains(&identity) {
            seen.push(identity);
            pictures.push(address);
        }
        if pictures.len() == MOST {
            break;
        }
    }
    pictures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::samples::article;

    #[test]
    fn the_articles_picture_comes_first_and_none_comes_twice() {
        let mut article = article();
        article.html = r#"<img src="/anh/3.jpg"><p><img src="https://www.catp.example/anh/1.jpg"></p><img src="so-do.svg"><img src="data:image/png;base64,AA"><img src="4.webp">"#.into();
        let shown: Vec<_> = pictures(&article).iter().map(Url::to_string).collect();
        assert_eq!(shown, ["https://catp.example/anh/1.jpg", "https://catp.example/anh/3.jpg", "https://catp.example/tin/4.webp"]);
        article.image = None;
        article.html = (0..30).map(|n| format!("<img src=\"/{n}.jpg\">")).collect();
        assert_eq!(pictures(&article).len(), 10);
    }
}
