//! What a preview shows while its pages are asked, on a terminal: a line for each headline as its page confirms it. It
//! is gone when the preview is there.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use loa_reader::{draft::Draft, list::Candidate, text};

use super::{
    headlines::{PICTURE, date, fitted},
    terminal,
};
use crate::{
    jobs::poll::{Asked, Event, Progress},
    words::{Language, adding as said, errors},
};

/// Between two turns of the mark that shows that something goes on.
const TURN: Duration = Duration::from_millis(120);
/// Headlines that stand there at once.
const LINES: usize = 12;

/// Of standard error.
fn columns() -> usize {
    terminal::errors().width.unwrap_or(80)
}

/// It shows nothing where standard error is no terminal.
#[derive(Debug)]
pub struct Shown {
    bar: ProgressBar,
    state: Mutex<State>,
    wants_reasons: bool,
    language: Language,
}

#[derive(Debug, Default)]
struct State {
    lines: Vec<String>,
    asked: usize,
    all: usize,
}

impl Shown {
    /// Begins with what is looked at.
    pub fn of(address: &str, language: Language) -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{msg}{spinner} {prefix}") {
            bar.set_style(style.tick_chars("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ "));
        }
        bar.set_prefix(text::clean(&fitted(address, columns().saturating_sub(2))));
        bar.enable_steady_tick(TURN);
        Self { bar, state: Mutex::default(), wants_reasons: false, language }
    }

    /// Whether every other link is to be told with its reason.
    pub fn with_reasons(mut self, wants_reasons: bool) -> Self {
        self.wants_reasons = wants_reasons;
        self
    }

    fn line(&self, candidate: &Candidate, page: &Asked<'_>) -> String {
        let nothing = Draft::default();
        let (mark, draft, problem) = match page {
            Asked::Read(draft) => ('✓', *draft, None),
            Asked::Given | Asked::Unasked => ('✓', &nothing, None),
            Asked::Failed(why) => ('✗', &nothing, Some(*why)),
        };
        let date = date(draft.published.as_ref().or(candidate.published.as_ref()), self.language);
        let picture = if draft.image.is_some() || candidate.image.is_some() { PICTURE } else { ' ' };
        let title = draft.title.as_deref().unwrap_or(&candidate.title);
        let words = problem.map_or_else(|| title.to_owned(), |problem| format!("{title}: {}", errors::told(self.language, problem)));
        let before = format!("{mark} {date:<16}  {picture}  ");
        let room = columns().saturating_sub(before.chars().count() + 1);
        text::clean(&format!("{before}{}", fitted(&words.replace('\n', " "), room)))
    }
}

impl Progress for Shown {
    fn tell(&self, event: Event<'_>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Listed { asked, .. } => *state = State { all: asked, ..State::default() },
            Event::Recorded => (),
            Event::Asked { candidate, page } => {
                state.asked += 1;
                state.lines.push(self.line(candidate, &page));
            }
        }
        let last = &state.lines[state.lines.len().saturating_sub(LINES)..];
        self.bar.set_message(last.iter().map(|line| format!("{line}\n")).collect::<String>());
        self.bar.set_prefix(said::asked(self.language, state.asked, state.all));
    }

    fn wants_reasons(&self) -> bool {
        self.wants_reasons
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
