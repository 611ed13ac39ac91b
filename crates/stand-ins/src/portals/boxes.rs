//! What stands in the boxes beside a list: chosen here, built by the styles.

use super::{
    site::{FILMS, NOTICES, Site},
    story::{Kind, Story},
};

impl Site {
    /// "Most read": stories of two months in turn, every third time with the newest of all among them.
    pub(super) fn most_read(&self) -> Vec<&Story> {
        let all: Vec<&Story> = self.newest(|story| story.section < NOTICES).collect();
        let turn = usize::try_from(self.turn).unwrap_or_default();
        let newest = (turn % 3 == 2).then(|| all[0]);
        let others = (0..6).map(|at| all[(at * 17 + turn * 7 + 3) % all.len()]);
        let mut chosen: Vec<&Story> = Vec::new();
        for story in newest.into_iter().chain(others) {
            if chosen.iter().all(|other| other.number != story.number) {
                chosen.push(story);
            }
        }
        chosen.truncate(6);
        chosen
    }

    /// The newest of all sections, as they run over the top of the page.
    pub(super) fn ticker(&self) -> Vec<&Story> {
        self.newest(|story| story.section < NOTICES).take(5).collect()
    }

    /// The newest of one section, as its menu entry unfolds them.
    pub(super) fn of_section(&self, section: usize) -> Vec<&Story> {
        self.newest(|story| story.section == section).take(4).collect()
    }

    pub(super) fn notices(&self) -> Vec<&Story> {
        self.newest(|story| story.section == NOTICES).take(6).collect()
    }

    pub(super) fn films(&self) -> Vec<&Story> {
        self.newest(|story| story.section == FILMS && story.kind == Kind::Film).take(3).collect()
    }

    /// "Other news" below a story: those before it in its section.
    pub(super) fn others(&self, of: &Story) -> Vec<&Story> {
        self.newest(|story| story.section == of.section && story.number < of.number).take(8).collect()
    }

    /// Stories that go with one: others of its section, and others at every turn.
    pub(super) fn related(&self, to: &Story) -> Vec<&Story> {
        let all: Vec<&Story> = self.newest(|story| story.section == to.section && story.number != to.number).collect();
        let turn = usize::try_from(self.turn + to.number).unwrap_or_default();
        (0..3).map(|at| all[(at * 11 + turn * 5) % all.len()]).collect()
    }

    /// What people came back to: grows with every turn.
    pub(super) fn visits(&self) -> u32 {
        1_204_551 + self.turn * 37
    }

    /// How often a story was read.
    pub(super) fn views(&self, story: &Story) -> u32 {
        story.number % 613 + self.turn * 3
    }
}
