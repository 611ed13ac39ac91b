//! Which boxes stand beside the list: by what the site's other pages carry, and by the dates of their stories. Pure.

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
use crate::store::Learned;

/// Headlines of a box from which on the site's other pages can say that it is theirs too.
const ENOUGH: usize = 2;
/// Old stories that must have come round in a box that is not the list.
const COME_ROUND: u32 = 3;

/// Headlines of a box from which on it is told as a whole whether the site's other pages carry it: a ticker shows the
/// newest of a list on every page, and makes no menu of them.
const WHOLE: usize = 3;

/// Boxes that are remembered though the page has them no longer.
const GONE: usize = 20;

/// The boxes of a list that was read, beside what is known of its site.
pub struct ReadBoxes<'d> {
    boxes: &'d [PageBox],
    members: BTreeMap<usize, Vec<Member<'d>>>,
    /// The list: it has most of what is known, or else most headlines that say something, those that only this page has
    /// before all; of equals the first.
    main: Option<usize>,
}

/// A headline in its box.
#[derive(Clone, Copy)]
struct Member<'d> {
    candidate: &'d Candidate,
    /// The site's other pages show its link in the same place.
    is_carried: bool,
    is_telling: bool,
}

impl<'d> ReadBoxes<'d> {
    pub fn of(discovery: &'d Discovery, site: &Site) -> Self {
        let mut members: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
        for candidate in &discovery.candidates {
            let Some(number) = candidate.sighting.in_box else { continue };
            let is_telling = text::fold(&candidate.title).chars().count() >= list::TELLING_TITLE;
            members.entry(number).or_default().push(Member { candidate, is_carried: list::is_chrome(candidate, site), is_telling });
        }
        let known = |members: &[Member]| members.iter().filter(|it| it.candidate.sighting.relation == Relation::Known).count();
        let telling = |members: &[Member]| -> usize {
            members.iter().filter(|member| member.is_telling).map(|member| if member.is_carried { 1 } else { 2 }).sum()
        };
        let main = members.iter().rev().max_by_key(|(_, members)| (known(members), telling(members), members.len()));
        let main = main.map(|(number, _)| *number);
        Self { boxes: &discovery.boxes, members, main }
    }

    /// Whether the site's other pages carry a headline as they do a menu: its own box is no measure of that where it is
    /// the list, or where most of it stands on this page alone.
    pub fn is_chrome(&self, candidate: &Candidate, site: &Site) -> bool {
        if !list::is_chrome(candidate, site) {
            return false;
        }
        let Some((number, members)) = candidate.sighting.in_box.and_then(|number| Some((number, self.members.get(&number)?))) else {
            return true;
        };
        let is_of_this_page = members.len() >= WHOLE && !is_carried(members);
        let is_of_list = || {
            let own = members.iter().find(|member| member.candidate.url == candidate.url);
            self.main == Some(number) && own.is_some_and(|member| member.is_telling)
        };
        !is_of_this_page && !is_of_list()
    }

    /// The boxes, without the list itself, that the site's other pages carry, or, when the feed begins, whose stories
    /// are in no order of their dates beside a list that is.
    pub fn beside(&self, published: impl Fn(&Candidate) -> Option<Stamp>, is_first: bool) -> Vec<BesideBox> {
        let Some(main) = self.main else { return Vec::new() };
        let order = |members: &[Member]| {
            let dates = members.iter().filter_map(|member| published(member.candidate));
            news::is_in_order(&dates.map(|stamp| stamp.at.timestamp()).collect::<Vec<_>>())
        };
        let is_list_in_order = is_first && order(&self.members[&main]) == Some(true);
        let why = |members: &[Member]| {
            if is_carried(members) {
                Some("it stands on the site's other pages too")
            } else if is_list_in_order && order(members) == Some(false) {
                Some("its stories are in no order of their dates, as those of the list are")
            } else {
                None
            }
        };
        let name = |number: usize| self.boxes.get(number).map(PageBox::name);
        let others = self.members.iter().filter(|(number, _)| **number != main && name(**number) != name(main));
        others.filter_map(|(number, members)| Some(called(self.boxes.get(*number)?, why(members)?))).collect()
    }
}

fn is_carried(members: &[Member]) -> bool {
    let carried = members.iter().filter(|member| member.is_carried).count();
    members.len() >= ENOUGH && 2 * carried >= members.len()
}

/// The boxes of a page, those among them that were found to stand beside its list. What the operator decided stays.
pub fn marked(mut boxes: Vec<PageBox>, beside: &[BesideBox]) -> Vec<PageBox> {
    for page_box in boxes.iter_mut().filter(|page_box| !page_box.is_decided) {
        if let Some(found) = beside.iter().find(|beside| page_box.is_called(&beside.name)) {
            page_box.part = Part::Beside(found.why.clone());
        }
    }
    boxes
}

/// The boxes that a page had and has no longer, by their names, the newest first.
pub fn gone(before: &Learned, now: &[PageBox]) -> Vec<PageBox> {
    let is_gone = |page_box: &&PageBox| !now.iter().any(|now| now.is_called(page_box.name()));
    let gone = before.boxes.iter().chain(&before.gone_boxes).filter(is_gone).take(GONE);
    gone.map(|page_box| PageBox { prints: Vec::new(), ..page_box.clone() }).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_out_overrules_no_operator() {
        let page_box = |is_decided| PageBox {
            heading: "Tin mới".to_owned(),
            place: String::new(),
            called: String::new(),
            part: Part::List,
            is_decided,
            headlines: 3,
            examples: Vec::new(),
            prints: Vec::new(),
        };
        let beside = [BesideBox { name: "Tin mới".to_owned(), why: "it stands on the site's other pages too".to_owned() }];
        let parts = [false, true].map(|is_decided| marked(vec![page_box(is_decided)], &beside).remove(0).part);
        assert_eq!(parts, [Part::Beside(beside[0].why.clone()), Part::List]);
    }
}
