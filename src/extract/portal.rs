//! The layout of Vietnamese portals: headline, stamp, lead, body, byline, then a rating box and other news.
//!
//! What stands between the headline and the first label of what follows is the article, whatever its markup;
//! a line in capitals at its end is the author.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    block::{Block, Style},
    credits,
    features::ends_sentence,
    media::Kind,
    outline::{Align, Outline},
    rules::length,
    words,
};
use crate::time;

/// Words below which a block is no paragraph by which the article is found.
const PARAGRAPH: usize = 8;
/// Blocks after the article in which its byline may stand.
const BYLINE_WITHIN: usize = 4;
/// Words that may stand around a date in a line that is nothing but a stamp or a clock: label and weekday.
const AROUND_STAMP: usize = 6;
/// Longest label of what follows an article, in words.
const LONGEST_LABEL: usize = 9;
/// The same of what a rating box says: `Tổng số điểm của bài viết là: 5 trong 1 đánh giá`.
const LONGEST_RATING: usize = 14;
/// Letters that only Vietnamese uses, from which a page is Vietnamese.
const VIETNAMESE_LETTERS: usize = 200;

/// What begins behind an article.
static FOLLOWS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\W*(?:(?:click để )?đánh giá( bài viết| của bạn)?\W*$|đánh giá bài viết|tổng số điểm|(?:các |những |một số )?(?:tin|bài)(?: bài| viết| đăng| tức)? (?:khác|liên quan|cùng chuyên mục|cùng loại|tiếp|đã đăng|mới hơn|cũ hơn|mới nhất|đã đưa|đọc nhiều|nổi bật|xem nhiều|tiếp theo|trước đó)|thông tin (?:khác|liên quan)\W*$|cùng chuyên mục|có thể bạn quan tâm|bài viết này có hữu ích|xếp hạng|thống kê truy cập|xem nhiều|đọc nhiều|ý kiến (?:bạn đọc|của bạn|phản hồi)|gửi (?:phản hồi|ý kiến)|(?:gửi |viết |thêm )?bình luận|like và chia sẻ|xem thêm|in trang|in bài|bản in|gửi email|gửi bài|chia sẻ|từ khóa|tags?\b|quay lại|trở về|lên đầu trang)",
    )
    .expect("the pattern is constant")
});

/// What a rating box counts.
static RATING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:tổng số điểm|(?:bạn )?đánh giá bài viết|số (?:phiếu|lượt) đánh giá)").expect("the pattern is constant")
});

/// Lines about the article that are not part of it.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)lượt xem|số lần (xem|đọc)|đã xem\s*:|ngày đăng|đăng ngày|đăng lúc|cỡ chữ|cập nhật (ngày|lúc)|nghe đọc bài|lượt đọc")
        .expect("the pattern is constant")
});

/// Two to five words in letters alone.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{L}[\p{L}\p{M}]*\.?(?:(?:\s+|\.|\s*[-–,;&]\s*)\p{L}[\p{L}\p{M}]*\.?){1,5}$").expect("the pattern is constant")
});

/// Whether the layout is to be expected.
pub fn is_vietnamese(language: Option<&str>, host: &str, html: &str) -> bool {
    let language = language.unwrap_or_default().to_ascii_lowercase();
    if language == "vi" || language.starts_with("vi-") || host.ends_with(".vn") {
        return true;
    }
    let own = |ch: &char| matches!(ch, 'đ' | 'Đ' | 'ơ' | 'ư' | '\u{1ea0}'..='\u{1ef9}');
    let letters = html.chars().take(60_000).filter(|ch| !ch.is_ascii());
    letters.filter(own).take(VIETNAMESE_LETTERS + 1).count() > VIETNAMESE_LETTERS
}

/// The first block after the article's middle that a label says is something else; the number of blocks where there is none.
/// `middle` is a block that is surely before it.
pub fn end_of_article(outline: &Outline, middle: usize) -> usize {
    let count = outline.blocks.len();
    (middle..count).find(|at| is_follower(&outline.blocks[*at])).unwrap_or(count)
}

fn is_follower(block: &Block) -> bool {
    block.words <= LONGEST_LABEL && FOLLOWS.is_match(&block.text) || block.words <= LONGEST_RATING && RATING.is_match(&block.text)
}

fn is_about(block: &Block) -> bool {
    block.words < 18 && ABOUT.is_match(&block.text)
}

/// A line that is a date with its label: a stamp, or the clock in the head of a portal.
fn is_stamp(block: &Block) -> bool {
    let around =
        |range: std::ops::Range<usize>| words::words(&block.text[..range.start]).chain(words::words(&block.text[range.end..])).count();
    block.words <= 14 && !ends_sentence(&block.text) && time::place(&block.text).is_some_and(|range| around(range) <= AROUND_STAMP)
}

