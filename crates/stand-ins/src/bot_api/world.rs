//! Everything that the stand-in knows, and the table of its methods. Decides only; sockets and waits are the server's.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::{sync::broadcast, time::Instant};

use super::{
    answer::{Answer, Refusal},
    chats::{Access, Chat, Kind, Standing},
    faults::{Course, Fault, FaultKind, Loss, Then},
    flood::{Flood, Overall},
    ledger::Message,
    media::Files,
    request::Request,
};

/// When a request arrived, for the ledger and for the pace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub stamp: Timestamp,
    pub instant: Instant,
}

/// The stand-in's clock, which may run faster than the machine's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    begun: Now,
    speed: u32,
}

impl Clock {
    /// One that runs so many times as fast from now on.
    pub fn new(speed: u32) -> Self {
        Self { begun: Now { stamp: Timestamp::now(), instant: Instant::now() }, speed }
    }

    pub fn now(&self) -> Now {
        let passed = self.begun.instant.elapsed() * self.speed;
        let stamp = jiff::SignedDuration::try_from(passed).ok().and_then(|passed| self.begun.stamp.checked_add(passed).ok());
        Now { stamp: stamp.unwrap_or(Timestamp::MAX), instant: self.begun.instant + passed }
    }
}

/// One request as it went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Call {
    /// In lower case.
    pub method: String,
    /// As the request named it.
    pub chat_id: String,
    pub at: Timestamp,
    /// The HTTP status that was decided, whatever the client got to hear of it; `None` where the request came to
    /// nothing.
    pub status: Option<u16>,
    /// The client heard the truth.
    pub answered: bool,
}

/// The state behind one bot's token.
#[derive(Debug)]
pub(super) struct World {
    pub clock: Clock,
    pub bot: Value,
    pub chats: BTreeMap<i64, Chat>,
    /// The counter of private chats and basic groups.
    pub account_last_id: i64,
    pub files: Files,
    pub faults: Vec<Fault>,
    pub loss: Option<Loss>,
    pub latency: Duration,
    pub flood: Flood,
    pub overall: Overall,
    pub calls: Vec<Call>,
    pub updates: super::updates::Updates,
    pub albums: u64,
    pub told: broadcast::Sender<Message>,
}

impl World {
    pub fn new(bot_id: i64) -> Self {
        Self {
            clock: Clock::new(1),
            bot: json!({ "id": bot_id, "is_bot": true, "first_name": "Loa", "username": "loa_stand_in_bot" }),
            chats: BTreeMap::new(),
            account_last_id: 0,
            files: Files::default(),
            faults: Vec::new(),
            loss: None,
            latency: Duration::ZERO,
            flood: Flood::default(),
            overall: Overall::default(),
            calls: Vec::new(),
            updates: super::updates::Updates::default(),
            albums: 0,
            told: broadcast::channel(1024).0,
        }
    }

