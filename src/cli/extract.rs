//! `loa extract`: the list reader and the article reader on their own, for a file or for many.
//!
//! It needs no settings and opens no store.

use std::{
    fs,
    io::{self, BufRead, Write},
    path::Path,
};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use loa_reader::{
    article::{self, Draft},
    charset,
    list::{self, Candidate},
    page::Page,
    time::{Precision, Stamp},
};
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;
use url::Url;

use super::{
    Outcome,
    terminal::{self, Looks, Sheet},
};
use crate::words::{Language, adding as said, errors};

/// Columns before the words of a headline.
const INDENT: usize = 5;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa extract list --url https://portal.example/tin-tuc page.html
  loa extract article --json article.html
  echo '{\"file\": \"page.html\", \"url\": \"https://portal.example/\"}' | loa extract list --batch")]
pub(super) struct Arguments {
    /// What the pages are read as.
    kind: Kind,
    /// The address that the files came from; links are resolved against it.
    #[arg(long, value_name = "URL", conflicts_with = "batch")]
    url: Option<Url>,
    /// One JSON object a page on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
    /// Reads lines of `{"file": path, "url": address}` from standard input and answers each with a line of JSON,
    /// without any network.
    #[arg(long, conflicts_with = "pages")]
    batch: bool,
    /// Saved pages.
    #[arg(value_name = "FILE|URL", required_unless_present = "batch")]
    pages: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// Headlines of a list page.
    List,
    /// The article of its own page.
    Article,
}

/// One line of a batch.
#[derive(Debug, Deserialize)]
struct Question {
    file: String,
    #[serde(default)]
    url: Option<String>,
}

/// What is said of one page.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Answer {
    List(ListAnswer),
    Article(Box<ArticleAnswer>),
}

#[derive(Debug, Serialize)]
struct ListAnswer {
    file: Option<String>,
    url: Option<String>,
    items: Vec<Item>,
    problems: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Item {
    title: String,
    url: String,
    published: Option<String>,
    summary: Option<String>,
    image: Option<String>,
    author: Option<String>,
}

#[derive(Debug, Default, Serialize)]
struct ArticleAnswer {
    file: Option<String>,
    url: Option<String>,
    title: Option<String>,
    text: Option<String>,
    html: Option<String>,
    author: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    image: Option<String>,
    language: Option<String>,
    site: Option<String>,
    problems: Vec<String>,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    let outcome = if arguments.batch { batch(arguments.kind, io::stdin().lock(), &mut out) } else { pages(config, arguments, &mut out) };
    match outcome {
        // Whoever reads has heard enough (`… | head`).
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) => Ok(Outcome::Done),
        outcome => outcome,
    }
}

/// Answers each line as it comes. What is wrong with a page is in its answer, so that a batch that was answered has not
/// failed.
fn batch(kind: Kind, questions: impl BufRead, out: &mut impl Write) -> anyhow::Result<Outcome> {
    for line in questions.split(b'\n') {
        let line = line.context("cannot read standard input")?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = match serde_json::from_slice::<Question>(&line) {
            Ok(Question { file, url }) => answer(kind, Some(file), url.filter(|url| !url.is_empty())),
            Err(error) => nothing(kind, None, None, format!("expected a line such as `{{\"file\": path, \"url\": address}}`: {error}")),
        };
        writeln!(out, "{}", one_line(&answer)?)?;
        out.flush()?;
    }
    Ok(Outcome::Done)
}

fn pages(config: &Path, arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let (mut outcome, language) = (Outcome::Done, terminal::language());
    for (at, page) in arguments.pages.iter().enumerate() {
        let answer = match Url::parse(page) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => fetched(arguments.kind, config, url),
            _ => answer(arguments.kind, Some(page.clone()), arguments.url.as_ref().map(Url::to_string)),
        };
        if arguments.json {
            writeln!(out, "{}", one_line(&answer)?)?;
        } else {
            if at > 0 {
                writeln!(out)?;
            }
            out.write_all(in_words(&answer, language, terminal::output()).as_bytes())?;
        }
        out.flush()?;
        if let Some(failure) = answer.failure() {
            terminal::tell_of(&format!("`{page}`: {failure}"), None, language);
            outcome = Outcome::Failed;
        }
    }
    Ok(outcome)
}

fn answer(kind: Kind, file: Option<String>, url: Option<String>) -> Answer {
    let read = file.as_deref().map_or_else(|| Err("no file is named".to_owned()), |file| read(file, url.as_deref()));
    match read {
        Ok(page) => look_at(kind, file, url, &page),
        Err(problem) => nothing(kind, file, url, problem),
    }
}

