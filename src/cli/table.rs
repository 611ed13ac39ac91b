//! Rows of words under each other, as wide as they need to be, and times as a person reads them.

use jiff::{SignedDuration, Timestamp};
use unicode_width::UnicodeWidthStr;

/// Columns two spaces apart; the last one is as long as it likes.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> =
        (0..columns).map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// `5 min ago`, `in 2 h`, `now`, `never`.
pub fn relative(at: Option<Timestamp>, now: Timestamp) -> String {
    let Some(at) = at else { return "never".to_owned() };
    let distance = at.duration_since(now);
    if distance.abs() < SignedDuration::from_secs(1) {
        return "now".to_owned();
    }
    let length = length(distance.abs());
    if distance.is_negative() { format!("{length} ago") } else { format!("in {length}") }
}

fn length(duration: SignedDuration) -> String {
    match duration.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds @ 60..7200 => format!("{} min", seconds / 60),
        seconds @ 7200..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let rows = [vec!["a".to_owned(), "Đà Nẵng".to_owned()], vec!["long".to_owned(), "x".to_owned()]];
        assert_eq!(table(&rows), "a     Đà Nẵng\nlong  x\n");
        // Marks that stand alone take no column, wide letters two.
        let rows = ["Đa\u{300}", "東京", "ab"].map(|name| vec![name.to_owned(), "x".to_owned()]);
        assert_eq!(table(&rows), "Đa\u{300}    x\n東京  x\nab    x\n");
    }

    #[test]
    fn times_are_told_from_now() {
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let at = |seconds| Some(now + SignedDuration::from_secs(seconds));
        assert_eq!(relative(at(-300), now), "5 min ago");
        assert_eq!(relative(at(7200), now), "in 2 h");
        assert_eq!(relative(at(0), now), "now");
        assert_eq!(relative(None, now), "never");
    }
}
