//! What stands before a date, or after it, and tells whose it is: the words are in `labels.txt`.

use crate::pattern::Pattern;
use crate::wordlist;

const LIST: &str = include_str!("labels.txt");

/// What says before a date that it is the day of publication.
pub static PUBLISHED: Pattern = Pattern::made(|| under("published"));
/// What says before a date that it is the day of a change.
pub static CHANGED: Pattern = Pattern::made(|| under("changed"));
/// What says before a date that it is another one's: a right, an event, a comment.
pub static OTHER: Pattern = Pattern::made(|| under("other"));
/// What says before a date that it is a document's: its number, or that it is in force.
pub static CITED: Pattern = Pattern::made(|| under("cited"));
/// What stands before the day on which a document was made.
pub static ISSUED: Pattern = Pattern::made(|| under("issued"));
/// What a clock says before the present day.
pub static TODAY: Pattern = Pattern::made(|| under("today"));
/// What a sentence says before the day of an event.
pub static EVENT: Pattern = Pattern::made(|| under("event"));
/// What follows the date of a comment.
pub static REPLY: Pattern = Pattern::made(|| under("reply"));

fn under(heading: &str) -> String {
    format!("(?i){}", wordlist::alternatives(LIST, heading))
}

/// Whether a date is spelled with its year: what is not counts from today, or is in the news.
pub fn names_year(date: &str) -> bool {
    static YEAR: Pattern = Pattern::new(r"\d{4}|\d\d?\s?[-/.]\s?\d\d?\s?[-/.]\s?\d\d|年");
    YEAR.is_match(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_told_from_the_others() {
        for (label, text) in [
            (&PUBLISHED, "Đăng lúc "),
            (&CHANGED, "Cập nhật: "),
            (&OTHER, "© "),
            (&CITED, "Nghị định số 12/2024/NĐ-CP ngày "),
            (&ISSUED, "Ngày ký: "),
            (&TODAY, "Hôm nay là "),
            (&EVENT, "Vào sáng "),
            (&REPLY, " lúc 07:29 trả lời"),
        ] {
            assert!(label.is_match(text), "{text}");
            // A heading without lines would be in every text.
            assert!(!label.is_match("Chuyện") && !label.is_match("nghị định 12/2024/nđ"), "{label:?}");
        }
    }
}
