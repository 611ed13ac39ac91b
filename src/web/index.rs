//! The list of feeds for people, with the links by which browsers and readers find them.

use axum::{extract::State, http::HeaderMap, response::Response};
use minijinja::{Environment, context};
use serde::Serialize;
use tracing::error;

use super::{Site, Web, answer::answer, refusal};
use crate::{
    jobs::publish::{FeedSummary, Found, ServedDocument},
    render::{About, Body, Format, escape, under},
};

const TEMPLATE: &str = include_str!("index.html");

/// `/`.
pub async fn index(State(web): State<Web>, headers: HeaderMap) -> Response {
    let has_all = matches!(web.documents.find("all.rss"), Found::Here(..));
    match page(&web.site, &web.documents.cards(), has_all) {
        // Made anew each time: it is small, and its tag tells whether it says something new.
        Ok(html) => answer(&headers, &ServedDocument::new("text/html; charset=utf-8", html.into(), None), None, (web.site.clock)()),
        Err(error) => {
            error!("cannot make the list of feeds: {error:#}");
            refusal::broken()
        }
    }
}

#[derive(Serialize)]
struct Feed<'a> {
    title: &'a str,
    language: Option<&'a str>,
    portal: &'a str,
    host: &'a str,
    links: Vec<Link>,
    articles: String,
    newest: Option<Newest>,
}

#[derive(Serialize)]
struct Link {
    label: &'static str,
    media_type: &'static str,
    address: String,
}

#[derive(Serialize)]
struct Newest {
    machine: String,
    words: String,
}

fn page(site: &Site, cards: &[FeedSummary], has_all: bool) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    // MiniJinja's own escaping turns every `/` into a reference, which simple feed finders do not read.
    environment.set_formatter(|out, _, value| Ok(out.write_str(&escape(&value.to_string()))?));
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.add_template("index", TEMPLATE)?;
    let all = has_all.then(|| links(&all(site)));
    let feeds: Vec<_> = cards.iter().map(|card| feed(site, card)).collect();
    environment.get_template("index")?.render(context! {
        words => site.language.words(),
        opml => under(&site.public, "feeds.opml"),
        all => all,
        feeds => feeds,
    })
}

fn feed<'a>(site: &Site, card: &'a FeedSummary) -> Feed<'a> {
    let newest = card.newest.as_ref();
    Feed {
        title: &card.about.title,
        language: card.about.language.as_deref(),
        portal: card.about.portal.as_str(),
        host: card.about.portal.host_str().unwrap_or_default(),
        links: links(&card.about),
        articles: site.language.articles(card.articles),
        newest: newest
            .map(|stamp| Newest { machine: stamp.at.strftime("%Y-%m-%dT%H:%M%:z").to_string(), words: site.language.moment(stamp) }),
    }
}

fn links(about: &About) -> Vec<Link> {
    let link = |format: Format| Link { label: format.label(), media_type: format.media_type(), address: about.address(format) };
    Format::ALL.into_iter().map(link).collect()
}

/// The feed of all feeds has no card; its addresses are made like any other's.
fn all(site: &Site) -> About {
    let (public, portal) = (site.public.clone(), site.public.clone());
    About { id: "all".to_owned(), title: String::new(), portal, public, language: None, body: Body::Full }
}
