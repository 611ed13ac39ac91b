//! The one model below all styles: the stories, what stands on which list, and where each of them is found.

use std::collections::HashMap;

use fastrand::Rng;
use jiff::{SignedDuration, ZonedDateTime};

use super::{
    events::ErrorPage,
    server::Seen,
    story::{Kind, Story},
    styles::Style,
};

/// The portal's name.
pub const NAME: &str = "Cổng thông tin điện tử huyện Trường Xuân";

/// Sections of news, by name and by their word in addresses; then those of notices and films.
pub(super) const SECTIONS: [(&str, &str); 6] = [
    ("Tin hoạt động", "tin-hoat-dong"),
    ("Kinh tế", "kinh-te"),
    ("Văn hóa - Xã hội", "van-hoa-xa-hoi"),
    ("Giáo dục", "giao-duc"),
    ("Thông báo", "thong-bao"),
    ("Video", "video"),
];

pub(super) const NOTICES: usize = 4;
pub(super) const FILMS: usize = 5;

/// Stories on a list.
const ROWS: usize = 12;
/// How far back the stories reach at the start.
const ARCHIVE: SignedDuration = SignedDuration::from_hours(60 * 24);
/// The mean time between two of them.
const RHYTHM: SignedDuration = SignedDuration::from_hours(11);
/// The first story's number.
const FIRST: u32 = 8_701;

/// A list of the portal that can be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// The newest news of all sections.
    Front,
    /// Those of the first section.
    Section,
}

impl List {
    pub const ALL: [Self; 2] = [Self::Front, Self::Section];

    pub fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Section => "section",
        }
    }

    /// Whether a story belongs on it.
    pub fn holds(self, story: &Story) -> bool {
        match self {
            Self::Front => story.section < NOTICES,
            Self::Section => story.section == 0,
        }
    }
}

/// A portal's state.
#[derive(Debug)]
pub struct Site {
    /// As which it began: its lists stay where they were.
    first: &'static Style,
    /// By which the pages are built.
    pub(super) markup: &'static Style,
    /// By which addresses are formed.
    pub(super) addresses: &'static Style,
    /// In the order in which they came.
    pub(super) stories: Vec<Story>,
    pub(super) removed: Vec<u32>,
    /// An old story that is kept on top.
    pub(super) pinned: Option<u32>,
    pub(super) now: ZonedDateTime,
    /// Turns the boxes and counters.
    pub(super) turn: u32,
    pub(super) failing: Option<ErrorPage>,
    /// An old copy is served, which ends with this story.
    pub(super) cached: Option<u32>,
    /// The lists are empty, and the boxes are not.
    pub(super) is_empty: bool,
    /// Where each story is found.
    pub(super) paths: HashMap<String, u32>,
    /// Where each story is or was found.
    ever: HashMap<String, u32>,
    pub(super) rng: Rng,
    pub(super) seen: Vec<Seen>,
    pub(super) origin: String,
}

impl Site {
    pub(super) fn new(style: &'static Style, seed: u64, now: ZonedDateTime, origin: String) -> Self {
        let mut site = Self {
            first: style,
            markup: style,
            addresses: style,
            stories: Vec::new(),
            removed: Vec::new(),
            pinned: None,
            now,
            turn: 0,
            failing: None,
            cached: None,
            is_empty: false,
            paths: HashMap::new(),
            ever: HashMap::new(),
            rng: Rng::with_seed(seed),
            seen: Vec::new(),
            origin,
        };
        site.fill();
        site
    }

    /// Two months of stories, in minutes as newsrooms work, not on the hour.
    fn fill(&mut self) {
        let end = self.now.clone();
        let mut at = &end - ARCHIVE;
        while at < &end - SignedDuration::from_mins(50) {
            let section = self.any_section();
            self.add(section, at.clone());
            at += SignedDuration::from_mins(self.rng.i64(1..2 * RHYTHM.as_mins()));
        }
        self.note_paths();
    }

    /// The first section has the most.
    pub(super) fn any_section(&mut self) -> usize {
        [0, 0, 0, 0, 1, 1, 2, 2, 3, NOTICES, NOTICES, FILMS][self.rng.usize(..12)]
    }

