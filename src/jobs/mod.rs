//! What Loa does again and again: poll, deliver, publish; and the threads that read pages for it.

pub mod deliver;
pub mod poll;
pub mod publish;
pub mod reading_timeout;
