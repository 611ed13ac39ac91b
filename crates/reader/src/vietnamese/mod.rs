//! Vietnamese, and how it was written before Unicode: which syllables there are, and the old letters with their tables.
//!
//! Nothing here knows pages, and nothing decides whether a text is meant in old letters: that takes more than one word.

mod letters;
mod syllable;
mod table;
mod tcvn;
mod viscii;
mod vni;

pub use letters::{ALPHABET, is_its_own};
pub use syllable::is_syllable;
pub use table::Table;
pub use tcvn::{TCVN, read_tcvn};
pub use viscii::VISCII;
pub use vni::read_vni;

#[cfg(test)]
mod tests;
