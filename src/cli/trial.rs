//! `loa try`: what a feed would hold, and what could not be read; stores nothing, sends nothing.

mod explained;

use std::path::Path;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use loa_reader::{
    article::{self, Draft, Opened},
    link,
    list::{self, Candidate, Discovery, Obstacle},
    page::Page,
    site::Site,
    text,
    time::{Precision, Stamp},
};
use url::Url;

use super::{Outcome, block_on, page_boxes};
use crate::{
    feed::{self, Feed},
    fetch::{Answer, Client},
    jobs, service,
};

/// Articles that are read as a sample.
const SAMPLES: usize = 3;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa try https://portal.example/tin-tuc
  loa try feeds/danang-police.toml
  loa try --explain danang-police")]
pub(super) struct Arguments {
    /// An address, a feed file, or a feed's id.
    #[arg(value_name = "URL | FILE | ID")]
    what: String,
    /// Say which strategy found each headline, how sure that is, and why every other link is none.
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let feed = feed(config, &arguments.what)?;
    let client = super::client(config)?;
    block_on(async move {
        let page = list_page(&client, &feed).await?;
        let (bodies, remarks) = jobs::poll::linked_documents(&feed, list::wanted(&feed.source, &page), &client).await;
        let documents = bodies.into_iter().map(|body| body.into_page(page.fetched_at)).collect();
        let context = list::Context {
            zone: Some(feed.zone.clone()),
            language: feed.language.clone(),
            documents,
            home: Some(feed.url.clone()),
            ..list::Context::default()
        };
        let read = if arguments.explain { list::explain } else { list::discover };
        let mut discovery = read(&feed.source, &page, &context);
        discovery.keep_list();
        discovery.problems.extend(remarks);
        discovery.problems.extend(obstacle(&page, &discovery));
        let shown = if arguments.explain { explained::table(&discovery) } else { list(&discovery) };
        let (summary, boxes, problems) = (summed_up(&page, &discovery), boxes(&discovery), problems(&page, &discovery));
        print!("{}", text::clean(&format!("{summary}\n{shown}{boxes}{problems}")));
        if discovery.candidates.is_empty() {
            return Ok(Outcome::Failed);
        }
        if feed.full_text && !arguments.explain {
            print!("{}", text::clean(&samples(&client, &feed, &discovery).await));
        }
        Ok(Outcome::Done)
    })
}

/// The page that is watched, or where it is a frameset the page of its main frame.
async fn list_page(client: &Client, feed: &Feed) -> anyhow::Result<Page> {
    let page = page(client, feed, feed.watched().clone()).await?;
    if !matches!(feed.source, list::Settings::Page(_)) {
        return Ok(page);
    }
    jobs::poll::follow_frames(page, |frame| self::page(client, feed, frame)).await
}

/// What the page is if it is no list, and that it is only the first of several pages.
fn obstacle(page: &Page, discovery: &Discovery) -> Option<String> {
    let obstacle = Obstacle::of(page, &discovery.candidates).map(|obstacle| format!("{obstacle}\nhint     {}", obstacle.way_out()));
    obstacle.or_else(|| list::is_paged_by_postback(page).then(|| list::POSTBACK_PAGER.to_owned()))
}

/// What was read of an article as a sample.
enum Sample {
    Page(Box<Opened>),
    /// The list has its text.
    Given(Box<Draft>),
    /// Scripts draw its page.
    Hidden,
    Failed(anyhow::Error),
}

/// The first articles, without what stands on all of their pages: that is the site's.
async fn samples(client: &Client, feed: &Feed, discovery: &Discovery) -> String {
    let mut site = Site::default();
    let mut read = Vec::new();
    for candidate in discovery.candidates.iter().take(SAMPLES) {
        let sample = sample(client, feed, discovery, candidate).await;
        if let Sample::Page(opened) = &sample {
            site.learn(&opened.page_prints());
        }
        read.push((candidate, sample));
    }
    let told = read.into_iter().map(|(candidate, sample)| match sample {
        Sample::Page(opened) => format!("\n{}", article(candidate, &opened.draft(&site))),
        Sample::Given(draft) => format!("\n{}", article(candidate, &draft)),
        Sample::Hidden => {
            format!("\n{}\n  text       none: scripts draw its page, and what the list says is the article\n", candidate.title)
        }
        Sample::Failed(error) => format!("\n{}\n  problem    {error:#}\n", candidate.title),
    });
    told.collect()
}

