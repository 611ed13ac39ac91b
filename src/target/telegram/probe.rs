//! Whether a message whose answer was lost is in its chat: the ids after the last known one are forwarded to the
//! operator's chat, read, and deleted there.
//!
//! A bot cannot read a chat, but it can forward from it. This works in channels and supergroups, whose ids are
//! their own; what cannot be forwarded (protected or deleted messages, notices) counts as not there.
//!
//! Where there is no operator's chat, or nothing may be forwarded, a button is put below each of the bot's own messages
//! there and taken away at once: Telegram answers a change with the message. Nobody is notified. A message of others
//! cannot be changed, which is why this is done only where the bot has no right to change theirs.

use loa_reader::text;
use sha2::{Digest, Sha256};
use teloxide::{
    payloads::{DeleteMessage, EditMessageReplyMarkup, ForwardMessage},
    types::{self, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, MessageId},
};

use super::{
    Chat, Failure, Telegram,
    answer::Shown,
    call::{ask, call},
    classify::Class,
    content::recipient,
};
use crate::target::Seen;

/// Ids in a row with nothing behind them after which the chat is taken to end: people delete a few at a time.
pub(super) const NOTHING: u32 = 12;

/// Before the number of its parts in the fingerprint of an album.
const ALBUM: &str = "album-";

/// What stands below a message while it is looked at.
const MARK: &str = "…";

/// Numbers that are looked at where a search begins, and as many again at the end of the chat. Where more was said
/// since, a message that was sent a moment ago stands at the end, and one of long ago at the beginning.
const MOST: u16 = 100;
/// So many numbers before the end the chat's last messages begin.
pub(super) const LAST: i32 = 60;

/// How a message is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// By forwarding it to the operator's chat.
    Forwarded { ops: i64 },
    /// By a mark below it.
    Marked,
}

/// A search for one message, number by number.
///
/// Whatever is there and is not the message stands before it: numbers count up as messages arrive, so nothing is looked
/// at twice.
#[derive(Debug)]
pub struct Search<'a> {
    telegram: &'a Telegram,
    chat: Chat,
    way: Way,
    fingerprint: &'a str,
    /// The number that was looked at last.
    at: i32,
    /// Numbers in a row with nothing behind them.
    nothing: u32,
    left: u16,
    is_at_the_end: bool,
    /// Whether an album of the bot's own is the one that is sought.
    takes_albums: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(telegram: &'a Telegram, chat: Chat, way: Way, after: i32, fingerprint: &'a str) -> Self {
        Self { telegram, chat, way, fingerprint, at: after, nothing: 0, left: MOST, is_at_the_end: false, takes_albums: false }
    }

    /// An album of the bot's own whose words are not shown is the one that is sought, where one is: the bot has sent no
    /// other there.
    #[must_use]
    pub fn taking_albums(self) -> Self {
        Self { takes_albums: true, ..self }
    }

    /// Looks at the next number.
    ///
    /// # Errors
    /// [`Failure`] when it could not be found out. That says nothing of the message, and a closed chat may be the
    /// operator's.
    pub async fn step(&mut self) -> Result<Seen, Failure> {
        let Some(id) = self.at.checked_add(1).filter(|_| self.nothing < NOTHING) else { return Ok(Seen::End) };
        let left = match self.left.checked_sub(1) {
            Some(left) => left,
            None if self.is_at_the_end => return Ok(Seen::Enough),
            None => {
                let near = self.telegram.near_the_end(&self.chat, self.way, self.at).await?;
                (self.at, self.nothing, self.left, self.is_at_the_end) = (near.max(self.at), 0, MOST, true);
                return Ok(Seen::Nothing);
            }
        };
        let glimpse = self.telegram.glimpse(&self.chat, id, self.way).await?;
        (self.at, self.left) = (id, left);
        let receipt = id.to_string();
        Ok(match glimpse {
            Glimpse::Shown(shown) if self.fingerprint.split(' ').any(|sought| sought == print(&shown.words)) => {
                Seen::Found { receipt, last_receipt: self.last_part(id, shown.is_photo) }
            }
            Glimpse::Album if self.takes_albums && parts_of_album(self.fingerprint).is_some() => {
                Seen::Found { receipt, last_receipt: self.last_part(id, true) }
            }
            Glimpse::Shown(_) | Glimpse::Album | Glimpse::Others => {
                self.nothing = 0;
                Seen::Passed { receipt }
            }
            Glimpse::Nothing => {
                self.nothing += 1;
                Seen::Nothing
            }
        })
    }
}

