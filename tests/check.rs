//! `loa check` says what is wrong with the bot and its channels, and a way out.

use std::{fs, net::TcpListener, process::Command};

use loa_stand_ins::bot_api::BotApi;

const TOKEN: &str = "1000:check";
const CHANNEL: i64 = -1_001_000_000_555;

/// What is said of the channel or the bot, from the first line that is not good, without what changes.
async fn check(api: &BotApi, token: &str, chat: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let bot = format!("[telegram]\napi-url = \"{}\"\n[[channel]]\nid = \"main\"\nchat = {chat}\n", api.url());
    fs::write(folder.path().join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.path().join("feeds")).unwrap();
    fs::write(folder.path().join("feeds/police.toml"), "url = \"https://portal.example/\"\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.arg("check").arg("--config").arg(folder.path().join("bot.toml")).env("TELOXIDE_TOKEN", token);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!said.contains(TOKEN), "the token is shown: {said}");
    let wrong: Vec<_> = said.lines().skip_while(|line| !line.starts_with("wrong")).collect();
    assert_eq!(output.status.code(), Some(i32::from(!wrong.is_empty())), "{said}");
    wrong.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_named_with_a_way_out() {
    let api = BotApi::start(TcpListener::bind("127.0.0.1:0").unwrap(), TOKEN).unwrap();
    api.add_channel(CHANNEL, Some("tin_police"), "Tin");
    assert_eq!(check(&api, TOKEN, "\"@tin_police\"").await, "");
    insta::assert_snapshot!(check(&api, "1000:other", "\"@tin_police\"").await, @r"
    wrong  bot: the bot's token is refused: Unauthorized: invalid token specified
           hint: copy the token again from @BotFather, or see whether `telegram.api-url` can be reached
    ");
    insta::assert_snapshot!(check(&api, TOKEN, "\"@tin_polise\"").await, @r"
    wrong  channel `main` (@tin_polise): the chat is closed to the bot: Bad Request: chat not found
           hint: add the bot to the channel as an administrator that may post messages, and write the name as `@name` or the number with its `-100`
    ");
    insta::assert_snapshot!(check(&api, "", "\"@tin_police\"").await, @r"
    wrong  there is no token, so nothing is sent
           hint: set TELOXIDE_TOKEN, or `[telegram] token-file`; @BotFather gives the token
    ");
    insta::assert_snapshot!(check(&api, "not a token", "\"@tin_police\"").await, @r"
    wrong  TELOXIDE_TOKEN: the bot's token is not one: expected digits, `:` and letters, as @BotFather gives it
           hint: copy it again from @BotFather, whole: digits, a colon, letters
    ");
    api.restrict(CHANNEL);
    insta::assert_snapshot!(check(&api, TOKEN, &CHANNEL.to_string()).await, @r"
    wrong  channel `main` (-1001000000555): the bot may not post in “Tin”
           hint: make it an administrator and allow it to post messages
    ");
    api.kick(CHANNEL);
    insta::assert_snapshot!(check(&api, TOKEN, &CHANNEL.to_string()).await, @r"
    wrong  channel `main` (-1001000000555): the chat is closed to the bot: Forbidden: bot was kicked from the channel chat
           hint: add the bot to the channel as an administrator that may post messages, and write the name as `@name` or the number with its `-100`
    ");
}
