//! A message in the terminal, as Telegram would show it.

/// Letters a line.
const WIDTH: usize = 72;

/// `text` in a bubble under the chat's name.
pub fn message_box(chat: &str, text: &str) -> String {
    let mut bubble = format!("╭─ {chat} {}╮\n", "─".repeat((WIDTH + 2).saturating_sub(chat.chars().count() + 3)));
    for line in text.lines().flat_map(wrap) {
        let padding = " ".repeat(WIDTH.saturating_sub(columns(&line)));
        bubble.push_str(&format!("│ {line}{padding} │\n"));
    }
    bubble.push_str(&format!("╰{}╯", "─".repeat(WIDTH + 2)));
    bubble
}

/// Breaks a line between words; a word that is longer than a line is broken inside.
fn wrap(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let last = lines.last_mut().expect("there is always a line");
        if !last.is_empty() && columns(last) + 1 + columns(word) > WIDTH {
            lines.push(String::new());
        } else if !last.is_empty() {
            last.push(' ');
        }
        for ch in word.chars() {
            if columns(lines.last().expect("there is always a line")) >= WIDTH {
                lines.push(String::new());
            }
            lines.last_mut().expect("there is always a line").push(ch);
        }
    }
    lines
}

/// Columns of a terminal, near enough: wide letters take two, marks none.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|ch| match ch as u32 {
            0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
            0x1100..=0x115f
            | 0x2e80..=0xa4cf
            | 0xac00..=0xd7a3
            | 0xf900..=0xfaff
            | 0xfe30..=0xfe6f
            | 0xff00..=0xff60
            | 0x1f300..=0x1faff
            | 0x20000..=0x3fffd => 2,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_framed() {
        insta::assert_snapshot!(message_box("@loa_tin", "Công an thành phố mở đợt cao điểm bảo đảm trật tự, an toàn giao thông dịp cuối năm\n\nDẫn"), @r"
        ╭─ @loa_tin ───────────────────────────────────────────────────────────────╮
        │ Công an thành phố mở đợt cao điểm bảo đảm trật tự, an toàn giao thông    │
        │ dịp cuối năm                                                             │
        │                                                                          │
        │ Dẫn                                                                      │
        ╰──────────────────────────────────────────────────────────────────────────╯
        ");
    }
}