impl Search<'_> {
    /// The last message of what is sought, which begins with this one; only a picture may be part of an album.
    fn last_part(&self, first: i32, is_photo: bool) -> String {
        let parts = parts_of_album(self.fingerprint).filter(|_| is_photo).unwrap_or(1);
        first.saturating_add(parts - 1).to_string()
    }
}

/// What a message is that was looked at.
pub(super) enum Glimpse {
    /// One that shows this.
    Shown(Shown),
    /// One of an album of the bot's own; its words are not shown.
    Album,
    /// One whose words are not shown: another's.
    Others,
    /// None: deleted, protected, a notice.
    Nothing,
}

impl Telegram {
    pub(super) async fn glimpse(&self, chat: &Chat, id: i32, way: Way) -> Result<Glimpse, Failure> {
        match way {
            Way::Forwarded { ops } => Ok(self.shown(chat, id, ops).await?.map_or(Glimpse::Nothing, Glimpse::Shown)),
            Way::Marked => self.marked(chat, id).await,
        }
    }

    /// A number shortly before the end of `chat`, which is after `from`: its last messages come after it. Where more in
    /// a row are deleted than a search passes over, what comes behind these may not be seen.
    pub(super) async fn near_the_end(&self, chat: &Chat, way: Way, from: i32) -> Result<i32, Failure> {
        let (mut there, mut step) = (from, 1);
        let mut beyond = loop {
            let next = from.saturating_add(step);
            match self.any_from(chat, next, way).await? {
                Some(found) if next < i32::MAX => (there, step) = (found, step.saturating_mul(2).max(found - from + 1)),
                _ => break next,
            }
        };
        while beyond - there > 1 {
            let middle = there + (beyond - there) / 2;
            match self.any_from(chat, middle, way).await? {
                Some(found) => there = found.min(beyond - 1),
                None => beyond = middle,
            }
        }
        Ok((there - LAST).max(0))
    }

    /// The first message from number `first` on, as far as a search passes over what is not there.
    async fn any_from(&self, chat: &Chat, first: i32, way: Way) -> Result<Option<i32>, Failure> {
        for id in (0..NOTHING).filter_map(|step| first.checked_add_unsigned(step)) {
            if !matches!(self.glimpse(chat, id, way).await?, Glimpse::Nothing) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// What message `id` is.
    async fn marked(&self, chat: &Chat, id: i32) -> Result<Glimpse, Failure> {
        let plain = EditMessageReplyMarkup::new(recipient(chat), MessageId(id));
        let mark = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback(MARK, MARK)]]);
        let marked = match ask(&self.asking, &EditMessageReplyMarkup { reply_markup: Some(mark), ..plain.clone() }).await {
            Ok(marked) => Some(marked.shown()),
            // A look that was cut off left its mark.
            Err(refused) if refused.why.contains("not modified") => None,
            Err(refused) if refused.why.contains("not found") => return Ok(Glimpse::Nothing),
            Err(refused) if refused.class == Class::Untouchable => return Ok(Glimpse::Others),
            Err(refused) => return Err(refused.into()),
        };
        match (marked, ask(&self.asking, &plain).await) {
            (Some(shown), Ok(_)) => Ok(Glimpse::Shown(shown)),
            (None, Ok(unmarked)) => Ok(Glimpse::Shown(unmarked.shown())),
            // It is gone already: the answer to the first try was lost.
            (Some(shown), Err(refused)) if refused.why.contains("not modified") => Ok(Glimpse::Shown(shown)),
            (None, Err(refused)) if refused.why.contains("not modified") => self.marked_for_sure(&plain).await,
            (_, Err(refused)) => Err(refused.into()),
        }
    }

    /// What a message is that surely has no mark now, though it did not seem to take one. It may have taken it, and the
    /// answer was lost twice; or it is of an album, which carries no button, and where one is left out nothing changes.
    async fn marked_for_sure(&self, plain: &EditMessageReplyMarkup) -> Result<Glimpse, Failure> {
        let mark = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback(MARK, MARK)]]);
        let marked = call(&self.asking, &EditMessageReplyMarkup { reply_markup: Some(mark), ..plain.clone() }, Vec::new()).await;
        match marked {
            Err(refused) if refused.why.contains("not modified") => return Ok(Glimpse::Album),
            Ok(_) | Err(_) => (),
        }
        match ask(&self.asking, plain).await {
            Err(refused) if !refused.why.contains("not modified") => return Err(refused.into()),
            Ok(_) | Err(_) => (),
        }
        marked.map(|marked| Glimpse::Shown(marked.shown())).map_err(Failure::from)
    }

    /// What message `id` shows, where there is one.
    async fn shown(&self, chat: &Chat, id: i32, ops: i64) -> Result<Option<Shown>, Failure> {
        let ops = types::Recipient::Id(ChatId(ops));
        let mut forward = ForwardMessage::new(ops.clone(), recipient(chat), MessageId(id));
        forward.disable_notification = Some(true);
        // A forward whose answer was lost may leave a copy in the operator's chat: silent, and better than not to know.
        let forwarded = match ask(&self.asking, &forward).await {
            Ok(forwarded) => forwarded,
            Err(refused) if refused.class == Class::Untouchable => return Ok(None),
            Err(refused) => return Err(refused.into()),
        };
        if let Some(copy) = forwarded.message_id() {
            // A copy that stays is a line too much in the operator's chat, and no reason not to go on.
            if let Err(refused) = ask(&self.asking, &DeleteMessage::new(ops, MessageId(copy))).await {
                tracing::debug!("the copy of a message that was looked at stays in the ops chat: {}", refused.why);
            }
        }
        Ok(Some(forwarded.shown()))
    }
}

