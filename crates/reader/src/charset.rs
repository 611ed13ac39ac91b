//! Bytes into text: which charset a page is really in, whatever it says.
//!
//! The word of the server and the page's own word are weighed against the bytes, because many servers
//! claim one charset for all their pages. Valid UTF-8 is no accident, so it needs nobody's word.

mod label;
mod misread;
mod old;
mod references;
mod runs;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1258, X_USER_DEFINED,
};
use memchr::{memchr, memmem};

use crate::{text, vietnamese::Table};

/// Where a page names its charset, browsers look at 1 kB.
const HEAD: usize = 2048;

/// Bytes beyond ASCII that are enough to tell a script by.
const ENOUGH: usize = 60;
/// The first character behind the Latin alphabet and its marks.
const FIRST_OTHER: char = '\u{370}';

/// Bytes of a page that are composed at once.
const PIECE: usize = 4096;

/// What servers and editors call pages in old Vietnamese charsets.
const OFTEN_MISTAKEN: [&Encoding; 4] = [WINDOWS_1252, WINDOWS_1258, WINDOWS_1250, WINDOWS_1254];

/// A charset.
#[derive(Debug, Clone, Copy)]
enum Charset {
    /// One that the web knows.
    Known(&'static Encoding),
    /// One that only Vietnamese pages had.
    Old(&'static Table),
}

impl Charset {
    fn name(self) -> &'static str {
        match self {
            Self::Known(encoding) => encoding.name(),
            Self::Old(table) => table.name,
        }
    }

    fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Known(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Self::Old(table) => table.decode(bytes).into(),
        }
    }
}

impl PartialEq<&Encoding> for Charset {
    fn eq(&self, other: &&Encoding) -> bool {
        matches!(self, Self::Known(encoding) if encoding == other)
    }
}

impl PartialEq for Charset {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

/// The text of `bytes` in NFC and without control characters, and what was doubtful about it, in sentences for people.
/// `content_type` is the value of the HTTP header; nothing that it says is believed against the bytes.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> (String, Vec<String>) {
    decode_for(bytes, content_type, None)
}

/// The same for a page under the top-level domain `top` (`vn`, without its point and in lower case), which tells
/// neighbours among charsets apart.
pub fn decode_for(bytes: &[u8], content_type: Option<&str>, top: Option<&str>) -> (String, Vec<String>) {
    let mut problems = Vec::new();
    let (charset, bytes) = choose(bytes, content_type, top, &mut problems);
    let text = charset.decode(bytes);
    let lost = memmem::find_iter(text.as_bytes(), "\u{fffd}").count();
    if lost > 0 {
        let words = if lost == 1 { "1 character is".to_owned() } else { format!("{lost} characters are") };
        problems.push(format!("{words} unreadable (read as `{}`)", charset.name()));
    }
    (misread::undo(tidy(text), &mut problems), problems)
}

/// How many characters `bytes` have, and how many of them do not belong in a text: unreadable ones, and controls.
pub fn glance(bytes: &[u8], content_type: Option<&str>) -> (usize, usize) {
    let (charset, bytes) = choose(bytes, content_type, None, &mut Vec::new());
    let text = charset.decode(bytes);
    let strange = text.chars().filter(|ch| *ch == '\u{fffd}' || is_illegal(*ch)).count();
    (text.chars().count(), strange)
}

/// The charset, and the bytes without their mark.
fn choose<'a>(bytes: &'a [u8], content_type: Option<&str>, top: Option<&str>, problems: &mut Vec<String>) -> (Charset, &'a [u8]) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (Charset::Known(encoding), &bytes[length..]);
    }
    let header = content_type.and_then(label::in_type);
    let meta = label::in_page(&bytes[..bytes.len().min(HEAD)]);
    let header = header.and_then(|label| known(&label, problems));
    let meta = meta.and_then(|label| known(&label, problems));
    let charset = weigh(bytes, header, meta, top);
    let name = charset.name();
    match (header, meta) {
        // Proved by the bytes and said by one of the two: nothing is doubtful.
        _ if charset == UTF_8 && (bytes.is_ascii() || [header, meta].contains(&Some(charset))) => (),
        (Some(header), Some(meta)) if header != meta => {
            problems.push(format!("the server says `{}` and the page `{}`: read as `{name}`", header.name(), meta.name()));
        }
        (Some(said), _) | (None, Some(said)) if said != charset => {
            problems.push(format!("said to be `{}`, which it is not: read as `{name}`", said.name()));
        }
        (None, None) if charset != UTF_8 => problems.push(format!("no known charset is named: read as `{name}` by its looks")),
        _ => (),
    }
    (charset, bytes)
}

