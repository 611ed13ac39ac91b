//! A message as Telegram would show it, as far as a terminal can: bold, links, the picture as a line.

use super::{
    html::{Entity, EntityKind},
    ledger::Message,
};

/// The same without styles and links, for a file or a pipe.
pub(super) fn plain(message: &Message, title: &str) -> String {
    let (text, _) = message.current();
    let photo = message.media.as_ref().map(|media| format!("[photo {} × {}]", media.width, media.height));
    let lines = std::iter::once(title.to_owned()).chain(photo).chain(text.lines().map(str::to_owned));
    lines.map(|line| format!("│ {line}").trim_end().to_owned() + "\n").collect()
}

/// A bubble with the title of its chat on top. Terminals that know no links show their words.
pub(super) fn in_terminal(message: &Message, title: &str) -> String {
    let (text, entities) = message.current();
    let mut lines = vec![format!("\x1b[1;36m{title}\x1b[0m")];
    if let Some(media) = &message.media {
        let size = if media.bytes == 0 { String::new() } else { format!(", {} kB", media.bytes.div_ceil(1024)) };
        lines.push(format!("\x1b[2m[photo {} × {}{size}]\x1b[0m", media.width, media.height));
    }
    lines.extend(styled(text, entities).lines().map(str::to_owned));
    let time = message.at.strftime("%H:%M:%S UTC");
    let silent = if message.silent { ", silent" } else { "" };
    lines.push(format!("\x1b[2m#{} {time}{silent}\x1b[0m", message.id));
    lines.iter().map(|line| format!("\x1b[36m│\x1b[0m {line}\n")).collect()
}

/// The text with the beginnings and ends of its entities as escapes. Styles end together, so what goes
/// on is begun again.
fn styled(text: &str, entities: &[Entity]) -> String {
    if entities.is_empty() {
        return text.to_owned();
    }
    let mut shown = String::new();
    let mut units = 0;
    for ch in text.chars() {
        let changes = entities.iter().any(|entity| entity.offset == units || entity.offset + entity.length == units);
        if changes || shown.ends_with('\n') {
            shown.push_str(&escapes(entities, units));
        }
        if ch == '\n' {
            shown.push_str("\x1b]8;;\x1b\\\x1b[0m");
        }
        shown.push(ch);
        units += ch.len_utf16();
    }
    if !entities.is_empty() {
        shown.push_str("\x1b]8;;\x1b\\\x1b[0m");
    }
    shown
}

/// What is in force at `units`.
fn escapes(entities: &[Entity], units: usize) -> String {
    let mut escapes = "\x1b]8;;\x1b\\\x1b[0m".to_owned();
    for entity in entities.iter().filter(|entity| entity.offset <= units && units < entity.offset + entity.length) {
        match &entity.kind {
            EntityKind::Bold => escapes.push_str("\x1b[1m"),
            EntityKind::Italic => escapes.push_str("\x1b[3m"),
            EntityKind::Underline => escapes.push_str("\x1b[4m"),
            EntityKind::Strikethrough => escapes.push_str("\x1b[9m"),
            EntityKind::TextLink { url } => escapes.push_str(&format!("\x1b[34m\x1b]8;;{url}\x1b\\")),
            EntityKind::Code | EntityKind::Pre { .. } => escapes.push_str("\x1b[33m"),
            EntityKind::Blockquote | EntityKind::ExpandableBlockquote => escapes.push_str("\x1b[2m"),
            EntityKind::Spoiler | EntityKind::TextMention { .. } | EntityKind::CustomEmoji { .. } | EntityKind::DateTime { .. } => (),
        }
    }
    escapes
}
