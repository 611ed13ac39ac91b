//! Which of the ids and slugs in the addresses of a list are the articles' own: those that belong to one headline each.
//!
//! Only addresses that are built alike are counted together: beside the articles a list shows menus, videos and
//! documents.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::keys::{Id, Keys, Kind};

/// Fewer addresses do not show where a site writes its ids.
const ENOUGH: usize = 3;

/// What is one article's own in an address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Own<'k> {
    /// Mostly one.
    pub ids: Vec<&'k Id>,
    /// The words of its headline.
    pub slug: Option<&'k str>,
}

impl Own<'_> {
    /// Keys by which the article is found again at another address of `host`: `a.vn#4711` and `a.vn~bat-nhom-trom-xe`.
    pub fn marks(&self, host: &str) -> Vec<String> {
        let ids = self.ids.iter().map(|id| format!("{host}#{}", id.value));
        ids.chain(self.slug.map(|slug| format!("{host}~{slug}"))).collect()
    }
}

/// Whether a key is such a mark and no address: the sign stands right behind the host.
pub fn is_mark(key: &str) -> bool {
    key.find(['/', '?', '#', '~']).is_some_and(|at| key[at..].starts_with(['#', '~']))
}

/// For each address of a list what is its article's own. `titles` are the folded headlines in the same order.
pub fn own<'k>(keys: &'k [Keys], titles: &[&str]) -> Vec<Own<'k>> {
    let slugs = unshared(keys.iter().zip(titles).filter_map(|(keys, title)| Some((keys.slug.as_deref()?, *title))));
    let is_own = |slug: &&str| slugs.contains(slug);
    let mut own: Vec<Own> = keys.iter().map(|keys| Own { ids: Vec::new(), slug: keys.slug.as_deref().filter(is_own) }).collect();
    let mut sizes: HashMap<_, usize> = HashMap::new();
    let mut places: BTreeMap<&str, Vec<(usize, &Id)>> = BTreeMap::new();
    for (at, keys) in keys.iter().enumerate() {
        *sizes.entry(keys.form()).or_default() += 1;
        keys.ids.iter().for_each(|id| places.entry(&id.place).or_default().push((at, id)));
    }
    for found in places.values() {
        let forms: HashSet<_> = found.iter().filter(|(_, id)| id.is_clear()).map(|(at, _)| keys[*at].form()).collect();
        let built_alike: usize = forms.iter().filter_map(|form| sizes.get(form)).sum();
        let found: Vec<_> = found.iter().copied().filter(|(at, _)| forms.contains(&keys[*at].form())).collect();
        for (at, id) in of_articles(&found, built_alike, titles) {
            own[at].ids.push(id);
        }
    }
    for own in &mut own {
        // `post4711` says no more than 4711.
        if own.ids.iter().any(|id| matches!(id.kind, Kind::Number | Kind::Date)) {
            own.ids.retain(|id| id.place != "word");
        }
    }
    own
}

/// Of what stands in one place, the ids of articles: most of the addresses that are `built_alike` have one there, each
/// its own.
fn of_articles<'k>(found: &[(usize, &'k Id)], built_alike: usize, titles: &[&str]) -> Vec<(usize, &'k Id)> {
    let clear: Vec<&Id> = found.iter().map(|(_, id)| *id).filter(|id| id.is_clear()).collect();
    let lengths = || clear.iter().map(|id| id.value.len());
    let (Some(shortest), Some(longest)) = (lengths().min(), lengths().max()) else { return Vec::new() };
    let is_mostly_clear = 2 * clear.len() >= found.len();
    let fits = |id: &Id| match id.kind {
        Kind::Number | Kind::Key => true,
        Kind::Date => is_mostly_clear && (shortest..=longest).contains(&id.value.len()),
        // Among keys of five letters and digits every fifth has no digit.
        Kind::Word => is_mostly_clear && shortest == longest && id.value.len() == longest,
    };
    let mut ids = found.to_vec();
    ids.retain(|(_, id)| fits(id));
    let all = ids.len();
    let unshared = unshared(ids.iter().map(|(at, id)| (id.value.as_str(), titles[*at])));
    ids.retain(|(_, id)| unshared.contains(id.value.as_str()));
    let is_usual = 3 * ids.len() >= 2 * built_alike && 5 * clear.len() >= 2 * built_alike;
    if ids.len() >= ENOUGH && is_usual && 10 * ids.len() >= 9 * all { ids } else { Vec::new() }
}

