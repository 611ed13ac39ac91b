//! Pages that are no list, each as several kinds of sites have it, and beside them lists that look like it at one
//! place.

use super::*;

/// The head, menu and foot that portals set around everything.
fn framed(main: &str) -> String {
    format!(
        "<html><head><title>Trang thông tin xã Hòa Tân</title><script src=/js/jquery.js></script></head><body>
        <div class=main-header><a href=/>Trang chủ</a></div>
        <ul id=menu-top><li><a href=/gioi-thieu>Giới thiệu chung về xã Hòa Tân</a><li><a href=/to-chuc>Cơ cấu tổ chức</a></ul>
        {main}
        <div class=site-footer>Bản quyền thuộc về Ủy ban nhân dân xã. Ghi rõ nguồn khi phát hành lại thông tin. <a href=/lien-he>Liên hệ</a></div>"
    )
}

fn at(address: &str, html: &str) -> Option<Obstacle> {
    let url = Url::parse(address).unwrap();
    let page = Page { url, html: html.to_owned(), fetched_at: "2026-07-10T04:30:00Z".parse().unwrap(), problems: Vec::new() };
    Obstacle::of(&page, &[])
}

fn found(html: &str) -> Option<Obstacle> {
    at("https://xa.example.vn/tin-tuc", html)
}

/// A list of ten, with `more` beside it.
fn list_with(more: &str) -> String {
    let item = |at: usize| {
        format!(
            "<li><h3><a href=/tin/ban-tin-so-{at}>Bản tin số {at} của xã trong tuần này</a></h3><i>{:02}/07/2026</i><p>Tóm tắt của bản tin số {at}.</p>",
            10 - at
        )
    };
    let items: String = (0..10).map(item).collect();
    framed(&format!("<main><ul class=news>{items}</ul></main>{more}"))
}

#[track_caller]
fn scripts(html: &str, data: ScriptData) {
    assert_eq!(found(html), Some(Obstacle::Scripts(data)), "{html}");
}

#[test]
fn a_page_that_scripts_draw_is_named_with_the_place_of_its_data() {
    let at = |address: &str| ScriptData::At(Url::parse(address).unwrap());
    scripts(
        "<html><head><title>Cổng</title></head><body><div id=root></div><script type=module src=/assets/index-3f.js></script>",
        ScriptData::Unknown,
    );
    scripts(
        "<body><noscript>You need to enable JavaScript to run this app.</noscript><app-root></app-root><script src=/main.js></script>",
        ScriptData::Unknown,
    );
    scripts(
        "<div id=__nuxt></div><script>window.__NUXT__={config:{apiBase:'https://xa.example.vn/api/v2/tin'}}</script><script src=/_nuxt/a.js></script>",
        at("https://xa.example.vn/api/v2/tin"),
    );
    scripts(
        "<div id=__next></div><script id=__NEXT_DATA__ type=application/json>{\"props\":{}}</script>",
        ScriptData::Named("__NEXT_DATA__"),
    );
    // A menu that the server draws, and a list that it does not.
    scripts(
        &framed("<h1>Tin tức</h1><div id=ds-tin></div><script>$.getJSON('/ajax/tin?page=1', d => $('#ds-tin').html(ve(d)))</script>"),
        at("https://xa.example.vn/ajax/tin?page=1"),
    );
    scripts(&framed("<ul id=danh-sach></ul><p>Đang tải dữ liệu…</p><script src=/js/tin.js></script>"), ScriptData::Unknown);
    scripts(
        &framed("<news-list data-source='/services/news?top=10'></news-list><script src=/js/tin.js></script>"),
        at("https://xa.example.vn/services/news?top=10"),
    );
    // Of several addresses the one of the page's own site that speaks of news.
    scripts(
        "<head><link rel=preload as=fetch href=/api/config.json></head><div id=app></div>
         <script>track('https://dem.example.com/api/hit');const U=`https:\\/\\/xa.example.vn\\/api\\/articles?cat=${cat}`</script>",
        at("https://xa.example.vn/api/articles?cat="),
    );
    scripts(
        "<head><link rel='https://api.w.org/' href='https://xa.example.vn/wp-json/'></head><div id=app></div><script src=/a.js></script>",
        at("https://xa.example.vn/wp-json/wp/v2/posts"),
    );
}

#[test]
fn a_login_is_one_where_nothing_else_is() {
    let form = "<form action=/login><h2>Đăng nhập hệ thống</h2>Tên <input name=u> Mật khẩu <input type=password name=p><button>Vào</button></form>";
    assert_eq!(found(&framed(form)), Some(Obstacle::Login));
    let led = "https://xa.example.vn/Account/Login.aspx?ReturnUrl=%2ftin-tuc";
    let related: String = (0..3).map(|n| format!("<li><a href=/huong-dan-{n}>Hướng dẫn lấy lại mật khẩu số {n}</a>")).collect();
    assert_eq!(at(led, &framed(&format!("{form}<ul>{related}</ul>"))), Some(Obstacle::Login));
    // The first step asks for a name alone.
    assert_eq!(at(led, "<title>Sign in</title><form><input name=email><input type=submit></form>"), Some(Obstacle::Login));
    assert_eq!(found(&list_with(&format!("<aside>{form}</aside>"))), None);
    assert_eq!(found(&list_with(form)), None);
}

