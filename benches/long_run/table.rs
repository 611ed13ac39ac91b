//! The figures as tables, and the wrong things as lines.

use std::fmt::Write;

use loa_stand_ins::portals::List;

use crate::long_run::{
    Run,
    added::Difference,
    fields::Field,
    script::Phase,
    tally::{HOLD, Requests, Share, Tally},
};

/// The columns of what was told and is no news.
const PHASES: [Phase; 9] =
    [Phase::Quiet, Phase::New, Phase::Corrected, Phase::Errors, Phase::Flapping, Phase::Empty, Phase::Burst, Phase::Rebuilt, Phase::Moved];

/// The columns of the articles' fields.
const FIELDS: [Field; 10] = [
    Field::Title,
    Field::Lead,
    Field::Author,
    Field::Minute,
    Field::Paragraphs,
    Field::Captions,
    Field::Tables,
    Field::Attachments,
    Field::Videos,
    Field::NothingElse,
];

type Runs = [(&'static str, Run)];

/// What was found, told and asked, a line for each list.
pub fn figures(runs: &Runs) -> String {
    let mut table = format!(
        "{:<24}{:>9}{:>8}{:>10}{:>6}{:>6}{:>7}{:>8} |",
        "portal, list", "list", "others", "new", "order", "twice", "double", "reworded"
    );
    for phase in PHASES {
        write!(table, "{:>6}", &phase.name()[..phase.name().len().min(5)]).unwrap();
    }
    writeln!(table, " |{:>5}{:>7}{:>7}{:>7}", "days", "same", "turned", "beyond").unwrap();
    for (name, tally) in tallies(runs) {
        write!(
            table,
            "{name:<24}{:>9}{:>8}{:>10}",
            of(tally.first),
            format!("{}+{}", tally.others_first, tally.others_later),
            of(tally.new)
        )
        .unwrap();
        write!(table, "{:>6}{:>6}{:>7}{:>8} |", tally.out_of_order, tally.twice, tally.doubles, of(tally.reworded)).unwrap();
        for phase in PHASES {
            write!(table, "{:>6}", tally.foreign.get(&phase).copied().unwrap_or_default()).unwrap();
        }
        let means = [mean(tally.unchanged), mean(tally.turned), mean(tally.beyond_new)];
        writeln!(table, " |{:>5}{:>7.2}{:>7.2}{:>7.2}", tally.wrong_days, means[0], means[1], means[2]).unwrap();
    }
    table
        + "list: of it found at the first poll; others: published beside it then + later; new: told of those that stood on the list; double: two articles for one\n\
           story; reworded: headlines that became others, and did so in the feed; by phase: told and no news;\n\
           days: wrong; same, turned: requests of a poll when nothing had changed, when only boxes had; beyond: those beyond one and the new ones\n\n"
}

/// The fields of the articles, a line for each portal.
pub fn fields(runs: &Runs) -> String {
    let mut table = format!("{:<16}", "portal");
    FIELDS.iter().for_each(|field| write!(table, "{:>14}", field.name()).unwrap());
    table.push('\n');
    for (portal, run) in runs {
        write!(table, "{portal:<16}").unwrap();
        for field in FIELDS {
            let mut share = Share::default();
            run.tallies.iter().filter_map(|(_, tally)| tally.fields.get(&field)).for_each(|one| share.add(*one));
            write!(table, "{:>14}", of(share)).unwrap();
        }
        table.push('\n');
    }
    table + "\n"
}

/// What `loa add` promises and the first poll publishes, a line for each list, and below it what only one of them has.
pub fn differences(differences: &[(&str, List, Difference)]) -> String {
    let mut table = String::new();
    for (portal, list, difference) in differences {
        let (both, added, polled) = (difference.in_both, difference.promised.len(), difference.published.len());
        writeln!(table, "{portal} {}: {both} in both, {added} only in `loa add`, {polled} only at the first poll", list.name()).unwrap();
        if difference.is_reordered {
            writeln!(table, "  in another order").unwrap();
        }
        difference.promised.iter().for_each(|title| writeln!(table, "  only in `loa add`: {title}").unwrap());
        difference.published.iter().for_each(|title| writeln!(table, "  only at the first poll: {title}").unwrap());
    }
    table
}

/// Every wrong thing.
pub fn wrong(runs: &Runs) -> String {
    let lines = runs.iter().flat_map(|(_, run)| &run.wrong).map(|wrong| format!("{wrong}\n"));
    lines.collect::<String>() + "\n"
}

/// The bars that do not hold; empty where all do.
pub fn broken_bars(runs: &Runs) -> String {
    let broken = tallies(runs).filter_map(|(name, tally)| {
        let bars = tally.beyond().more_than(&HOLD);
        (!bars.is_empty()).then(|| format!("{name}: {}\n", bars.join(", ")))
    });
    broken.collect()
}

fn tallies(runs: &Runs) -> impl Iterator<Item = (String, &Tally)> {
    runs.iter().flat_map(|(portal, run)| run.tallies.iter().map(move |(list, tally)| (format!("{portal} {}", list.name()), tally)))
}

fn mean(requests: Requests) -> f64 {
    f64::from(requests.requests) / f64::from(requests.polls.max(1))
}

fn of(share: Share) -> String {
    format!("{}/{}", share.right, share.of)
}
