//! Whose news a page has: the portal's name, freed of what the page calls itself, a front page or a section.

use loa_reader::text;

/// UTF-16 units of a name.
const LONGEST: usize = 80;

/// What sites call their front page, folded.
const FRONT_PAGE: [&str; 14] = [
    "trang chu",
    "trang nhat",
    "trang chinh",
    "trang dau",
    "home",
    "homepage",
    "home page",
    "main page",
    "front page",
    "index",
    "default",
    "startseite",
    "accueil",
    "inicio",
];

/// What is known of a portal's name.
#[derive(Debug, Default)]
pub struct Names {
    /// The names that the page of headlines and those of its articles give their site.
    pub declared: Vec<String>,
    /// What the page of headlines calls itself.
    pub title: Option<String>,
    /// What pages of its articles call themselves.
    pub pages: Vec<String>,
    /// It is the site's front page.
    pub is_front_page: bool,
}

impl Names {
    /// The portal's name; of a section's page whose site nothing names, all of its title, for the section alone does
    /// not say whose news it is.
    pub fn best(&self) -> Option<String> {
        let declared = self.declared.iter().map(|name| Title::of(name).without_front_page());
        let declared = declared.filter(|name| !name.is_empty());
        let own = self.title.as_deref().map(Title::of);
        let name = declared.map(|name| name.text()).next().or_else(|| self.titled(own.as_ref()))?;
        Some(text::cut(&name, LONGEST))
    }

    /// By the titles: what the page of headlines has in common with the pages of its articles.
    fn titled(&self, own: Option<&Title>) -> Option<String> {
        let pages: Vec<Title> = self.pages.iter().map(|title| Title::of(title).without_front_page()).collect();
        let rest = own.map(Title::without_front_page).unwrap_or_default();
        let says_front_page = own.is_some_and(|own| rest.parts.len() < own.parts.len());
        if rest.is_empty() {
            return Title::common(&pages).map(|name| name.text());
        }
        if rest.parts.len() == 1 || says_front_page || self.is_front_page {
            return Some(rest.text());
        }
        let Some(common) = Title::common(&pages) else { return Some(rest.text()) };
        let shared = rest.shared_with(&common);
        match shared.parts.len() {
            0 => Some(rest.text()),
            // The articles name their section too: it stands next to the headline.
            all if all == rest.parts.len() => Some(if Title::begins(&pages, &common) { rest.first() } else { rest.but_first() }.text()),
            _ => Some(shared.text()),
        }
    }
}

/// A title in its parts, each with the mark that stands before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Title {
    parts: Vec<(String, String)>,
}

impl Title {
    fn of(title: &str) -> Self {
        let title = text::squeeze(title);
        let (mut parts, mut begin, mut ended): (Vec<(String, String)>, usize, usize) = (Vec::new(), 0, 0);
        let end = [(title.len(), '|')];
        for (at, mark) in title.char_indices().chain(end) {
            let before = &title[begin..at];
            if !parts_here(before, mark, title[at..].chars().nth(1)) {
                continue;
            }
            let part = before.trim();
            let start = begin + before.len() - before.trim_start().len();
            if !part.is_empty() {
                parts.push((title[ended..start].to_owned(), part.to_owned()));
                ended = start + part.len();
            }
            begin = (at + mark.len_utf8()).min(title.len());
        }
        Self { parts }
    }

    fn without_front_page(&self) -> Self {
        self.only(|part| !is_front_page(part))
    }

    /// The parts that most of `titles` have.
    fn common(titles: &[Self]) -> Option<Self> {
        let first = titles.first().filter(|_| titles.len() >= 2)?;
        let is_common = |part: &str| 2 * titles.iter().filter(|title| title.has(part)).count() > titles.len();
        Some(first.only(is_common)).filter(|common| !common.is_empty())
    }

    /// Whether `titles` begin with what they have in common.
    fn begins(titles: &[Self], common: &Self) -> bool {
        titles.iter().all(|title| title.parts.first().is_some_and(|(_, part)| common.has(part)))
    }

    fn shared_with(&self, other: &Self) -> Self {
        self.only(|part| other.has(part))
    }

    fn has(&self, part: &str) -> bool {
        self.parts.iter().any(|(_, own)| text::fold(own) == text::fold(part))
    }

