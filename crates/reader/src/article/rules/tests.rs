//! Blocks with likelihoods made up, and what the rules make of them.

use url::Url;

use super::*;
use crate::{article::features, tree};

const TITLE: &str = "The old bridge is closed";
const PARAGRAPH: &str = "The council has decided to close the bridge for repairs until the works that the county pays for are done.";

/// The blocks that are accepted on a page with `body` below its headline; lines that are in `doubt` are as likely as it
/// says, paragraphs surely the text, and all else is not.
fn accepted(body: &str, doubt: &[(&str, f32)]) -> Vec<String> {
    let document = tree::parse(&format!("<body><div><h1>{TITLE}</h1></div>{body}")).unwrap();
    let layout = Layout::of(&crate::outline::Outline::of(&document, &Url::parse("https://town.example/1").unwrap(), 10_000));
    let likelihood = layout.blocks.iter().map(|block| match doubt.iter().find(|(line, _)| *line == block.text) {
        Some((_, likelihood)) => *likelihood,
        None if block.text.starts_with("The council") => 0.9,
        None => 0.0,
    });
    let title = crate::article::words::normal(TITLE);
    let judged = Judged {
        likelihood: likelihood.collect(),
        features: &layout.blocks.iter().map(|_| features::Features::default()).collect::<Vec<_>>(),
        base: &Url::parse("https://town.example/1").unwrap(),
        description: "",
        title: &title,
        heading: headings::saying(&layout, &title),
        without: Without::default(),
        layout: &layout,
    };
    let accepted = judged.accepted();
    layout.blocks.iter().zip(accepted).filter(|(_, accepted)| *accepted).map(|(block, _)| block.text.clone()).collect()
}

#[test]
fn the_paragraph_behind_the_headline_opens_the_text() {
    let text = format!("<div><p>{PARAGRAPH}</p><p>{PARAGRAPH} So it was in spring.</p></div>");
    let opening = "Drivers will have to take the ferry or the long way round by the mill for half a year, says the mayor.";
    let first =
        |line: &str, box_: &str, likelihood: f32| accepted(&format!("{box_}<p>{line}</p></div>{text}"), &[(line, likelihood)])[0].clone();
    assert_eq!(first(opening, "<div class=top>", 0.35), opening);
    assert_eq!(first(opening, "<div class=top>", 0.25), PARAGRAPH);
    assert_eq!(first(opening, "<div class=newsletter>", 0.35), PARAGRAPH);
    assert_eq!(first(opening, "<div>Share</div><div>", 0.35), PARAGRAPH);
    let office = "Town hall press office, department for roads, bridges and ferries, room 12 on the first floor, updated today";
    assert_eq!(first(office, "<div>", 0.35), PARAGRAPH);
}

#[test]
fn a_heading_stays_before_a_line_beside_it() {
    let body = |between: &str| format!("<div><p>{PARAGRAPH}</p><h3>Goal</h3>{between}<p>{PARAGRAPH} So it was in spring.</p></div>");
    let found = |between: &str| accepted(&body(between), &[("A bridge for everybody", 0.7)]);
    assert_eq!(found("<p>A bridge for everybody</p>")[1..3], ["Goal", "A bridge for everybody"]);
    assert_eq!(found("<div><p>A bridge for everybody</p></div>")[1], "A bridge for everybody");
}

#[test]
fn lists_of_the_text_may_have_an_item_in_common() {
    let line = "The council keeps the ferry running until the last lorry has crossed.";
    let twice = |open: &str, close: &str| {
        let part = |head: &str| format!("<p>{PARAGRAPH} {head}</p>{open}{line}{close}");
        accepted(&format!("<div>{}{}</div>", part("So it was in spring."), part("So it is in autumn.")), &[])
            .iter()
            .filter(|text| *text == line)
            .count()
    };
    assert_eq!((twice("<ul><li>", "</ul>"), twice("<p>", "</p>")), (2, 1));
}
