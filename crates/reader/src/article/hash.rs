//! Numbers for strings, and maps by numbers: quick, and the same on every machine and in every run.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// A map whose keys are numbers that need no further spreading.
pub type ByNumber<Key, Value> = HashMap<Key, Value, BuildHasherDefault<Ready>>;

/// How maps by strings find them, where a page has no more than a few thousand.
pub type Quick = BuildHasherDefault<Ready>;

/// A number for a string, eight bytes at a time: the same on every machine and in every run.
pub fn hash(word: &str) -> u64 {
    mixed_in(mix(0xcbf2_9ce4_8422_2325 ^ word.len() as u64), word.as_bytes())
}

fn mixed_in(hash: u64, bytes: &[u8]) -> u64 {
    let (parts, rest) = bytes.as_chunks();
    let hash = parts.iter().fold(hash, |hash, part| mix(hash ^ u64::from_le_bytes(*part)));
    if rest.is_empty() {
        return hash;
    }
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
    mix(hash ^ u64::from_le_bytes(last))
}

/// Spreads a number over all of its bits.
pub fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// Passes on numbers that are hashes already, and spreads others.
#[derive(Default)]
pub struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = mixed_in(self.0 ^ bytes.len() as u64, bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = mix(number as u64);
    }
}
