//! What a page is where it is no list of headlines: drawn by scripts, a login, a wall, an article; with the next step.
//!
//! Signs of one kind are weak: news pages have login boxes, cookie banners and headlines about maintenance. So a page
//! is an obstacle only where it has next to nothing else to read.

mod bundles;
mod frames;
mod pager;
mod scripts;
mod signs;
mod walls;

use std::fmt;

use url::Url;

use super::{Candidate, Strategy, page::reads_as_article};
use crate::{outline::Outline, page::Page, tree};
pub use bundles::script_files;
pub use frames::main_frame;
pub use pager::{POSTBACK_PAGER, is_paged_by_postback};
pub use scripts::ScriptData;
use signs::Signs;

/// Headlines that make a list whatever else is on the page: those that are dated, and those that are surer than a
/// toss-up.
const DATED: usize = 3;
const SURE: usize = 5;

/// What stands where a list was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// Scripts draw the page, and its headlines come with them.
    Scripts(ScriptData),
    /// The page only shows this one: in a frame, or by leading on to it.
    Frames(Url),
    /// It asks who is there.
    Login,
    /// It lets browsers in, and no other program.
    Challenge,
    /// The site is being worked on.
    Maintenance,
    /// Nobody's site: a page of a domain's seller, or a server's default page.
    Parked,
    /// The page of one article.
    Article,
    /// There is nothing on it that could be a headline.
    Bare,
}

impl Obstacle {
    /// What keeps the `page` from being a list; none where the `headlines` that were found on it make one. Headlines
    /// whose own pages contradict them count for nothing, and are to be left out.
    pub fn of(page: &Page, headlines: &[Candidate]) -> Option<Self> {
        if is_list(headlines) {
            return None;
        }
        let document = tree::parse(&page.html).ok()?;
        let outline = Outline::of(&document, &page.url, page.html.len());
        if let Some(frame) = frames::main(&outline) {
            return Some(Self::Frames(frame));
        }
        let signs = Signs::of(&document, &outline);
        if let Some(wall) = walls::named(&signs) {
            return Some(wall);
        }
        if reads_as_article(&outline) {
            return Some(Self::Article);
        }
        if scripts::draws(&signs) {
            return Some(Self::Scripts(ScriptData::of(&signs, page)));
        }
        (signs.links == 0).then_some(Self::Bare)
    }

    /// Whether the `page` of an article that [`Data`](Strategy::Data) name says nothing of it: scripts draw it, or it
    /// is behind a wall.
    pub fn hides(page: &Page, headline: &Candidate) -> bool {
        headline.sighting.by.contains(&Strategy::Data)
            && Self::of(page, &[]).is_some_and(|found| !matches!(found, Self::Article | Self::Bare))
    }

    /// The next step, as a sentence without its end.
    pub fn way_out(&self) -> String {
        match self {
            Self::Scripts(data) => data.way_out(),
            Self::Frames(frame) => format!("`{frame}` is the address of that page"),
            Self::Login => {
                "give the address of a list that everybody may read, or send what a login gives with `headers` in the feed's file"
                    .to_owned()
            }
            Self::Challenge => {
                "ask the portal's people to let Loa in, or send the cookie that a browser was given with `headers` in the feed's file"
                    .to_owned()
            }
            Self::Maintenance => "nothing is to be done: try again when the site is back".to_owned(),
            Self::Parked => "check the address: the site may have moved to another domain".to_owned(),
            Self::Article => "give the address of the list on which its headline stands".to_owned(),
            Self::Bare => "check the address: the list may be empty today, or be on another page".to_owned(),
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(match self {
            Self::Scripts(_) => "scripts draw this page, and its headlines come with them",
            Self::Frames(_) => "this page only shows another one, and has no headlines of its own",
            Self::Login => "the page asks for a login",
            Self::Challenge => "the page checks for a browser (a cookie or a script), and shows nothing before that",
            Self::Maintenance => "the site is under maintenance",
            Self::Parked => "there is no site at this address, but a page of the domain's seller or of the server",
            Self::Article => "this is the page of an article, and no list of headlines",
            Self::Bare => "the page has no links but those of its menus",
        })
    }
}

fn is_list(headlines: &[Candidate]) -> bool {
    let dated = headlines.iter().filter(|headline| headline.published.is_some()).count();
    let sure = headlines.iter().filter(|headline| headline.sighting.certainty >= 0.5).count();
    dated >= DATED || sure >= SURE
}

#[cfg(test)]
mod tests;
