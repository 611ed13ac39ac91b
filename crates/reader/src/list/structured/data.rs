//! JSON that a site's own scripts ask for, or that stands in a page: the list in it is found by its shape.

use serde_json_borrow::Value;

use url::Url;

use super::{
    Statement,
    state::{self, Search},
};
use crate::link;
use crate::list::AddressForm;
use crate::list::Memory;
use crate::list::Strategy;
use crate::outline::Outline;
use crate::page::Page;
use crate::time::Reading;
use crate::tree;

/// Names that are told where the operator's is none of them.
const SHOWN_NAMES: usize = 20;

/// The articles of the list with the most known headlines, or else of the one that looks most like headlines: beside
/// the latest news there may be others as long. The error says what is wrong with the document. `form` says how the
/// addresses are made where the data has none; those that it has start from `home`, the address of the page that shows
/// them.
pub(in crate::list) fn stated(
    page: &Page,
    home: &Url,
    form: Option<&AddressForm>,
    memory: &Memory,
    reading: &Reading,
) -> Result<Vec<Statement>, String> {
    let value: Value = serde_json::from_str(&page.html).map_err(|error| format!("it is no JSON: {error}"))?;
    // The document has no links and no text of its own.
    let document = tree::parse("").map_err(|refused| refused.to_string())?;
    let outline = Outline::of(&document, home, page.html.len());
    let values = [value];
    let search = Search { form, known: &memory.addresses, by: Strategy::Data, files: &page.url, reading };
    best(state::lists(&values, &outline, &search), memory).ok_or_else(|| nothing(form, &state::names(&values)))
}

/// The same of the data in a page.
pub(in crate::list) fn in_page(
    page: &Page,
    form: Option<&AddressForm>,
    memory: &Memory,
    reading: &Reading,
) -> Result<Vec<Statement>, String> {
    let document = tree::parse(&page.html).map_err(|refused| refused.to_string())?;
    let outline = Outline::of(&document, &page.url, page.html.len());
    let search = Search { form, known: &memory.addresses, by: Strategy::Data, files: &page.url, reading };
    best(state::stated(&outline, &[], &search), memory).ok_or_else(|| nothing(form, &state::names_in(&outline)))
}

/// The first list leads, and of equals the last one is taken.
fn best(lists: Vec<Vec<Statement>>, memory: &Memory) -> Option<Vec<Statement>> {
    let known = |list: &Vec<Statement>| list.iter().filter(|stated| memory.addresses.contains(&link::identity(&stated.url))).count();
    lists.into_iter().rev().max_by_key(known)
}

/// Why no list was found; `names` are those of the longest one's values.
fn nothing(form: Option<&AddressForm>, names: &[String]) -> String {
    match form {
        Some(form) => unnamed(form, names),
        None => {
            "no list in it has titles and addresses of its own site: `link` in `[source.json]` says how addresses are made, such as \
             `link = \"https://portal.example/tin/{slug}\"`"
                .to_owned()
                + &in_ticks(names).map_or_else(String::new, |names| format!("; the longest one has {names}"))
        }
    }
}

/// What of the operator's names no list has.
fn unnamed(form: &AddressForm, known: &[String]) -> String {
    let missing: Vec<String> =
        form.names().filter(|name| !known.iter().any(|known| known == name)).map(|name| format!("`{name}`")).collect();
    if missing.is_empty() || known.is_empty() {
        return "no list in it has titles and all that `link` names".to_owned();
    }
    let known = in_ticks(known).unwrap_or_default();
    format!("no list in it has {}, which `link` names; the longest one has {known}", missing.join(", "))
}

