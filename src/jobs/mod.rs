//! What the daemon does, one file each: look at a source, deliver, publish.

pub mod deliver;
pub mod poll;
pub mod publish;