    /// One more story; no two have the same headline.
    pub(super) fn add(&mut self, section: usize, published: ZonedDateTime) -> u32 {
        let number = FIRST + u32::try_from(self.stories.len()).unwrap_or_default();
        let kind = self.kind(section);
        let story = loop {
            let story = Story::made(&mut self.rng, number, kind, section, published.clone());
            if self.stories.iter().all(|other| other.title != story.title) {
                break story;
            }
        };
        self.stories.push(story);
        number
    }

    fn kind(&mut self, section: usize) -> Kind {
        match (section, self.rng.u8(0..24)) {
            (FILMS, _) => Kind::Film,
            _ if self.first.shown.documents => Kind::Document,
            (0 | NOTICES, 0) => Kind::Scan,
            (0 | NOTICES, 1) => Kind::Pdf,
            _ => Kind::News,
        }
    }

    /// The style in which the pages are built now.
    pub fn style(&self) -> &'static Style {
        self.markup
    }

    /// The story's path with its query, as lists lead to it now.
    pub fn path(&self, story: &Story) -> String {
        match story.kind {
            Kind::Document => format!("/{}/van-ban-{}.pdf", self.addresses.files, story.number),
            _ => (self.addresses.address)(story),
        }
    }

    /// The path of a list.
    pub fn list_path(&self, list: List) -> String {
        match list {
            List::Front => "/".to_owned(),
            List::Section => self.section_path(0),
        }
    }

    pub(super) fn section_path(&self, section: usize) -> String {
        (self.first.section)(section)
    }

    /// Notes where the stories are found from now on; under another headline's address they are found still.
    pub(super) fn note_paths(&mut self) {
        for at in 0..self.stories.len() {
            let story = &self.stories[at];
            let (path, number) = (self.path(story), story.number);
            self.ever.insert(path.clone(), number);
            self.paths.insert(path, number);
        }
    }

    /// The story that is served at a path.
    pub(super) fn served_at(&self, path: &str) -> Option<&Story> {
        self.story(*self.paths.get(&without_session(path))?)
    }

    /// The story that is or was found at a path.
    pub fn at_path(&self, path: &str) -> Option<&Story> {
        self.story(*self.ever.get(&without_session(path))?)
    }

    pub fn story(&self, number: u32) -> Option<&Story> {
        self.stories.get(usize::try_from(number.checked_sub(FIRST)?).ok()?)
    }

    pub(super) fn story_mut(&mut self, number: u32) -> Option<&mut Story> {
        self.stories.get_mut(usize::try_from(number.checked_sub(FIRST)?).ok()?)
    }

    pub fn is_removed(&self, story: &Story) -> bool {
        self.removed.contains(&story.number)
    }

    /// The stories of a list, the newest first, below the one that is pinned.
    pub fn rows(&self, list: List) -> Vec<&Story> {
        if self.is_empty {
            return Vec::new();
        }
        let pinned = self.pinned.and_then(|number| self.story(number)).filter(|story| list.holds(story));
        let others = self.newest(|story| list.holds(story) && Some(story.number) != self.pinned);
        pinned.into_iter().chain(others).take(ROWS).collect()
    }

    /// What stands on the portal, the newest first.
    pub(super) fn newest(&self, is_wanted: impl Fn(&Story) -> bool) -> impl Iterator<Item = &Story> {
        let last = self.cached.unwrap_or(u32::MAX);
        self.stories.iter().rev().filter(move |story| story.number <= last && !self.is_removed(story) && is_wanted(story))
    }

    /// Whether lists are served as they are: no error, no old copy, not empty.
    pub fn is_sound(&self) -> bool {
        self.failing.is_none() && self.cached.is_none() && !self.is_empty
    }

    /// The number of the newest story.
    pub fn last_number(&self) -> u32 {
        self.stories.last().map_or(0, |story| story.number)
    }

    /// The requests since this was last asked for.
    pub fn take_requests(&mut self) -> Vec<Seen> {
        std::mem::take(&mut self.seen)
    }
}

/// A path without the session's number that some portals write into it.
fn without_session(path: &str) -> String {
    match path.split_once(";jsessionid=") {
        Some((before, rest)) => format!("{before}{}", rest.find('?').map_or("", |at| &rest[at..])),
        None => path.to_owned(),
    }
}
