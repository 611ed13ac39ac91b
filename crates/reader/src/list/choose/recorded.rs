//! Which boxes of a page the last poll's record knows: by heading, headlines or place.
//!
//! Of one that it does not know it is asked whether it has the list's headlines, in the list's order.
//!
//! So a rebuild changes neither what an operator calls a box nor whether it is the list's, and what comes later beside
//! a list that is known has to prove itself.

use std::collections::{HashMap, HashSet};

use crate::{
    list::{PageBox, Part, fold_title},
    site::Fingerprint,
    text,
};

/// Headlines that two boxes share, so that they are one; of smaller ones a single headline says little.
const SHARED: usize = 2;
/// Headlines of the list that a box has at least, so that it is a part of it.
const PROVEN: usize = 3;
/// Share of them that must stand in the list's order.
const ORDERED: f64 = 0.7;

/// By what a box's headline is known again.
pub(super) fn print(title: &str) -> Fingerprint {
    Fingerprint::of_text(&fold_title(title))
}

/// The boxes of the last poll.
pub(super) struct Record<'m> {
    boxes: &'m [PageBox],
    /// The headlines of its list, by their places.
    listed: HashMap<Fingerprint, usize>,
    /// The boxes that showed a headline.
    showing: HashMap<Fingerprint, Vec<usize>>,
}

impl<'m> Record<'m> {
    pub(super) fn of(boxes: &'m [PageBox]) -> Self {
        let (mut listed, mut showing) = (HashMap::new(), HashMap::<_, Vec<usize>>::new());
        for (number, page_box) in boxes.iter().enumerate() {
            for print in &page_box.prints {
                showing.entry(*print).or_default().push(number);
                if page_box.part == Part::List {
                    let place = listed.len();
                    listed.entry(*print).or_insert(place);
                }
            }
        }
        Self { boxes, listed, showing }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.boxes.is_empty()
    }

    /// How many headlines the list had.
    pub(super) fn length(&self) -> usize {
        self.listed.len()
    }

    /// Whether a headline stood on the list.
    pub(super) fn lists(&self, title: &str) -> bool {
        !self.listed.is_empty() && self.listed.contains_key(&print(title))
    }

    /// Whether a box has the list's headlines, and in their order.
    pub(super) fn proves(&self, page_box: &PageBox) -> bool {
        let places: Vec<usize> = page_box.prints.iter().filter_map(|print| self.listed.get(print).copied()).collect();
        let in_order = places.windows(2).filter(|pair| pair[0] < pair[1]).count();
        places.len() >= PROVEN && 2 * places.len() >= page_box.prints.len() && in_order as f64 >= ORDERED * (places.len() - 1) as f64
    }

    /// For each box of a page the one of the record that it is.
    pub(super) fn again(&self, boxes: &[PageBox]) -> Vec<Option<&'m PageBox>> {
        let mut again: Vec<Option<usize>> = boxes.iter().map(|page_box| self.find(|known| is_headed_alike(page_box, known))).collect();
        let mut taken: HashSet<usize> = again.iter().flatten().copied().collect();
        self.match_by_headlines(boxes, SHARED, &mut again, &mut taken);
        for (page_box, again) in boxes.iter().zip(&mut again).filter(|(_, again)| again.is_none()) {
            let is_in_place = |known: &PageBox| page_box.heading.is_empty() && known.heading.is_empty() && page_box.place == known.place;
            *again = self.find(is_in_place).filter(|number| taken.insert(*number));
        }
        self.match_by_headlines(boxes, 1, &mut again, &mut taken);
        again.into_iter().map(|number| number.map(|number| &self.boxes[number])).collect()
    }

    /// Pairs the boxes that share most headlines, at least so many and half of the smaller one's.
    fn match_by_headlines(&self, boxes: &[PageBox], least: usize, again: &mut [Option<usize>], taken: &mut HashSet<usize>) {
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for (at, page_box) in boxes.iter().enumerate().filter(|(at, _)| again[*at].is_none()) {
            let mut shared: HashMap<usize, usize> = HashMap::new();
            let shown = page_box.prints.iter().filter_map(|print| self.showing.get(print)).flatten();
            shown.for_each(|number| *shared.entry(*number).or_default() += 1);
            let is_enough = |number: usize, shared: usize| {
                let smaller = page_box.prints.len().min(self.boxes[number].prints.len());
                shared >= least && 2 * shared >= smaller
            };
            pairs.extend(
                shared.into_iter().filter(|(number, shared)| is_enough(*number, *shared)).map(|(number, shared)| (shared, at, number)),
            );
        }
        // Most first; of equals the first of the page.
        pairs.sort_unstable_by_key(|(shared, at, number)| (std::cmp::Reverse(*shared), *at, *number));
        for (_, at, number) in pairs {
            if again[at].is_none() && taken.insert(number) {
                again[at] = Some(number);
            }
        }
    }

    fn find(&self, is_it: impl Fn(&PageBox) -> bool) -> Option<usize> {
        self.boxes.iter().position(is_it)
    }
}

fn is_headed_alike(page_box: &PageBox, known: &PageBox) -> bool {
    !page_box.heading.is_empty() && text::fold(&page_box.heading) == text::fold(&known.heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_box(heading: &str, place: &str, part: Part, headlines: &[&str]) -> PageBox {
        PageBox {
            heading: heading.to_owned(),
            place: place.to_owned(),
            called: String::new(),
            part,
            is_decided: false,
            headlines: headlines.len(),
            examples: Vec::new(),
            prints: headlines.iter().map(|headline| Fingerprint::of_text(headline)).collect(),
        }
    }

    fn beside() -> Part {
        Part::Beside("old stories come round in it".to_owned())
    }

    #[test]
    fn a_box_is_known_again_by_its_heading_its_headlines_or_its_place() {
        let known = [
            page_box("", "p1", Part::List, &["a", "b", "c", "d"]),
            page_box("Đọc nhiều", "p2", beside(), &["x", "y", "z"]),
            page_box("", "p3", beside(), &["u", "v", "w"]),
        ];
        let record = Record::of(&known);
        let now = [
            page_box("", "q1", Part::List, &["u", "v", "n"]),
            page_box("Tin mới", "q2", Part::List, &["n", "a", "b", "c"]),
            page_box("ĐỌC NHIỀU", "q3", Part::List, &["a", "b", "m"]),
            page_box("Video", "p1", Part::List, &["o", "p"]),
        ];
        let places: Vec<Option<&str>> = record.again(&now).iter().map(|known| known.map(|known| known.place.as_str())).collect();
        assert_eq!(places, [Some("p3"), Some("p1"), Some("p2"), None]);
        let all_new = [page_box("", "p1", Part::List, &["n", "m"])];
        assert_eq!(record.again(&all_new)[0].map(|known| known.place.as_str()), Some("p1"));
    }

    #[test]
    fn what_has_the_lists_headlines_in_their_order_is_a_part_of_it() {
        let known = [page_box("", "p1", Part::List, &["a", "b", "c", "d", "e"]), page_box("", "p2", beside(), &["x", "y", "z"])];
        let record = Record::of(&known);
        for (headlines, expected) in [
            (&["a", "c", "d"][..], true),
            (&["n", "a", "b", "c", "m"], true),
            // Of many boxes, in no order, too few, of another box.
            (&["n", "m", "o", "p", "a", "b", "c"], false),
            (&["d", "a", "c"], false),
            (&["a", "b"], false),
            (&["x", "y", "z"], false),
        ] {
            assert_eq!(record.proves(&page_box("", "q", Part::List, headlines)), expected, "{headlines:?}");
        }
    }
}