/// Completes what was accepted by the layout; `heading` is the block of the headline, `foreign` are the blocks that are the
/// site's. Gives the byline, taken out of the text.
pub fn complete(outline: &Outline, accepted: &mut [bool], heading: Option<usize>, foreign: &[bool]) -> Option<String> {
    let blocks = &outline.blocks;
    let paragraphs: Vec<usize> = (0..blocks.len())
        .filter(|at| accepted[*at] && length(&blocks[*at]) >= PARAGRAPH && Some(*at) != heading)
        .skip_while(|at| is_stamp(&blocks[*at]))
        .collect();
    let (first, last) = (*paragraphs.first()?, *paragraphs.last()?);
    let middle = paragraphs[paragraphs.len() / 2];
    let end = end_of_article(outline, middle);
    let end = end_by_byline(outline, accepted, middle, last.min(end)).unwrap_or(end);
    let last = if last < end { last } else { paragraphs.iter().copied().rev().find(|at| *at < end)? };
    let container = outline.container(accepted);
    let start = heading.filter(|heading| *heading <= first).map_or(first, |heading| heading + 1);
    for at in start..end.min(blocks.len()) {
        let block = &blocks[at];
        let inside = container.is_none_or(|container| block.chain.contains(&container));
        if at < first {
            accepted[at] |= length(block) >= 12 && block.linked < 0.3 && ends_sentence(&block.text) && !is_about(block);
        } else if inside && block.words >= 2 && block.linked < 0.5 && (at <= last || block.words >= 6 && at < end && end < blocks.len()) {
            accepted[at] = true;
        }
    }
    for (at, block) in blocks.iter().enumerate() {
        if at >= end || (at < first && (at < start || is_stamp(block))) || is_follower(block) || is_about(block) || foreign[at] {
            accepted[at] = false;
        }
    }
    byline(outline, accepted, container, end, foreign)
}

/// The block behind a byline to the right or in bold capitals where boxes follow it: accepted, but in other markup than
/// any paragraph before it. `last` is the last paragraph that was accepted.
fn end_by_byline(outline: &Outline, accepted: &[bool], middle: usize, last: usize) -> Option<usize> {
    let blocks = &outline.blocks;
    let places: Vec<u64> = (0..=middle).filter(|at| accepted[*at]).map(|at| outline.place(at)).collect();
    (middle + 1..last)
        .find(|at| {
            let block = &blocks[*at];
            let text = block.text.trim_matches(['(', ')', ' ', '.']);
            // Headings in the text are bold and in capitals too.
            let is_bold =
                || block.share_in(Style::BOLD) > 0.8 && block.words <= 3 && !outline.chain(block).any(|it| it.align == Align::Centre);
            let set_apart = is_to_the_right(outline, block) || is_bold();
            let is_byline = NAME.is_match(text) && set_apart && block.linked < 0.5 && !text.chars().any(char::is_lowercase);
            is_byline && (at + 1..=last).all(|at| length(&blocks[at]) < PARAGRAPH || !places.contains(&outline.place(at)))
        })
        .map(|at| at + 1)
}

/// A line of some words that names who wrote.
fn is_credit(outline: &Outline, block: &Block) -> bool {
    credits::of(&block.text).is_some() || is_to_the_right(outline, block) && credits::before_house(&block.text).is_some()
}

fn is_to_the_right(outline: &Outline, block: &Block) -> bool {
    outline.chain(block).rev().take(4).any(|element| element.align == Align::Right || element.marks.contains("right"))
}

/// The line at the end of the text that is a name: after a label, in capitals, or set apart to the right, in bold or italics.
fn byline(outline: &Outline, accepted: &mut [bool], container: Option<usize>, end: usize, foreign: &[bool]) -> Option<String> {
    let blocks = &outline.blocks;
    let last =
        (0..blocks.len()).rev().find(|at| accepted[*at] && length(&blocks[*at]) >= PARAGRAPH && !is_credit(outline, &blocks[*at]))?;
    for at in last + 1..end.min(last + 1 + BYLINE_WITHIN).min(blocks.len()) {
        let block = &blocks[at];
        if block.linked > 0.5 || is_follower(block) || foreign[at] {
            continue;
        }
        let inside = container.is_some_and(|container| block.chain.contains(&container));
        if inside && let Some(names) = credits::of(&block.text) {
            // Whose text it is has to be said beside it.
            accepted[at] &= credits::is_source(&block.text);
            return Some(names);
        }
        let to_the_right = is_to_the_right(outline, block);
        if inside
            && to_the_right
            && let Some(name) = credits::before_house(&block.text)
        {
            accepted[at] = false;
            return Some(name.to_owned());
        }
        let text = credits::without_brackets(block.text.trim_matches([' ', '.', ':', '/', '-'])).trim_matches(['(', ')', ' ', '.']);
        if !NAME.is_match(text) || !(2..=8).contains(&text.split_whitespace().count()) {
            continue;
        }
        let in_capitals = !text.chars().any(char::is_lowercase);
        let is_name =
            text.split([' ', '-', '–', ',', '&']).filter(|word| !word.is_empty()).all(|word| word.starts_with(char::is_uppercase));
        let is_pictured = || outline.media.iter().any(|medium| medium.before == at && matches!(medium.kind, Kind::Picture { .. }));
        // What stands right below the last paragraph as one more of them.
        let goes_on = at == last + 1 && block.words <= 4 && block.links == 0 && outline.place(at) == outline.place(last);
        let in_place = block.share_in(Style::ITALIC) > 0.8 || goes_on;
        let set_apart = to_the_right || block.share_in(Style::BOLD) > 0.8 || in_place && !is_pictured();
        if in_capitals && (set_apart || inside) || is_name && set_apart && inside && text.split_whitespace().count() <= 5 {
            accepted[at] = false;
            return Some(several(text));
        }
    }
    None
}

/// `A - B` are two.
fn several(byline: &str) -> String {
    let names = byline.split([';', ',', '&']).flat_map(|part| part.split(" - ")).flat_map(|part| part.split(" – "));
    names.map(str::trim).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
