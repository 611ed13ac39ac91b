//! The portals' socket side: which page stands at a path, in which bytes, and whether the client has it already.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Response, StatusCode, header},
};

use super::{
    charset,
    events::ErrorPage,
    pieces::{self, STANDING, document, escape},
    site::{List, NAME, SECTIONS, Site},
    story::Kind,
};

/// A PDF without pages.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n";

/// A request as the portal saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// With the query.
    pub path: String,
    pub status: u16,
}

pub(super) fn router(site: Arc<Mutex<Site>>) -> Router {
    Router::new().fallback(answer).with_state(site)
}

/// An answer before it is bytes on the wire.
struct Page {
    status: StatusCode,
    content_type: &'static str,
    body: Vec<u8>,
    location: Option<String>,
}

impl Page {
    fn html(status: StatusCode, body: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", body.into_bytes())
    }

    fn new(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Self {
        Self { status, content_type, body, location: None }
    }
}

async fn answer(State(site): State<Arc<Mutex<Site>>>, request: Request) -> Response<Body> {
    let path = request.uri().path_and_query().map_or("/", |it| it.as_str()).to_owned();
    let asked = request.headers().get(header::IF_NONE_MATCH).cloned();
    let mut site = site.lock().unwrap_or_else(PoisonError::into_inner);
    let response = respond(page(&site, &path), asked.as_ref());
    site.seen.push(Seen { path, status: response.status().as_u16() });
    response
}

fn respond(page: Page, asked: Option<&HeaderValue>) -> Response<Body> {
    let mut response = Response::default();
    *response.status_mut() = page.status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.content_type));
    if let Some(location) = page.location.and_then(|location| HeaderValue::from_str(&location).ok()) {
        headers.insert(header::LOCATION, location);
    }
    if page.status == StatusCode::OK {
        let mut hasher = DefaultHasher::new();
        page.body.hash(&mut hasher);
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{:016x}\"", hasher.finish())) {
            if asked == Some(&tag) {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return response;
            }
            response.headers_mut().insert(header::ETAG, tag);
        }
    }
    *response.body_mut() = Body::from(page.body);
    response
}

fn page(site: &Site, path: &str) -> Page {
    if path == "/robots.txt" {
        return not_found();
    }
    if let Some(error) = site.failing {
        return error_page(error, path);
    }
    if let Some((content_type, body)) = (site.markup.extra)(site, path) {
        return Page { content_type, ..built(site, body) };
    }
    if let Some(list) = List::ALL.into_iter().find(|list| site.list_path(*list) == path) {
        return built(site, (site.markup.list)(site, list));
    }
    if let Some(story) = site.served_at(path).filter(|story| !site.is_removed(story)) {
        return match story.kind {
            Kind::Document => Page::new(StatusCode::OK, "application/pdf", PDF.to_vec()),
            _ => built(site, (site.markup.article)(site, story)),
        };
    }
    let standing = STANDING.iter().find(|(_, at)| *at == path).map(|(name, _)| *name);
    let section = SECTIONS.iter().enumerate().find(|(at, _)| site.section_path(*at) == path).map(|(_, (name, _))| *name);
    match standing.or(section) {
        Some(name) => built(site, standing_page(site, name)),
        None if path.starts_with("/uploads/") => Page::new(StatusCode::OK, "application/octet-stream", b"not drawn".to_vec()),
        None => not_found(),
    }
}

/// A page in the charset of the portal.
fn built(site: &Site, body: String) -> Page {
    match site.markup.charset {
        None => Page::html(StatusCode::OK, body),
        // Such portals say nothing in the header.
        Some(charset) => {
            let body =
                body.replacen("charset=\"utf-8\"", &format!("http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\""), 1);
            Page::new(StatusCode::OK, "text/html", charset::windows_1258(&body))
        }
    }
}

fn standing_page(site: &Site, name: &str) -> String {
    let text = format!("<h2>{name}</h2><p>Nội dung của mục {name} được bộ phận một cửa cập nhật theo quy định.</p>");
    document(&format!("{name} - {NAME}"), "", &format!("{}{text}<div class=\"footer\">{}</div>", pieces::menu(site), pieces::imprint()))
}

fn not_found() -> Page {
    Page::html(StatusCode::NOT_FOUND, document("404", "", "<h1>Không tìm thấy trang</h1><p><a href=\"/\">Về trang chủ</a></p>"))
}

fn error_page(error: ErrorPage, path: &str) -> Page {
    const LOGIN: &str = "<form method=\"post\" action=\"/dang-nhap\"><label>Tên đăng nhập <input name=\"user\"></label>\
                         <label>Mật khẩu <input type=\"password\" name=\"pass\"></label><button>Đăng nhập</button></form>\
                         <p><a href=\"/quen-mat-khau\">Quên mật khẩu?</a> <a href=\"/dang-ky\">Đăng ký tài khoản mới</a></p>";
    let html = |title: &str, body: &str| Page::html(StatusCode::OK, document(title, "", body));
    match error {
        ErrorPage::Internal => Page::html(
            StatusCode::INTERNAL_SERVER_ERROR,
            document(
                "Runtime Error",
                "",
                "<h1>Server Error in '/' Application.</h1><p>Object reference not set to an instance of an object.</p>",
            ),
        ),
        ErrorPage::Login => html("Đăng nhập hệ thống", LOGIN),
        ErrorPage::RedirectToLogin if path.starts_with("/dang-nhap") => html("Đăng nhập hệ thống", LOGIN),
        ErrorPage::RedirectToLogin => {
            let path: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
            Page { location: Some(format!("/dang-nhap?ReturnUrl={path}")), ..Page::html(StatusCode::FOUND, String::new()) }
        }
        ErrorPage::Maintenance => html(
            "Bảo trì hệ thống",
            "<h1>Hệ thống đang được bảo trì</h1><p>Cổng thông tin tạm ngừng phục vụ để nâng cấp, mời quý vị quay lại sau ít phút.</p>",
        ),
        ErrorPage::CookieWall => Page::html(
            StatusCode::OK,
            "<html><body><script>document.cookie=\"D1N=3f9a1c77\"+\"; path=/\";window.location.reload(true);</script></body></html>"
                .to_owned(),
        ),
        ErrorPage::Blank => Page::html(StatusCode::OK, String::new()),
        ErrorPage::Parked => html(
            "truongxuan.example is for sale",
            &[
                "Bảo hiểm xe máy trực tuyến giá tốt",
                "Vay tiền nhanh trong ngày không thế chấp",
                "Mua tên miền giá rẻ cho doanh nghiệp",
                "Khóa học tiếng Anh cho người đi làm",
            ]
            .iter()
            .enumerate()
            .map(|(at, words)| {
                format!("<div class=\"ad\"><a href=\"/search/tsc.php?domain=truongxuan&amp;ses={at}\">{}</a></div>", escape(words))
            })
            .collect::<String>(),
        ),
    }
}