fn in_ticks(names: &[String]) -> Option<String> {
    let names: Vec<String> = names.iter().take(SHOWN_NAMES).map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    const NEWS: &str = r#"{"total": 2, "menu": [{"name": "Giới thiệu chung", "slug": "gioi-thieu"}, {"name": "Liên hệ công tác", "slug": "lien-he"}],
        "data": {"items": [
            {"id": 4711, "title": "Mở hội sách bên sông Hàn", "slug": "mo-hoi-sach", "createdAt": "2026-07-09T08:00:00+07:00", "cat": {"slug": "van-hoa"}},
            {"id": 4710, "title": "Khen thưởng ba chiến sĩ cứu người", "slug": "khen-thuong", "createdAt": "2026-07-08T08:00:00+07:00", "cat": {"slug": "an-ninh"}}]}}"#;

    fn read(json: &str, form: Option<&str>) -> Result<Vec<String>, String> {
        read_again(json, form, &[])
    }

    fn read_again(json: &str, form: Option<&str>, known: &[&str]) -> Result<Vec<String>, String> {
        let memory = Memory { addresses: known.iter().map(|known| (*known).to_owned()).collect(), ..Memory::default() };
        let now = "2026-07-10T04:30:00Z".parse().unwrap();
        let page = Page { url: Url::parse("https://a.vn/api/tin").unwrap(), html: json.to_owned(), fetched_at: now, problems: Vec::new() };
        let form = form.map(|form| form.parse().unwrap());
        let stated = stated(
            &page,
            &page.url,
            form.as_ref(),
            &memory,
            &Reading { now, zone: None, language: Some("vi"), host: Some("a.vn"), order: None },
        )?;
        let line = |stated: &Statement| {
            let published = stated.published.as_ref().map(|stamp| stamp.at.date().to_string());
            format!("{} {} {}", published.unwrap_or_default(), stated.url, stated.title.clone().unwrap_or_default())
        };
        Ok(stated.iter().map(line).collect())
    }

    #[test]
    fn addresses_are_those_of_the_data_or_made_of_it() {
        let expected = [
            "2026-07-09 https://a.vn/van-hoa/mo-hoi-sach-4711 Mở hội sách bên sông Hàn",
            "2026-07-08 https://a.vn/an-ninh/khen-thuong-4710 Khen thưởng ba chiến sĩ cứu người",
        ];
        assert_eq!(read(NEWS, Some("https://a.vn/{cat.slug}/{slug}-{id}")).unwrap(), expected);
        let with_address = NEWS.replace(r#""slug": ""#, r#""slug": "/"#);
        assert_eq!(read(&with_address, None).unwrap()[0], "2026-07-09 https://a.vn/mo-hoi-sach Mở hội sách bên sông Hàn");
    }

    #[test]
    fn of_two_lists_the_known_one_is_read_on() {
        let list = |name: &str, ids: [u32; 2]| {
            let item = |id| format!(r#"{{"title": "Bản tin số {id} trong ngày hôm nay", "url": "/tin/{id}", "at": "2026-07-09"}}"#);
            format!(r#""{name}": [{}]"#, ids.map(item).join(","))
        };
        let json = format!("{{{}, {}}}", list("hot", [11, 12]), list("latest", [21, 22]));
        let first = |known: &[&str]| read_again(&json, None, known).unwrap()[0].clone();
        assert!(first(&[]).contains("/tin/11 ") && first(&["a.vn/tin/22"]).contains("/tin/21 "));
    }

    #[test]
    fn a_list_of_one_is_a_list_where_its_addresses_are_made() {
        let one = r#"{"items": [{"title": "Mở hội sách bên sông Hàn", "slug": "mo-hoi-sach"}]}"#;
        assert_eq!(read(one, Some("https://a.vn/{slug}")).unwrap(), [" https://a.vn/mo-hoi-sach Mở hội sách bên sông Hàn"]);
    }

    #[test]
    fn what_has_no_list_says_so() {
        assert!(read(NEWS, None).unwrap_err().contains("`link` in `[source.json]` says how"));
        let expected = "no list in it has `path`, which `link` names; the longest one has `cat.slug`, `createdAt`, `id`, `slug`, `title`";
        assert_eq!(read(NEWS, Some("https://a.vn/{path}/{id}")).unwrap_err(), expected);
        assert!(read("<html>", None).unwrap_err().starts_with("it is no JSON: expected value"));
    }
}
