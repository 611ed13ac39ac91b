//! What begins behind an article: the labels of boxes, told from sentences that begin with the same words.
//!
//! `Chia sẻ` is a button, `Chia sẻ với phóng viên, anh Nam nói:` a paragraph. Words alone are a label where nothing is
//! said beside them; with more words, a label is known by its markup, or by the links or the form that follow.

use super::{block::Block, class_hints::Hint, features::ends_sentence, layout::Layout, rules::length};
use crate::pattern::Pattern;

/// Longest label of what follows an article, in words.
const LONGEST_LABEL: usize = 9;
/// The same of what a rating box says: `Tổng số điểm của bài viết là: 5 trong 1 đánh giá`.
const LONGEST_RATING: usize = 14;
/// Blocks behind a label among which the first link of its box stands: a date or another label may come before it.
const BEHIND: usize = 3;
/// Words from which an unlinked block is a paragraph, and no part of a box.
const PARAGRAPH: usize = 8;

/// What begins behind an article.
static FOLLOWS: Pattern = Pattern::new(
    r"(?i)^\W*(?:(?:click để )?đánh giá(?: bài viết| của bạn)?\W*$|đánh giá bài viết|tổng số điểm|(?:các |những |một số )?(?:tin|bài)(?: bài| viết| đăng| tức)? (?:khác|liên quan|cùng chuyên mục|cùng loại|tiếp theo|tiếp|đã đăng|mới hơn|cũ hơn|mới nhất|đã đưa|đọc nhiều|nổi bật|xem nhiều|trước đó)|thông tin (?:khác|liên quan)\W*$|cùng chuyên mục|có thể bạn quan tâm|bài viết này có hữu ích(?: với bạn)?(?: không)?|xếp hạng|thống kê truy cập|xem nhiều|đọc nhiều|ý kiến (?:bạn đọc|của bạn|phản hồi)|gửi (?:phản hồi|ý kiến)|(?:gửi |viết |thêm )?bình luận|like và chia sẻ|xem thêm|in trang|in bài|bản in|gửi email|gửi bài|chia sẻ|từ khóa|tags?\b|quay lại|trở về|lên đầu trang)",
);

/// What may stand beside a label and still tell of the page alone, its reader and where it is shared.
static OF_PAGE: Pattern = Pattern::new(
    r"(?i)^(?:[\W\d_]|của|cho|bạn đọc|độc giả|bạn|bài viết|bài|viết|tin tức|tin|này|khác|liên quan|trang|trước|sau|chủ|đầu|lên|qua|trên|với bạn bè|facebook|zalo|twitter|telegram|email|e-mail|mạng xã hội|danh sách|chuyên mục|mục|nhất|nhiều|mới|ý kiến|phản hồi)*$",
);

/// What a rating box counts.
static RATING: Pattern = Pattern::new(
    r"(?i)^\W*(?:tổng số điểm|(?:bạn )?đánh giá bài viết|số (?:phiếu|lượt) đánh giá|(?:đánh giá|bình chọn|xếp hạng|rating)\W*\d+(?:[.,]\d+)?\s*/\s*(?:5|10)\b\W*(?:\d+\W*(?:lượt|phiếu|bình chọn|votes?|ratings?)?(?: đánh giá| bình chọn)?\W*)?$)",
);

/// Whether the block at `at` is the label of a box that follows an article.
pub fn is_label(layout: &Layout, at: usize) -> bool {
    let block = &layout.blocks[at];
    if block.words <= LONGEST_RATING && RATING.is_match(&block.text) {
        return true;
    }
    let label = if block.words <= LONGEST_LABEL { FOLLOWS.find(&block.text) } else { None };
    let Some(label) = label else { return false };
    let rest = block.text[label.end()..].trim_start();
    let is_alone = OF_PAGE.is_match(rest) || rest.starts_with([':', '|', '»', '›']);
    let is_sentence = ends_sentence(&block.text) || rest.contains([',', '“', '"']);
    is_alone || is_boxed(layout, block) || !is_sentence && leads_to_links(layout, at)
}

/// Whether the markup says that the block is part of a box.
fn is_boxed(layout: &Layout, block: &Block) -> bool {
    let is_box = |kinds: super::class_hints::Hints| [Hint::Share, Hint::Comment, Hint::Related].iter().any(|mark| kinds.has(*mark));
    block.linked > 0.5 || is_in_form(layout, block) || layout.chain(block).next_back().is_some_and(|innermost| is_box(innermost.kinds))
}

fn is_in_form(layout: &Layout, block: &Block) -> bool {
    layout.chain(block).rev().take(4).any(|element| &*element.name == "form")
}

/// Whether links or a form come before the next paragraph; the end of the page is as good.
fn leads_to_links(layout: &Layout, at: usize) -> bool {
    let behind = layout.blocks.iter().skip(at + 1).take(BEHIND);
    let mut behind = behind.take_while(|block| block.linked > 0.5 || length(block) < PARAGRAPH).peekable();
    at + 1 == layout.blocks.len() || behind.any(|block| block.linked > 0.5 || is_in_form(layout, block))
}

