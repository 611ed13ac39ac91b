//! `loa demo`: portal, daemon, feeds and channel on this machine, with no network and no account, and what usually goes wrong.

use std::io::{IsTerminal as _, Write as _};

use clap::Args;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use unicode_width::UnicodeWidthStr as _;

use super::{Outcome, block_on, terminal};
use crate::{
    demo::{Act, End, Event, Newsroom, Play, Tally, Tempo},
    words::{Language, demo},
};

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
    let language = terminal::language();
    let tempo = if arguments.quick { Tempo::Quick } else { Tempo::Watched };
    let tally = block_on(async {
        // Asked for before anything is there that must not be left behind.
        let stop = stopped()?;
        tokio::pin!(stop);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (mut play, daemon) = Play::start(listener.local_addr()?, tempo, arguments.messages)?;
        say(&beginning(language, &play));
        let is_terminal = std::io::stdout().is_terminal();
        // Of what was shown last: messages stand together, and acts apart.
        let mut was_message = false;
        let show = |event: Event, newsroom: &Newsroom| {
            match &event {
                Event::Message(message) if is_terminal => say(&newsroom.bot_api.show(message)),
                Event::Message(message) => say(&newsroom.bot_api.show_plainly(message)),
                Event::Over(tally) if tempo == Tempo::Watched => {
                    say(&format!("\n{}\n{}\n", table(language, tally), demo::goes_on(language, tempo.between().as_secs())));
                }
                Event::Over(_) => (),
                Event::Act(act) => say(&format!("{}{}\n", if was_message { "" } else { "\n" }, in_words(language, *act))),
            }
            was_message = matches!(event, Event::Message(_));
        };
        let ended = tokio::select! {
            ended = play.run(listener, daemon, show) => ended,
            () = &mut stop => Ok(()),
        };
        let tally = play.tally();
        drop(play);
        match ended {
            Ok(()) | Err(End::Enough) => Ok(tally),
            Err(end) => {
                say(&table(language, &tally));
                Err(anyhow::Error::new(end))
            }
        }
    })?;
    say(&format!("\n{}\n{}", table(language, &tally), demo::closed(language)));
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

fn beginning(language: Language, play: &Play) -> String {
    let web = format!("http://{}/", play.web());
    let addresses = [
        (demo::portal(language), play.newsroom.portal.url()),
        (demo::feeds(language), web.clone()),
        ("RSS".to_owned(), format!("{web}feeds/portal.rss")),
        ("Atom".to_owned(), format!("{web}feeds/portal.atom")),
        ("JSON Feed".to_owned(), format!("{web}feeds/portal.json")),
    ];
    let width = addresses.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let lines: String = addresses.iter().map(|(name, url)| format!("  {name}{}   {url}\n", " ".repeat(width - name.width()))).collect();
    format!("{}\n\n{lines}\n{}", demo::beginning(language), demo::first_poll(language))
}

/// Words and numbers under each other. What is on its way is only said where something is.
fn table(language: Language, tally: &Tally) -> String {
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
    let width = shown.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let digits = seen.to_string().len().max(3);
    let lines: String =
        shown.iter().map(|(name, count)| format!("  {name}{}  {count:>digits$}\n", " ".repeat(width - name.width()))).collect();
    format!("{}\n\n{lines}", demo::counted(language))
}

/// What is said where it begins.
fn in_words(language: Language, act: Act) -> String {
    match act {
        Act::Headlines => demo::headlines(language),
        Act::Rebuilt => demo::rebuilt(language),
        Act::Killed => demo::killed(language),
        Act::StartedAgain => demo::started_again(language),
        Act::Flooded { seconds } => demo::flooded(language, seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_became_of_the_headlines() {
        let tally = Tally { seen: 20, published: 20, new: 10, once: 10, doubled: 0, lost: 0, under_way: 0 };
        insta::assert_snapshot!(table(Language::English, &tally), @r"
        What came of it, counted by the portal's own record and the channel's, not by what Loa says:

          seen on the portal               20
          published in the feed            20
          new, to be told to the channel   10
          said once                        10
          doubled                           0
          lost                              0
        ");
        insta::assert_snapshot!(table(Language::Vietnamese, &Tally { under_way: 1, once: 9, ..tally }), @r"
        Kết quả, đếm theo sổ của cổng tin và của kênh chứ không theo lời Loa:

          thấy trên cổng tin              20
          có trong nguồn cấp              20
          là tin mới, phải báo lên kênh   10
          báo đúng một lần                 9
          báo trùng                        0
          mất                              0
          đang trên đường                  1
        ");
    }
}
