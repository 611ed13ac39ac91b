//! A name beside the stamp, where portals set who wrote without saying so: `Nguyễn Văn A - 24/11/2026 08:07`.
//!
//! The place says that it may be a name, its form that it is one. Nothing but the first word tells `Lê Hà Nam`
//! from `Đà Nẵng` and `Thời Sự`, so only names that begin with a Vietnamese family name are taken, and none that
//! stands anywhere else on the page, as sections, sites and people of the story do.

use crate::{
    article::{
        block::Block,
        layout::Layout,
        names,
        words::{normal, words},
    },
    time,
};

/// Blocks below the headline among which the stamp is looked for.
const BELOW: usize = 8;
/// Words from which a block is the lead or the body.
const PROSE: usize = 15;
/// Words of a line that may stand around its date besides the name: weekday, label, number of readers.
const AROUND: usize = 12;

/// Family names of nine in ten Vietnamese that begin the name of no town.
const FAMILIES: [&str; 16] =
    ["nguyễn", "trần", "lê", "phạm", "huỳnh", "võ", "đặng", "bùi", "đỗ", "ngô", "trịnh", "đinh", "trương", "phùng", "đào", "tạ"];
/// Those that towns and sections begin with too, so that it takes three words to be a person.
const FAMILIES_AND_TOWNS: [&str; 13] = ["hoàng", "phan", "vũ", "hồ", "dương", "lý", "hà", "lương", "mai", "tô", "lâm", "cao", "thái"];

/// The person named in the line of the first stamp below the headline, or in the line right above or below it.
pub fn author(layout: &Layout, heading: usize) -> Option<String> {
    let blocks = &layout.blocks;
    let is_line = |at: &usize| blocks[*at].words < PROSE;
    let lines: Vec<usize> = (heading + 1..blocks.len()).take(BELOW).take_while(is_line).collect();
    let (stamp, date) = lines.iter().find_map(|at| Some((*at, time::place(&blocks[*at].text)?)))?;
    let line = &blocks[stamp];
    let (before, after) = (&line.text[..date.start], &line.text[date.end..]);
    if words(before).chain(words(after)).count() > AROUND {
        return None;
    }
    let parts = [before, after].into_iter().flat_map(|part| part.split(['|', '•', '·', '/', ',', '-', '–', '—', '(', ')']));
    let parts = parts.map(str::trim);
    let is_signed = parts.clone().any(names::is_office);
    let mut beside = parts.filter(|part| is_person(part) || is_signed && names::is_full(part) && !names::is_office(part));
    let beside = beside.next().map(|name| (name, stamp));
    let around = [stamp - 1, stamp + 1].into_iter().filter(|at| lines.contains(at)).map(|at| (blocks[at].text.as_str(), at));
    let (name, at) = beside.or_else(|| around.into_iter().find(|(name, _)| is_person(name)))?;
    (!stands_elsewhere(name, blocks, at)).then(|| name.to_owned())
}

fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let family = words[0].to_lowercase();
    let is_family = FAMILIES.contains(&family.as_str()) || words.len() > 2 && FAMILIES_AND_TOWNS.contains(&family.as_str());
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    is_family && (2..=5).contains(&words.len()) && words.iter().all(|word| is_name(word))
}

/// Whether the page says it besides its line, which may stand twice.
fn stands_elsewhere(name: &str, blocks: &[Block], line: usize) -> bool {
    let name = format!(" {} ", normal(name));
    let others = blocks.iter().filter(|block| block.normal != blocks[line].normal);
    others.map(|block| format!(" {} ", block.normal)).any(|text| text.contains(&name))
}
