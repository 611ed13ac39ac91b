//! A story with everything that is true of it, made from tables of words by a seed.

use fastrand::Rng;
use jiff::ZonedDateTime;
use loa_reader::text;

use super::{site::NOTICES, words};

/// What there is to read of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page with a text.
    News,
    /// A page with nothing but a scanned paper.
    Scan,
    /// A page with nothing but a link to a PDF.
    Pdf,
    /// No page: the list leads to the PDF.
    Document,
    /// A page with a film and one sentence.
    Film,
}

/// A picture and the words below it.
#[derive(Debug, Clone)]
pub struct Picture {
    pub path: String,
    pub caption: String,
}

/// A table: what it counts, its first row, the others.
#[derive(Debug, Clone)]
pub struct Table {
    pub caption: String,
    pub header: [&'static str; 3],
    pub rows: Vec<[String; 3]>,
}

/// A file that belongs to the story: a link in the text, or in a box below it.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub name: String,
    pub path: String,
    pub is_in_text: bool,
}

/// One story.
#[derive(Debug, Clone)]
pub struct Story {
    /// Grows with every story of the portal.
    pub number: u32,
    pub kind: Kind,
    /// Index of its section.
    pub section: usize,
    pub title: String,
    /// Made from the headline as it is now.
    pub slug: String,
    /// Made from the headline that it began with.
    pub first_slug: String,
    pub lead: String,
    /// Where it was written.
    pub place: &'static str,
    pub paragraphs: Vec<String>,
    pub pictures: Vec<Picture>,
    pub table: Option<Table>,
    pub attachments: Vec<Attachment>,
    /// The film's path.
    pub video: Option<String>,
    pub author: &'static str,
    pub published: ZonedDateTime,
}

impl Story {
    /// A story of this kind. One in three has a table, an attachment, or a film.
    pub(super) fn made(rng: &mut Rng, number: u32, kind: Kind, section: usize, published: ZonedDateTime) -> Self {
        let is_news = kind == Kind::News;
        let titles = match kind {
            Kind::News if section != NOTICES => words::TITLES,
            Kind::News | Kind::Scan | Kind::Pdf | Kind::Document => words::NOTICES,
            Kind::Film => words::FILMS,
        };
        let title = capital(&sentence(rng, titles));
        let slug = slug(&title);
        let paragraphs = if is_news { rng.usize(2..7) } else { 0 };
        let pictures = if is_news { rng.usize(0..3) } else { usize::from(kind == Kind::Scan) };
        let year_month = published.strftime("%Y/%m").to_string();
        let has_table = is_news && rng.u8(0..6) == 0;
        let files = if kind == Kind::Pdf || (is_news && rng.u8(0..5) == 0) { 1 } else { 0 };
        let has_film = kind == Kind::Film || (is_news && rng.u8(0..8) == 0);
        Self {
            number,
            kind,
            section,
            first_slug: slug.clone(),
            slug,
            lead: if matches!(kind, Kind::News | Kind::Film) { capital(&sentence(rng, words::LEADS)) } else { String::new() },
            place: pick(rng, words::PLACES),
            paragraphs: (0..paragraphs).map(|_| paragraph(rng)).collect(),
            pictures: (0..pictures)
                .map(|at| Picture {
                    path: format!("/uploads/{year_month}/anh-{number}-{at}.jpg"),
                    caption: if is_news { capital(&sentence(rng, words::CAPTIONS)) } else { String::new() },
                })
                .collect(),
            table: has_table.then(|| table(rng)),
            attachments: (0..files)
                .map(|at| Attachment {
                    name: capital(&sentence(rng, words::FILES)),
                    path: format!("/uploads/{year_month}/tep-{number}-{at}.pdf"),
                    is_in_text: rng.bool(),
                })
                .collect(),
            video: has_film.then(|| format!("/uploads/{year_month}/phim-{number}.mp4")),
            author: pick(rng, words::AUTHORS),
            published,
            title,
        }
    }

    /// Who signed it: nobody, where there is no text.
    pub(super) fn byline(&self) -> &'static str {
        if self.paragraphs.is_empty() { "" } else { self.author }
    }

    /// Says something else in its headline from now on; its address may follow.
    pub(super) fn retitle(&mut self, title: String) {
        self.slug = slug(&title);
        self.title = title;
    }
}

/// Words as they stand in an address.
pub(super) fn slug(title: &str) -> String {
    let folded = text::fold(title);
    let words = folded.split(|ch: char| !ch.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.take(24).collect::<Vec<_>>().join("-")
}

/// Another headline for the same: as an editor sharpens it most of the words stay, but one in four is written anew.
pub(super) fn sharpened(rng: &mut Rng, title: &str) -> String {
    let title = title.trim_end_matches('?').trim_start_matches(LOOKING_BACK).trim_end_matches(GLAD);
    let title = title.split_once(" (").map_or(title, |(before, _)| before);
    match rng.u8(0..4) {
        0 => capital(&sentence(rng, words::TITLES)),
        1 => format!("{title}{GLAD}"),
        2 => format!("{LOOKING_BACK}{title}"),
        _ => format!("{title} ({} giờ qua)", rng.u32(2..48)),
    }
}

const GLAD: &str = ", bà con phấn khởi";
const LOOKING_BACK: &str = "Nhìn lại: ";

fn pick<T: Copy>(rng: &mut Rng, from: &[T]) -> T {
    from[rng.usize(..from.len())]
}

fn paragraph(rng: &mut Rng) -> String {
    let count = rng.usize(2..4);
    let sentences: Vec<String> = (0..count).map(|_| capital(&sentence(rng, words::SENTENCES))).collect();
    sentences.join(" ")
}

fn table(rng: &mut Rng) -> Table {
    let rows = rng.usize(3..6);
    Table {
        caption: capital(&sentence(rng, words::TABLES)),
        header: pick(rng, words::HEADERS),
        rows: (0..rows)
            .map(|at| {
                [format!("{}. Thôn {}", at + 1, pick(rng, words::PLACES)), rng.u32(11..90).to_string(), format!("{},5", rng.u32(100..900))]
            })
            .collect(),
    }
}

/// One of `templates` with its gaps filled.
fn sentence(rng: &mut Rng, templates: &[&str]) -> String {
    let mut text = pick(rng, templates).to_owned();
    while let Some((before, rest)) = text.split_once('{') {
        let Some((gap, after)) = rest.split_once('}') else { break };
        text = format!("{before}{}{after}", word(rng, gap));
    }
    text
}

fn word(rng: &mut Rng, gap: &str) -> String {
    match gap {
        "place" => pick(rng, words::PLACES).to_owned(),
        "office" => pick(rng, words::OFFICES).to_owned(),
        "work" => pick(rng, words::WORKS).to_owned(),
        "scale" => pick(rng, words::SCALES).to_owned(),
        "crop" => pick(rng, words::CROPS).to_owned(),
        "craft" => pick(rng, words::CRAFTS).to_owned(),
        "person" => format!("{} {} {}", pick(rng, words::SURNAMES), pick(rng, words::MIDDLES), pick(rng, words::GIVEN)),
        _ => rng.u32(12..980).to_string(),
    }
}

/// The first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
