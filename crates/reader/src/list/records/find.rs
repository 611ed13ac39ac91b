//! Where the records of a page are: for each candidate the part of the page that belongs to it, and the candidates that
//! stand alike.

use std::collections::HashMap;

use crate::{
    list::{
        candidates::Candidate,
        records::{Record, titles},
    },
    outline::{Outline, within},
};

/// Links from which on a path is asked whether it is too coarse.
const CROWD: usize = 10;
/// It is when more than this share of its links stand beside another one.
const CROWDED: f64 = 0.3;
/// How far a link without its like is climbed from, and how many links there may be around it.
const ALONE_STEPS: usize = 5;
const ALONE_LINKS: usize = 6;
/// Bytes of a label, and how many of them a record has at most.
const LABEL: usize = 30;
const LABELS: usize = 6;
/// Records in one box from which on a regular step between them means something.
const REGULAR: usize = 3;
/// Steps that rows of a record may take: `dt` and `dd`, or two to four rows of a table.
const STEPS: std::ops::RangeInclusive<usize> = 2..=4;
/// Share of the gaps that must be of that step.
const STEADY: f64 = 0.7;

/// The records of all candidates of a page.
pub(in crate::list) struct Records {
    /// One for each candidate.
    pub(in crate::list) list: Vec<Record>,
    /// Candidates of one tag path, in the order of the page.
    pub(in crate::list) groups: Vec<Vec<usize>>,
    /// Which of the groups each candidate belongs to.
    group_of: Vec<usize>,
}

impl Records {
    /// The group of a candidate.
    pub(in crate::list) fn group(&self, candidate: usize) -> usize {
        self.group_of[candidate]
    }

    /// What the records of one box have in common: their group, and what they stand in.
    pub(in crate::list) fn place(&self, candidate: usize) -> (usize, Option<usize>) {
        (self.group(candidate), self.list[candidate].holder)
    }
}

/// Groups the candidates by path and gives each its record.
pub(in crate::list) fn of(outline: &Outline, candidates: &[Candidate]) -> Records {
    let groups = groups(outline, candidates);
    let mut list: Vec<Option<Record>> = candidates.iter().map(|_| None).collect();
    let mut group_of = vec![0; candidates.len()];
    for (group, members) in groups.iter().enumerate() {
        let links = sorted_links(candidates, members);
        for member in members {
            let link = candidates[*member].link;
            list[*member] = Some(Record::of(outline, link, outline.span(climb(outline, link, &links))));
            group_of[*member] = group;
        }
        take_rows_between(outline, members, &mut list);
    }
    let list = list.into_iter().map(|record| record.expect("every candidate is in one group")).collect();
    Records { list, groups, group_of }
}

fn groups(outline: &Outline, candidates: &[Candidate]) -> Vec<Vec<usize>> {
    let mut groups = Vec::new();
    for members in by(0..candidates.len(), |member| candidates[member].path) {
        let links = sorted_links(candidates, &members);
        let beside = |member: &&usize| {
            let parent = outline.elements[candidates[**member].link].parent;
            parent.is_some_and(|parent| within(&links, &outline.span(parent)).len() > 1)
        };
        let are_beside = members.iter().filter(beside).count() as f64 > CROWDED * members.len() as f64;
        let labelled = if are_beside || repeat(candidates, &members) { by_labels(candidates, &members) } else { None };
        // What is called alike throughout the list is one of several links of each record.
        let parted: Vec<Vec<usize>> = labelled.iter().flatten().flat_map(|alike| by_cells(outline, candidates, alike.clone())).collect();
        let are_several = labelled
            .is_some_and(|labelled| parted.len() > labelled.len() || labelled.iter().filter(|alike| alike.len() >= REGULAR).count() > 1);
        if !parted.is_empty() && (are_beside || are_several) {
            groups.extend(parted);
        } else if are_beside && members.len() >= CROWD {
            // Several links of a record fell into one group: the length of the runs tells them apart.
            groups.extend(by(members.iter().copied(), |member| candidates[member].exact_path));
        } else {
            groups.extend(columns(outline, candidates, members));
        }
    }
    groups
}

