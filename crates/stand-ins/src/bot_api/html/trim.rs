//! What Telegram does to a parsed text before it is stored: controls become spaces, the ends are trimmed.

use loa_reader::text::utf16_len;

use super::Entity;

/// The text and entities as they are stored. At the beginning spaces and line feeds go up to the
/// first entity; at the end all of them; entities around nothing but those go too.
pub(in crate::bot_api) fn trim(text: &str, entities: &[Entity]) -> (String, Vec<Entity>) {
    let text: String = text.chars().filter(|ch| *ch != '\r').map(|ch| if ch < ' ' && ch != '\n' { ' ' } else { ch }).collect();
    let is_blank = |ch: char| matches!(ch, ' ' | '\n');
    let first_entity = entities.iter().map(|entity| entity.offset).min().unwrap_or(usize::MAX);
    let leading = text.chars().take_while(|ch| is_blank(*ch)).count().min(first_entity);
    // Blanks are one byte and one unit each, so both counts are the same here.
    let trimmed = text[leading..].trim_end_matches(is_blank);
    let length = utf16_len(trimmed);
    let units: Vec<u16> = trimmed.encode_utf16().collect();
    let kept = entities.iter().filter_map(|entity| {
        let offset = entity.offset.saturating_sub(leading);
        let end = (offset + entity.length).min(length);
        let says_something = units.get(offset..end)?.iter().any(|unit| *unit != u16::from(b' ') && *unit != u16::from(b'\n'));
        says_something.then(|| Entity { offset, length: end - offset, ..entity.clone() })
    });
    (trimmed.to_owned(), kept.collect())
}
