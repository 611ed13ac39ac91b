//! The list of feeds for people, with the links by which browsers and readers find them: made once for each change.

use std::sync::{Arc, PoisonError, RwLock};

use axum::{extract::State, http::HeaderMap, response::Response};
use loa_reader::list::Presentation;
use minijinja::{Environment, context};
use serde::Serialize;
use tokio::task::spawn_blocking;
use tracing::error;

use super::{Site, Web, conditional::answer, moment::moment, refusal};
use crate::{
    jobs::publish::{Documents, FeedSummary, Found, ServedDocument},
    render::{About, Body, Format, escape, under},
    words,
};

const NAME: &str = "index";
const TEMPLATE: &str = include_str!("index.html");

/// The page as it was made last.
pub struct Index {
    environment: Environment<'static>,
    /// With the revision of the documents that it shows.
    made: RwLock<Option<(u64, Arc<ServedDocument>)>>,
}

impl Default for Index {
    fn default() -> Self {
        let mut environment = Environment::new();
        // MiniJinja's own escaping turns every `/` into a reference, which simple feed finders do not read.
        environment.set_formatter(|out, _, value| Ok(out.write_str(&escape(&value.to_string()))?));
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.add_template(NAME, TEMPLATE).expect("the template is a part of the program");
        Self { environment, made: RwLock::default() }
    }
}

impl Index {
    /// Only a page that is kept whole is put here, so that a poisoned lock guards nothing broken.
    fn made(&self, revision: u64) -> Option<Arc<ServedDocument>> {
        let made = self.made.read().unwrap_or_else(PoisonError::into_inner);
        made.as_ref().filter(|(of, _)| *of == revision).map(|(_, page)| page.clone())
    }

    fn make(&self, site: &Site, documents: &Documents) -> Result<Arc<ServedDocument>, minijinja::Error> {
        let (revision, summaries) = documents.summaries();
        let has_all = matches!(documents.find("all.rss"), Found::Here(..) | Found::Unmade(_));
        let html = self.page(site, &summaries, has_all)?;
        let page = Arc::new(ServedDocument::new("text/html; charset=utf-8", html.as_bytes(), None));
        *self.made.write().unwrap_or_else(PoisonError::into_inner) = Some((revision, page.clone()));
        Ok(page)
    }

    fn page(&self, site: &Site, summaries: &[FeedSummary], has_all: bool) -> Result<String, minijinja::Error> {
        let all = has_all.then(|| links(&all(site)));
        let feeds: Vec<_> = summaries.iter().map(|summary| feed(site, summary)).collect();
        self.environment.get_template(NAME)?.render(context! {
            words => words::web::labels(site.language),
            opml => under(&site.public, "feeds.opml"),
            all => all,
            feeds => feeds,
        })
    }
}

/// `/`.
pub async fn index(State(web): State<Web>, headers: HeaderMap) -> Response {
    let made = match web.index.made(web.publisher.documents().revision()) {
        Some(page) => Ok(page),
        None => {
            let web = web.clone();
            // A panic in it is logged like any other failure and answered.
            spawn_blocking(move || web.index.make(&web.site, web.publisher.documents()))
                .await
                .map_err(|broken| broken.to_string())
                .and_then(|made| made.map_err(|error| format!("{error:#}")))
        }
    };
    match made {
        Ok(page) => answer(&headers, &page, None, (web.site.clock)()),
        Err(why) => {
            error!("cannot make the list of feeds: {why}");
            refusal::broken()
        }
    }
}

#[derive(Serialize)]
struct Feed<'a> {
    title: &'a str,
    language: Option<&'a str>,
    description: Option<&'a str>,
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

fn feed<'a>(site: &Site, summary: &'a FeedSummary) -> Feed<'a> {
    let newest = summary.newest.as_ref();
    Feed {
        title: &summary.about.title,
        language: summary.about.language.as_deref(),
        description: summary.about.presentation.description.as_deref(),
        portal: summary.about.portal.as_str(),
        host: summary.about.portal.host_str().unwrap_or_default(),
        links: links(&summary.about),
        articles: words::web::articles(site.language, summary.articles),
        newest: newest
            .map(|stamp| Newest { machine: stamp.at.strftime("%Y-%m-%dT%H:%M%:z").to_string(), words: moment(site.language, stamp) }),
    }
}

fn links(about: &About) -> Vec<Link> {
    let link = |format: Format| Link { label: format.label(), media_type: format.media_type(), address: about.address(format) };
    Format::ALL.into_iter().map(link).collect()
}

/// The feed of all feeds has no summary; its addresses are made like any other's.
fn all(site: &Site) -> About {
    let (public, portal) = (site.public.clone(), site.public.clone());
    About {
        id: "all".to_owned(),
        title: String::new(),
        portal,
        public,
        language: None,
        body: Body::Full,
        presentation: Presentation::default(),
    }
}
