//! The one integration-test binary: each file is one thing that Loa promises as a whole.
#![expect(clippy::unwrap_used, reason = "a test says with `unwrap` what it expects, also in what its checks share")]

mod add;
mod alarms;
mod architecture;
mod backup;
mod changes;
mod check;
mod claimed;
mod closed_pipe;
mod data_of_scripts;
mod decisions;
mod demo;
mod feed_readers;
mod first_minute;
mod further_pages;
mod kill;
mod listening;
mod load;
mod long_run;
mod main_job;
mod manners;
mod moving;
mod not_articles;
mod not_lists;
mod old_stories;
mod politeness;
mod portals;
mod read_only_commands;
mod rebuild;
mod removal;
mod retitled;
mod running;
mod server_away;
mod soon;
mod terminal;
mod workers;
