//! The terminal: what it can show, in which language, and how a command's words get there.
//!
//! A command makes a [`Sheet`] and prints it, or an object as JSON. What comes from elsewhere, such as a headline, is
//! cleaned of control characters on its way into the sheet; colour is added by the sheet alone. A reader that goes away
//! (`loa status | head -1`) ends the command quietly.

mod bubble;
mod error;
mod language;
mod progress;
mod sheet;
mod table;

use std::io::{self, IsTerminal, Write as _};

use serde::Serialize;

pub(super) use bubble::bubble;
pub(super) use error::{tell, tell_of};
pub(super) use language::language;
pub(super) use progress::while_waiting;
pub(super) use sheet::{Mark, Sheet};
pub(super) use table::{Cell, Column, Table};

/// Standard output was closed by its reader.
#[derive(Debug, thiserror::Error)]
#[error("standard output was closed")]
pub(super) struct ClosedPipe;

/// What one of the two streams can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Looks {
    /// Columns; `None` where nobody looks at it, and nothing is wrapped.
    pub width: Option<usize>,
    pub colour: bool,
}

/// Narrower than this is no width.
const NARROWEST: usize = 20;

/// Of standard output.
pub(super) fn output() -> Looks {
    looks(io::stdout().is_terminal(), terminal_size::terminal_size_of(io::stdout()))
}

/// Of standard error.
pub(super) fn errors() -> Looks {
    looks(io::stderr().is_terminal(), terminal_size::terminal_size_of(io::stderr()))
}

/// `COLUMNS`, `NO_COLOR`, `CLICOLOR_FORCE` and `TERM` count as everywhere.
fn looks(is_terminal: bool, size: Option<(terminal_size::Width, terminal_size::Height)>) -> Looks {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = size.map(|(width, _)| usize::from(width.0));
    let width = asked.or(seen.filter(|_| is_terminal)).map(|width| width.max(NARROWEST));
    let may = anstyle_query::clicolor() != Some(false) && anstyle_query::term_supports_color();
    let colour = !anstyle_query::no_color() && (anstyle_query::clicolor_force() || (is_terminal && may));
    Looks { width, colour }
}

/// `text` with its lines wrapped by words; spaces at their ends stay.
pub(super) fn by_words(text: &str, looks: Looks) -> String {
    let line = |line: &str| {
        let bare = line.trim_end_matches(' ');
        sheet::wrapped(bare, looks.width).join("\n") + &line[bare.len()..]
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Writes `text` to standard output.
///
/// # Errors
/// [`ClosedPipe`] when nobody reads it any more.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    print_bytes(text.as_bytes())
}

/// The same for what is no text.
///
/// # Errors
/// As [`print`].
pub(super) fn print_bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes).and_then(|()| output.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => ClosedPipe.into(),
        _ => anyhow::Error::new(error).context("standard output cannot be written to"),
    })
}

/// Writes one object on one line.
///
/// # Errors
/// As [`print`].
pub(super) fn print_json(object: &impl Serialize) -> anyhow::Result<()> {
    print(&format!("{}\n", serde_json::to_string(object)?))
}

/// Writes `text` to standard error, where nobody has to read it.
pub(super) fn warn(text: &str) {
    let _closed = io::stderr().lock().write_all(text.as_bytes());
}

/// What `make` shows at 80 and at 120 columns, in each language, without colour and with it: colour adds nothing but
/// its codes.
#[cfg(test)]
pub(super) fn in_every_look(make: impl Fn(Looks, crate::words::Language) -> String) -> String {
    let mut all = String::new();
    for language in crate::words::Language::ALL {
        for width in [80, 120] {
            let look = |colour| make(Looks { width: Some(width), colour }, language);
            let (plain, coloured) = (look(false), look(true));
            // Only an address and what is to be copied whole may stand out.
            let is_whole = |line: &&str| line.contains("://") || line.contains('`');
            let wide = plain.lines().find(|line| !is_whole(line) && unicode_width::UnicodeWidthStr::width(*line) > width);
            assert_eq!(wide, None, "wider than {width} columns");
            let bare: String = coloured
                .split('\u{1b}')
                .enumerate()
                .map(|(nth, part)| if nth == 0 { part } else { part.split_once('m').unwrap().1 })
                .collect();
            assert_eq!(bare, plain, "colour changes more than colours");
            all.push_str(&format!("── {} {width}\n{plain}", language.tag()));
            all.push_str(&format!("── {} {width}, in colour\n{}", language.tag(), coloured.replace('\u{1b}', "␛")));
        }
    }
    all
}