    /// What is going to happen to `request`; an ordered fault is used up by this.
    pub fn course(&mut self, request: &Request) -> Course {
        let named = request.text("chat_id");
        let chat = self.chat_id(named).or_else(|| named.parse().ok());
        let fits = |fault: &Fault| {
            fault.times > 0
                && fault.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(&request.method))
                && fault.chat_id.is_none_or(|id| Some(id) == chat)
        };
        let mut course = Course { wait: Duration::ZERO, delivers: true, then: Then::Answer };
        if let Some(at) = self.faults.iter().position(fits) {
            self.faults[at].times -= 1;
            let kind = self.faults[at].kind.clone();
            self.faults.retain(|fault| fault.times > 0);
            match kind.course() {
                Some(faulty) => course = faulty,
                None => self.change(&kind, chat, request.integer("message_thread_id")),
            }
        } else if let Some(delivers) = self.loss.as_mut().and_then(Loss::draw) {
            course = Course { delivers, then: Then::Reset, ..course };
        }
        course.wait += self.latency;
        course
    }

    /// A fault that changes a chat instead of an answer.
    fn change(&mut self, kind: &FaultKind, chat: Option<i64>, topic: i64) {
        if let FaultKind::UrlFail { kind } = kind {
            self.files.failure = Some(*kind);
        }
        let Some(id) = chat else { return };
        match kind {
            FaultKind::DropChat => drop(self.chats.remove(&id)),
            FaultKind::Migrate { new_id } => self.migrate(id, *new_id),
            _ => (),
        }
        self.change_chat(id, |chat| match kind {
            FaultKind::Kick => chat.standing = Standing::Kicked,
            FaultKind::Block => chat.standing = Standing::Blocked,
            FaultKind::CloseTopic => {
                chat.topics.insert(topic, true);
            }
            FaultKind::DeleteTopic => {
                chat.topics.remove(&topic);
            }
            _ => (),
        });
    }

    /// Changes a chat, and tells the bot where that changes what it is there.
    pub fn change_chat(&mut self, id: i64, change: impl FnOnce(&mut Chat)) {
        let Some(chat) = self.chats.get_mut(&id) else { return };
        let before = chat.bot_member(&self.bot);
        change(chat);
        let after = chat.bot_member(&self.bot);
        if before != after {
            let person = json!({ "id": 777_000, "is_bot": false, "first_name": "Người quản trị" });
            self.updates.push(json!({ "my_chat_member": {
                "chat": chat.to_json(), "from": person, "date": self.clock.now().stamp.as_second(),
                "old_chat_member": before, "new_chat_member": after
            } }));
        }
    }

    /// A basic group becomes a supergroup of another number.
    pub fn migrate(&mut self, old: i64, new: i64) {
        if let Some(chat) = self.chats.get_mut(&old) {
            chat.migrated_to = Some(new);
            let title = chat.title.clone();
            self.chats.entry(new).or_insert_with(|| Chat::new(new, Kind::Supergroup { forum: false }, &title, None));
        }
    }

    /// Runs one method.
    pub fn handle(&mut self, request: &Request, now: Now) -> Answer {
        match request.method.as_str() {
            "getme" => Ok(self.me()),
            "getchat" => Ok(self.readable(request.text("chat_id"))?.to_full_json()),
            "getchatmember" => self.member(request),
            "getchatadministrators" => {
                let chat = self.readable(request.text("chat_id"))?;
                Ok(json!([chat.bot_member(&self.bot)]))
            }
            "sendmessage" => self.send_message(request, now),
            "sendphoto" => self.send_photo(request, now),
            "sendmediagroup" => self.send_media_group(request, now),
            "sendchataction" => self.writable(request.text("chat_id")).map(|_| json!(true)),
            "editmessagetext" => self.edit_text(request, now),
            "editmessagecaption" => self.edit_caption(request, now),
            "editmessagereplymarkup" => self.edit_markup(request, now),
            "forwardmessage" => self.forward(request, now),
            "copymessage" => self.copy(request, now),
            "deletemessage" => self.delete(request, now),
            "getupdates" => self.updates.get(request),
            "setwebhook" => Ok(self.updates.set_webhook(request.text("url"))),
            "deletewebhook" => Ok(self.updates.set_webhook("")),
            "getwebhookinfo" => Ok(self.updates.webhook_info()),
            "setmycommands" | "deletemycommands" => Ok(json!(true)),
            "getmycommands" => Ok(json!([])),
            _ => Err(Refusal::unknown_method()),
        }
    }

    fn me(&self) -> Value {
        let mut me = self.bot.clone();
        for (key, value) in [
            ("can_join_groups", true),
            ("can_read_all_group_messages", false),
            ("supports_inline_queries", false),
            ("can_connect_to_business", false),
            ("has_main_web_app", false),
        ] {
            me[key] = json!(value);
        }
        me
    }

    fn member(&self, request: &Request) -> Answer {
        let chat = self.chat(request.text("chat_id"))?;
        let user = request.integer("user_id");
        if self.bot["id"] == user {
            // The bot may ask about itself wherever it may ask anything.
            chat.check_access(Access::Read)?;
            return Ok(chat.bot_member(&self.bot));
        }
        chat.check_access(Access::Read)?;
        if user <= 0 {
            return Err(Refusal::bad_request("invalid user_id specified"));
        }
        Ok(json!({ "status": "member", "user": { "id": user, "is_bot": false, "first_name": "User" } }))
    }

    /// The number of a chat that the request names, by number or by `@name`.
    pub fn chat_id(&self, named: &str) -> Option<i64> {
        match named.strip_prefix('@') {
            Some(name) => {
                let has_name = |chat: &&Chat| chat.username.as_ref().is_some_and(|username| username.eq_ignore_ascii_case(name));
                self.chats.values().find(has_name).map(|chat| chat.id)
            }
            None => named.parse().ok().filter(|id| self.chats.contains_key(id)),
        }
    }

    /// A chat that exists under this name.
    pub fn chat(&self, named: &str) -> Result<&Chat, Refusal> {
        if named.is_empty() {
            return Err(Refusal::bad_request("chat_id is empty"));
        }
        let chat = self.chat_id(named).and_then(|id| self.chats.get(&id)).ok_or_else(|| Refusal::bad_request("chat not found"))?;
        match chat.migrated_to {
            Some(new_id) => Err(Refusal::migrated(new_id)),
            None => Ok(chat),
        }
    }

    pub fn readable(&self, named: &str) -> Result<&Chat, Refusal> {
        let chat = self.chat(named)?;
        chat.check_access(Access::Read)?;
        Ok(chat)
    }

    pub fn writable(&self, named: &str) -> Result<&Chat, Refusal> {
        let chat = self.chat(named)?;
        chat.check_access(Access::Write)?;
        Ok(chat)
    }
}