/// What is kept of a message while it is sent, to know it again: one word for each form in which it may be shown. It
/// must stay the same from one version to the next.
pub fn fingerprint(forms: &[&str]) -> String {
    let mut prints: Vec<_> = forms.iter().filter(|words| !key(words).is_empty()).map(|words| print(words)).collect();
    prints.sort();
    prints.dedup();
    prints.join(" ")
}

/// What is kept of an album of so many parts, which cannot always be known by its words.
pub fn fingerprint_of_album(fingerprint: &str, parts: usize) -> String {
    format!("{fingerprint} {ALBUM}{parts}")
}

/// Of how many parts an album is that has this fingerprint.
fn parts_of_album(fingerprint: &str) -> Option<i32> {
    fingerprint.split(' ').find_map(|word| word.strip_prefix(ALBUM)?.parse().ok())
}

fn print(words: &str) -> String {
    Sha256::digest(key(words).as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What two spellings of one message have in common. Telegram trims and drops some marks and invisible characters.
fn key(words: &str) -> String {
    let folded = text::fold(words);
    let letters: String = folded.chars().filter(|ch| ch.is_alphanumeric()).collect();
    if letters.is_empty() { folded } else { letters }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Content, Photo, Words,
            photo_check::tests::png,
            send::tests::{FORUM, NEWS, OPS, impatient, stand, text, to},
        },
        *,
    };
    use loa_stand_ins::bot_api::FaultKind;

    /// Looks at `most` numbers after `after`.
    async fn find(telegram: &Telegram, (chat, way): (Chat, Way), after: i32, sought: &str, most: u16) -> Result<Option<i32>, Failure> {
        let mut search = Search { left: most, is_at_the_end: true, ..Search::new(telegram, chat, way, after, sought) };
        loop {
            match search.step().await? {
                Seen::Found { receipt, .. } => return Ok(receipt.parse().ok()),
                Seen::Passed { .. } | Seen::Nothing => (),
                Seen::End | Seen::Enough => return Ok(None),
            }
        }
    }

    const FORWARDED: Way = Way::Forwarded { ops: OPS };

    /// The ids whose copies are still in the ops chat.
    fn copies_left(api: &loa_stand_ins::bot_api::BotApi) -> usize {
        api.ledger(OPS).iter().filter(|message| message.deleted.is_none()).count()
    }

    #[tokio::test]
    async fn a_message_whose_answer_was_lost_is_found_among_others() {
        let (api, telegram) = stand();
        let after = telegram.send(&to(NEWS), &text("Tin <b>trước</b>")).await.unwrap().message_id.unwrap();
        api.say(NEWS, "Người khác nói");
        api.skip_ids(NEWS, 2);
        api.fault_next("sendMessage", 1, FaultKind::TimeoutAfterDelivery);
        let lost = impatient(&api).send(&to(NEWS), &text("<b>Tin</b> &lt;mới&gt;\n\nDẫn nhập")).await;
        assert!(matches!(lost, Err(Failure::Unclear { .. })), "{lost:?}");
        let delivered = api.ledger(NEWS).last().unwrap().id;
        let sought = ["không phải", "Tin <mới>\n\nDẫn nhập"];
        let found = find(&telegram, (Chat::Number(NEWS), FORWARDED), after, &fingerprint(&sought), 10).await;
        assert_eq!(found.map(|id| id.map(i64::from)), Ok(Some(delivered)));
        assert_eq!(find(&telegram, (Chat::Name("@loa_news".into()), FORWARDED), after, &fingerprint(&sought), 3).await, Ok(None));
        assert_eq!(find(&telegram, (Chat::Number(NEWS), FORWARDED), after, &fingerprint(&["Tin trước"]), 10).await, Ok(None));
        assert_eq!(copies_left(&api), 0);
        assert!(api.ledger(OPS).iter().all(|copy| copy.silent));
    }

    #[tokio::test]
    async fn a_message_that_never_arrived_is_not_found() {
        let (api, telegram) = stand();
        let after = telegram.send(&to(FORUM), &text("Tin trước")).await.unwrap().message_id.unwrap();
        api.fault_next("sendMessage", 1, FaultKind::TimeoutBeforeDelivery);
        impatient(&api).send(&to(FORUM), &text("Tin mới")).await.unwrap_err();
        assert_eq!(find(&telegram, (Chat::Number(FORUM), FORWARDED), after, &fingerprint(&["Tin mới"]), 5).await, Ok(None));
    }

    #[tokio::test]
    async fn with_every_second_answer_lost_everything_is_said_once_and_in_order() {
        let (api, telegram) = stand();
        let mut last = telegram.send(&to(NEWS), &text("Tin 0")).await.unwrap().message_id.unwrap();
        api.lose(2, 4);
        for number in 1..=40 {
            let words = format!("Tin {number}");
            last = loop {
                match telegram.send(&to(NEWS), &text(&words)).await {
                    Ok(sent) => break sent.message_id.unwrap(),
                    Err(Failure::Unclear { .. }) => (),
                    Err(failure) => panic!("{failure}"),
                }
                // The looking loses answers too.
                let found = loop {
                    if let Ok(found) = find(&telegram, (Chat::Number(NEWS), FORWARDED), last, &fingerprint(&[&words]), 3).await {
                        break found;
                    }
                };
                if let Some(id) = found {
                    break id;
                }
            };
        }
        let lost = api.calls().iter().filter(|call| !call.answered).count();
        assert!(lost > 30, "{lost} of {} answers lost", api.calls().len());
        let said: Vec<_> = api.ledger(NEWS).into_iter().map(|message| message.text).collect();
        assert_eq!(said, (0..=40).map(|number| format!("Tin {number}")).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn albums_and_captions_are_found_by_their_words() {
        let (api, telegram) = stand();
        let photo = Photo::new(png(90, 60)).unwrap();
        let album = Content::Album { photos: vec![photo.clone(), photo], caption: Words::Html("<b>Ảnh</b> mới".into()) };
        api.fault_next("sendMediaGroup", 1, FaultKind::ResetAfterDelivery);
        telegram.send(&to(NEWS), &album).await.unwrap_err();
        assert_eq!(find(&telegram, (Chat::Number(NEWS), FORWARDED), 0, &fingerprint(&["Ảnh mới"]), 5).await, Ok(Some(2)));
        assert_eq!(copies_left(&api), 0);
    }

    #[tokio::test]
    async fn what_cannot_be_looked_at_is_not_there_and_a_failed_look_decides_nothing() {
        let (api, telegram) = stand();
        telegram.send(&to(NEWS), &text("Tin")).await.unwrap();
        let sought = fingerprint(&["Tin"]);
        let look = || find(&telegram, (Chat::Number(NEWS), FORWARDED), 1, &sought, 2);
        api.fault_next("forwardMessage", 1, FaultKind::TooManyRequests { retry_after: 9, no_params: true });
        assert_eq!(look().await, Err(Failure::Wait { seconds: 9 }));
        // One lost answer is asked for again; a door that stays shut decides nothing.
        api.fault_next("forwardMessage", 1, FaultKind::BadGateway);
        assert_eq!(look().await, Ok(Some(2)));
        api.fault_next("forwardMessage", 4, FaultKind::BadGateway);
        assert!(matches!(look().await, Err(Failure::Unclear { .. })));
        // A copy that cannot be deleted does not spoil the look.
        api.fault_next("deleteMessage", 4, FaultKind::ServerError);
        assert_eq!(look().await, Ok(Some(2)));
        assert_eq!(copies_left(&api), 1);
        api.protect(NEWS);
        assert_eq!(look().await, Ok(None));
        let address = crate::channel::Address::new(NEWS.to_string());
        assert!(telegram.search(&address, Some("1"), &sought).await.is_ok_and(|search| search.is_none()), "it cannot be searched");
    }

    #[tokio::test]
    async fn with_every_second_answer_lost_marks_find_what_was_said_and_go() {
        let (api, telegram) = stand();
        let mut last = telegram.send(&to(FORUM), &text("Tin 0")).await.unwrap().message_id.unwrap();
        api.lose(2, 4);
        for number in 1..=30 {
            let words = format!("Tin {number}");
            last = loop {
                match telegram.send(&to(FORUM), &text(&words)).await {
                    Ok(sent) => break sent.message_id.unwrap(),
                    Err(Failure::Unclear { .. }) => (),
                    Err(failure) => panic!("{failure}"),
                }
                let found = loop {
                    match find(&telegram, (Chat::Number(FORUM), Way::Marked), last, &fingerprint(&[&words]), 3).await {
                        Ok(found) => break found,
                        Err(Failure::Unclear { .. }) => (),
                        Err(failure) => panic!("a look that decides too much: {failure}"),
                    }
                };
                if let Some(id) = found {
                    break id;
                }
            };
        }
        let said: Vec<_> = api.ledger(FORUM).into_iter().map(|message| message.text).collect();
        assert_eq!(said, (0..=30).map(|number| format!("Tin {number}")).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn without_a_chat_to_forward_to_the_bot_looks_by_a_mark_that_goes_at_once() {
        let (api, telegram) = stand();
        api.protect(NEWS);
        assert_eq!(telegram.can_be_marked(&Chat::Number(NEWS)).await, Ok(false), "it may change what others say");
        api.forbid_edits(NEWS);
        assert_eq!(telegram.can_be_marked(&Chat::Number(NEWS)).await, Ok(true));
        assert_eq!(telegram.can_be_marked(&Chat::Number(FORUM)).await, Ok(true));
        assert_eq!(telegram.can_be_marked(&Chat::Number(OPS)).await, Ok(false));
        let after = telegram.send(&to(NEWS), &text("Tin trước")).await.unwrap().message_id.unwrap();
        for number in 0..20 {
            api.say(NEWS, &format!("Người khác nói {number}"));
        }
        api.skip_ids(NEWS, 9);
        api.fault_next("sendMessage", 1, FaultKind::TimeoutAfterDelivery);
        impatient(&api).send(&to(NEWS), &text("<b>Tin</b> mới")).await.unwrap_err();
        let sought = fingerprint(&["Tin mới"]);
        let found = || find(&telegram, (Chat::Number(NEWS), Way::Marked), after, &sought, 40);
        let delivered = i32::try_from(api.ledger(NEWS).last().unwrap().id).unwrap();
        assert_eq!(found().await, Ok(Some(delivered)));
        // A look that is cut off leaves a mark, and the next one takes it away.
        api.fault_next("editMessageReplyMarkup", 22, FaultKind::TooManyRequests { retry_after: 9, no_params: true });
        assert!(matches!(found().await, Err(Failure::Wait { .. })));
        api.heal();
        assert_eq!(found().await, Ok(Some(delivered)));
        assert_eq!(find(&telegram, (Chat::Number(NEWS), Way::Marked), after, &fingerprint(&["Tin khác"]), 40).await, Ok(None));
        let shown = api.ledger(NEWS);
        assert!(shown.iter().all(|message| message.edits.last().is_none_or(|edit| edit.markup.is_none())), "{shown:#?}");
        assert!(shown.iter().filter(|message| !message.by_bot).all(|message| message.edits.is_empty()));
    }

    #[tokio::test]
    async fn the_end_of_a_chat_is_found_however_long_it_is_and_whatever_was_deleted() {
        let (api, telegram) = stand();
        for (talk, deleted) in [(0, 0), (1, 0), (7, 9), (300, 0), (150, 11), (40, 5)] {
            for number in 0..talk {
                api.say(FORUM, &format!("Người khác nói {number}"));
            }
            api.skip_ids(FORUM, deleted);
            let last = i32::try_from(api.say(FORUM, "cuối").unwrap()).unwrap();
            for way in [FORWARDED, Way::Marked] {
                let near = telegram.near_the_end(&Chat::Number(FORUM), way, 0).await.unwrap();
                assert_eq!(near, (last - LAST).max(0), "after {talk} and {deleted}");
            }
        }
    }

    #[test]
    fn a_message_is_known_by_its_letters() {
        assert_eq!(key(" Tin <mới>\u{200e}:\n\nĐà Nẵng \u{333}"), key("Tin mới Đà Nẵng"));
        assert_ne!(key("Tin 1"), key("Tin 2"));
        assert_eq!(key("😀 "), "😀");
    }
}