fn weigh(bytes: &[u8], header: Option<Charset>, meta: Option<Charset>, top: Option<&str>) -> Charset {
    if let Some(wide) = wide(bytes) {
        return Charset::Known(wide);
    }
    if bytes.is_ascii() {
        // The one charset whose letters are ASCII bytes too.
        return [header, meta].into_iter().flatten().find(|said| *said == ISO_2022_JP).unwrap_or(Charset::Known(UTF_8));
    }
    if is_utf8(bytes) {
        return Charset::Known(UTF_8);
    }
    // UTF-8 and UTF-16 are out: a page that says so is mistaken.
    let narrow = |said: Option<Charset>| said.filter(|said| ![UTF_8, UTF_16LE, UTF_16BE].iter().any(|wide| said == wide));
    let said = [narrow(header), narrow(meta)];
    let may_be_old = said.iter().flatten().all(|said| OFTEN_MISTAKEN.iter().any(|known| said == known));
    if may_be_old && let Some(charset) = old::recognise(bytes) {
        return charset;
    }
    let mut words = said.iter().flatten().peekable();
    if words.peek().is_some()
        && words.all(|said| *said == WINDOWS_1252)
        && let Some(charset) = of_another_script(bytes, top)
    {
        return Charset::Known(charset);
    }
    match said {
        [Some(header), Some(meta)] if header != meta => {
            let guessed = guess(bytes, top);
            // Windows-1252 is what servers say when nobody told them; the page's own word is worth more.
            if meta == guessed || (header != guessed && header == WINDOWS_1252) { meta } else { header }
        }
        [Some(said), _] | [None, Some(said)] if fits(said, bytes) => said,
        _ => Charset::Known(guess(bytes, top)),
    }
}

/// The charset of a page that is said to be Latin-1 and is plainly in another script. Letters with marks stand one by
/// one among plain Latin ones; other scripts have hardly a letter that is not beside another beyond ASCII, and what the
/// bytes look like gives such letters alone.
fn of_another_script(bytes: &[u8], top: Option<&str>) -> Option<&'static Encoding> {
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let in_runs = bytes.chunk_by(|one, other| one.is_ascii() == other.is_ascii()).filter(|run| !run[0].is_ascii() && run.len() > 1);
    if beyond < ENOUGH || in_runs.map(<[u8]>::len).sum::<usize>() * 10 < beyond * 8 {
        return None;
    }
    let guessed = guess(bytes, top);
    let text = guessed.decode_without_bom_handling_and_without_replacement(bytes)?;
    let letters = || text.chars().filter(|ch| !ch.is_ascii() && ch.is_alphabetic());
    let others = letters().filter(|ch| *ch >= FIRST_OTHER).count();
    (others > 0 && others * 10 >= letters().count() * 9).then_some(guessed)
}

/// UTF-16 without a mark: markup is ASCII, so every second byte of it is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 8;
    if odd > many && even * 4 < odd {
        return Some(UTF_16LE);
    }
    (even > many && odd * 4 < even).then_some(UTF_16BE)
}

/// UTF-8, even with a few broken characters: other charsets do not form valid sequences by chance.
fn is_utf8(bytes: &[u8]) -> bool {
    if str::from_utf8(bytes).is_ok() {
        return !bytes.is_ascii();
    }
    let mut good = 0;
    let mut broken = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && broken * 10 <= good
}

/// Whether nearly all of `bytes` can be read so.
fn fits(charset: Charset, bytes: &[u8]) -> bool {
    let letters = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    charset.decode(bytes).matches('\u{fffd}').count() * 20 <= letters
}

