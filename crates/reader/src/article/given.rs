//! An article whose text the site's own data have: nothing is told from it, all of it is cleaned as a page's text is.

use url::Url;

use super::{body, layout::Layout};
use crate::{draft::Draft, outline::Outline, tree};

/// The draft of a text, HTML or plain, whose addresses start from `base`. What else the data say is the list's word.
pub fn of_text(text: &str, base: &Url) -> Draft {
    let html = as_html(text);
    let document = match tree::parse(&html) {
        Ok(document) => document,
        Err(refused) => return Draft { problems: vec![refused.to_string()], ..Draft::default() },
    };
    let layout = Layout::of(&Outline::of(&document, base, html.len()));
    let accepted = vec![true; layout.blocks.len()];
    let body = body::write(&layout, &accepted, None, base);
    Draft { text: body.text, html: body.html, image: body.picture, ..Draft::default() }
}

/// Markup as it is, also where it was escaped once more; of plain text each line is a paragraph.
fn as_html(text: &str) -> String {
    if text.contains("</") || text.contains("<br") || text.contains("<p>") {
        return text.to_owned();
    }
    if text.contains("&lt;p") || text.contains("&lt;/") {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    }
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;");
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("<p>{}</p>", escape(line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, html: &str) {
        let draft = of_text(text, &Url::parse("https://a.vn/tin/1").unwrap());
        assert_eq!((draft.text.as_str(), draft.html.as_str()), (expected, html));
    }

    #[test]
    fn all_of_it_is_the_article_and_nothing_that_acts() {
        check(
            "<p onclick=x()>Sáng <b>nay</b></p><script>y()</script><figure><img src=/anh.jpg alt=Sông></figure><p>Chiều</p>",
            "Sáng nay\n\nChiều",
            "<p>Sáng <b>nay</b></p><figure><img src=\"https://a.vn/anh.jpg\" alt=\"Sông\"></figure><p>Chiều</p>",
        );
        check("&lt;p&gt;Sáng nay&lt;/p&gt;", "Sáng nay", "<p>Sáng nay</p>");
        check("Sáng nay\n\nGiá < 5 &\nHết", "Sáng nay\n\nGiá < 5 &\n\nHết", "<p>Sáng nay</p><p>Giá &lt; 5 &amp;</p><p>Hết</p>");
        assert!(of_text("<p>a</p><p>b</p><img src=x.jpg>", &Url::parse("https://a.vn/tin/").unwrap()).image.is_some());
    }
}
