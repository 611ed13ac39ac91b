//! Boxes of the portal's own that it puts into its articles: its letter, its app, itself; in the build of the day.

use super::{chrome::NAME, site::Markup};

/// Heading and lines of a box.
fn render(markup: Markup, class: &str, heading: &str, lines: &[&str]) -> String {
    let lines = |wrap: fn(&str) -> String| lines.iter().map(|line| wrap(line)).collect::<String>();
    match markup {
        Markup::Plain => format!("<div class=\"{class}\"><h4>{heading}</h4>{}</div>", lines(|line| format!("<p>{line}</p>"))),
        Markup::Tables => format!(
            "<table class=\"{class}\" width=\"100%\"><tr><td><b>{heading}</b></td></tr>{}</table>",
            lines(|line| format!("<tr><td>{line}</td></tr>"))
        ),
        Markup::Blocks => format!("<div class=\"{class}\"><div>{heading}</div>{}</div>", lines(|line| format!("<div>{line}</div>"))),
        Markup::Cards => {
            format!("<section class=\"{class}\"><strong>{heading}</strong>{}</section>", lines(|line| format!("<div>{line}</div>")))
        }
    }
}

pub(super) fn letter(markup: Markup) -> String {
    let lines = [
        "Mỗi tuần một thư với những tin đáng đọc nhất, những cảnh báo mới nhất và lịch tiếp công dân của các đơn vị, gửi thẳng vào hộp thư của bạn.",
        "Có thể hủy đăng ký bất cứ lúc nào.",
    ];
    render(markup, "ban-tin", "Đăng ký nhận bản tin", &lines)
}

pub(super) fn app(markup: Markup) -> String {
    let lines = [
        "Phản ánh hiện trường, tra cứu hồ sơ và nhận cảnh báo ngay trên điện thoại với ứng dụng An ninh Biển Xanh, miễn phí cho mọi người dân.",
        "<a href=\"/ung-dung/ios\">App Store</a> | <a href=\"/ung-dung/android\">Google Play</a>",
        "<img src=\"/images/phong-chay.png\" alt=\"Mã QR\">",
    ];
    render(markup, "ung-dung", "Tải ứng dụng", &lines)
}

pub(super) fn portal(markup: Markup) -> String {
    let lines = [
        "Cơ quan phát ngôn chính thức của lực lượng Công an thành phố, đăng tải tin tức, văn bản và thủ tục hành chính; mọi tổ chức, cá nhân đều có thể gửi tin, bài cộng tác.",
        "Thư điện tử: <a href=\"mailto:toasoan@catp.bienxanh.example\">toasoan@catp.bienxanh.example</a>",
    ];
    render(markup, "gioi-thieu", NAME, &lines)
}