/// A file as a page. Without an address, relative links lead nowhere and are left out.
fn read(file: &str, url: Option<&str>) -> Result<Page, String> {
    let bytes = fs::read(file).map_err(|error| format!("cannot read `{file}`: {error}"))?;
    let url = url.unwrap_or("about:blank");
    let url = Url::parse(url).map_err(|error| format!("`{url}` is not an address: {error}"))?;
    let (html, problems) = charset::decode(&bytes, None);
    Ok(Page { url, html, fetched_at: Timestamp::now(), problems })
}

/// A page from the web, by the same door as the daemon's.
fn fetched(kind: Kind, config: &Path, url: Url) -> Answer {
    let shown = Some(url.to_string());
    match super::web_page(config, url) {
        Ok(page) => look_at(kind, None, Some(page.url.to_string()), &page),
        Err(error) => nothing(kind, None, shown, format!("{error:#}")),
    }
}

fn look_at(kind: Kind, file: Option<String>, url: Option<String>, page: &Page) -> Answer {
    let mut problems = page.problems.clone();
    match kind {
        Kind::List => {
            let found = list::discover(&list::Settings::default(), page, &list::Context::default());
            problems.extend(found.problems);
            if found.candidates.is_empty() && url.is_none() {
                problems.push("without `--url` its relative links lead nowhere: say where it came from".to_owned());
            } else if found.candidates.is_empty() {
                problems.extend(list::Obstacle::of(page, &[]).map(|obstacle| format!("{obstacle}; {}", obstacle.way_out())));
            }
            note_bare_days(&mut problems, found.candidates.iter().filter_map(|candidate| candidate.published.as_ref()));
            Answer::List(ListAnswer { file, url, items: found.candidates.into_iter().map(Item::from).collect(), problems })
        }
        Kind::Article => {
            let draft = article::read(page, &article::Context::default());
            Answer::Article(Box::new(ArticleAnswer::new(file, url, draft, problems)))
        }
    }
}

/// The answer for a page that could not be looked at.
fn nothing(kind: Kind, file: Option<String>, url: Option<String>, problem: String) -> Answer {
    let problems = vec![problem];
    match kind {
        Kind::List => Answer::List(ListAnswer { file, url, items: Vec::new(), problems }),
        Kind::Article => Answer::Article(Box::new(ArticleAnswer { file, url, problems, ..Default::default() })),
    }
}

impl From<Candidate> for Item {
    fn from(candidate: Candidate) -> Self {
        Self {
            title: candidate.title,
            url: candidate.url.into(),
            published: candidate.published.as_ref().map(Stamp::to_rfc3339),
            summary: candidate.summary,
            image: candidate.image.map(String::from),
            author: candidate.author,
        }
    }
}

impl ArticleAnswer {
    fn new(file: Option<String>, url: Option<String>, draft: Draft, mut problems: Vec<String>) -> Self {
        problems.extend(draft.problems);
        note_bare_days(&mut problems, draft.published.iter());
        let said = |text: String| (!text.is_empty()).then_some(text);
        Self {
            file,
            url,
            title: draft.title,
            text: said(draft.text),
            html: said(draft.html),
            author: draft.author,
            published: draft.published.as_ref().map(Stamp::to_rfc3339),
            updated: draft.updated.as_ref().map(Stamp::to_rfc3339),
            image: draft.image.map(String::from),
            language: draft.language,
            site: draft.site,
            problems,
        }
    }
}

/// Says it where a page names a day alone: its midnight is then no time of day.
fn note_bare_days<'a>(problems: &mut Vec<String>, mut stamps: impl Iterator<Item = &'a Stamp>) {
    const TIME_UNKNOWN: &str = "time unknown";
    if stamps.any(|stamp| stamp.precision == Precision::Day) && !problems.iter().any(|problem| problem == TIME_UNKNOWN) {
        problems.push(TIME_UNKNOWN.to_owned());
    }
}

impl Answer {
    /// Why the page gave nothing, where it gave nothing.
    fn failure(&self) -> Option<String> {
        let (empty, problems, otherwise) = match self {
            Self::List(list) => (list.items.is_empty(), &list.problems, "no list of headlines was found"),
            Self::Article(article) => (article.text.is_none(), &article.problems, article::NO_TEXT),
        };
        empty.then(|| if problems.is_empty() { otherwise.to_owned() } else { problems.join("; ") })
    }
}