    fn only(&self, is_kept: impl Fn(&str) -> bool) -> Self {
        Self { parts: self.parts.iter().filter(|(_, part)| is_kept(part)).cloned().collect() }
    }

    fn first(&self) -> Self {
        Self { parts: self.parts.iter().take(1).cloned().collect() }
    }

    fn but_first(&self) -> Self {
        Self { parts: self.parts.iter().skip(1).cloned().collect() }
    }

    fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (at, (mark, part)) in self.parts.iter().enumerate() {
            text.push_str(if at > 0 { mark } else { "" });
            text.push_str(part);
        }
        text
    }
}

/// Whether `mark` parts what stands before it from what follows. A colon parts only a front page from its name: a
/// headline may have one.
fn parts_here(before: &str, mark: char, next: Option<char>) -> bool {
    match mark {
        '|' | '»' | '«' | '•' | '·' | '>' => true,
        '-' | '–' | '—' => before.ends_with(' ') && next == Some(' '),
        ':' => is_front_page(before.trim()),
        _ => false,
    }
}

fn is_front_page(part: &str) -> bool {
    FRONT_PAGE.contains(&text::fold(part).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name by the page's own title, those of its articles, and the name that it gives its site.
    #[track_caller]
    fn check(title: &str, pages: &[&str], declared: &str, expected: &str) {
        let names = Names {
            declared: [declared].iter().filter(|name| !name.is_empty()).map(ToString::to_string).collect(),
            title: Some(title.to_owned()).filter(|title| !title.is_empty()),
            pages: pages.iter().map(ToString::to_string).collect(),
            is_front_page: false,
        };
        assert_eq!(names.best().unwrap_or_default(), expected, "{title}");
    }

    #[test]
    fn a_front_page_is_called_what_its_portal_is() {
        let portal = "Cổng thông tin điện tử xã Hòa Lâm";
        for title in
            ["Trang chủ - {}", "{} | Trang chủ", "{} > Trang nhất", "TRANG CHỦ: {}", "Home – {}", "{}", "Trang chủ » Homepage » {}"]
        {
            check(&title.replace("{}", portal), &[], "", portal);
        }
        check("Trang chủ - Xã Hòa Lâm - huyện Bắc Sơn", &[], "", "Xã Hòa Lâm - huyện Bắc Sơn");
        check("Trang chủ", &["Khai mạc hội xuân | Xã Hòa Lâm", "Ra quân nạo vét kênh | Xã Hòa Lâm"], "", "Xã Hòa Lâm");
        check("Trang chủ", &["Khai mạc hội xuân"], "", "");
        check("", &[], "Trang chủ", "");
    }

    #[test]
    fn the_site_names_itself() {
        check("Trang chủ - Tin nhanh", &[], "Báo Hòa Lâm", "Báo Hòa Lâm");
        check("Tin hoạt động - Xã Hòa Lâm", &[], "Trang chủ - Cổng thông tin Hòa Lâm", "Cổng thông tin Hòa Lâm");
        check("Trang chủ - Xã Hòa Lâm", &[], "Trang chủ", "Xã Hòa Lâm");
    }

    #[test]
    fn a_section_gives_way_to_the_portal_that_other_pages_name() {
        let title = "Tin hoạt động - Xã Hòa Lâm";
        check(title, &["Khai mạc hội xuân - Xã Hòa Lâm", "Ra quân nạo vét kênh - Xã Hòa Lâm"], "", "Xã Hòa Lâm");
        let with_section = ["Khai mạc hội xuân - Tin hoạt động - Xã Hòa Lâm", "Ra quân nạo vét kênh - Tin hoạt động - Xã Hòa Lâm"];
        check(title, &with_section, "", "Xã Hòa Lâm");
        let turned = ["Xã Hòa Lâm > Tin hoạt động > Khai mạc hội xuân", "Xã Hòa Lâm > Tin hoạt động > Ra quân nạo vét kênh"];
        check("Xã Hòa Lâm > Tin hoạt động", &turned, "", "Xã Hòa Lâm");
        // Where nothing tells them apart, both stay.
        check(title, &["Khai mạc hội xuân", "Ra quân nạo vét kênh"], "", title);
        check(title, &["Khai mạc hội xuân - Xã Hòa Lâm"], "", title);
        check("Báo Xã: tin nhanh", &[], "", "Báo Xã: tin nhanh");
    }
}
