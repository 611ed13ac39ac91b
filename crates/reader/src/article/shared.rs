//! How much of each block is in another text: in what another reader took, or in what structured data give.

use super::{
    block::Block,
    hash::{ByNumber, hash},
    shingles::{Shingles, WIDTH, shingle},
    words::normal,
};

/// The share of each block that is in `text`, from 0 to 1; a block of fewer words than a shingle is there or not.
pub fn shares(text: &str, blocks: &[Block]) -> Vec<f32> {
    let shingles = Shingles::of(text);
    let phrases = Phrases::of(text, blocks);
    blocks
        .iter()
        .map(|block| if block.words >= WIDTH { shingles.share_of(&block.text) } else { f32::from(u8::from(phrases.has(block))) })
        .collect()
}

/// Short blocks as numbers, and whether they were found.
struct Phrases(ByNumber<u64, bool>);

impl Phrases {
    /// Looks for all of them in one go through the text.
    fn of(text: &str, blocks: &[Block]) -> Self {
        let mut phrases = ByNumber::default();
        let mut beginnings = ByNumber::default();
        for block in blocks.iter().filter(|block| block.words < WIDTH) {
            phrases.insert(phrase(block), false);
            beginnings.extend(block.normal.split(' ').next().map(|word| (hash(word), ())));
        }
        let words: Vec<u64> = normal(text).split(' ').map(hash).collect();
        for at in (0..words.len()).filter(|at| beginnings.contains_key(&words[*at])) {
            for length in 1..WIDTH.min(words.len() - at + 1) {
                if let Some(found) = phrases.get_mut(&shingle(&words[at..at + length])) {
                    *found = true;
                }
            }
        }
        Self(phrases)
    }

    fn has(&self, block: &Block) -> bool {
        self.0.get(&phrase(block)).copied().unwrap_or_default()
    }
}

fn phrase(block: &Block) -> u64 {
    shingle(&block.normal.split(' ').map(hash).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::layout::seen;

    #[test]
    fn short_blocks_are_there_or_not() {
        let layout = seen("<p>Đà Nẵng<p>Nẵng Đà<p>đà<p>Tin<p>một hai ba bốn năm<p>sáu bảy một<p>bảy");
        assert_eq!(shares("Tin, ĐÀ NẴNG: một hai ba bốn sáu bảy", &layout.blocks), [1.0, 0.0, 1.0, 1.0, 0.5, 0.0, 1.0]);
        assert_eq!(shares("", &layout.blocks), [0.0; 7]);
    }
}