/// The same links by what they are called, where several in each record are called alike: `PDF`, `DOC`, and the
/// headline beside them.
fn by_labels(candidates: &[Candidate], members: &[usize]) -> Option<Vec<Vec<usize>>> {
    let names: Vec<String> = members.iter().map(|member| titles::form(&candidates[*member].headline.text)).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    names.iter().for_each(|name| *times.entry(name).or_default() += 1);
    let is_label = |name: &str| (1..=LABEL).contains(&name.len()) && times[name] >= REGULAR && LABELS * times[name] >= members.len();
    let labels: HashMap<usize, &str> =
        members.iter().copied().zip(names.iter().map(String::as_str)).filter(|(_, name)| is_label(name)).collect();
    (!labels.is_empty()).then(|| by(members.iter().copied(), |member| labels.get(&member).copied()))
}

/// Whether a text stands in the list as often as a label does.
fn repeat(candidates: &[Candidate], members: &[usize]) -> bool {
    let mut times: HashMap<&str, usize> = HashMap::new();
    members.len() >= REGULAR
        && members.iter().map(|member| candidates[*member].headline.text.as_str()).filter(|text| text.len() <= LABEL).any(|text| {
            let times = times.entry(text).or_default();
            *times += 1;
            *times >= REGULAR
        })
}

/// Links that are called alike, by their cells, where rows have several of them: `View` of a case, and `View` of its
/// decision.
fn by_cells(outline: &Outline, candidates: &[Candidate], members: Vec<usize>) -> Vec<Vec<usize>> {
    let links = sorted_links(candidates, &members);
    let row = |member: usize| outline.ancestors(candidates[member].link).find(|at| outline.name(*at) == "tr");
    let shares_row = |member: &&usize| row(**member).is_some_and(|row| within(&links, &outline.span(row)).len() > 1);
    let form = |member: usize| titles::form(&candidates[member].headline.text);
    let are_alike = || members.iter().all(|member| form(*member) == form(members[0]));
    let sharing = members.iter().filter(shares_row).count() as f64;
    if members.len() < REGULAR || sharing < STEADY * members.len() as f64 || !are_alike() {
        return vec![members];
    }
    by(members.iter().copied(), |member| column(outline, candidates, member))
}

/// The place of a link's cell in its row.
fn column(outline: &Outline, candidates: &[Candidate], member: usize) -> Option<usize> {
    let cell = outline.ancestors(candidates[member].link).find(|at| matches!(outline.name(*at), "td" | "th"))?;
    outline.children(outline.elements[cell].parent?).position(|at| at == cell)
}

/// The same links by columns of their tables, where no two columns lead to addresses of one shape: headlines in one,
/// departments in the next. A table of cards has headlines in every column, and stays together.
fn columns(outline: &Outline, candidates: &[Candidate], members: Vec<usize>) -> Vec<Vec<usize>> {
    let columns = by(members.iter().copied(), |member| column(outline, candidates, member));
    let mut seen = HashMap::new();
    let is_apart =
        |(at, column): (usize, &Vec<usize>)| column.iter().all(|member| *seen.entry(candidates[*member].fine).or_insert(at) == at);
    if columns.iter().enumerate().all(is_apart) { columns } else { vec![members] }
}

/// Puts together what has the same key, in order of appearance.
pub(in crate::list) fn by<K: Eq + std::hash::Hash>(members: impl Iterator<Item = usize>, key: impl Fn(usize) -> K) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<K, usize> = HashMap::new();
    for member in members {
        let at = *known.entry(key(member)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(member),
            None => groups.push(vec![member]),
        }
    }
    groups
}

