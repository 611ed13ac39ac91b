//! How commands behave in a terminal, in a pipe, under systemd: width, colour, language, errors in one voice, quiet
//! ends.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    net::TcpListener,
    os::unix::fs::MetadataExt as _,
    path::Path,
    process::{Command, Output, Stdio},
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::portal::{Portal, Story};

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(words).arg("--config").arg(folder.join("bot.toml")).stdin(Stdio::null());
    for name in ["TELOXIDE_TOKEN", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "LOA_LOG", "JOURNAL_STREAM"] {
        command.env_remove(name);
    }
    command
}

async fn run(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with settings and `feeds` feeds of a portal with twelve headlines.
fn newsroom(feeds: usize) -> (Portal, tempfile::TempDir) {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    for number in 0..12_u32 {
        let at = Timestamp::now().checked_sub((50 - i64::from(number)).hours()).unwrap();
        portal.publish(Story::sample(number, at.to_zoned_datetime(zone.clone())));
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.toml"), "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n").unwrap();
    fs::create_dir(folder.path().join("feeds")).unwrap();
    for number in 0..feeds {
        fs::write(folder.path().join(format!("feeds/nguon-{number}.toml")), format!("url = \"{}\"\n", portal.url())).unwrap();
    }
    (portal, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_ends_a_command_quietly() {
    // More than a pipe holds, so that the command is still writing.
    let (_portal, folder) = newsroom(2000);
    for words in [["status"].as_slice(), &["status", "--json"], &["opml"], &["man"], &["completions", "bash"]] {
        let mut command = command(folder.path(), words);
        let (code, said) = tokio::task::spawn_blocking(move || {
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let mut reader = BufReader::new(child.stdout.take().unwrap());
            reader.read_line(&mut String::new()).unwrap();
            drop(reader);
            let output = child.wait_with_output().unwrap();
            (output.status.code(), stderr(&output))
        })
        .await
        .unwrap();
        // What fits into the pipe is written before anybody goes away.
        assert!(matches!(code, Some(0 | 1 | 141)) && said.is_empty(), "{words:?}: {code:?} {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn colour_stands_only_where_somebody_looks() {
    let (_portal, folder) = newsroom(1);
    let coloured = async |set: &[(&str, &str)]| {
        let mut command = command(folder.path(), &["status"]);
        command.envs(set.iter().copied());
        stdout(&run(command).await).contains('\u{1b}')
    };
    assert!(!coloured(&[]).await);
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]).await);
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_terminal_is_spoken_to_in_its_language_and_width() {
    let (_portal, folder) = newsroom(1);
    let say = async |set: &[(&str, &str)]| {
        let mut command = command(folder.path(), &["status"]);
        command.envs(set.iter().copied());
        stdout(&run(command).await)
    };
    assert!(say(&[("LANG", "vi_VN.UTF-8")]).await.contains("Mọi thứ đều ổn: 1 nguồn tin"));
    assert!(say(&[("LANG", "vi_VN.UTF-8"), ("LC_ALL", "C")]).await.contains("All is well: 1 feed"));
    let narrow = say(&[("COLUMNS", "40")]).await;
    assert!(narrow.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 60) && narrow.lines().count() > 6, "{narrow}");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_what_why_and_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().display().to_string();
    let said = async |words: &[&str], set: &[(&str, &str)]| {
        let mut command = command(folder.path(), words);
        command.envs(set.iter().copied());
        let output = run(command).await;
        assert_eq!(output.status.code(), Some(1));
        stderr(&output).replace(&at, "…")
    };
    insta::assert_snapshot!(said(&["status"], &[]).await, @r"
    error: …/bot.toml: there is no such file
    hint: name another with `--config PATH`, or start from the `bot.toml` of the project
    ");
    insta::assert_snapshot!(said(&["status"], &[("LANG", "vi_VN.UTF-8")]).await, @r"
    lỗi: …/bot.toml: không có tệp đó
    gợi ý: chỉ tệp khác bằng `--config TỆP`, hoặc bắt đầu từ `bot.toml` của dự án
    ");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    fs::write(folder.path().join("bot.toml"), format!("[web]\nlisten = \"{address}\"\n")).unwrap();
    insta::assert_snapshot!(said(&["run", "--quiet"], &[]).await.replace(&address, "HOST"), @r"
    error: cannot listen on `HOST`
    cause: the address is in use
    hint: another program may use it; `[web] listen` names another address
    ");
    insta::assert_snapshot!(said(&["status", "nothing"], &[]).await, @r"
    error: there is no feed `nothing`
    hint: the feeds are none
    ");
    insta::assert_snapshot!(said(&["deliveries", "retry", "7"], &[]).await, @r"
    error: there is no delivery 7
    hint: `loa deliveries` lists them
    ");
    insta::assert_snapshot!(said(&["man", "nothing"], &[]).await, @r"
    error: there is no command `nothing`
    hint: `loa --help` lists them
    ");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    fs::write(folder.path().join("bot.toml"), "[fetch]\nallow-private = true\n").unwrap();
    insta::assert_snapshot!(said(&["extract", "list", &format!("http://{closed}/")], &[]).await.replace(&closed, "HOST"), @"error: `http://HOST/`: `http://HOST/robots.txt` cannot be reached: connection refused");
    fs::write(folder.path().join("bot.toml"), "[store]\nurl = \"sqlite:there/is/no/loa.db\"\n").unwrap();
    insta::assert_snapshot!(said(&["run", "--once"], &[]).await, @r"
    error: cannot open `…/there/is/no/loa.db`
    cause: there is no such file or folder
    hint: check that the folder exists and may be written to
    ");
    fs::write(folder.path().join("loa.db"), "no database".repeat(100)).unwrap();
    fs::write(folder.path().join("bot.toml"), "").unwrap();
    insta::assert_snapshot!(said(&["status"], &[]).await, @r"
    error: `…/loa.db` is damaged or is no loa database: file is not a database
    hint: move it away and restore a copy, or start with a new one; the file was not touched
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_text_or_json_and_has_no_times_in_the_journal() {
    let (portal, folder) = newsroom(1);
    assert!(run(command(folder.path(), &["run", "--once", "--quiet"])).await.stderr.is_empty());
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let publish = |number: u32| portal.publish(Story::sample(number, Timestamp::now().to_zoned_datetime(zone.clone())));
    publish(12);
    let headline = portal.stories()[0].title.clone();
    let json = stderr(&run(command(folder.path(), &["run", "--once", "--now", "--log", "json"])).await);
    let lines: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names = lines.iter().any(|line| line["feed.id"] == "nguon-0" && line["message"].as_str().unwrap().contains(&headline));
    assert!(names && lines.iter().all(|line| line["level"].is_string() && line["timestamp"].is_string()), "{json}");

    publish(13);
    let file = folder.path().join("journal");
    let journal = File::create(&file).unwrap();
    let stream = journal.metadata().unwrap();
    let mut quiet = command(folder.path(), &["run", "--once", "--now"]);
    quiet.env("JOURNAL_STREAM", format!("{}:{}", stream.dev(), stream.ino())).stderr(journal);
    tokio::task::spawn_blocking(move || quiet.status().unwrap()).await.unwrap();
    let said = fs::read_to_string(&file).unwrap();
    assert!(said.lines().any(|line| line.trim_start().starts_with("INFO `nguon-0`: 1 new")), "{said}");
    assert!(said.contains(&portal.stories()[0].title), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn shells_and_man_are_served() {
    let folder = tempfile::tempdir().unwrap();
    let version: serde_json::Value = serde_json::from_slice(&run(command(folder.path(), &["version", "--json"])).await.stdout).unwrap();
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    assert!(version["sqlite"].as_str().unwrap().starts_with("3."), "{version}");
    let script = stdout(&run(command(folder.path(), &["completions", "bash"])).await);
    let file = folder.path().join("loa.bash");
    fs::write(&file, format!("{script}\ncomplete -p loa\n")).unwrap();
    let mut bash = Command::new("bash");
    bash.arg("--norc").arg(&file);
    let loaded = run(bash).await;
    assert!(loaded.status.success() && stdout(&loaded).contains("_loa"), "{}", stderr(&loaded));
    for (shell, word) in [("zsh", "#compdef loa"), ("fish", "complete -c loa")] {
        assert!(stdout(&run(command(folder.path(), &["completions", shell])).await).contains(word), "{shell}");
    }
    let page = stdout(&run(command(folder.path(), &["man", "status"])).await);
    assert!(page.contains(".TH") && page.contains("\\-\\-quiet"), "{page}");
}
