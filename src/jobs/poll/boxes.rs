//! Which boxes of the page turn out to stand beside its list: by what the site's other pages carry, and by the dates of their stories. Pure.

use std::collections::BTreeMap;

use loa_reader::{
    list::{self, BesideBox, Candidate, Discovery, PageBox, Part, Relation},
    site::Site,
    text,
    time::Stamp,
};

use super::{
    news::{self, Before, Standing},
    read::Story,
    record,
};

/// Headlines of a box from which on the site's other pages can say that it is theirs too.
const ENOUGH: usize = 2;
/// Old stories that must have come round in a box that is not the list.
const COME_ROUND: u32 = 3;

/// Headlines of a box from which on it is told as a whole whether the site's other pages carry it: a ticker shows the newest of a
/// list on every page, and makes no menu of them.
const WHOLE: usize = 3;

/// Whether the site's other pages carry a headline as they do a menu: its own box is no measure of that where it is the list, or
/// where most of it stands on this page alone.
pub fn is_chrome(candidate: &Candidate, discovery: &Discovery, site: &Site) -> bool {
    if !list::is_chrome(candidate, site) {
        return false;
    }
    let members = members(discovery);
    let Some(number) = candidate.sighting.in_box else { return true };
    let is_of_this_page = members.get(&number).is_some_and(|members| members.len() >= WHOLE && !is_carried(members, site));
    let is_of_list = main(&members, site) == Some(number) && is_telling(candidate);
    !is_of_this_page && !is_of_list
}

/// The box that is the list: it has most of what is known, or else most headlines that say something, those that only this page
/// has before all; of equals the first.
fn main(members: &BTreeMap<usize, Vec<&Candidate>>, site: &Site) -> Option<usize> {
    let known = |members: &[&Candidate]| members.iter().filter(|member| member.sighting.relation == Relation::Known).count();
    let telling = |members: &[&Candidate]| -> usize {
        let telling = members.iter().filter(|member| is_telling(member));
        telling.map(|member| if list::is_chrome(member, site) { 1 } else { 2 }).sum()
    };
    let standing = |members: &[&Candidate]| (known(members), telling(members), members.len());
    members.iter().rev().max_by_key(|(_, members)| standing(members)).map(|(number, _)| *number)
}

fn is_telling(candidate: &Candidate) -> bool {
    text::fold(&candidate.title).chars().count() >= list::TELLING_TITLE
}

fn members(discovery: &Discovery) -> BTreeMap<usize, Vec<&Candidate>> {
    let mut members: BTreeMap<usize, Vec<&Candidate>> = BTreeMap::new();
    for candidate in &discovery.candidates {
        if let Some(number) = candidate.sighting.in_box {
            members.entry(number).or_default().push(candidate);
        }
    }
    members
}

fn is_carried(members: &[&Candidate], site: &Site) -> bool {
    let carried = members.iter().filter(|member| list::is_chrome(member, site)).count();
    members.len() >= ENOUGH && 2 * carried >= members.len()
}

/// The boxes, without the list itself, that the site's other pages carry, or, when the feed begins, whose stories are in no order of
/// their dates beside a list that is.
pub fn beside(discovery: &Discovery, published: impl Fn(&Candidate) -> Option<Stamp>, site: &Site, is_first: bool) -> Vec<BesideBox> {
    let members = members(discovery);
    let Some(main) = main(&members, site) else { return Vec::new() };
    let order = |members: &[&Candidate]| {
        let dates = members.iter().filter_map(|member| published(member));
        news::is_in_order(&dates.map(|stamp| stamp.at.timestamp()).collect::<Vec<_>>())
    };
    let is_list_in_order = is_first && order(&members[&main]) == Some(true);
    let why = |members: &[&Candidate]| {
        if is_carried(members, site) {
            Some("it stands on the site's other pages too")
        } else if is_list_in_order && order(members) == Some(false) {
            Some("its stories are in no order of their dates, as those of the list are")
        } else {
            None
        }
    };
    let is_called_like_it =
        |number: usize| discovery.boxes.get(number).zip(discovery.boxes.get(main)).is_none_or(|(one, main)| one.name() == main.name());
    let others = members.iter().filter(|(number, _)| **number != main && !is_called_like_it(**number));
    others.filter_map(|(number, members)| Some(called(discovery.boxes.get(*number)?, why(members)?))).collect()
}

/// The boxes of a page, those among them that were found to stand beside its list.
pub fn marked(mut boxes: Vec<PageBox>, beside: &[BesideBox]) -> Vec<PageBox> {
    for page_box in &mut boxes {
        if let Some(found) = beside.iter().find(|beside| page_box.is_called(&beside.name)) {
            page_box.part = Part::Beside(found.why.clone());
        }
    }
    boxes
}

/// Counts the old stories that come round in boxes which are not the list, and names those in which too many did.
pub fn coming_round(
    discovery: &Discovery,
    compared: &[super::dedupe::New],
    stories: &[Story],
    before: &Before,
    counts: &mut BTreeMap<String, u32>,
) -> Vec<BesideBox> {
    let mut found = Vec::new();
    for story in stories {
        let Some(new) = compared.iter().find(|new| new.candidate.url == story.candidate.url) else { continue };
        let is_in = !new.around.is_main && matches!(new.standing, Standing::Above | Standing::Between);
        let page_box = new.candidate.sighting.in_box.and_then(|number| discovery.boxes.get(number));
        let Some(page_box) = page_box.filter(|_| is_in && before.is_long_past(record::published_by(story).as_ref())) else { continue };
        let count = counts.entry(page_box.name().to_owned()).or_default();
        *count += 1;
        if *count == COME_ROUND {
            found.push(called(page_box, "old stories come round in it"));
        }
    }
    found
}

fn called(page_box: &PageBox, why: &str) -> BesideBox {
    BesideBox { name: page_box.name().to_owned(), why: why.to_owned() }
}
