//! `loa check` says what would stop Loa or spoil what it does, and a way out.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    process::{Command, Output},
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Portal, Story},
};

const TOKEN: &str = "1000:check";
const CHANNEL: i64 = -1_001_000_000_555;

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// A folder with these settings and one feed.
fn folder(bot: &str, url: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.path().join("feeds")).unwrap();
    fs::write(folder.path().join("feeds/police.toml"), format!("url = \"{url}\"\n")).unwrap();
    folder
}

async fn loa(folder: &Path, words: &[&str], token: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(words).arg("--config").arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", token);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// What is wrong, without what changes from machine to machine.
async fn wrong(folder: &Path, token: &str) -> String {
    let output = loa(folder, &["check", "--quiet"], token).await;
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!said.contains(TOKEN), "the token is shown: {said}");
    assert_eq!(output.status.code(), Some(i32::from(!said.is_empty())), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&loa(folder, &["check", "--json"], token).await.stdout).unwrap();
    assert_eq!(json["good"], said.is_empty(), "{json}");
    said.replace(&folder.display().to_string(), "…").trim_end().to_owned()
}

/// What is wrong with a bot and its channel.
async fn check(api: &BotApi, token: &str, chat: &str) -> String {
    let bot =
        format!("[web]\nlisten = \"127.0.0.1:0\"\n[telegram]\napi-url = \"{}\"\n[[channel]]\nid = \"main\"\nchat = {chat}\n", api.url());
    let folder = folder(&bot, "https://portal.invalid/");
    wrong(folder.path(), token).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_the_bot_is_named_with_a_way_out() {
    let api = BotApi::start(listener(), TOKEN).unwrap();
    api.add_channel(CHANNEL, Some("tin_police"), "Tin");
    assert_eq!(check(&api, TOKEN, "\"@tin_police\"").await, "");
    insta::assert_snapshot!(check(&api, "1000:other", "\"@tin_police\"").await, @r"
    wrong  bot: the bot's token is refused: Unauthorized: invalid token specified
           hint: copy the token again from @BotFather
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

/// A net that is down is no reason to copy the token again.
#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_cannot_be_reached_is_not_blamed_on_its_token() {
    let closed = listener().local_addr().unwrap();
    let bot = format!(
        "[web]\nlisten = \"127.0.0.1:0\"\n[telegram]\napi-url = \"http://{closed}/\"\n[[channel]]\nid = \"main\"\nchat = \"@x_news\"\n"
    );
    let folder = folder(&bot, "https://portal.invalid/");
    insta::assert_snapshot!(wrong(folder.path(), TOKEN).await.replace(&closed.to_string(), "HOST"), @r"
    wrong  bot: not sent: `127.0.0.1` cannot be reached: connection refused
           hint: look whether this machine reaches `http://HOST/`: the net, a firewall, or `telegram.api-url`
    ");
}

/// Where a portal answers and Telegram does not, the way out is a proxy; where the proxy is the trouble, it is named
/// without its password.
#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_telegram_is_told_from_a_net_that_is_down() {
    let closed = listener().local_addr().unwrap();
    let portal = Portal::start(listener()).unwrap();
    let said = async |proxy: &str| {
        let bot = format!(
            "[web]\nlisten = \"127.0.0.1:0\"\n[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n\
             [telegram]\napi-url = \"http://{closed}/\"\n{proxy}[[channel]]\nid = \"main\"\nchat = \"@x_news\"\n"
        );
        let folder = folder(&bot, &portal.url());
        wrong(folder.path(), TOKEN).await.replace(&closed.to_string(), "HOST")
    };
    insta::assert_snapshot!(said("").await, @r#"
    wrong  bot: not sent: `127.0.0.1` cannot be reached: connection refused
           hint: other hosts answer, so `127.0.0.1` is down, or blocked in this network: where it stays so, name a proxy as `telegram.proxy = "socks5://HOST:PORT"`
    "#);
    insta::assert_snapshot!(said(&format!("proxy = \"socks5://loa:hidden@{closed}\"\n")).await, @r"
    wrong  bot: not sent: `127.0.0.1` cannot be reached by the proxy `HOST`: the proxy does not answer
           hint: look whether the proxy of `telegram.proxy` (or TELOXIDE_PROXY) runs, lets this machine in, and reaches Telegram itself
    ");
    assert!(!said("proxy = \"tel:hidden\"\n").await.contains("hidden"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_machine_lacks_is_found_before_it_stops_anything() {
    let taken = listener();
    let address = taken.local_addr().unwrap();
    let check = async |settings: &str| {
        let folder = folder(settings, "https://portal.invalid/");
        fs::write(folder.path().join("file"), "no folder").unwrap();
        wrong(folder.path(), "").await.replace(&address.to_string(), "HOST")
    };
    insta::assert_snapshot!(check(&format!("[web]\nlisten = \"{address}\"\n")).await, @r"
    wrong  cannot listen on `HOST`: the address is in use
           hint: another program may use it; `[web] listen` names another address
    ");
    insta::assert_snapshot!(check("[web]\nlisten = \"127.0.0.1:0\"\n[publish]\nfolder = \"file/public\"\n").await, @r"
    wrong  `…/file` cannot be written to: a part of its path is no folder
           hint: make it belong to the user that runs loa, or name another in `bot.toml`
    ");
    insta::assert_snapshot!(check("[web]\nlisten = \"127.0.0.1:0\"\n[store]\nurl = \"sqlite:file\"\n").await, @r"
    wrong  `…/file` is damaged or is no loa database: file is not a database
           hint: move it away and restore a copy, or start with a new one; the file was not touched
    ");
    insta::assert_snapshot!(check("[web]\nlisten = \"0.0.0.0:0\"\n").await, @r"
    wrong  `web.public-url` is `http://127.0.0.1:8080/`, which only this machine can reach, while loa listens on `0.0.0.0:0` for others
           hint: it is the address that feed readers use, such as `https://news.example`
    ");
    insta::assert_snapshot!(check("[web]\nlisten = \"127.0.0.1:0\"\npublic-url = \"http://0.0.0.0:8080\"\n").await, @r"
    wrong  `web.public-url` is `http://0.0.0.0:8080/`, which is no address that a reader could ask
           hint: it is the address that feed readers use, such as `https://news.example`
    ");
    let free = listener().local_addr().unwrap();
    let check_own = async |url: String| {
        check(&format!("[web]\nlisten = \"{free}\"\npublic-url = \"{url}\"\n")).await.replace(&free.to_string(), "HOST")
    };
    insta::assert_snapshot!(check_own(format!("https://{free}")).await, @r"
    wrong  `web.public-url` is `https://HOST/`, and loa itself does not speak HTTPS
           hint: write `http://`, or the address of the proxy that speaks HTTPS for it
    ");
    insta::assert_snapshot!(check_own(format!("http://{free}/tin")).await, @r"
    wrong  `web.public-url` is `http://HOST/tin`, and loa serves nothing under `/tin`
           hint: leave the path out, unless a proxy takes it off
    ");
    assert_eq!(check_own(format!("http://{free}")).await, "");
}

/// A portal whose clock is five minutes ahead.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_is_wrong() {
    let listener = listener();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _asked = stream.read(&mut [0; 4096]);
            let date = Timestamp::now().checked_add(5.minutes()).unwrap().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
            let body = "<p>tin</p>";
            let answer = format!(
                "HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _written = stream.write_all(answer.as_bytes());
        }
    });
    let bot = "[web]\nlisten = \"127.0.0.1:0\"\n[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n";
    let folder = folder(bot, &format!("http://{address}/"));
    let said = wrong(folder.path(), "").await;
    // The second may turn between the two clocks.
    insta::assert_snapshot!(said.replace("4 min", "5 min"), @r"
    wrong  the clock is 5 min behind that of 127.0.0.1
           hint: let the system set it: `timedatectl set-ntp true`
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_shown_as_it_would_be_told_and_a_template_is_tried_on_it() {
    let portal = Portal::start(listener()).unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    for number in 0..12_u32 {
        let at = Timestamp::now().checked_sub((50 - i64::from(number)).hours()).unwrap();
        portal.publish(Story::sample(number, at.to_zoned_datetime(zone.clone())));
    }
    let bot = |template: &str| {
        format!(
            "[web]\nlisten = \"127.0.0.1:0\"\n[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n[[channel]]\nid = \"main\"\nchat = \"@tin_police\"\ntemplate = '{template}'\n"
        )
    };
    let folder = folder(&bot(""), &portal.url());
    let nothing = loa(folder.path(), &["check", "--message", "police"], "").await;
    insta::assert_snapshot!(String::from_utf8(nothing.stderr).unwrap().replace(&folder.path().display().to_string(), "…"), @r"
    error: `…/loa.db` does not exist yet
    hint: start `loa run` once; it makes the store
    ");
    assert!(loa(folder.path(), &["run", "--once"], "").await.status.success());

    let shown = loa(folder.path(), &["check", "--message", "police"], "").await;
    let said = String::from_utf8(shown.stdout).unwrap();
    let newest = &portal.stories()[0];
    let words: String = said.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    assert!(shown.status.success() && words.contains(&newest.title) && words.contains("@tin_police (main)"), "{said}");
    assert!(said.contains(&portal.story_url(newest)), "{said}");
    let json: serde_json::Value =
        serde_json::from_slice(&loa(folder.path(), &["check", "--message", "police", "--json"], "").await.stdout).unwrap();
    assert_eq!(json[0]["runs"][0]["link"], portal.story_url(newest), "{json}");
    let unknown = loa(folder.path(), &["check", "--message", "polise"], "").await;
    insta::assert_snapshot!(String::from_utf8(unknown.stderr).unwrap(), @r"
    error: there is no feed `polise`
    hint: the feeds are `police`
    ");

    // It is right for the samples, and makes what Telegram refuses of a real headline.
    fs::write(folder.path().join("bot.toml"), bot("{{ title }}{% if title|length > 5 %}<br>{% endif %}")).unwrap();
    let said = wrong(folder.path(), "").await.replace(&newest.title, "TITLE");
    insta::assert_snapshot!(said, @r#"
    wrong  there is no token, so nothing is sent
           hint: set TELOXIDE_TOKEN, or `[telegram] token-file`; @BotFather gives the token
    wrong  template of channel `main`: “TITLE” is told in the built-in form, as its result is not Telegram HTML: `<br>` is not one of Telegram's elements, such as `<b>`, `<i>` and `<a href="…">`
           hint: `loa check --message FEED` shows what a message looks like
    "#);
}
