//! A command whose reader goes away (`loa status | head -1`) ends quietly, whatever it was saying.

use std::{
    fs, io,
    path::Path,
    process::{Command, Stdio},
};

use loa_stand_ins::pages::Pages;

/// As a shell has it of a program that a closed pipe ended.
const CLOSED_PIPE: i32 = 141;

const TITLES: [&str; 4] = [
    "Ra quân làm sạch đường làng ngõ xóm",
    "Khai giảng lớp học nghề cho thanh niên",
    "Tập huấn phòng cháy cho hộ kinh doanh",
    "Trao nhà tình nghĩa cho gia đình chính sách",
];

fn article(at: usize) -> String {
    let paragraph = "<p>Sáng nay tại nhà văn hóa xã, đông đảo bà con đã đến dự và cùng nhau ký cam kết, theo kế hoạch từ đầu năm.</p>";
    format!(
        "<html lang=vi><head><title>{0}</title></head><body><h1>{0}</h1><i>{1:02}/11/2026 08:00</i>{2}",
        TITLES[at],
        at + 1,
        paragraph.repeat(6)
    )
}

fn list() -> String {
    let items: String = (0..TITLES.len())
        .map(|at| format!("<li><h3><a href=/tin/bai-so-{at}.html>{}</a></h3><i>{:02}/11/2026</i>", TITLES[at], at + 1))
        .collect();
    format!("<html lang=vi><head><title>Tin xã</title></head><body><h1>Tin tức</h1><ul>{items}</ul>")
}

fn loa(folder: &Path, words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.current_dir(folder).args(words.split(' ')).stdin(Stdio::null()).env_remove("TELOXIDE_TOKEN");
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_ends_quietly_where_nobody_reads_it_any_more() {
    let site = Pages::start().await.unwrap();
    site.put("/tin", list());
    (0..TITLES.len()).for_each(|at| site.put(&format!("/tin/bai-so-{at}.html"), article(at)));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.toml"), "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n").unwrap();
    fs::create_dir(folder.path().join("feeds")).unwrap();
    fs::write(folder.path().join("feeds/xa.toml"), format!("url = \"{}tin\"\n", site.url())).unwrap();
    fs::write(folder.path().join("tin.html"), list()).unwrap();
    let url = format!("{}tin", site.url());
    tokio::task::spawn_blocking(move || {
        let first = loa(folder.path(), "run --once --now").output().unwrap();
        assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
        let commands = [
            "--help".to_owned(),
            "version".to_owned(),
            "version --json".to_owned(),
            "completions bash".to_owned(),
            "man".to_owned(),
            "opml".to_owned(),
            format!("try {url}"),
            "try xa --json".to_owned(),
            "check".to_owned(),
            "check --json".to_owned(),
            "status".to_owned(),
            "status --json".to_owned(),
            "status xa".to_owned(),
            "deliveries".to_owned(),
            "deliveries --json".to_owned(),
            "poll xa".to_owned(),
            "poll xa --json".to_owned(),
            "reread xa".to_owned(),
            "extract list --url https://a.vn/tin tin.html".to_owned(),
            "extract list --json --url https://a.vn/tin tin.html".to_owned(),
            "backup --json one.db".to_owned(),
            "backup two.db".to_owned(),
            "pause xa".to_owned(),
            "resume xa --json".to_owned(),
            "rename xa phuong".to_owned(),
            "remove phuong".to_owned(),
        ];
        for words in commands {
            let (reader, writer) = io::pipe().unwrap();
            drop(reader);
            let output = loa(folder.path(), &words).stdout(writer).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            let is_quiet = !["panicked", "Broken pipe", "error:", "lỗi:"].iter().any(|word| said.contains(word));
            assert!(is_quiet && [Some(0), Some(CLOSED_PIPE)].contains(&output.status.code()), "`loa {words}`: {}: {said}", output.status);
        }
    })
    .await
    .unwrap();
}
