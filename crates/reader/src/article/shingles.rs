//! Runs of four words, by which two texts are compared without regard to markup: the shingles of Broder,
//! *On the resemblance and containment of documents* (1997).

use super::{
    hash::{ByNumber, hash, mix},
    words::words,
};

/// Words that are compared together.
pub const WIDTH: usize = 4;

/// How often each run of four words, a shingle, occurs in a text.
#[derive(Default)]
pub struct Shingles(ByNumber<u64, u32>);

impl Shingles {
    pub fn of(text: &str) -> Self {
        let mut counts = ByNumber::default();
        for shingle in shingles(text) {
            *counts.entry(shingle).or_default() += 1;
        }
        Self(counts)
    }

    /// The share of `text`'s shingles that are here too, from 0 to 1.
    pub fn share_of(&self, text: &str) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        let mut own = shingles(text);
        own.sort_unstable();
        let in_both = |same: &[u64]| self.0.get(&same[0]).map_or(0, |count| same.len().min(*count as usize));
        let shared: usize = own.chunk_by(u64::eq).map(in_both).sum();
        if own.is_empty() { 0.0 } else { shared as f32 / own.len() as f32 }
    }
}

/// One number a shingle; a text of fewer words is one.
fn shingles(text: &str) -> Vec<u64> {
    let hashes: Vec<u64> = words(text).map(hash).collect();
    if hashes.is_empty() {
        return Vec::new();
    }
    hashes.windows(WIDTH.min(hashes.len())).map(|words| shingle(words.iter().copied())).collect()
}

/// One number for several words, each given as its [`hash`].
pub fn shingle(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, |all: u64, word| mix(all.rotate_left(5) ^ word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_a_text_in_another_is_counted_in_shingles() {
        let whole = Shingles::of("một hai ba bốn năm sáu bảy");
        assert_eq!(whole.share_of("hai ba bốn năm"), 1.0);
        assert_eq!(whole.share_of("hai ba bốn tám"), 0.0);
        assert_eq!(whole.share_of("ba bốn năm sáu chín"), 0.5);
        assert_eq!(Shingles::of("").share_of("một hai ba bốn"), 0.0);
        assert_eq!(whole.share_of(""), 0.0);
    }
}