pub(in crate::list) fn sorted_links(candidates: &[Candidate], members: &[usize]) -> Vec<usize> {
    let mut links: Vec<usize> = members.iter().map(|member| candidates[*member].link).collect();
    links.sort_unstable();
    links
}

/// The largest element around a link that holds no other link of its group.
fn climb(outline: &Outline, link: usize, group: &[usize]) -> usize {
    let mut top = link;
    for (step, at) in outline.ancestors(link).enumerate() {
        let span = outline.span(at);
        let is_page = matches!(outline.name(at), "body" | "html" | "main");
        let is_far = group.len() == 1 && (step >= ALONE_STEPS || within(&outline.anchors, &span).len() > ALONE_LINKS);
        if is_page || is_far || within(group, &span).len() > 1 {
            break;
        }
        top = at;
    }
    top
}

/// The record of a `link` among those of the other `items`.
pub(in crate::list) fn record(outline: &Outline, link: usize, items: &[usize]) -> Record {
    Record::of(outline, link, outline.span(climb(outline, link, items)))
}

/// A record without its neighbours, where it is one of a group of few and has taken in some of the `items`.
pub(in crate::list) fn apart(outline: &Outline, record: &Record, items: &[usize]) -> Record {
    let holds_others = within(items, &record.span).len() > 1;
    if holds_others { self::record(outline, record.link, items) } else { record.clone() }
}

/// Where the records of one box stand at a regular step, the elements in between belong to the one before, or after: a
/// list whose first record has such elements before it, and whose last has none behind it, puts them first (`dt` and
/// `dd`).
fn take_rows_between(outline: &Outline, members: &[usize], list: &mut [Option<Record>]) {
    let boxes = by(members.iter().copied(), |member| list[member].as_ref().and_then(|record| record.holder));
    for mut members in boxes {
        let Some(holder) = list[members[0]].as_ref().and_then(|record| record.holder) else { continue };
        if members.len() < REGULAR {
            continue;
        }
        let rows: Vec<usize> = outline.children(holder).collect();
        members.sort_by_key(|member| list[*member].as_ref().map(|record| record.span.start));
        let places: Vec<usize> = members.iter().filter_map(|member| rows.binary_search(&list[*member].as_ref()?.span.start).ok()).collect();
        let mut gaps: Vec<usize> = places.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let Some(step) = most_frequent(&gaps) else { continue };
        let is_steady = gaps.iter().filter(|gap| **gap == step).count() as f64 >= STEADY * gaps.len() as f64;
        if places.len() < members.len() || !STEPS.contains(&step) || !is_steady {
            continue;
        }
        let are_before = are_before(outline, &rows, &places, step);
        if are_before {
            gaps.insert(0, step);
        } else {
            gaps.push(step);
        }
        for ((member, place), gap) in members.iter().zip(&places).zip(gaps) {
            let others = gap.min(step) - 1;
            let Some(record) = &mut list[*member] else { continue };
            if are_before {
                record.span.start = rows[place.saturating_sub(others)];
            } else {
                record.span.end = outline.elements[rows[(place + others).min(rows.len() - 1)]].end;
            }
        }
    }
}

/// Whether the elements between records are each the beginning of the one behind them.
fn are_before(outline: &Outline, rows: &[usize], places: &[usize], step: usize) -> bool {
    let (first, second, last) = (places[0], places[1], places[places.len() - 1]);
    let name = |place: usize| outline.name(rows[place]);
    let is_like_between = |back: usize| first >= back && second - first > back && name(first - back) == name(second - back);
    let stand_before_first = (1..step).all(is_like_between);
    let stand_behind_last = (1..step).all(|on| last + on < rows.len() && name(last + on) == name(first + on));
    stand_before_first && !stand_behind_last
}

/// The smallest of the most frequent.
fn most_frequent(gaps: &[usize]) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for gap in gaps {
        *counts.entry(*gap).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(gap, count)| (*count, std::cmp::Reverse(*gap))).map(|(gap, _)| gap)
}
