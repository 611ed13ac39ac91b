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
    let short: Vec<u64> = blocks.iter().filter(|block| block.words < WIDTH).map(phrase).collect();
    let phrases = Phrases::of(text, blocks, &short);
    let mut short = short.into_iter();
    let mut share_of = |block: &Block| match block.words {
        WIDTH.. => shingles.share_of(&block.text),
        _ => f32::from(u8::from(short.next().is_some_and(|phrase| phrases.has(phrase)))),
    };
    blocks.iter().map(&mut share_of).collect()
}

/// Short blocks as numbers, and whether they were found.
struct Phrases(ByNumber<u64, bool>);

impl Phrases {
    /// Looks for all of them, which are those of the short `blocks` in their order, in one go through the text.
    fn of(text: &str, blocks: &[Block], short: &[u64]) -> Self {
        let mut phrases: ByNumber<u64, bool> = short.iter().map(|phrase| (*phrase, false)).collect();
        let short = blocks.iter().filter(|block| block.words < WIDTH);
        let beginnings: ByNumber<u64, ()> = short.filter_map(|block| block.normal.split(' ').next()).map(|word| (hash(word), ())).collect();
        let words: Vec<u64> = normal(text).split(' ').map(hash).collect();
        for at in (0..words.len()).filter(|at| beginnings.contains_key(&words[*at])) {
            for length in 1..WIDTH.min(words.len() - at + 1) {
                if let Some(found) = phrases.get_mut(&shingle(words[at..at + length].iter().copied())) {
                    *found = true;
                }
            }
        }
        Self(phrases)
    }

    fn has(&self, phrase: u64) -> bool {
        self.0.get(&phrase).copied().unwrap_or_default()
    }
}

fn phrase(block: &Block) -> u64 {
    shingle(block.normal.split(' ').map(hash))
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
