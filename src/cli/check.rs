//! `loa check`: is everything in order, before anybody waits for news that never comes.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::{
    Outcome, block_on, setup,
    terminal::{self, Looks, Mark, Sheet},
};
use crate::{
    service::{
        check::{self, Finding, Grade, Terms},
        message::{self, Shown},
    },
    words::{Language, check as said, errors, terminal as around},
};

#[derive(Debug, Args)]
#[command(
    after_help = "Exits 1 when something is wrong. --message shows the newest article as each channel would be told of it, and sends nothing.

Examples:
  loa check
  loa check --send                       posts a test message to each channel
  loa check --message danang-police      shows what would be told of the newest article"
)]
pub(super) struct Arguments {
    /// Post a test message to each channel.
    #[arg(long)]
    send: bool,
    /// Show the newest article of a feed as Telegram would, and nothing else.
    #[arg(long, value_name = "FEED", conflicts_with = "send")]
    message: Option<String>,
    /// One JSON object on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
}

/// What was found, for programs.
#[derive(Debug, Serialize)]
struct Answer {
    good: bool,
    findings: Vec<Finding>,
}

pub(super) fn run(config: &Path, arguments: &Arguments, is_quiet: bool) -> anyhow::Result<Outcome> {
    if let Some(feed) = &arguments.message {
        return show(config, feed, arguments.json);
    }
    let language = terminal::language();
    let looks = terminal::output();
    let mut findings = Vec::new();
    // Each is said as soon as it is known; a reader that went away ends it below.
    let mut closed = Ok(());
    let mut tell = |finding: Finding| {
        let is_told = !arguments.json && (!is_quiet || finding.grade == Grade::Wrong);
        if is_told && closed.is_ok() {
            closed = terminal::print(&in_words(&finding, language, looks));
        }
        findings.push(finding);
    };
    block_on(async {
        check::check(config, Terms { language, sends: arguments.send }, &mut tell).await;
        Ok(())
    })?;
    closed?;
    let wrong = findings.iter().filter(|finding| finding.grade == Grade::Wrong).count();
    if arguments.json {
        terminal::print_json(&Answer { good: wrong == 0, findings })?;
    } else if !is_quiet {
        let mut sheet = Sheet::new(looks);
        sheet.blank();
        sheet.heading(&if wrong == 0 { said::all_good(language) } else { said::some_wrong(language, wrong) });
        terminal::print(&sheet.into_text())?;
    }
    Ok(if wrong == 0 { Outcome::Done } else { Outcome::Failed })
}

fn in_words(finding: &Finding, language: Language, looks: Looks) -> String {
    let (mark, label) = match finding.grade {
        Grade::Good => (Mark::Good, said::good(language)),
        Grade::Note => (Mark::Note, said::note(language)),
        Grade::Wrong => (Mark::Bad, said::wrong(language)),
    };
    let mut sheet = Sheet::new(looks);
    sheet.item(mark, &label, COLUMN, &finding.words);
    for hint in &finding.hints {
        sheet.faint(COLUMN, &format!("{} {hint}", around::hint(language)));
    }
    sheet.into_text()
}

/// Where the words begin.
const COLUMN: usize = 7;

/// The newest article of `feed` as its channels would be told of it.
fn show(config: &Path, feed: &str, is_json: bool) -> anyhow::Result<Outcome> {
    let setup = setup(config)?;
    let all = block_on(async { Ok(message::shown(&setup, feed).await?) })?;
    if is_json {
        terminal::print_json(&all)?;
    } else {
        let looks = terminal::output();
        for shown in &all {
            terminal::print(&message_in_words(shown, terminal::language(), looks))?;
        }
    }
    Ok(if all.iter().any(|shown| shown.problem.is_some()) { Outcome::Failed } else { Outcome::Done })
}

fn message_in_words(shown: &Shown, language: Language, looks: Looks) -> String {
    let name = match &shown.channel {
        Some((chat, channel)) => format!("{chat} ({channel})"),
        None => said::no_channel(language),
    };
    let pictures: Vec<String> = shown.pictures.iter().map(|url| said::picture(language, url.as_str())).collect();
    let above = (!pictures.is_empty()).then(|| pictures.join("\n"));
    let mut text = terminal::bubble(&name, above.as_deref(), &shown.runs, looks);
    let mut sheet = Sheet::new(looks);
    let links: Vec<&str> = shown.runs.iter().filter_map(|run| run.link.as_deref()).collect();
    let mut seen: Vec<&str> = Vec::new();
    for link in links {
        if !seen.contains(&link) {
            seen.push(link);
            sheet.faint(2, &said::leads_to(language, link));
        }
    }
    if let Some(url) = &shown.preview {
        sheet.faint(2, &said::preview(language, url.as_str()));
    }
    if let Some(problem) = &shown.problem {
        sheet.cause(&around::cause(language), &errors::told(language, problem));
    }
    text.push_str(&sheet.into_text());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::runs;

    #[test]
    fn it_looks_well_everywhere() {
        let all = |language: Language| {
            let finding = |grade, words: String, hint: Option<String>| Finding { grade, words, hints: hint.into_iter().collect() };
            [
                finding(Grade::Good, "feeds/danang-police.toml: https://catp.danang.gov.vn/".into(), None),
                finding(Grade::Good, said::channel(language, "main", "@tin_police", "Tin công an"), None),
                finding(Grade::Note, said::no_ops_chat(language), None),
                finding(
                    Grade::Wrong,
                    said::cannot_listen(language, "127.0.0.1:8080", "the address is in use"),
                    Some(said::listen_hint(language)),
                ),
                finding(Grade::Wrong, said::clock_ahead(language, "5 min", "api.telegram.org"), Some(said::clock_hint(language))),
            ]
        };
        insta::assert_snapshot!(
            "check",
            terminal::in_every_look(|looks, language| all(language).iter().map(|finding| in_words(finding, language, looks)).collect())
        );
    }

    #[test]
    fn a_message_looks_like_one_everywhere() {
        let html = "<b><a href=\"https://catp.example/tin/1\">Mở đợt cao điểm bảo đảm trật tự, an toàn giao thông dịp cuối năm</a></b>\n\nLực lượng cảnh sát giao thông ra quân từ sáng nay ở các tuyến đường vào thành phố.\n\nCông an Đà Nẵng · 18/01/2024 07:29";
        let shown = Shown {
            channel: Some(("@tin_police".into(), "main".into())),
            runs: runs(html).unwrap(),
            pictures: vec!["https://catp.example/anh/1.jpg".parse().unwrap()],
            preview: None,
            problem: Some("its result says nothing".into()),
        };
        insta::assert_snapshot!("message", terminal::in_every_look(|looks, language| message_in_words(&shown, language, looks)));
    }
}
