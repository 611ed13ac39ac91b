//! The one integration-test binary: each file is one thing that Loa promises as a whole.
#![expect(clippy::unwrap_used, reason = "a test says with `unwrap` what it expects, also in what its checks share")]

mod add;
mod architecture;
mod check;
mod kill;
mod load;
mod main_job;
mod politeness;
mod readers;
mod rebuild;
mod removal;
mod strangers;
mod visitors;
