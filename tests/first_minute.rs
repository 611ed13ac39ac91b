//! From an empty folder to the first message by answering questions alone.

use std::{fs, process::Command, time::Instant};

use crate::{
    running::{TOKEN, bot_api, portal},
    terminal::Terminal,
};

const CHANNEL: i64 = -1_001_000_000_654;
const PERSON: i64 = 77;

/// Two that look for a free port at once may find the same one.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

#[tokio::test(flavor = "multi_thread")]
async fn a_first_message_by_answering_questions_alone() {
    let _alone = ALONE.lock().await;
    let (api, portal) = (bot_api(CHANNEL), portal(0..8));
    api.add_private(PERSON, "Người trực");
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let mut terminal = Terminal::loa(folder.path(), &["init", "--api-url", &api.url()], 100, 60);
    terminal.wait_for("Its address:");
    terminal.answer(&portal.url());
    terminal.wait_for("May Loa ask such addresses? [y/N]");
    terminal.answer("y");
    let newest = portal.stories().into_iter().max_by_key(|story| story.published.timestamp()).unwrap();
    // The headlines, where the feeds are, and the newest article as it would be told.
    terminal.wait_for("The feeds are served now:");
    let screen = terminal.wait_for("The token (Enter: feeds only, for now):");
    assert!(screen.contains("╭─") && screen.contains(newest.title.split(' ').next().unwrap()), "{screen}");
    terminal.answer("not a token");
    terminal.wait_for("This is no token");
    terminal.answer("1000:wrong");
    terminal.wait_for("Telegram does not take it");
    terminal.answer(TOKEN);
    terminal.wait_for("Waiting for it");
    api.say(PERSON, "/start");
    terminal.wait_for("“Người trực” wrote to the bot");
    terminal.answer("");
    terminal.wait_for("Alarms go to “Người trực”.");
    api.say(CHANNEL, "thử");
    terminal.wait_for("Found “Tin”. Is this the channel? [Y/n]");
    terminal.answer("");
    terminal.wait_for("there now? [Y/n]");
    terminal.answer("");
    terminal.wait_for("Posted: ");
    println!("a first message after {:.1} s", began.elapsed().as_secs_f64());
    let said: Vec<_> = api.ledger(CHANNEL).into_iter().filter(|message| message.by_bot).map(|message| message.text).collect();
    assert!(said.len() == 1 && said[0].contains(&newest.title), "{said:?}");
    // It goes on as the daemon: what is new is told, nothing else.
    terminal.wait_for("Loa runs:");
    let settings = fs::read_to_string(folder.path().join("bot.toml")).unwrap();
    assert!(
        !settings.contains(TOKEN) && settings.contains(&format!("ops-chat = {PERSON}")) && settings.contains("chat = \"@tin_thanh_pho\""),
        "{settings}"
    );
    assert_eq!(fs::read_dir(folder.path().join("feeds")).unwrap().count(), 1);
    let check =
        Command::new(env!("CARGO_BIN_EXE_loa")).args(["status"]).current_dir(folder.path()).env_remove("TELOXIDE_TOKEN").output().unwrap();
    assert!(check.status.success(), "{check:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_asks_and_is_answered_in_vietnamese() {
    let _alone = ALONE.lock().await;
    let (api, portal) = (bot_api(CHANNEL), portal(0..8));
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::loa_in("vi_VN.UTF-8", folder.path(), &["init", "--api-url", &api.url()], 80, 70);
    terminal.wait_for("Địa chỉ trang:");
    terminal.answer(&portal.url());
    terminal.wait_for("[c/K]");
    terminal.answer("có");
    terminal.wait_for("Các nguồn tin đã có tại:");
    terminal.wait_for("tạm thời chỉ cần nguồn tin):");
    terminal.answer(TOKEN);
    terminal.wait_for("Đang chờ (Enter: để sau)");
    api.say(CHANNEL, "thử");
    terminal.wait_for("Đúng kênh này chứ? [C/k]");
    terminal.answer("c");
    terminal.wait_for("ngay bây giờ? [C/k]");
    terminal.answer("");
    terminal.wait_for("Đã đăng: ");
    let screen = terminal.wait_for("Loa đang chạy:");
    let english = ["The ", "found", "Posted", "error", "hint", "headlines"];
    assert!(!screen.lines().filter(|line| !line.contains("://")).any(|line| english.iter().any(|word| line.contains(word))), "{screen}");
    assert_eq!(api.ledger(CHANNEL).into_iter().filter(|message| message.by_bot).count(), 1);
}

#[test]
fn where_nobody_can_be_asked_it_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    let output = command.current_dir(folder.path()).env("LANG", "C").stdin(std::process::Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        (output.status.code(), said.contains("here nobody can be asked"), said.contains("loa add https://")),
        (Some(1), true, true),
        "{said}"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
