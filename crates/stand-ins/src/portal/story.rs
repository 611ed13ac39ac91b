//! A story of the sample portal, exactly as its reader should see it; and the making of one from its number.

use jiff::ZonedDateTime;
use loa_reader::text;

use super::texts::{AUTHORS, PLACES, TEXTS};

/// One article. All texts are plain: pages escape them.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The same in whatever build and under whatever address.
    pub number: u32,
    /// The last part of some of its addresses; a correction of the title leaves it.
    pub slug: String,
    pub title: String,
    pub lead: String,
    /// What follows the lead.
    pub paragraphs: Vec<String>,
    /// Under the picture; stories without one have no picture.
    pub caption: Option<String>,
    /// In capitals.
    pub author: String,
    pub published: ZonedDateTime,
}

impl Story {
    /// The story with this number, always with the same words (but for the day that it names). Numbers
    /// from 0 to 139 give 140 different stories; above, the same come again as further rounds.
    pub fn sample(number: u32, published: ZonedDateTime) -> Self {
        let at = usize::try_from(number).unwrap_or(0);
        let sample = &TEXTS[at % TEXTS.len()];
        let round = at / TEXTS.len();
        let place = PLACES[(round + at % TEXTS.len()) % PLACES.len()];
        let count = (3 + at * 7 % 41).to_string();
        let day = published.strftime("%-d-%-m").to_string();
        let fill = |words: &str| words.replace("{place}", place).replace("{count}", &count).replace("{day}", &day);
        let mut title = fill(sample.title);
        if round >= PLACES.len() {
            title.push_str(&format!(" (đợt {})", round / PLACES.len() + 1));
        }
        Self {
            number,
            slug: slug(&title, number),
            title,
            lead: fill(sample.lead),
            paragraphs: sample.paragraphs.iter().map(|paragraph| fill(paragraph)).collect(),
            caption: sample.caption.map(fill),
            author: AUTHORS[at % AUTHORS.len()].to_owned(),
            published,
        }
    }

    /// Lead and paragraphs as one text, paragraphs apart by a blank line; caption and author are not in it.
    pub fn text(&self) -> String {
        let mut text = self.lead.clone();
        for paragraph in &self.paragraphs {
            text.push_str("\n\n");
            text.push_str(paragraph);
        }
        text
    }

    /// Views as its page shows them after `visits` to the portal.
    pub(super) fn views(&self, visits: u32) -> u32 {
        27 + self.number * 13 % 900 + visits
    }
}

/// The title without marks, its words joined by hyphens, and the number.
pub(super) fn slug(title: &str, number: u32) -> String {
    let folded = text::fold(title);
    let words: Vec<_> = folded.split(|ch: char| !ch.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).take(14).collect();
    format!("{}-{number}", words.join("-"))
}
