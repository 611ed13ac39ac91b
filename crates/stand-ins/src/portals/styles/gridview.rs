//! Web forms with a grid: a table in every row, half days in the dates, no paragraphs but breaks, one title for all.
//!
//! What is read most stands left of the list, and the notices run over it.

use super::{
    super::{
        body::{self, Part},
        pieces::{at, counters, document, each, escape, href, imprint, menu, rows, signed, weather},
        site::{List, NAME, Site},
        story::{Picture, Story},
    },
    ALL, Style, flatsome, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "gridview",
    address: |story| format!("/ChiTietTin.aspx?nid={}&cm={}", story.number, story.section + 21),
    section: |section| format!("/DanhSachTin.aspx?cm={}", section + 21),
    files: "Portals/VanBan",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &flatsome::STYLE,
    shown: ALL,
};

/// As .NET writes it in Vietnamese: `24/11/2026 8:07:00 SA`.
fn moment(story: &Story) -> String {
    let half = if story.published.hour() < 12 { "SA" } else { "CH" };
    at(story, "%d/%m/%Y %-I:%M:%S ") + half
}

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<tr><td><table width=\"100%\"><tr><td rowspan=\"2\" class=\"anh\"><a href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\"></a></td><td>\
             <a id=\"ctl00_CPH_grvTin_ctl{1}_hplTieuDe\" class=\"tieude\" href=\"{0}\">{2}</a> <span id=\"ctl00_CPH_grvTin_ctl{1}_lblNgay\" \
             class=\"ngay\">({3})</span></td></tr><tr><td><span id=\"ctl00_CPH_grvTin_ctl{1}_lblTomTat\">{4}</span></td></tr></table></td></tr>",
            href(site, story),
            story.number,
            escape(&story.title),
            moment(story),
            escape(&story.lead)
        )
    });
    let pager: String =
        (2..7).map(|at| format!("<td><a href=\"javascript:__doPostBack('ctl00$CPH$grvTin','Page${at}')\">{at}</a></td>")).collect();
    let main = format!(
        "<span id=\"ctl00_CPH_lblMuc\" class=\"tenmuc\">{}</span><table id=\"ctl00_CPH_grvTin\" cellspacing=\"0\" border=\"0\">{rows}\
         <tr class=\"phantrang\"><td><table><tr><td><span>1</span></td>{pager}</tr></table></td></tr></table>",
        heading(list)
    );
    page(site, &main)
}

/// A text without any paragraph.
fn broken(part: &Part) -> String {
    match part {
        Part::Paragraph(text) => format!("{}<br /><br />", escape(text)),
        Part::Picture(Picture { path, caption }) => {
            format!("<div align=\"center\"><img src=\"{path}\" width=\"500\" /><br /><i>{}</i></div><br />", escape(caption))
        }
        Part::Table(_) | Part::Attachment(_) | Part::Film(_) => body::office(part),
    }
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<div><b>Tệp đính kèm:</b> <span id=\"ctl00_CPH_lblTep\">{files}</span></div>"));
    let main = format!(
        "<span id=\"ctl00_CPH_lblTieuDe\" class=\"tieude_ct\">{}</span><br /><span id=\"ctl00_CPH_lblNgay\" class=\"ngay\">Cập nhật: {}</span>\
         <br /><span id=\"ctl00_CPH_lblTomTat\"><b>{}</b></span><br /><br /><span id=\"ctl00_CPH_lblNoiDung\">{}</span>{}{files}\
         <div align=\"right\"><a href=\"javascript:window.print()\">In trang</a> | <a href=\"#\">Gửi mail</a></div><br />\
         <span class=\"tenmuc\">Các tin khác:</span><table id=\"ctl00_CPH_grvTinKhac\">{}</table>",
        escape(&story.title),
        moment(story),
        escape(&story.lead),
        body::text(story, broken),
        signed(story, |author| format!("<div align=\"right\"><b>{author}</b></div>")),
        each(&site.others(story), |other| format!(
            "<tr><td>&raquo; <a href=\"{}\">{}</a> <span class=\"ngay\">({})</span></td></tr>",
            href(site, other),
            escape(&other.title),
            at(other, "%d/%m/%Y")
        )),
    );
    page(site, &main)
}

fn page(site: &Site, main: &str) -> String {
    let line = |story: &Story| format!("<tr><td class=\"lk\"><a href=\"{}\">{}</a></td></tr>", href(site, story), escape(&story.title));
    let running = each(&site.notices(), |story| format!("<a href=\"{}\">{}</a> &nbsp;&nbsp; ", href(site, story), escape(&story.title)));
    let body = format!(
        "<form name=\"aspnetForm\" method=\"post\" action=\"Default.aspx\" id=\"aspnetForm\">\
         <div><input type=\"hidden\" name=\"__VIEWSTATE\" value=\"/wEPDwUKLTY{:07x}\" /></div>\
         <table align=\"center\" width=\"1000\"><tr><td colspan=\"3\"><img src=\"/uploads/dau.jpg\" /></td></tr><tr><td colspan=\"3\">{}</td></tr>\
         <tr><td colspan=\"3\"><marquee scrollamount=\"3\">{running}</marquee></td></tr>\
         <tr><td width=\"200\" valign=\"top\"><table><tr><td class=\"td_tieude\">TIN XEM NHIỀU</td></tr>{}</table>\
         <table><tr><td class=\"td_tieude\">PHIM TƯ LIỆU</td></tr>{}</table></td><td valign=\"top\">{main}</td><td width=\"180\" valign=\"top\">{}\
         <br />{}</td></tr><tr><td colspan=\"3\" class=\"chan\">{}</td></tr></table></form>",
        site.turn,
        menu(site),
        each(&site.most_read(), line),
        each(&site.films(), line),
        weather(site),
        counters(site),
        imprint(),
    );
    document(NAME, "", &body)
}
