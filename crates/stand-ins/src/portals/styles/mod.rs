//! The styles: each file is one way in which portals are built, with the traits that make it hard to read.

mod bulletin;
mod cards;
mod commune;
mod dantri;
mod dnn;
mod documents;
mod drupal;
mod epi;
mod flatsome;
mod frameset;
mod gridview;
mod joomla;
mod liferay;
mod liferay_detail;
mod liferay_tabs;
mod magazine;
mod ministry;
mod next;
mod nukeviet;
mod old_tables;
mod police;
mod province;
mod sharepoint;
mod tabs;
mod vccorp;
mod vnexpress;
mod vnpt;
mod wordpress;

use super::{
    site::{List, Site},
    story::Story,
};

/// All of them.
pub static STYLES: [&Style; 28] = [
    &liferay::STYLE,
    &liferay_detail::STYLE,
    &sharepoint::STYLE,
    &vnpt::STYLE,
    &dnn::STYLE,
    &joomla::STYLE,
    &wordpress::STYLE,
    &drupal::STYLE,
    &old_tables::STYLE,
    &frameset::STYLE,
    &next::STYLE,
    &police::STYLE,
    &documents::STYLE,
    &vnexpress::STYLE,
    &vccorp::STYLE,
    &dantri::STYLE,
    &nukeviet::STYLE,
    &commune::STYLE,
    &magazine::STYLE,
    &bulletin::STYLE,
    &gridview::STYLE,
    &flatsome::STYLE,
    &liferay_tabs::STYLE,
    &ministry::STYLE,
    &cards::STYLE,
    &province::STYLE,
    &tabs::STYLE,
    &epi::STYLE,
];

/// How a portal is built.
#[derive(Debug)]
pub struct Style {
    pub name: &'static str,
    /// The path of a story that has a page.
    pub(super) address: fn(&Story) -> String,
    /// The path of a section's list.
    pub(super) section: fn(usize) -> String,
    /// The folder of documents that have no page.
    pub(super) files: &'static str,
    pub(super) list: fn(&Site, List) -> String,
    pub(super) article: fn(&Site, &Story) -> String,
    /// What stands at a path of this style's own: its media type and text.
    pub(super) extra: fn(&Site, &str) -> Option<(&'static str, String)>,
    /// Another charset than UTF-8.
    pub(super) charset: Option<&'static str>,
    /// As what the portal comes back when it is rebuilt.
    pub(super) rebuilt: &'static Self,
    pub shown: Shown,
}

/// What of a story's truth can be seen on the portal at all.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// The minute; otherwise the day only.
    pub minute: bool,
    pub author: bool,
    /// All of the list are documents without pages.
    pub documents: bool,
}

/// What most show.
const ALL: Shown = Shown { minute: true, author: true, documents: false };

/// Most have no pages of their own.
fn nothing(_: &Site, _: &str) -> Option<(&'static str, String)> {
    None
}

/// The name of a list's page.
fn heading(list: List) -> &'static str {
    match list {
        List::Front => "Trang chủ",
        List::Section => super::site::SECTIONS[0].0,
    }
}
