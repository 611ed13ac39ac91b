//! Telegram, played by a process of its own: what is measured of Loa is Loa's.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use loa_stand_ins::bot_api::{BotApi, Flood};

use super::Size;

pub const TOKEN: &str = "4242:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao";
/// By this argument a process knows that it is Telegram.
pub const ROLE: &str = "--telegram";

/// The chat of a channel.
pub fn chat(number: usize) -> i64 {
    -1_003_000_000_000 - i64::try_from(number).unwrap()
}

/// The other process.
pub struct Played {
    process: Child,
    pub url: String,
}

impl Played {
    pub fn start() -> Self {
        let mut process =
            Command::new(std::env::current_exe().unwrap()).arg(ROLE).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
        Self { process, url: url.trim().to_owned() }
    }

    /// Prints what came of it.
    pub fn report(mut self) {
        drop(self.process.stdin.take());
        let mut report = String::new();
        self.process.stdout.take().unwrap().read_to_string(&mut report).unwrap();
        print!("{report}");
        assert!(self.process.wait().unwrap().success(), "something was missing, doubled or out of order");
    }
}

/// Plays until there is nothing more to read, and then tells what was said.
pub fn play(size: Size) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let api = runtime.block_on(async { BotApi::start(TcpListener::bind("127.0.0.1:0").unwrap(), TOKEN).unwrap() });
    (0..size.channels + 2).for_each(|number| api.add_channel(chat(number), None, "Kênh"));
    api.kick(chat(size.channels));
    api.speed_up(size.speed);
    api.flood(Flood { minded: true, ..Flood::default() });
    println!("{}", api.url());
    std::io::stdout().flush().unwrap();
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();

    let refused = api.calls().iter().filter(|call| call.status == Some(429)).count();
    let complete = (0..size.channels).filter(|number| headlines(&api, *number) == (0..size.headlines).collect::<Vec<_>>()).count();
    let messages: usize = (0..size.channels).map(|number| api.ledger(chat(number)).len()).sum();
    println!(
        "{messages} messages; {refused} refused for speed; {complete} of {} channels told everything once and in order",
        size.channels
    );
    std::process::exit(i32::from(complete < size.channels));
}

/// The numbers of what a channel was told.
fn headlines(api: &BotApi, channel: usize) -> Vec<usize> {
    let said = api.ledger(chat(channel));
    said.iter().flat_map(|message| message.text.split('#').filter_map(|part| part.parse().ok()).collect::<Vec<usize>>()).collect()
}