/// The values that stand with one title only.
fn unshared<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> HashSet<&'a str> {
    let mut titles: HashMap<&str, Option<&str>> = HashMap::new();
    for (value, title) in pairs {
        titles.entry(value).and_modify(|known| *known = known.filter(|known| *known == title)).or_insert(Some(title));
    }
    titles.into_iter().filter_map(|(value, title)| title.map(|_| value)).collect()
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{super::keys, *};

    /// The marks of a list of addresses, each under a headline of its own.
    fn marks(addresses: &[String]) -> Vec<String> {
        let keys: Vec<Keys> = addresses.iter().map(|it| keys(&Url::parse(&format!("https://a.vn{it}")).unwrap())).collect();
        let titles: Vec<String> = (0..keys.len()).map(|at| format!("headline {at}")).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let marks = own(&keys, &titles).into_iter().flat_map(|own| Own { slug: None, ..own }.marks("a.vn"));
        marks.map(|mark| mark.replace("a.vn#", "")).collect()
    }

    /// `form` with each of the `ids` in it, and a headline's slug; beside it the site's other `links`.
    fn list(form: &str, ids: &[&str], links: &[&str]) -> Vec<String> {
        let slugs = ["khai-mac-hoi-thao", "tang-qua-ho-ngheo", "tap-huan-chua-chay", "ra-mat-mo-hinh", "bat-nhom-trom-xe"];
        let articles = ids.iter().zip(slugs.iter().cycle()).map(|(id, slug)| form.replace("ID", id).replace("SLUG", slug));
        articles.chain(links.iter().map(|link| (*link).to_owned())).collect()
    }

    const NUMBERS: &[&str] = &["81057", "81061", "81064", "81070", "81071"];

    #[test]
    fn the_articles_ids_are_found_in_every_build() {
        let hex = ["3fa9c21e", "07bb41d2", "91234567", "fa912345", "c0ffee42"];
        let short = ["a9bx3", "k2m4q", "zw71t", "abcde", "p0o9i"];
        let long = ["a1b2c3d4e5", "0f9e8d7c6b", "12ab34cd56", "9a8b7c6d5e"];
        let uuids =
            ["550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440001", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"];
        let small = ["758", "761", "764", "770"];
        // Numbers of six digits can be read as days now and then.
        let six = ["121024", "129311", "134507", "145822"];
        for (form, ids) in [
            ("/SLUG-ID.html", NUMBERS),
            ("/SLUG-ID-402.html", NUMBERS),
            ("/SLUG-ID-1402.html", NUMBERS),
            ("/SLUG-cID-a402.html", NUMBERS),
            ("/402-ID-SLUG.html", NUMBERS),
            ("/tin/ID-SLUG", NUMBERS),
            ("/-/chi-tiet/ID/SLUG", NUMBERS),
            ("/ID/SLUG", NUMBERS),
            ("/tin/1402/ID/SLUG", NUMBERS),
            ("/SLUG/ID.html", NUMBERS),
            ("/Default.aspx?tabid=123&ndid=ID&key=SLUG", &small),
            ("/index.php?view=article&id=ID:SLUG&catid=12", &small),
            ("/SLUG-postID.vnp", NUMBERS),
            ("/SLUG-iID/", NUMBERS),
            ("/SLUG-dID", NUMBERS),
            ("/SLUG~ID", NUMBERS),
            ("/SLUG,ID.html", NUMBERS),
            ("/SLUG-ID.htm", &six),
            ("/SLUG-ID.html", &hex),
            ("/ID/SLUG", &hex[..2]),
            ("/SLUG-ID", &long),
            ("/s-ID", &short),
            ("/SLUG-ID", &uuids),
            ("/ID/SLUG", &uuids),
            ("/tin?id={ID}&key=SLUG", &uuids),
        ] {
            let ids = if ids.len() < ENOUGH { &hex[..ENOUGH] } else { ids };
            let links =
                ["/gioi-thieu", "/", "/van-ban?loai=3", "/thu-vien/anh", "/tra-cuu/ho-so/nop-truc-tuyen", "/lien-he.aspx?muc=2&trang=1"];
            let mut found =
                marks(&list(form, ids, if form.matches('/').count() == 1 && !form.contains('?') { &links[2..] } else { &links }));
            found.sort_unstable();
            let mut wanted = ids.to_vec();
            wanted.sort_unstable();
            assert_eq!(found, wanted, "{form}");
        }
    }

    #[test]
    fn other_numbers_are_no_ids() {
        for (form, ids) in [
            // Days.
            ("/ban-tin/ID", &["20240118", "20240119", "20240120", "20240121"][..]),
            ("/SLUG-ID.html", &["180124", "190124", "200124"]),
            ("/ID/SLUG", &["2024", "2024", "2023", "2022"]),
            // A section's number.
            ("/tin/4711/SLUG", &["1", "2", "3", "4"]),
            ("/SLUG-ID.html", &["4711", "4711", "4711", "4711"]),
            ("/xem?cat=ID&ten=SLUG", &["3", "3", "3", "4", "4"]),
            // Parts and weeks.
            ("/SLUG-pID.html", &["1", "2", "3", "4"]),
            ("/lich-thang-ID", &["1", "2", "3", "10"]),
            ("/ban-tin-soID", &["125", "126", "127"]),
            ("/tin/SLUG-ID", &["covid", "covid19", "h5n1a"]),
        ] {
            assert_eq!(marks(&list(form, ids, &["/gioi-thieu", "/lien-he"])), [""; 0], "{form}");
        }
        // Numbers of a few headlines.
        let some = list("/SLUG-ID", &["5000", "1682", "3000"], &["/mot-hai-ba", "/bon-nam-sau", "/bay-tam-chin", "/muoi-chuc"]);
        assert_eq!(marks(&some), [""; 0]);
        // Too few to tell.
        assert_eq!(marks(&list("/SLUG-ID", &NUMBERS[..2], &[])), [""; 0]);
    }
}