/// JSON without the three characters at which some readers end a line inside a string.
fn one_line(answer: &Answer) -> serde_json::Result<String> {
    let json = serde_json::to_string(answer)?;
    Ok(json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029").replace('\u{85}', "\\u0085"))
}

/// The same for a person at a terminal.
fn in_words(answer: &Answer, language: Language, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    let problem = said::problem(language);
    match answer {
        Answer::List(list) => {
            let labels = [said::published(language), said::author(language), said::lead(language), said::image(language)];
            let column = widest(labels.iter().chain([&problem])) + 2;
            for (at, item) in list.items.iter().enumerate() {
                sheet.field(&format!("{:>3}", at + 1), INDENT, &item.title);
                sheet.faint(INDENT, &item.url);
                let values = [&item.published, &item.author, &item.summary, &item.image];
                for (label, value) in labels.iter().zip(values) {
                    let label = format!("{}{label}", " ".repeat(INDENT));
                    value.iter().for_each(|value| sheet.field(&label, INDENT + column, value));
                }
            }
            list.problems.iter().for_each(|why| sheet.field(&problem, column, &errors::told(language, why)));
        }
        Answer::Article(article) => {
            let fields = [
                (said::title(language), &article.title),
                (said::author(language), &article.author),
                (said::published(language), &article.published),
                (said::updated(language), &article.updated),
                (said::image(language), &article.image),
                (said::language(language), &article.language),
                (said::site(language), &article.site),
            ];
            let column = widest(fields.iter().map(|(label, _)| label).chain([&problem])) + 2;
            for (label, value) in &fields {
                value.iter().for_each(|value| sheet.field(label, column, value));
            }
            if let Some(text) = &article.text {
                sheet.gap();
                text.split('\n').for_each(|line| if line.is_empty() { sheet.gap() } else { sheet.line(line) });
            }
            if !article.problems.is_empty() {
                sheet.gap();
            }
            article.problems.iter().for_each(|why| sheet.field(&problem, column, &errors::told(language, why)));
        }
    }
    sheet.into_text()
}

fn widest<'a>(labels: impl IntoIterator<Item = &'a String>) -> usize {
    labels.into_iter().map(|label| label.width()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(kind: Kind, questions: &str) -> String {
        let mut out = Vec::new();
        batch(kind, questions.as_bytes(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_batch_answers_every_line_and_says_what_was_wrong() {
        let said = answers(Kind::List, "{\"file\": \"no/such.html\", \"url\": \"https://a.vn/\"}\n\nnot json\n");
        let lines: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["file"], "no/such.html");
        for line in &lines {
            assert_eq!(line["items"], serde_json::json!([]));
            assert_eq!(line["problems"].as_array().unwrap().len(), 1, "{line}");
        }
    }

    #[test]
    fn an_unreadable_article_has_all_its_fields() {
        let said = answers(Kind::Article, "{\"file\": \"no/such.html\", \"url\": \"\"}\n");
        let line: serde_json::Value = serde_json::from_str(&said).unwrap();
        for field in ["url", "title", "text", "html", "author", "published", "updated", "image", "language", "site"] {
            assert_eq!(line.get(field), Some(&serde_json::Value::Null), "{field}");
        }
    }

    #[test]
    fn an_answer_is_one_line_for_every_reader() {
        let answer = nothing(Kind::List, Some("a\u{2028}b\u{85}c\u{2029}d\ne".into()), None, String::new());
        let line = one_line(&answer).unwrap();
        assert!(!line.contains(['\u{2028}', '\u{2029}', '\u{85}', '\n']), "{line}");
        let back: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(back["file"], "a\u{2028}b\u{85}c\u{2029}d\ne");
    }

    #[test]
    fn it_looks_well_everywhere() {
        let item = |title: &str, summary: Option<&str>| Item {
            title: title.to_owned(),
            url: "https://cong-an.portal.example/tin-tuc/ra-quan-bao-dam-trat-tu-do-thi-81057.html".to_owned(),
            published: Some("2026-11-24T07:29:00+07:00".to_owned()),
            summary: summary.map(str::to_owned),
            image: summary.map(|_| "https://cong-an.portal.example/anh/81057.jpg".to_owned()),
            author: summary.map(|_| "Minh Hà".to_owned()),
        };
        let lead = "Sáng 24-11, công an phường ra quân bảo đảm trật tự đô thị trên các tuyến đường quanh chợ và trước cổng các trường học.";
        let list = Answer::List(ListAnswer {
            file: None,
            url: None,
            items: vec![
                item("Ra quân bảo đảm trật tự đô thị dịp cuối năm trên địa bàn ba phường trung tâm", Some(lead)),
                item("Tin vắn", None),
            ],
            problems: vec!["time unknown".to_owned()],
        });
        let article = Answer::Article(Box::new(ArticleAnswer {
            title: Some("Ra quân bảo đảm trật tự đô thị".to_owned()),
            text: Some(format!("{lead}\n\nNgười dân đồng tình.")),
            author: Some("Minh Hà".to_owned()),
            published: Some("2026-11-24T07:29:00+07:00".to_owned()),
            language: Some("vi".to_owned()),
            site: Some("Công an quận".to_owned()),
            problems: vec!["time unknown".to_owned()],
            ..ArticleAnswer::default()
        }));
        let show = |looks, language| [&list, &article].map(|answer| in_words(answer, language, looks)).join("--\n");
        insta::assert_snapshot!("extract", terminal::in_every_look(show));
    }
}
