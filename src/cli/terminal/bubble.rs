//! A message as Telegram would show it: in a frame under its chat's name, with what is bold and what leads somewhere.

use anstyle::{AnsiColor, Style};
use loa_reader::text;
use unicode_width::UnicodeWidthStr;

use super::{
    Looks,
    sheet::{HEAD, paint, wrapped},
};
use crate::message::Run;

/// Columns of the text, where there is room.
const WIDTH: usize = 72;
/// Of the frame and the space within it.
const FRAME: usize = 4;

/// `runs` in a frame under `name`; `above` is a line of its own, such as that of a picture.
pub fn bubble(name: &str, above: Option<&str>, runs: &[Run], looks: Looks) -> String {
    let width = looks.width.map_or(WIDTH, |width| width.saturating_sub(FRAME).min(WIDTH));
    let name = text::cut(&text::squeeze(&text::clean(name)), width.saturating_sub(4));
    let rule = |text: &str| paint(HEAD, text, looks.colour);
    let mut bubble = rule(&format!("╭─ {name} {}╮", "─".repeat((width + 1).saturating_sub(name.width() + 2)))) + "\n";
    let mut line = |styled: &str, wide: usize| {
        let free = " ".repeat(width.saturating_sub(wide));
        bubble.push_str(&format!("{} {styled}{free} {}\n", rule("│"), rule("│")));
    };
    for piece in above.into_iter().flat_map(|above| wrapped(&text::clean(above), Some(width))) {
        line(&paint(HEAD, &piece, looks.colour), piece.width());
    }
    if above.is_some() {
        line("", 0);
    }
    for (styled, wide) in lines(runs, width, looks.colour) {
        line(&styled, wide);
    }
    bubble + &rule(&format!("╰{}╯", "─".repeat(width + 2))) + "\n"
}

/// The lines of a text whose parts have styles, each with the columns that it takes.
fn lines(runs: &[Run], width: usize, colour: bool) -> Vec<(String, usize)> {
    let mut letters: Vec<(char, Style)> = Vec::new();
    for run in runs {
        letters.extend(text::clean(&run.text).chars().map(|ch| (ch, style(run))));
    }
    let whole: String = letters.iter().map(|(ch, _)| ch).collect();
    let mut lines = Vec::new();
    let mut at = 0;
    for line in whole.split('\n') {
        let mut from = at;
        for piece in wrapped(line, Some(width)) {
            // Only spaces are left out where a line ends.
            while letters.get(from).is_some_and(|(ch, _)| *ch == ' ') && !piece.starts_with(' ') {
                from += 1;
            }
            let length = piece.chars().count();
            lines.push((styled(&letters[from.min(letters.len())..(from + length).min(letters.len())], colour), piece.width()));
            from += length;
        }
        at += line.chars().count() + 1;
    }
    lines
}

fn styled(letters: &[(char, Style)], colour: bool) -> String {
    letters.chunk_by(|a, b| a.1 == b.1).map(|part| paint(part[0].1, &part.iter().map(|(ch, _)| ch).collect::<String>(), colour)).collect()
}

fn style(run: &Run) -> Style {
    let style = if run.link.is_some() { AnsiColor::Blue.on_default().underline() } else { Style::new() };
    let style = if run.bold { style.bold() } else { style };
    if run.italic { style.italic() } else { style }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::runs;

    const HTML: &str = "<b><a href=\"https://a.vn/1\">Mở đợt cao điểm bảo đảm trật tự, an toàn giao thông</a></b>\n\nLực lượng <i>cảnh sát</i> ra quân.\n\nBáo · 18/01/2024";

    #[test]
    fn a_message_is_framed_and_styled() {
        let runs = runs(HTML).unwrap();
        let plain = bubble("@loa_tin", Some("🖼 https://a.vn/anh/1.jpg"), &runs, Looks { width: Some(44), colour: false });
        insta::assert_snapshot!(plain, @r"
        ╭─ @loa_tin ───────────────────────────────╮
        │ 🖼 https://a.vn/anh/1.jpg                 │
        │                                          │
        │ Mở đợt cao điểm bảo đảm trật tự, an toàn │
        │ giao thông                               │
        │                                          │
        │ Lực lượng cảnh sát ra quân.              │
        │                                          │
        │ Báo · 18/01/2024                         │
        ╰──────────────────────────────────────────╯
        ");
        let coloured = bubble("@loa_tin", None, &runs, Looks { width: Some(44), colour: true });
        assert!(coloured.contains("\u{1b}[3mcảnh sát\u{1b}[0m ra quân."), "{coloured:?}");
        assert_eq!(coloured.matches("\u{1b}[1m\u{1b}[4m\u{1b}[34m").count(), 2, "{coloured:?}");
    }
}