fn guess(bytes: &[u8], top: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // The detector takes lower-case ASCII only and panics otherwise.
    let top =
        top.filter(|top| !top.is_empty() && top.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
    detector.guess(top.map(str::as_bytes), Utf8Detection::Deny)
}

fn known(label: &str, problems: &mut Vec<String>) -> Option<Charset> {
    let charset = match Encoding::for_label_no_replacement(label.as_bytes()) {
        // Pages for fonts with letters of their own said so; what they meant was Latin-1.
        Some(encoding) if encoding == X_USER_DEFINED => Some(Charset::Known(WINDOWS_1252)),
        Some(encoding) => Some(Charset::Known(encoding)),
        None => old::named(label),
    };
    if charset.is_none() {
        problems.push(format!("`{}` is no known charset", text::cut(&text::squeeze(label), 40)));
    }
    charset
}

/// NFC, and no control characters but the white space of HTML.
fn tidy(text: Cow<'_, str>) -> String {
    let is_control = |byte: u8| ((byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r')) | (byte == 0x7f);
    let text = if text::any_byte(&text, is_control) {
        text.chars().filter(|ch| !is_illegal(*ch)).map(|ch| if ch == '\u{c}' { ' ' } else { ch }).collect()
    } else {
        text.into_owned()
    };
    if text::is_composed(&text) { text } else { composed(&text) }
}

/// NFC of a page: even where one text of it is not composed, most are.
fn composed(page: &str) -> String {
    let mut composed = String::with_capacity(page.len());
    let mut rest = page;
    while !rest.is_empty() {
        // No text combines across these.
        let end = rest.as_bytes().get(PIECE..).and_then(|far| memchr(b'>', far)).map_or(rest.len(), |at| PIECE + at + 1);
        let (piece, after) = rest.split_at(end);
        if text::is_composed(piece) {
            composed.push_str(piece);
        } else {
            composed.extend(piece.split_inclusive(['>', '"']).map(text::composed));
        }
        rest = after;
    }
    composed
}

fn is_illegal(ch: char) -> bool {
    matches!(ch, '\0'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    const TEXT: &str = "<p>Công an thành phố Đà Nẵng bắt giữ nhóm đối tượng trộm cắp tài sản</p>";

    /// As an editor of the nineties wrote it: letters with a breve or circumflex are one byte, tones follow.
    fn windows_1258(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let tone = |ch: &char| matches!(ch, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        let encode = |text: &str| {
            let (bytes, _, failed) = encoding_rs::WINDOWS_1258.encode(text);
            (!failed).then(|| bytes.into_owned())
        };
        for ch in text.chars().map(String::from) {
            // One mark off: `ế` is `ê` and the acute.
            let (tones, base): (String, String) = ch.nfd().partition(tone);
            let apart = || encode(&(base.nfc().collect::<String>() + &tones)).unwrap();
            bytes.extend(encode(&ch).unwrap_or_else(apart));
        }
        bytes
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_wins_over_every_other_word() {
        for said in [None, Some("text/html"), Some("text/html; charset=utf-8"), Some("text/html;charset=\"UTF-8\"")] {
            assert_eq!(decode(TEXT.as_bytes(), said), (TEXT.to_owned(), vec![]), "{said:?}");
        }
        let (text, problems) = decode(TEXT.as_bytes(), Some("text/html; charset=iso-8859-1"));
        assert_eq!(text, TEXT);
        assert_eq!(problems, ["said to be `windows-1252`, which it is not: read as `UTF-8`"]);
        let page = format!("<meta charset=windows-1258>{TEXT}");
        let (text, problems) = decode(page.as_bytes(), Some("text/html; charset=utf-8"));
        assert_eq!(text, page);
        assert_eq!(problems, [""; 0]);
        let (_, problems) = decode(page.as_bytes(), Some("text/html; charset=gbk"));
        assert_eq!(problems, ["the server says `GBK` and the page `windows-1258`: read as `UTF-8`"]);
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        for bytes in
            [[b"\xff\xfe".to_vec(), utf16(TEXT, u16::to_le_bytes)].concat(), [b"\xfe\xff".to_vec(), utf16(TEXT, u16::to_be_bytes)].concat()]
        {
            assert_eq!(decode(&bytes, None), (TEXT.to_owned(), vec![]));
        }
        assert_eq!(decode(&utf16(TEXT, u16::to_le_bytes), Some("text/html; charset=utf-16")), (TEXT.to_owned(), vec![]));
        let (text, problems) = decode(&utf16(TEXT, u16::to_be_bytes), None);
        assert_eq!(text, TEXT);
        assert_eq!(problems, ["no known charset is named: read as `UTF-16BE` by its looks"]);
        // What can be read as ASCII is no UTF-16, whatever it says.
        assert_eq!(decode(b"<p>plain</p>", Some("text/html; charset=utf-16")).0, "<p>plain</p>");
        assert_eq!(decode([b"\xef\xbb\xbf", TEXT.as_bytes()].concat().as_slice(), Some("x; charset=gbk")), (TEXT.to_owned(), vec![]));
    }

    #[test]
    fn vietnamese_windows_text_is_composed() {
        let bytes = windows_1258(TEXT);
        assert_eq!(decode(&bytes, Some("text/html; charset=windows-1258")), (TEXT.to_owned(), vec![]));
        let page = [b"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1258'>".to_vec(), bytes.clone()].concat();
        assert!(decode(&page, None).0.ends_with(TEXT));
        let (text, problems) = decode(&page, Some("text/html; charset=iso-8859-1"));
        assert!(text.ends_with(TEXT), "{text}");
        assert_eq!(problems, ["the server says `windows-1252` and the page `windows-1258`: read as `windows-1258`"]);
        let (text, problems) = decode_for(&bytes, Some("text/html; charset=utf-8"), Some("vn"));
        assert_eq!(text, TEXT);
        assert_eq!(problems, ["said to be `UTF-8`, which it is not: read as `windows-1258`"]);
    }

    #[test]
    fn decomposed_text_is_composed() {
        let apart: String = TEXT.nfd().collect();
        assert_eq!(decode(apart.as_bytes(), None), (TEXT.to_owned(), vec![]));
    }

    #[test]
    fn broken_characters_are_told() {
        let cut = &TEXT.as_bytes()[..TEXT.len() - 9];
        let broken = [cut, b"\xe1\xba</p>"].concat();
        let (text, problems) = decode(&broken, Some("text/html; charset=utf-8"));
        assert!(text.contains("Đà Nẵng") && text.contains('\u{fffd}'));
        assert_eq!(problems, ["1 character is unreadable (read as `UTF-8`)"]);
        let (_, problems) = decode(b"caf\xe9", Some("text/html; charset=vps"));
        assert_eq!(problems, ["`vps` is no known charset", "no known charset is named: read as `windows-1252` by its looks"]);
    }

    #[test]
    fn a_word_that_does_not_fit_the_bytes_is_passed_over() {
        let russian = "<p>Жители города встретили новый учебный год в обновлённых школах</p>";
        let bytes = encoding_rs::WINDOWS_1251.encode(russian).0;
        let (text, problems) = decode(&bytes, Some("text/html; charset=euc-kr"));
        assert_eq!(text, russian);
        assert_eq!(problems, ["said to be `EUC-KR`, which it is not: read as `windows-1251`"]);
        let korean = encoding_rs::EUC_KR.encode("<p>시민들이 새로운 도서관을 찾았다</p>").0;
        assert!(decode(&korean, Some("text/html; charset=euc-kr")).1.is_empty());
    }

    #[test]
    fn a_page_in_another_script_is_not_latin_whatever_it_says() {
        use encoding_rs::{
            BIG5, EUC_JP, EUC_KR, GBK, IBM866, ISO_8859_5, ISO_8859_7, KOI8_R, KOI8_U, SHIFT_JIS, WINDOWS_874, WINDOWS_1251, WINDOWS_1253,
            WINDOWS_1255, WINDOWS_1256,
        };
        const RUSSIAN: &str = "<p>Жители города встретили новый учебный год в обновлённых школах, сообщили в администрации района</p>";
        const UKRAINIAN: &str = "<p>Мешканці міста зустріли новий навчальний рік у відремонтованих школах, повідомили їхні вчителі</p>";
        const GREEK: &str = "<p>Οι κάτοικοι της πόλης υποδέχθηκαν τη νέα σχολική χρονιά σε ανακαινισμένα σχολεία, είπε ο δήμαρχος</p>";
        const HEBREW: &str = "<p>תושבי העיר פתחו את שנת הלימודים החדשה בבתי ספר משופצים, כך נמסר מהעירייה ביום ראשון בבוקר</p>";
        const ARABIC: &str = "<p>استقبل سكان المدينة العام الدراسي الجديد في مدارس تم تجديدها حسب ما أعلنت البلدية صباح اليوم</p>";
        const THAI: &str = "<p>ชาวเมืองต้อนรับปีการศึกษาใหม่ในโรงเรียนที่ได้รับการปรับปรุง เทศบาลแจ้งเมื่อเช้าวันนี้</p>";
        const JAPANESE: &str = "<p>市民は改修された学校で新しい学年を迎えた。市の教育委員会が今朝の会見で明らかにした。</p>";
        const CHINESE: &str = "<p>市民们在翻修一新的学校里迎来了新的学年，市教育局今天上午在新闻发布会上表示。</p>";
        const TAIWANESE: &str = "<p>市民們在翻修一新的學校裡迎來了新的學年，市教育局今天上午在新聞發布會上表示。</p>";
        const KOREAN: &str = "<p>시민들이 새로 단장한 학교에서 새 학년을 맞이했다고 시 교육청이 오늘 아침 밝혔다.</p>";
        for (encoding, text) in [
            (WINDOWS_1251, RUSSIAN),
            (KOI8_R, RUSSIAN),
            (ISO_8859_5, RUSSIAN),
            (IBM866, RUSSIAN),
            (KOI8_U, UKRAINIAN),
            (WINDOWS_1253, GREEK),
            (ISO_8859_7, GREEK),
            (WINDOWS_1255, HEBREW),
            (WINDOWS_1256, ARABIC),
            (WINDOWS_874, THAI),
            (SHIFT_JIS, JAPANESE),
            (EUC_JP, JAPANESE),
            (GBK, CHINESE),
            (BIG5, TAIWANESE),
            (EUC_KR, KOREAN),
        ] {
            let (read, problems) = decode(&encoding.encode(text).0, Some("text/html; charset=iso-8859-1"));
            assert_eq!(read, text, "{}", encoding.name());
            assert!(problems[0].starts_with("said to be `windows-1252`, which it is not: read as "), "{problems:?}");
        }
        for text in [
            "<p>Les élèves de la ville ont été accueillis à l'école rénovée, où le maire a prononcé un discours très applaudi.</p>",
            "<p>Die Schüler der Stadt begrüßten das neue Schuljahr in größeren Räumen, für die der Bürgermeister geworben hätte.</p>",
            "<p>Íbúar bæjarins fögnuðu nýju skólaári í endurbættum skólum, að sögn bæjarstjórans á fundi í gær þriðjudag.</p>",
            "<p>Los niños de la ciudad empezaron el año escolar; “mañana habrá más”, señaló el alcalde… «según él».</p>",
        ] {
            let latin = WINDOWS_1252.encode(text).0;
            assert_eq!(decode(&latin, Some("text/html; charset=iso-8859-1")), (text.to_owned(), vec![]));
        }
    }

    #[test]
    fn control_characters_are_dropped() {
        assert_eq!(decode(b"<a\x0chref=x>a\0b\x1b[31m\x7f\r\n\tc", None).0, "<a href=x>ab[31m\r\n\tc");
    }

    #[test]
    fn no_bytes_and_no_label_break_it() {
        for bytes in [&b""[..], b"<", b"<!--", b"\xff", b"\0", b"\xff\xfe", b"\xff\xfea", b"<meta charset=", b"\x1b$B"] {
            for said in [None, Some(""), Some("charset"), Some("charset=\""), Some("charset=utf-16"), Some("charset=replacement")] {
                for top in [None, Some(""), Some("VN"), Some("xn--j6w193g"), Some("việt")] {
                    decode_for(bytes, said, top);
                }
            }
        }
    }
}