async fn sample(client: &Client, feed: &Feed, discovery: &Discovery, candidate: &Candidate) -> Sample {
    if let Some(body) = discovery.bodies.get(&link::identity(&candidate.url)) {
        return Sample::Given(Box::new(article::of_text(body, &candidate.url)));
    }
    match page(client, feed, candidate.url.clone()).await {
        Ok(page) if Obstacle::hides(&page, candidate) => Sample::Hidden,
        Ok(page) => {
            let context = article::Context { zone: Some(&feed.zone), language: feed.language.as_deref(), listed: Some(candidate) };
            Sample::Page(Box::new(article::open(&page, &context)))
        }
        Err(error) => Sample::Failed(error),
    }
}

/// The feed that is meant: an address stands for a feed with nothing but that address.
fn feed(config: &Path, what: &str) -> anyhow::Result<Feed> {
    if Url::parse(what).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        let text = format!("url = {}\n", serde_json::to_string(what)?);
        return Ok(feed::read("trial".parse()?, what, &text, Path::new(""), &|_| None)?);
    }
    let path = if what.ends_with(".toml") {
        what.into()
    } else {
        config.parent().unwrap_or(Path::new("")).join("feeds").join(format!("{what}.toml"))
    };
    anyhow::ensure!(
        path.exists(),
        "`{what}` is no address, and there is no file `{}`\nhint: `loa try https://portal.example/tin-tuc`",
        path.display()
    );
    Ok(service::read_feed(&path)?)
}

async fn page(client: &Client, feed: &Feed, url: Url) -> anyhow::Result<Page> {
    match client.get(&feed.request(url)).await.map_err(anyhow::Error::from)?.answer {
        Answer::Body(body) => tokio::task::spawn_blocking(move || body.into_page(Timestamp::now())).await.context("decoding broke"),
        Answer::Unchanged => anyhow::bail!("the server answered that nothing had changed, though it was not asked"),
    }
}

fn summed_up(page: &Page, discovery: &Discovery) -> String {
    format!("{} headlines at {}\n", discovery.candidates.len(), page.url)
}

/// Which boxes of the page are its list.
fn boxes(discovery: &Discovery) -> String {
    let lines = page_boxes::lines(&discovery.boxes);
    let way_out = (!lines.is_empty()).then(|| format!("hint     {}\n", page_boxes::WAY_OUT));
    lines.into_iter().map(|line| format!("box      {line}\n")).chain(way_out).collect()
}

fn problems(page: &Page, discovery: &Discovery) -> String {
    page.problems.iter().chain(&discovery.problems).map(|problem| format!("problem  {problem}\n")).collect()
}

fn list(discovery: &Discovery) -> String {
    let mut words = String::new();
    for (index, candidate) in discovery.candidates.iter().enumerate() {
        let date = candidate.published.as_ref().map_or_else(|| "no date".to_owned(), shown);
        words.push_str(&format!("{:>3}  {date:<16}  {}\n     {}\n", index + 1, candidate.title, candidate.url));
    }
    words
}

fn article(candidate: &Candidate, draft: &Draft) -> String {
    let mut words = format!("{}\n", draft.title.as_deref().unwrap_or(&candidate.title));
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            words.push_str(&format!("  {name:<9}  {value}\n"));
        }
    };
    field("published", draft.published.as_ref().map(shown));
    field("author", draft.author.clone());
    field("lead", draft.summary.as_ref().map(|lead| text::cut(lead, 200)));
    field("image", draft.image.as_ref().map(Url::to_string));
    let paragraphs = draft.text.split("\n\n").filter(|paragraph| !paragraph.is_empty()).count();
    field("text", Some(format!("{paragraphs} paragraphs, {} characters", draft.text.chars().count())));
    for problem in &draft.problems {
        field("problem", Some(problem.clone()));
    }
    words
}

fn shown(stamp: &Stamp) -> String {
    match stamp.precision {
        Precision::Day => stamp.at.strftime("%d/%m/%Y").to_string(),
        Precision::Minute => stamp.at.strftime("%d/%m/%Y %H:%M").to_string(),
    }
}
