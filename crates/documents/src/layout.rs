//! Words by their places on a page, put together to lines and paragraphs. Pure.
//!
//! A page of a PDF says where letters stand, and not what is a word, a line or a paragraph. Lengths are in units of the
//! page, points mostly; `y` grows upwards.

/// A gap between two pieces that is a space, by the size of the letters.
const SPACE: f32 = 0.18;
/// A difference of two base lines that are one line: what is set higher is a note's number.
const SAME_LINE: f32 = 0.5;
/// A distance between two lines of one paragraph, by the usual one of the page.
const APART: f32 = 1.35;
/// By how much the first line of a paragraph stands to the right of the others, by the size of its letters.
const INDENT: f32 = 0.8;
/// How much of the width of a column a last line leaves empty, at least.
const SHORT: f32 = 0.12;

/// Words that were written in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    /// Of its letters.
    pub size: f32,
    pub words: String,
}

#[derive(Debug)]
struct Line {
    x: f32,
    y: f32,
    end: f32,
    size: f32,
    words: String,
}

/// The paragraphs of a page whose pieces are in the order in which they are written.
pub fn paragraphs(pieces: Vec<Piece>) -> Vec<String> {
    let lines = lines(pieces);
    let pitch = pitch(&lines);
    let right = lines.iter().map(|line| line.end).fold(f32::MIN, f32::max);
    let mut paragraphs: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let goes_on = at.checked_sub(1).is_some_and(|before| goes_on(&lines[before], line, pitch, right));
        match paragraphs.last_mut().filter(|_| goes_on) {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(&line.words);
            }
            None => paragraphs.push(line.words.clone()),
        }
    }
    paragraphs
}

/// Lines without any words are none, and neither is the number of the page.
fn lines(pieces: Vec<Piece>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        let size = piece.size.max(1.0);
        let same = lines.last_mut().filter(|line| (line.y - piece.y).abs() < SAME_LINE * line.size.max(size));
        match same {
            // It goes on to the right, or a little to the left: letters are moved together.
            Some(line) if piece.x > line.end - 2.0 * size => {
                let is_apart = piece.x - line.end > SPACE * size;
                if is_apart && !line.words.ends_with(' ') && !piece.words.starts_with(' ') {
                    line.words.push(' ');
                }
                line.words.push_str(&piece.words);
                line.end = line.end.max(piece.x + piece.width);
                line.size = line.size.max(size);
            }
            _ => lines.push(Line { x: piece.x, y: piece.y, end: piece.x + piece.width, size, words: piece.words }),
        }
    }
    lines.retain(|line| !line.words.trim().is_empty() && !is_page_number(&line.words));
    lines
}

/// `3`, `- 3 -`, `3/12`.
fn is_page_number(words: &str) -> bool {
    const LONGEST: usize = 9;
    let has_digit = words.chars().any(|letter| letter.is_ascii_digit());
    has_digit && words.len() <= LONGEST && words.chars().all(|letter| letter.is_ascii_digit() || " -–/".contains(letter))
}

/// The usual distance of two lines.
fn pitch(lines: &[Line]) -> f32 {
    let mut distances: Vec<f32> = lines.windows(2).map(|pair| pair[0].y - pair[1].y).filter(|distance| *distance > 0.0).collect();
    distances.sort_by(f32::total_cmp);
    // Paragraphs stand further apart: the lower half is that of lines.
    distances.get(distances.len() / 3).copied().unwrap_or(f32::MAX)
}

/// Whether `line` goes on with the paragraph of the one before it.
fn goes_on(before: &Line, line: &Line, pitch: f32, right: f32) -> bool {
    let distance = before.y - line.y;
    let is_below = distance > 0.0 && distance < APART * pitch.max(before.size);
    let is_like = (before.size - line.size).abs() < 0.15 * before.size;
    let is_indented = line.x > before.x + INDENT * line.size;
    let column = right - before.x.min(line.x);
    let is_short = right - before.end > SHORT * column;
    is_below && is_like && !is_indented && !(is_short && ends(&before.words))
}

/// Whether a sentence, or a part of a list, ends here.
fn ends(words: &str) -> bool {
    words.trim_end().ends_with(['.', ':', ';', '!', '?', '…', '”', '"', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of one line each: where it begins, its base line, its words; letters of ten points, half as wide.
    fn page(lines: &[(f32, f32, &str)]) -> Vec<Piece> {
        let piece = |&(x, y, words): &(f32, f32, &str)| Piece {
            x,
            y,
            width: 5.0 * words.chars().count() as f32,
            size: 10.0,
            words: words.to_owned(),
        };
        lines.iter().map(piece).collect()
    }

    #[test]
    fn lines_are_put_together_to_paragraphs() {
        let long = "Chiều nay công an phường ra quân tuyên truyền ở chợ, có hơn hai trăm";
        let lines = [
            (90.0, 700.0, long),
            (70.0, 688.0, "tiểu thương cùng dự."),
            (90.0, 676.0, "Bà con ký cam kết giữ gìn trật tự, văn minh trong những ngày lễ tới."),
            (70.0, 640.0, "Nơi nhận:"),
            (70.0, 628.0, "- Như trên;"),
            (300.0, 60.0, "- 2 -"),
        ];
        assert_eq!(paragraphs(page(&lines)), [format!("{long} tiểu thương cùng dự.").as_str(), lines[2].2, "Nơi nhận:", "- Như trên;"]);
    }

    #[test]
    fn a_gap_is_a_space_and_letters_that_touch_are_one_word() {
        let mut pieces = page(&[(70.0, 700.0, "Đà"), (84.0, 700.0, "Nẵn"), (99.0, 700.0, "g,"), (112.0, 704.0, "1")]);
        assert_eq!(paragraphs(pieces.clone()), ["Đà Nẵng, 1"]);
        pieces.truncate(1);
        assert_eq!(paragraphs(pieces), ["Đà"]);
        assert!(paragraphs(Vec::new()).is_empty());
    }
}
