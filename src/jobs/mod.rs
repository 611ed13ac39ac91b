//! The jobs that a daemon does over and over, one file each.

pub mod publish;
