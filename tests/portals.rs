//! The short form of the long run (`benches/long_run`): a few portals, a few polls.
