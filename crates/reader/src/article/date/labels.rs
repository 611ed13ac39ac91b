//! What stands before a date, or after it, and tells whose it is; in the languages that news sites use.
//!
//! Words about dates, not about news: a page without any of them is read by the places of its dates alone.

use std::sync::LazyLock;

use regex::Regex;

/// What says before a date that it is the day of publication.
pub static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)publish|posted|written|created|issued|released|online|veröff|erschienen|erstellt|publi[ée]|mis en ligne|paru|publicad|pubblicat|gepubliceerd|geplaatst|opublikowan|dodano|zveřejn|vydáno|julkaistu|publicera|publisert|udgivet|megjelen|közzé|опублик|опублік|yayın|eklenme|data|datum|date|fecha|tarih|дата|stand:|đăng|^\W*ngày|ngày:|diterbitkan|dipublikasikan|เผยแพร่|วันที่|投稿|公開|掲載|発表|配信|发布|發[布佈]|发表|입력|등록|게시|نشر|تاريخ|تاریخ|انتشار|प्रकाशित|פורסם|δημοσ",
    )
    .expect("the pattern is constant")
});

/// What says before a date that it is the day of a change.
pub static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)updated?\b|modified|last edit|revised|aktualis|geändert|mis à jour|actualizad|atualizad|aggiornat|bijgewerkt|zaktualiz|обновл|оновл|güncelle|cập nhật|sửa|diperbarui|更新|수정|تحديث|अपडेट",
    )
    .expect("the pattern is constant")
});

/// What says before a date that it is another one's: a right, an event, a comment.
pub static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)copyright|©|\(c\)|seit |since|founded|gegründet|event|veranstaltung|birthday|geboren|comment|kommentar|reply|antwort|says|schrieb|sagt|deadline|expire|licen[cs]e|bình luận|trả lời|giấy phép|cấp ngày|thành lập",
    )
    .expect("the pattern is constant")
});

/// What says before a date that it is a document's: its number, as in `Nghị định số 12/2024/NĐ-CP ngày`, or that it is in force.
pub static CITED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\d/\p{Lu}[\p{Lu}\d]*(?:[-&.]\p{Lu}[\p{Lu}\d]*)*\W*(?:\p{L}+\s+){0,2}$|(?i)số(?: ký hiệu| hiệu)?[\s:]+\d+\s+(?:ký\s+|ban hành\s+)?ngày\s*$|hiệu lực|hết hạn",
    )
    .expect("the pattern is constant")
});

/// What stands before the day on which a document was made, which its site may show much later.
pub static ISSUED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)ban hành|ngày ký|ký ngày").expect("the pattern is constant"));

/// What a clock says before the present day.
pub static TODAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^\W*(?:hôm nay|bây giờ|today)(?: is| là)?\b").expect("the pattern is constant"));

/// What Vietnamese sentences say before the day of an event.
pub static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[^\p{L}])(?:sáng|chiều|trưa|tối|đêm|ngày|từ|đến|trước|sau|vào|hôm|hết|trong)[\s(]*$")
        .expect("the pattern is constant")
});

/// What follows the date of a comment.
pub static REPLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\W*(?:(?:at|um|à|lúc)\W+[\d:.h ]+\W*)?(?:reply|antwort|répond|respond|rispond|trả lời|said|says|sagt|schrieb|permalink|#\d)",
    )
    .expect("the pattern is constant")
});

/// Whether a date is spelled with its year: what is not counts from today, or is in the news.
pub fn names_year(date: &str) -> bool {
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\d{4}|\d\d?\s?[-/.]\s?\d\d?\s?[-/.]\s?\d\d|年").expect("the pattern is constant"));
    YEAR.is_match(date)
}
