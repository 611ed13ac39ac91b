//! What happens to a portal, one event at a time.

use jiff::{SignedDuration, ZonedDateTime};

use super::{
    List,
    site::Site,
    story::{self, Kind, Story},
};

/// Something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// So many new stories come at once.
    Publish(u32),
    /// A headline is worded a little otherwise; its address stays.
    Correct,
    /// A headline is worded otherwise, and so is its address, but for the number in it.
    Retitle,
    /// A story is taken away, and an older one moves up.
    Remove,
    /// An old story is put on top, in place of one that was there.
    Pin,
    Unpin,
    /// Boxes and counters turn.
    Turn,
    /// Every page is this from now on.
    Fail(ErrorPage),
    /// Everything is well again.
    Heal,
    /// An old copy of lists and boxes is served, without the two newest stories.
    Stale,
    /// The lists say that they have nothing; the boxes are full.
    Empty,
    /// Other markup, the same addresses.
    Rebuild,
    /// Other addresses; the old ones lead nowhere.
    Move,
}

/// A page in place of every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorPage {
    Internal,
    Login,
    RedirectToLogin,
    Maintenance,
    CookieWall,
    Blank,
    Parked,
}

impl ErrorPage {
    pub const ALL: [Self; 7] =
        [Self::Internal, Self::Login, Self::RedirectToLogin, Self::Maintenance, Self::CookieWall, Self::Blank, Self::Parked];
}

impl Site {
    /// Lets it happen at `now`.
    pub fn happen(&mut self, event: Event, now: &ZonedDateTime) {
        self.now = now.clone();
        match event {
            Event::Publish(count) => self.publish(count),
            Event::Correct => self.reword(|story, title| story.title = title),
            Event::Retitle => self.reword(Story::retitle),
            Event::Remove => {
                let gone = self.one_of(2..7);
                self.removed.extend(gone);
            }
            Event::Pin => self.pinned = self.old_one(),
            Event::Unpin => self.pinned = None,
            Event::Turn => self.turn += 1,
            Event::Fail(page) => self.failing = Some(page),
            Event::Heal => (self.failing, self.cached, self.is_empty) = (None, None, false),
            Event::Stale => self.cached = self.third_newest(),
            Event::Empty => self.is_empty = true,
            Event::Rebuild => self.markup = self.markup.rebuilt,
            Event::Move => {
                self.addresses = self.addresses.rebuilt;
                self.paths.clear();
            }
        }
        self.note_paths();
    }

    /// They come within the last minutes, each after all before it, the first of them for the section that is watched.
    fn publish(&mut self, count: u32) {
        for at in 0..count {
            let section = if at == 0 { 0 } else { self.any_section() };
            let age = SignedDuration::from_mins(i64::from(count - at)) + SignedDuration::from_secs(self.rng.i64(0..50));
            let last = self.stories.last().map(|story| &story.published + SignedDuration::from_secs(1));
            let published = last.map_or(&self.now - age, |last| last.max(&self.now - age));
            self.add(section, published);
        }
    }

    /// A story on the section's list gets another headline.
    fn reword(&mut self, change: impl FnOnce(&mut Story, String)) {
        let Some(number) = self.one_of(1..6) else { return };
        let Some(title) = self.story(number).map(|story| story.title.clone()) else { return };
        let title = story::sharpened(&mut self.rng, &title);
        if let Some(story) = self.story_mut(number) {
            change(story, title);
        }
    }

    /// One of these rows of the section's list that is not pinned.
    fn one_of(&mut self, rows: std::ops::Range<usize>) -> Option<u32> {
        let at = self.rng.usize(rows);
        let rows = self.rows(List::Section);
        rows.get(at).filter(|story| Some(story.number) != self.pinned && story.kind == Kind::News).map(|story| story.number)
    }

    fn third_newest(&self) -> Option<u32> {
        self.newest(|story| story.section == 0).nth(2).map(|story| story.number)
    }

    /// A story that left the section's list weeks ago.
    fn old_one(&mut self) -> Option<u32> {
        let at = self.rng.usize(15..30);
        self.newest(|story| story.section == 0).nth(at).map(|story| story.number)
    }
}
