//! `[source.json]` for pages that scripts draw: the data are the articles, and new ones come and are told.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use loa_stand_ins::pages::{ANY, Pages};

use crate::running::TITLES;

const SHELL: &str =
    "<html><head><title>Cổng thông tin xã</title></head><body><div id=root></div><script type=module src=/assets/a.js></script>";

/// One page for all articles, with the site's head and foot, as a server draws it before scripts fill it.
const FRAMED_SHELL: &str = "<html><head><title>Cổng thông tin điện tử xã Hòa Tân</title></head><body><div class=top>Chào mừng quý vị đến với cổng thông tin
    điện tử của xã Hòa Tân, nơi công khai thủ tục hành chính và tiếp nhận phản ánh, kiến nghị của người dân trên địa bàn toàn xã.</div><p>Địa chỉ: thôn Đông, xã
    Hòa Tân. Điện thoại: 0236 000 000. Thời gian làm việc: từ thứ hai đến thứ sáu, sáng từ bảy giờ rưỡi, chiều từ một giờ rưỡi, trừ các ngày lễ và ngày nghỉ
    theo quy định của pháp luật. Chịu trách nhiệm chính: Chủ tịch Ủy ban nhân dân xã. Ghi rõ nguồn khi phát hành lại thông tin từ cổng này.</p>
    <p>Cổng thông tin được xây dựng để phục vụ người dân và doanh nghiệp trên địa bàn, mọi góp ý xin gửi về bộ phận một cửa của xã trong giờ hành chính.</p>
    <main id=noi-dung></main><script src=/a.js></script>";

fn data(count: usize, body: bool) -> String {
    let text = |at: usize| {
        format!("<p>Đoạn mở đầu số {at}.</p>{}", "<p>Sáng nay bà con trong xã đã cùng nhau tham gia rất đông đủ.</p>".repeat(6))
    };
    let item = |at: usize| {
        let body = if body { format!(r#", "noiDung": {}"#, serde_json::to_string(&text(at)).unwrap()) } else { String::new() };
        format!(
            r#"{{"id": {}, "tieuDe": "{}", "slug": "bai-viet-so-{at}", "sapo": "Tóm tắt của bài viết thứ {at} trong tháng này.", "ngayDang": "{:02}/07/2026 08:04",
                "tacGia": {{"hoTen": "Lê Thị Bình"}}{body}}}"#,
            700 + at,
            TITLES[at],
            10 + at
        )
    };
    let items: Vec<String> = (0..count).rev().map(item).collect();
    format!(r#"{{"total": 99, "items": [{}]}}"#, items.join(","))
}

async fn loa(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(words).arg("--config").arg(folder.join("bot.toml")).stdin(Stdio::null()).env_remove("TELOXIDE_TOKEN");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn entries(folder: &Path) -> Vec<feed_rs::model::Entry> {
    feed_rs::parser::parse(fs::read(folder.join("public/xa.atom")).unwrap().as_slice()).unwrap().entries
}

/// Polls a site whose articles' pages all are `shell` (none: there are none): five articles at first, then one more.
/// Gives what the channel was told, and the feed's entries.
async fn poll(shell: Option<&str>, body: bool, lines: &str) -> (String, Vec<feed_rs::model::Entry>) {
    let site = Pages::start().await.unwrap();
    site.put("/tin", SHELL);
    site.put("/api/tin", data(5, body));
    if let Some(shell) = shell {
        site.put(ANY, shell);
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let channel = "[[channel]]\nid = \"main\"\nchat = \"@xa_hoa_tan\"\n";
    fs::write(folder.join("bot.toml"), format!("[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n{channel}")).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    let url = site.url();
    let source = format!("[source.json]\nurl = \"{url}api/tin\"\nlink = \"{url}bai/{{slug}}\"\n");
    fs::write(folder.join("feeds/xa.toml"), format!("url = \"{url}tin\"\nlanguage = \"vi\"\n{lines}\n{source}")).unwrap();
    let first = loa(folder, &["run", "--once", "--now"]).await;
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    assert_eq!(entries(folder).len(), 5);
    if body {
        let asked: Vec<String> = site.take_requests().into_iter().map(|asked| asked.path).collect();
        assert_eq!(asked, ["/api/tin"], "what the data have is not asked for");
    }
    site.put("/api/tin", data(6, body));
    let second = loa(folder, &["run", "--once", "--now"]).await;
    let status = String::from_utf8(loa(folder, &["status", "xa"]).await.stdout).unwrap();
    assert!(second.status.success() && status.contains("state      good"), "{status}");
    (String::from_utf8(second.stdout).unwrap(), entries(folder))
}

#[tokio::test(flavor = "multi_thread")]
async fn data_with_texts_are_the_articles() {
    let (told, entries) = poll(Some(SHELL), true, "").await;
    assert!(told.contains(TITLES[5]) && TITLES[..5].iter().all(|title| !told.contains(title)), "{told}");
    assert_eq!(entries.len(), 6);
    let newest = &entries[0];
    assert_eq!(newest.title.as_ref().unwrap().content, TITLES[5]);
    assert_eq!(newest.authors[0].name.as_deref(), Some("Lê Thị Bình"));
    assert_eq!(newest.published.unwrap().to_rfc3339(), "2026-07-15T01:04:00+00:00");
    assert!(newest.summary.as_ref().unwrap().content.starts_with("Tóm tắt của bài viết thứ 5"), "{newest:?}");
    let text = newest.content.as_ref().unwrap().body.as_ref().unwrap();
    assert!(text.contains("Đoạn mở đầu số 5.") && text.matches("Sáng nay bà con").count() == 6, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_without_texts_confirm_the_articles() {
    for shell in [Some(SHELL), Some(FRAMED_SHELL), None] {
        for lines in ["", "full-text = false"] {
            let (told, entries) = poll(shell, false, lines).await;
            assert!(told.contains(TITLES[5]) && TITLES[..5].iter().all(|title| !told.contains(title)), "{shell:?} {lines}: {told}");
            assert_eq!(entries.len(), 6, "{shell:?} {lines}");
            assert_eq!(entries[0].title.as_ref().unwrap().content, TITLES[5]);
            assert!(
                entries.iter().all(|entry| !format!("{entry:?}").contains("Chủ tịch Ủy ban")),
                "the shell's own words are no article's"
            );
        }
    }
}
