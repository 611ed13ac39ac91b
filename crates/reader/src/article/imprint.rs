//! Lines in which a site speaks of itself: who answers for it, its licence, its rights, its login.

use crate::pattern::Pattern;

/// Whether a line is such a one. Sentences of an article may begin like it, so that its place has to speak as well.
pub fn is_line(line: &str) -> bool {
    static IMPRINT: Pattern = Pattern::new(concat!(
        r"(?i)^\W*(?:©|\(c\)|copyright|all rights reserved|bản quyền (?:©|thuộc|của|\d{4})|(?:®|đề nghị|vui lòng|xin)? ?ghi rõ nguồn|",
        r"giấy phép (?:\p{L}+ ){0,8}số|gp(?:đkkd)? số|(?:người )?chịu trách nhiệm|(?:trưởng ban|tổng) biên tập\b|cơ quan (?:chủ quản|ngôn luận)|đơn vị chủ quản|",
        r"(?:thiết kế|phát triển|xây dựng) (?:bởi|và)|powered by|(?:cổng|trang) thông tin điện tử|địa chỉ\W|trụ sở\W|(?:số )?điện thoại\W|",
        r"e-?mail\W|fax\W|hotline\W|đường dây nóng|tên (?:đăng nhập|truy cập|tài khoản)|mật khẩu\W*$|quên (?:mật khẩu|tên)|",
        r"(?:ghi )?nhớ(?: đăng nhập| mật khẩu| tài khoản| tôi)?\W*$|đăng (?:nhập|ký|xuất)(?: \p{L}+){0,2}\W*$|username|password|remember me|forgot)",
    ));
    IMPRINT.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_s_own_lines_are_known() {
        for line in [
            "© 2026 Xã Đại Phong",
            "Bản quyền thuộc về Ủy ban nhân dân xã Đại Phong.",
            "Giấy phép số 12/GP-TTĐT do Sở Thông tin và Truyền thông cấp ngày 20/03/2019",
            "Giấy phép thiết lập trang thông tin điện tử số 12/GP",
            "Ghi rõ nguồn \"Trang thông tin xã Đại Phong\" khi phát hành lại",
            "® Ghi rõ nguồn khi phát hành lại",
            "Chịu trách nhiệm chính: ông Lê Văn Thành",
            "Tên đăng nhập",
            "Mật khẩu",
            "Quên mật khẩu?",
            "Ghi nhớ",
            "Đăng nhập",
        ] {
            assert!(is_line(line), "{line}");
        }
        for line in [
            "Mật khẩu của hộp thư phải được đổi mỗi quý.",
            "Đăng ký kết hôn là thủ tục mà người dân làm nhiều nhất trong tháng.",
            "Bản quyền truyền hình đã được ba đài mua chung.",
            "Nhớ về những ngày đầu dựng làng",
        ] {
            assert!(!is_line(line), "{line}");
        }
    }
}