#[cfg(test)]
mod tests {
    use super::{super::layout::seen, *};

    const PARAGRAPHS: &str = "<p>Chiều 14-3, anh công nhân nhặt được chiếc ví trên đường và mang đến công an phường trình báo.</p>";
    const LINKS: &str = "<ul><li><a href=/1>Thôn Hạ khánh thành nhà văn hóa mới</a><li><a href=/2>Khai mạc hội sách bên sông Hàn</a></ul>";

    /// Whether `markup` is a label where `behind` follows.
    fn check(markup: &str, behind: &str, expected: bool) {
        let html = format!("<body><div>{PARAGRAPHS}{markup}{behind}</div>");
        let layout = seen(&html);
        assert_eq!(is_label(&layout, 1), expected, "`{markup}` before `{behind}`");
    }

    #[test]
    fn a_sentence_that_begins_like_a_box_is_a_sentence() {
        let sentences = [
            "Chia sẻ với phóng viên, anh Nam nói:",
            "Chia sẻ về việc làm của mình, anh Nam cười.",
            "Chia sẻ của anh Nam khiến nhiều người xúc động",
            "Bình luận về việc này, anh Nam nói:",
            "Bình luận về trận đấu, huấn luyện viên khen đội.",
            "Bình luận viên cho rằng đội chủ nhà xứng đáng",
            "Quay lại nơi nhặt ví, anh Nam kể:",
            "Quay lại hiện trường vào sáng hôm sau…",
            "Trở về nhà, anh Nam kể lại:",
            "Trở về sau ba năm, làng đã đổi khác.",
            "Xem thêm một lượt, anh mới yên tâm.",
            "Đánh giá: 5/5 hạng mục của thôn đều đạt chuẩn.",
            "Xếp hạng chung cuộc, đội nhà đứng thứ ba.",
            "Từ khóa cửa đến camera đều bị phá hỏng.",
            "Gửi bài dự thi về ban tổ chức trước 30-4.",
            "Tin tiếp tục được chuyển về từ hiện trường.",
            "Tin khác thường này lan rất nhanh, anh nói.",
            "Tin mới nhất từ bệnh viện cho biết:",
            "Bài tiếp xúc cử tri kéo dài hai giờ.",
            "Ý kiến của bạn anh cũng không khác, anh nói:",
            "“Chia sẻ là niềm vui”, anh Nam nói.",
        ];
        for sentence in sentences {
            for markup in ["p", "div", "span", "h3"] {
                check(&format!("<{markup}>{sentence}</{markup}>"), PARAGRAPHS, false);
            }
        }
        check("<h2>Chia sẻ yêu thương</h2>", PARAGRAPHS, false);
        check("<p>Trở về nhà, anh Nam kể lại:</p>", LINKS, false);
    }

    #[test]
    fn a_label_is_a_label_in_any_markup() {
        let labels = [
            "Chia sẻ",
            "CHIA SẺ:",
            "Chia sẻ bài viết",
            "Chia sẻ lên Facebook",
            "Bình luận",
            "Bình luận (3)",
            "Bình luận của bạn",
            "Gửi bình luận",
            "Ý kiến bạn đọc (12)",
            "Quay lại",
            "« Quay lại trang trước",
            "Trở về trang chủ",
            "Lên đầu trang",
            "ĐÁNH GIÁ BÀI VIẾT",
            "Tổng số điểm của bài viết là: 5 trong 1 đánh giá",
            "Đánh giá: 5/5 (221 lượt)",
            "Rating: 4.5/5 (12 votes)",
            "Các tin khác",
            "Các tin khác:",
            "Tin liên quan",
            "Tin cùng chuyên mục",
            "Bài viết này có hữu ích với bạn không?",
            "Có thể bạn quan tâm",
            "Từ khóa: an ninh, trật tự",
            "Tags: lễ hội, Đà Nẵng",
            "Xem thêm",
            "In trang",
        ];
        for label in labels {
            for markup in [
                format!("<p>{label}</p>"),
                format!("<div><b>{label}</b></div>"),
                format!("<h3>{label}</h3>"),
                format!("<a href=#>{label}</a>"),
            ] {
                check(&markup, LINKS, true);
                check(&markup, PARAGRAPHS, true);
            }
        }
        check("<p>Tin nổi bật tuần qua</p>", LINKS, true);
        check("<p>Bình luận về bài viết hôm nay</p>", "<form><p>Họ và tên</p></form>", true);
        check("<div class=share-box>Chia sẻ niềm vui</div>", PARAGRAPHS, true);
        check("<p><a href=#>Trở về chuyên trang An ninh</a></p>", PARAGRAPHS, true);
    }
}