#[test]
fn a_check_for_a_browser_is_named() {
    let cookie = "<html><body><script>document.cookie='D1N=ab12;path=/';location.reload();</script></body></html>";
    assert_eq!(found(cookie), Some(Obstacle::Challenge));
    let words = "<title>Just a moment...</title><h1>xa.example.vn</h1><p>Checking your browser before accessing the site.</p><script src=/c.js></script>";
    assert_eq!(found(words), Some(Obstacle::Challenge));
    assert_eq!(found("<noscript>Please enable cookies.</noscript><div id=cf></div><script src=/x.js></script>"), Some(Obstacle::Challenge));
    let banner =
        "<div>Chúng tôi dùng cookie. <a href=#>Đồng ý</a></div><script>function ok(){document.cookie='ok=1';location.reload()}</script>";
    assert_eq!(found(&list_with(banner)), None);
}

#[test]
fn maintenance_is_no_headline_about_it() {
    for said in ["Hệ thống đang bảo trì, mời quý vị quay lại sau.", "We are down for maintenance.", "Cổng thông tin đang được nâng cấp."]
    {
        assert_eq!(found(&format!("<h1>Thông báo</h1><p>{said}")), Some(Obstacle::Maintenance), "{said}");
        assert_eq!(found(&framed(&format!("<h2>{said}</h2>"))), Some(Obstacle::Maintenance), "{said}");
    }
    assert_eq!(found(&list_with("<li><a href=/tin/bao-tri>Thông báo đang bảo trì hệ thống cấp nước sạch</a>")), None);
}

#[test]
fn nobodys_site_is_named() {
    for said in [
        "<h1>xa.example.vn</h1><p>This domain is for sale!",
        "<title>Welcome to nginx!</title><p>Further configuration is required.",
        "<p>Tên miền này đang được rao bán. <a href=https://mua.example>Liên hệ</a>",
    ] {
        assert_eq!(found(said), Some(Obstacle::Parked), "{said}");
    }
    assert_eq!(found(&list_with("<p>Buy this domain")), None);
}

#[test]
fn an_article_is_no_list() {
    let paragraph = "<p>Sáng nay tại nhà văn hóa xã, đông đảo bà con đã đến dự lễ ra quân làm sạch đường làng ngõ xóm, trồng cây xanh dọc tuyến kênh \
        chính và cùng nhau ký cam kết giữ gìn vệ sinh chung trong những tháng tới đây, theo kế hoạch đã được thông qua từ đầu năm của xã.</p>";
    let related: String = (0..6).map(|n| format!("<li><a href=/tin/lien-quan-{n}>Tin liên quan số {n} của xã Hòa Tân</a>")).collect();
    let article = framed(&format!("<article><h1>Ra quân làm sạch đường làng</h1>{}<ul>{related}</ul></article>", paragraph.repeat(5)));
    assert_eq!(found(&article), Some(Obstacle::Article));
    // Leads of that length with headlines between them are a list.
    let item = |at: usize| format!("<div><h3><a href=/tin/{at}>Bản tin số {at} của xã trong tuần này</a></h3>{paragraph}</div>");
    assert_eq!(found(&framed(&(0..8).map(item).collect::<String>())), None);
}

#[test]
fn a_list_with_data_beside_it_is_a_list() {
    let data =
        "<script id=__NEXT_DATA__ type=application/json>{\"api\":\"/api/news\"}</script><div id=chat></div><script src=/chat.js></script>";
    assert_eq!(found(&list_with(data)), None);
    assert_eq!(found(&framed("<p>Chuyên mục chưa có bài viết.</p>")), Some(Obstacle::Bare));
    assert_eq!(found(&framed("<ul><li><a href=/a>Lịch tiếp công dân</a><li><a href=/b>Thông báo tuyển sinh</a></ul>")), None);
}

#[test]
fn headlines_that_were_found_are_a_list_whatever_else_there_is() {
    let page = Page {
        url: Url::parse("https://xa.example.vn/").unwrap(),
        html: "<input type=password>".to_owned(),
        fetched_at: jiff::Timestamp::UNIX_EPOCH,
        problems: Vec::new(),
    };
    let sighting = crate::list::Sighting { certainty: 0.9, ..Default::default() };
    let headline = Candidate {
        url: page.url.clone(),
        title: String::new(),
        published: None,
        summary: None,
        image: None,
        author: None,
        attachments: Vec::new(),
        sighting,
    };
    assert_eq!(Obstacle::of(&page, &vec![headline.clone(); 5]), None);
    assert_eq!(Obstacle::of(&page, &[headline]), Some(Obstacle::Login));
}

