//! A terminal with a person at it: the real program runs on a pseudo-terminal, and what its screen shows can be waited
//! for and answered.

use std::{
    io::{Read, Write},
    path::Path,
    sync::{Arc, Condvar, Mutex},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long words may take to come: longer than anything that a test asks of the program.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program and its screen.
pub struct Terminal {
    screen: Arc<Screen>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// Open for as long as the program runs.
    _master: Box<dyn MasterPty + Send>,
}

/// What was written so far, as a terminal shows it.
struct Screen {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser,
    has_ended: bool,
}

impl Terminal {
    /// Starts `loa` with these words in `folder`, on a screen of so many columns and rows. Of the environment it has
    /// what a shell gives, and no token.
    pub fn loa(folder: &Path, words: &[&str], columns: u16, rows: u16) -> Self {
        Self::loa_in("C.UTF-8", folder, words, columns, rows)
    }

    /// The same in the language of this locale.
    pub fn loa_in(locale: &str, folder: &Path, words: &[&str], columns: u16, rows: u16) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_loa"));
        command.args(words);
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        command.env("LANG", locale);
        for name in ["TELOXIDE_TOKEN", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "COLUMNS"] {
            command.env_remove(name);
        }
        Self::start(command, columns, rows)
    }

    pub fn start(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let (mut output, keys) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        let state = State { parser: vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0), has_ended: false };
        let screen = Arc::new(Screen { state: Mutex::new(state), changed: Condvar::new() });
        let seen = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // The end of the program is an error on Linux.
            while let Ok(length @ 1..) = output.read(&mut buffer) {
                seen.state.lock().unwrap().parser.process(&buffer[..length]);
                seen.changed.notify_all();
            }
            seen.state.lock().unwrap().has_ended = true;
            seen.changed.notify_all();
        });
        Self { screen, keys, child, _master: pair.master }
    }

    /// The screen with the escape sequences of its colours.
    pub fn coloured(&self) -> String {
        self.screen.state.lock().unwrap().parser.screen().contents_formatted()
    }

    /// Waits until the screen shows `words`, and gives it.
    #[track_caller]
    pub fn wait_for(&self, words: &str) -> String {
        let shown = self.wait(|shown| shown.contains(words));
        shown.unwrap_or_else(|shown| panic!("`{words}` did not come:\n{shown}"))
    }

    /// Types a line and Enter.
    pub fn answer(&mut self, line: &str) {
        self.keys.write_all(format!("{line}\r").as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits for the end: the exit code, and the last screen.
    #[track_caller]
    pub fn end(mut self) -> (u32, String) {
        let shown = self.wait(|_| false);
        let shown = shown.unwrap_or_else(|shown| shown);
        assert!(self.screen.state.lock().unwrap().has_ended, "it has not ended:\n{shown}");
        (self.child.wait().unwrap().exit_code(), shown)
    }

    /// The screen when it is as wanted; an error with the last one where the program ended before, or took too long.
    fn wait(&self, is_wanted: impl Fn(&str) -> bool) -> Result<String, String> {
        let deadline = Instant::now() + PATIENCE;
        let mut state = self.screen.state.lock().unwrap();
        loop {
            let shown = state.parser.screen().contents();
            let left = deadline.saturating_duration_since(Instant::now());
            match () {
                () if is_wanted(&shown) => return Ok(shown),
                () if state.has_ended || left.is_zero() => return Err(shown),
                () => state = self.screen.changed.wait_timeout(state, left).unwrap().0,
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_screen_is_what_a_person_sees_and_answers() {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", r#"printf '\033[31mred\033[0m or blue? '; read -r colour; echo "so $colour"; exit 3"#]);
    let mut terminal = Terminal::start(command, 40, 10);
    assert_eq!(terminal.wait_for("blue? "), "red or blue? ");
    assert!(terminal.coloured().contains("\u{1b}[31mred"), "{:?}", terminal.coloured());
    terminal.answer("red");
    let (code, screen) = terminal.end();
    assert_eq!((code, screen.trim()), (3, "red or blue? red\nso red"));

    let folder = tempfile::tempdir().unwrap();
    let (code, screen) = Terminal::loa(folder.path(), &["--version"], 80, 24).end();
    assert_eq!((code, screen.trim()), (0, concat!("loa ", env!("CARGO_PKG_VERSION"))));
}
