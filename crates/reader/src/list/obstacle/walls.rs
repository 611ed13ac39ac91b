//! Pages in the list's place that are alike on every site: a login, a check for a browser, maintenance, nobody's site.

use super::{Obstacle, signs::Signs};
use crate::wordlist;

const WORDS: &str = include_str!("words.txt");

/// Characters of text and links up to which a page may be nothing but a check for a browser.
const BARE: usize = 300;
const LINKS: usize = 5;
/// Characters up to which a page may say that the site is being worked on, or is nobody's.
const NOTICE: usize = 1_500;

pub(super) fn named(signs: &Signs) -> Option<Obstacle> {
    if !signs.has_few_headlines() {
        return None;
    }
    if is_challenge(signs) {
        Some(Obstacle::Challenge)
    } else if is_login(signs) {
        Some(Obstacle::Login)
    } else if is_notice(signs, "parked") {
        Some(Obstacle::Parked)
    } else if is_notice(signs, "maintenance") {
        Some(Obstacle::Maintenance)
    } else {
        None
    }
}

/// Whether one of the list's lines under a heading is in a folded text.
pub(super) fn says(folded: &str, heading: &str) -> bool {
    wordlist::lines(WORDS, heading).any(|line| folded.contains(line))
}

/// It says so, or all it has is a script that sets a cookie and loads the page again.
fn is_challenge(signs: &Signs) -> bool {
    if signs.prose > BARE || signs.outline.anchors.len() > LINKS {
        return false;
    }
    let sets_cookie = signs.outline.named.scripts.iter().any(|script| {
        let code = script.text();
        let loads_again = ["location.reload", "location.href", "location.replace", "location=", "location ="];
        code.contains("document.cookie") && loads_again.iter().any(|call| code.contains(call))
    });
    sets_cookie || says(&signs.words, "challenge") || says(&signs.unseen("noscript"), "challenge")
}

/// A field for a password, and next to nothing beside it; or an address to which those are led who have not logged in.
fn is_login(signs: &Signs) -> bool {
    let has_password =
        signs.named("input").any(|at| signs.outline.attribute(at, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")));
    let address = &signs.outline.address;
    let address = format!("{}?{}", address.path(), address.query().unwrap_or_default()).to_ascii_lowercase();
    let is_led_there = says(&address, "login address");
    let is_called_so = says(&signs.headings, "login");
    signs.has_little() && (has_password || (is_led_there && is_called_so))
}

/// A page of few words, and these among them.
fn is_notice(signs: &Signs, heading: &str) -> bool {
    signs.prose < NOTICE && says(&signs.words, heading)
}
