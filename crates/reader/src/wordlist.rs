//! Lists of words kept as data: lines under `[headings]`, with `#` before what only people read.

/// The lines of `list` under `[heading]`, in their order; none where there is no such heading.
pub(crate) fn lines<'a>(list: &'a str, heading: &str) -> impl Iterator<Item = &'a str> {
    let is_heading = |line: &str| line.starts_with('[') && line.ends_with(']');
    let is_wanted = move |line: &&str| line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) == Some(heading);
    let mut lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let found = lines.find(is_wanted).is_some();
    lines.take_while(move |line| found && !is_heading(line))
}

/// The same as one pattern: each line is another way to say it.
pub(crate) fn alternatives(list: &str, heading: &str) -> String {
    lines(list, heading).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_what_stands_under_its_heading() {
        let list = "# Words.\n[first]\none\n  two|three\n\n# more\n[second]\nfour\n";
        assert_eq!(lines(list, "first").collect::<Vec<_>>(), ["one", "two|three"]);
        assert_eq!(alternatives(list, "first"), "one|two|three");
        assert_eq!(lines(list, "second").collect::<Vec<_>>(), ["four"]);
        assert_eq!(lines(list, "third").count(), 0);
    }
}
