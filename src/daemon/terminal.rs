//! A message in the terminal, as Telegram would show it.

use unicode_width::UnicodeWidthStr;

/// Columns of a line.
const WIDTH: usize = 72;

/// `text` in a bubble under the chat's name.
pub fn message_box(chat: &str, text: &str) -> String {
    let mut bubble = format!("╭─ {chat} {}╮\n", "─".repeat((WIDTH + 2).saturating_sub(chat.width() + 3)));
    for line in textwrap::wrap(text, WIDTH) {
        let padding = " ".repeat(WIDTH.saturating_sub(line.width()));
        bubble.push_str(&format!("│ {line}{padding} │\n"));
    }
    bubble.push_str(&format!("╰{}╯", "─".repeat(WIDTH + 2)));
    bubble
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
