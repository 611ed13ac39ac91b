//! `loa demo`: portal, daemon, feeds and channel on this machine, with no network and no account, and what usually goes
//! wrong.

use std::io::{IsTerminal as _, Write as _};

use clap::Args;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use unicode_width::UnicodeWidthStr as _;

use super::{
    Outcome, block_on,
    terminal::{self, Looks, Sheet},
};
use crate::{
    demo::{Act, End, Event, Newsroom, Play, Tally, Tempo},
    words::{Language, demo},
};

/// Before what stands under a line.
const INDENT: &str = "  ";
/// Columns between a name and its address.
const GAP: usize = 3;

#[derive(Debug, Args)]
#[command(after_help = "Example: cargo run --release -- demo\n\nCtrl-C ends it and leaves nothing behind.")]
pub(super) struct Arguments {
    /// End by itself after this many messages; 0: go on until Ctrl-C.
    #[arg(long, value_name = "N", default_value_t = 0)]
    messages: usize,
    /// As fast as it goes, and over after the acts.
    #[arg(long)]
    quick: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (language, looks) = (terminal::language(), terminal::output());
    let tempo = if arguments.quick { Tempo::Quick } else { Tempo::Watched };
    let tally = block_on(async {
        // Asked for before anything is there that must not be left behind.
        let stop = stopped()?;
        tokio::pin!(stop);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (mut play, daemon) = Play::start(listener.local_addr()?, tempo, arguments.messages)?;
        say(&beginning(language, &addresses(&play, language), looks));
        let is_terminal = std::io::stdout().is_terminal();
        // Of what was shown last: messages stand together, and acts apart.
        let mut was_message = false;
        let show = |event: Event, newsroom: &Newsroom| {
            match &event {
                Event::Message(message) if is_terminal => say(&newsroom.bot_api.show(message)),
                Event::Message(message) => say(&newsroom.bot_api.show_plainly(message)),
                Event::Over(tally) if tempo == Tempo::Watched => {
                    let goes_on = line(&demo::goes_on(language, tempo.between().as_secs()), looks);
                    say(&format!("\n{}\n{goes_on}", table(language, tally, looks)));
                }
                Event::Over(_) => (),
                Event::Act(act) => say(&format!("{}{}", if was_message { "" } else { "\n" }, in_words(language, *act, looks))),
            }
            was_message = matches!(event, Event::Message(_));
        };
        let ended = tokio::select! {
            ended = play.run(listener, daemon, show) => ended,
            () = &mut stop => Ok(()),
        };
        if matches!(ended, Err(End::Enough)) {
            play.settle().await;
        }
        let tally = play.tally();
        drop(play);
        match ended {
            Ok(()) | Err(End::Enough) => Ok(tally),
            Err(end) => {
                say(&table(language, &tally, looks));
                Err(anyhow::Error::new(end))
            }
        }
    })?;
    say(&format!("\n{}\n{}", table(language, &tally, looks), line(&demo::closed(language), looks).trim_end()));
    Ok(if tally.is_clean() { Outcome::Done } else { Outcome::Failed })
}

/// A closed terminal is no reason to leave something behind.
fn say(text: &str) {
    let mut out = std::io::stdout();
    let _closed = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Comes when the demo is told to end, by whatever a terminal or a system says that with.
fn stopped() -> anyhow::Result<impl Future<Output = ()>> {
    let mut signals = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?, signal(SignalKind::hangup())?];
    Ok(async move {
        let [interrupt, terminate, hangup] = &mut signals;
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
            _ = hangup.recv() => (),
        }
    })
}

/// Where everything is, with its name.
fn addresses(play: &Play, language: Language) -> [(String, String); 5] {
    let web = format!("http://{}/", play.web());
    [
        (demo::portal(language), play.newsroom.portal.url()),
        (demo::feeds(language), web.clone()),
        ("RSS".to_owned(), format!("{web}feeds/portal.rss")),
        ("Atom".to_owned(), format!("{web}feeds/portal.atom")),
        ("JSON Feed".to_owned(), format!("{web}feeds/portal.json")),
    ]
}

fn beginning(language: Language, addresses: &[(String, String)], looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    sheet.line(&demo::beginning(language));
    sheet.gap();
    let width = widest(addresses.iter().map(|(name, _)| name));
    addresses.iter().for_each(|(name, url)| sheet.field(&format!("{INDENT}{name}"), INDENT.len() + width + GAP, url));
    sheet.gap();
    sheet.line(&demo::first_poll(language));
    sheet.into_text()
}

/// Words and numbers under each other. What is on its way is only said where something is.
fn table(language: Language, tally: &Tally, looks: Looks) -> String {
    let Tally { seen, published, new, once, doubled, lost, under_way } = *tally;
    let rows = [
        (demo::seen(language), seen),
        (demo::published(language), published),
        (demo::new(language), new),
        (demo::once(language), once),
        (demo::doubled(language), doubled),
        (demo::lost(language), lost),
        (demo::under_way(language), under_way),
    ];
    let shown = if under_way > 0 { &rows[..] } else { &rows[..rows.len() - 1] };
    let width = widest(shown.iter().map(|(name, _)| name));
    let digits = seen.to_string().len().max(3);
    let mut sheet = Sheet::new(looks);
    sheet.line(&demo::counted(language));
    sheet.gap();
    for (name, count) in shown {
        let label = format!("{INDENT}{name}{}", " ".repeat(width - name.width()));
        sheet.line(&format!("{label}  {count:>digits$}"));
    }
    sheet.into_text()
}

/// What is said where it begins, under its number.
fn in_words(language: Language, act: Act, looks: Looks) -> String {
    let (number, words) = match act {
        Act::Headlines => ("1.", demo::headlines(language)),
        Act::Rebuilt => ("2.", demo::rebuilt(language)),
        Act::Killed => ("3.", demo::killed(language)),
        Act::StartedAgain => ("", demo::started_again(language)),
        Act::Flooded { seconds } => ("4.", demo::flooded(language, seconds)),
    };
    let mut sheet = Sheet::new(looks);
    sheet.field(number, "1. ".len(), &words);
    sheet.into_text()
}

fn line(words: &str, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    sheet.line(words);
    sheet.into_text()
}

fn widest<'n>(names: impl Iterator<Item = &'n String>) -> usize {
    names.map(|name| name.width()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_well_everywhere() {
        let tally = Tally { seen: 20, published: 20, new: 10, once: 10, doubled: 0, lost: 0, under_way: 0 };
        let address = |name: &str, path: &str| (name.to_owned(), format!("http://127.0.0.1:40123/{path}"));
        let show = |looks, language| {
            let addresses = [address(&demo::portal(language), ""), address("JSON Feed", "feeds/portal.json")];
            let acts = [Act::Headlines, Act::Rebuilt, Act::Killed, Act::StartedAgain, Act::Flooded { seconds: 3 }];
            let acts: String = acts.map(|act| in_words(language, act, looks)).concat();
            let tables = [tally, Tally { under_way: 1, once: 9, ..tally }].map(|tally| table(language, &tally, looks));
            [beginning(language, &addresses, looks), acts, tables.concat()].join("--\n")
        };
        insta::assert_snapshot!("demo", terminal::in_every_look(show));
    }
}