#[track_caller]
fn frames(html: &str, expected: Option<&str>) {
    let page = Page {
        url: Url::parse("http://xa.example.vn/cong/").unwrap(),
        html: html.to_owned(),
        fetched_at: jiff::Timestamp::UNIX_EPOCH,
        problems: Vec::new(),
    };
    assert_eq!(main_frame(&page).as_ref().map(Url::as_str), expected, "{html}");
}

#[test]
fn the_main_frame_is_called_so_or_is_the_largest() {
    frames(
        "<html><frameset rows='90,*,30'><frame src=top.asp><frameset cols='180,*'><frame src=menu.asp><frame src=tin.asp></frameset><frame src=chan.asp></frameset>",
        Some("http://xa.example.vn/cong/tin.asp"),
    );
    frames(
        "<FRAMESET COLS='50%,50%'><FRAME NAME=menu SRC=a.htm><FRAME NAME=Main SRC=b.htm></FRAMESET>",
        Some("http://xa.example.vn/cong/b.htm"),
    );
    frames(
        "<frameset rows='100%,*'><frame src='http://may.example.vn/portal'><frame src=rong.htm></frameset>",
        Some("http://may.example.vn/portal"),
    );
    frames("<frameset cols='*,3*'><frame src=a.htm><frame src=b.htm></frameset>", Some("http://xa.example.vn/cong/b.htm"));
    frames("<frameset cols='*,*'><frame><frame src=javascript:x></frameset>", None);
    frames("<body><p>&lt;frameset&gt;<iframe src=a.htm></iframe>", None);
}

#[test]
fn a_page_that_leads_on_or_is_filled_by_a_frame_shows_another_one() {
    let there = Some("http://xa.example.vn/cong/tin.aspx");
    for html in [
        "<head><meta http-equiv=refresh content='0;url=tin.aspx'></head><body>Đang chuyển trang…",
        "<META HTTP-EQUIV=\"Refresh\" CONTENT=\"3; URL='tin.aspx'\"><a href=tin.aspx>Bấm vào đây</a>",
        "<body><iframe src=an.aspx width=1 height=1></iframe><iframe src=tin.aspx width='100%' height=900></iframe>",
        "<ul><li><a href=/a>Giới thiệu</a><li><a href=/b>Liên hệ</a></ul><iframe src=tin.aspx style='width:100%; height:100vh; border:0'></iframe>",
    ] {
        frames(html, there);
    }
    let list: String = (0..4).map(|at| format!("<li><a href=/tin-{at}.html>Ủy ban nhân dân xã tổ chức lễ ra quân số {at}</a>")).collect();
    for html in [
        // A list that comes again, one that is led to later, a video beside a list, another site's, something small or
        // hidden.
        format!("<meta http-equiv=refresh content='300;url=tin.aspx'>{list}"),
        "<meta http-equiv=refresh content='60'><p>Đang bảo trì".to_owned(),
        "<meta http-equiv=refresh content='0;url=/cong/'><p>Đang kiểm tra".to_owned(),
        "<meta http-equiv=refresh content='300;url=tin.aspx'><p>Thông báo".to_owned(),
        format!("{list}<iframe src=phim.htm width='100%' height=500></iframe>"),
        "<iframe src=https://phim.example.com/nhung width='100%' height=500></iframe>".to_owned(),
        "<iframe src=thoi-tiet.htm width=300 height=500></iframe><iframe src=an.htm style='height:900px;display:none'></iframe>".to_owned(),
    ] {
        frames(&html, None);
    }
}

#[test]
fn a_pager_by_postback_is_seen() {
    let is_paged = |html: &str| {
        let page = Page {
            url: Url::parse("http://xa.example.vn/tin.aspx").unwrap(),
            html: html.to_owned(),
            fetched_at: jiff::Timestamp::UNIX_EPOCH,
            problems: Vec::new(),
        };
        is_paged_by_postback(&page)
    };
    assert!(is_paged("<td><a href=\"javascript:__doPostBack(&#39;ctl00$grid&#39;,&#39;Page$2&#39;)\">2</a>"));
    assert!(is_paged("<a href=\"javascript:__doPostBack('ctl00$lnkNext','')\">Trang sau</a>"));
    assert!(is_paged("<span onclick=\"__doPostBack('ctl00$p','3')\">2</span>"));
    assert!(!is_paged("<a href=\"javascript:__doPostBack('ctl00$btnSearch','')\">Tìm kiếm</a><a href='?trang=2'>2</a>"));
    assert!(!is_paged("<script>function __doPostBack(a,b){}</script><a href='?trang=2'>2</a>"));
}
