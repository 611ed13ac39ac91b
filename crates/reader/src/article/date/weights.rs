//! The signs that may speak for a date of a page or against it, and the table of their weights.

use std::sync::LazyLock;

/// The table as text, for people and for tools; its first lines say where the weights are from.
const TABLE: &str = include_str!("weights.txt");

/// What follows a weight that was set by hand.
const BY_HAND: &str = " by hand";

/// Declares the signs once: their places and their names in the table.
macro_rules! signs {
    ($($(#[$doc:meta])* $sign:ident $name:literal,)*) => {
        /// What may be said of a date on a page. Most are said or not, some to a degree.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Sign { $($(#[$doc])* $sign,)* }
        /// The signs in their order, by their names in the table.
        pub const NAMES: &[&str] = &[$($name,)*];
    };
}

signs! {
    /// How little stands beside it in its line.
    Bare "bare",
    /// It stands in a `time` element.
    Time "time",
    /// The name of its element says publication.
    PublishedClass "published_class",
    /// The name of its element says date, or what stands beside one.
    DatedClass "dated_class",
    /// The name of its element says change.
    ChangedClass "changed_class",
    /// A word such as "đăng ngày" stands before it.
    Published "published",
    /// A word such as "cập nhật" stands before it.
    Changed "changed",
    /// It stands within a sentence.
    Prose "prose",
    /// What stands before it says that it is another's: a right, an event, a comment.
    Other "other",
    /// It is the day of a document that the line names by its number, the day from which one is in force, or stands in
    /// a clause.
    Cited "cited",
    /// It is a part of the headline.
    Titled "titled",
    /// What follows it is said to comments.
    Reply "reply",
    /// How near the headline it is.
    NearHeading "near_heading",
    /// It does not stand above the headline.
    AfterHeading "after_heading",
    /// It stands between headline and text.
    Lead "lead",
    /// It stands in the text.
    Within "within",
    /// It stands further down than a stamp at the end of the text does.
    Beyond "beyond",
    /// It is a part of the text.
    Accepted "accepted",
    /// How near the first paragraph it is.
    NearText "near_text",
    /// A paragraph begins with it.
    BeginsText "begins_text",
    /// A paragraph ends with it.
    EndsText "ends_text",
    /// It stands in a box of other stories or of comments, by the names around it.
    Elsewhere "elsewhere",
    /// It stands in an item of a list beside a link of several words.
    BesideLink "beside_link",
    /// It stands behind a label that ends the article.
    Behind "behind",
    /// It is a link.
    Linked "linked",
    /// It says the time of day.
    Timed "timed",
    /// It does not say its year: it counts from today, or is in the news.
    Yearless "yearless",
    /// It may be the present day or time, printed above the headline.
    Clock "clock",
    /// How many dates stand in the same markup.
    Alike "alike",
    /// It is not the first of these.
    LaterAlike "later_alike",
    /// How many dates name the same day.
    Echoed "echoed",
    /// The address of a picture names the same day.
    Pictured "pictured",
}

/// What is said of one date: a number for each sign, in the order of [`NAMES`].
#[derive(Debug, Clone, Default)]
pub struct Signs(pub [f32; NAMES.len()]);

impl Signs {
    /// Whether it is said at all.
    pub fn has(&self, sign: Sign) -> bool {
        self.0[sign as usize] > 0.0
    }

    /// Says it to a degree; most degrees are from 0 to 1.
    pub fn set(&mut self, sign: Sign, degree: f32) {
        self.0[sign as usize] = degree;
    }

    /// Says that it is so, or that it is not.
    pub fn say(&mut self, sign: Sign, is_so: bool) {
        self.set(sign, if is_so { 1.0 } else { 0.0 });
    }

    /// How much speaks for the date.
    pub fn score(&self, weights: &Weights) -> f32 {
        self.0.iter().zip(&weights.of).map(|(degree, weight)| degree * weight).sum()
    }
}

/// What the signs count, and from which score on a date is taken.
#[derive(Debug, PartialEq)]
pub struct Weights {
    /// In the order of [`NAMES`].
    pub of: [f32; NAMES.len()],
    /// From this score on a date is more often the article's than not, whatever else the page holds.
    pub believed: f32,
    /// From this score on it is, where nothing else is there.
    pub possible: f32,
    /// Which of the signs are weighed by hand, because no page that they are fitted on can teach them.
    pub by_hand: [bool; NAMES.len()],
}

impl Weights {
    /// Those that this reader decides by.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Weights> = LazyLock::new(|| Weights::read(TABLE).expect("the table is compiled in and read by a test"));
        &SHIPPED
    }

    /// Reads a table as `weights.txt` has it.
    ///
    /// # Errors
    /// Names the line that is wrong or missing.
    pub fn read(table: &str) -> Result<Self, String> {
        let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut rows = Vec::new();
        for line in lines {
            let (row, is_by_hand) = line.strip_suffix(BY_HAND).map_or((line, false), |row| (row, true));
            let row = row.split_once(' ').and_then(|(name, weight)| Some((name, (weight.parse::<f32>().ok()?, is_by_hand))));
            rows.push(row.ok_or_else(|| format!("`{line}` is not a name and a number"))?);
        }
        let weight = |name: &str| {
            let mut named = rows.iter().filter(|(row, _)| *row == name);
            match (named.next(), named.next()) {
                (Some((_, weight)), None) => Ok(*weight),
                (None, _) => Err(format!("`{name}` has no weight")),
                (Some(_), Some(_)) => Err(format!("`{name}` has two weights")),
            }
        };
        let mut weights = Self {
            of: [0.0; NAMES.len()],
            believed: weight("believed")?.0,
            possible: weight("possible")?.0,
            by_hand: [false; NAMES.len()],
        };
        for (at, name) in NAMES.iter().enumerate() {
            (weights.of[at], weights.by_hand[at]) = weight(name)?;
        }
        let is_known = |name: &str| NAMES.contains(&name) || matches!(name, "believed" | "possible");
        match rows.iter().find(|(name, _)| !is_known(name)) {
            Some((name, _)) => Err(format!("`{name}` is no sign")),
            None => Ok(weights),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_weight_for_every_sign() {
        let weights = Weights::read(TABLE).unwrap();
        assert!(weights.believed > weights.possible);
        let by_hand: Vec<&str> = NAMES.iter().zip(weights.by_hand).filter(|(_, is_by_hand)| *is_by_hand).map(|(name, _)| *name).collect();
        assert_eq!(by_hand, ["cited", "titled", "beside_link", "behind", "clock"]);
        assert_eq!(Weights::read(&TABLE.replace("clock ", "watch ")), Err("`clock` has no weight".to_owned()));
        assert_eq!(Weights::read(&format!("{TABLE}clock 1\n")), Err("`clock` has two weights".to_owned()));
        assert_eq!(Weights::read(&format!("{TABLE}watch 1\n")), Err("`watch` is no sign".to_owned()));
        assert_eq!(Weights::read(&format!("{TABLE}clock\n")), Err("`clock` is not a name and a number".to_owned()));
    }

    #[test]
    fn a_score_is_the_sum_of_the_signs_by_their_weights() {
        let mut signs = Signs::default();
        let weights = Weights::shipped();
        assert_eq!(signs.score(weights), 0.0);
        signs.say(Sign::Time, true);
        signs.set(Sign::Bare, 0.5);
        assert_eq!(signs.score(weights), weights.of[Sign::Time as usize] + 0.5 * weights.of[Sign::Bare as usize]);
    }
}
