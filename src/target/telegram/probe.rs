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

use super::Chat;
use super::{Failure, Telegram, call::ask, classify::Class, content::recipient};

/// Ids in a row with nothing behind them after which the chat is taken to end: people delete a few at a time.
const NOTHING: u32 = 12;

/// What stands below a message while it is looked at.
const MARK: &str = "…";

impl Telegram {
    /// Looks at `tried` ids after `after` in `chat` for a message that has the [`fingerprint`], by way of the chat
    /// `ops`, and gives its id. Ids with nothing behind them are passed over, up to a few in a row. In a chat that
    /// cannot be searched nothing is found.
    ///
    /// # Errors
    /// [`Failure`] when it could not be found out. That says nothing of the message, and a closed chat may be `ops`.
    pub async fn find_sent(&self, chat: &Chat, after: i32, ops: i64, fingerprint: &str, tried: u16) -> Result<Option<i32>, Failure> {
        let sought: Vec<_> = fingerprint.split(' ').collect();
        if !self.can_be_searched(chat).await? {
            return Ok(None);
        }
        let mut nothing = 0;
        for id in (1..=i32::from(tried)).map_while(|step| after.checked_add(step)) {
            match self.shown(chat, id, ops).await? {
                Some(shown) if sought.contains(&print(&shown).as_str()) => return Ok(Some(id)),
                Some(_) => nothing = 0,
                None if nothing + 1 == NOTHING => break,
                None => nothing += 1,
            }
        }
        Ok(None)
    }

    /// The same without a chat to forward to; `None` also where that is not possible: `can_be_marked`
    /// tells.
    ///
    /// # Errors
    /// As [`Telegram::find_sent`].
    pub async fn find_marked(&self, chat: &Chat, after: i32, fingerprint: &str, tried: u16) -> Result<Option<i32>, Failure> {
        let sought: Vec<_> = fingerprint.split(' ').collect();
        let mut nothing = 0;
        for id in (1..=i32::from(tried)).map_while(|step| after.checked_add(step)) {
            match self.marked(chat, id).await? {
                Marked::Own(shown) if sought.contains(&print(&shown).as_str()) => return Ok(Some(id)),
                Marked::Own(_) | Marked::Others => nothing = 0,
                Marked::Nothing if nothing + 1 == NOTHING => break,
                Marked::Nothing => nothing += 1,
            }
        }
        Ok(None)
    }

    /// What message `id` is.
    async fn marked(&self, chat: &Chat, id: i32) -> Result<Marked, Failure> {
        let plain = EditMessageReplyMarkup::new(recipient(chat), MessageId(id));
        let mark = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback(MARK, MARK)]]);
        let marked = match ask(&self.asking, &EditMessageReplyMarkup { reply_markup: Some(mark), ..plain.clone() }).await {
            Ok(marked) => Some(marked.shown().to_owned()),
            // A look that was cut off left its mark.
            Err(refused) if refused.why.contains("not modified") => None,
            Err(refused) if refused.why.contains("not found") => return Ok(Marked::Nothing),
            Err(refused) if refused.class == Class::Untouchable => return Ok(Marked::Others),
            Err(refused) => return Err(refused.into()),
        };
        match (marked, ask(&self.asking, &plain).await) {
            (Some(words), Ok(_)) => Ok(Marked::Own(words)),
            (None, Ok(unmarked)) => Ok(Marked::Own(unmarked.shown().to_owned())),
            // It is gone already: the answer to the first try was lost.
            (Some(words), Err(refused)) if refused.why.contains("not modified") => Ok(Marked::Own(words)),
            (None, Err(refused)) if refused.why.contains("not modified") => Err(Failure::Unclear { why: refused.why }),
            (_, Err(refused)) => Err(refused.into()),
        }
    }

    /// The words of message `id`, where there is one.
    async fn shown(&self, chat: &Chat, id: i32, ops: i64) -> Result<Option<String>, Failure> {
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
        Ok(Some(forwarded.shown().to_owned()))
    }
}

/// What a message is that was to be marked.
enum Marked {
    /// The bot's own, with these words.
    Own(String),
    Others,
    Nothing,
}

/// What is kept of a message while it is sent, to know it again: one word for each form in which it may be shown. It
/// must stay the same from one version to the next.
pub fn fingerprint(forms: &[&str]) -> String {
    let mut prints: Vec<_> = forms.iter().filter(|words| !key(words).is_empty()).map(|words| print(words)).collect();
    prints.sort();
    prints.dedup();
    prints.join(" ")
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
        let found = telegram.find_sent(&Chat::Number(NEWS), after, OPS, &fingerprint(&sought), 10).await;
        assert_eq!(found.map(|id| id.map(i64::from)), Ok(Some(delivered)));
        assert_eq!(telegram.find_sent(&Chat::Name("@loa_news".into()), after, OPS, &fingerprint(&sought), 3).await, Ok(None));
        assert_eq!(telegram.find_sent(&Chat::Number(NEWS), after, OPS, &fingerprint(&["Tin trước"]), 10).await, Ok(None));
        assert_eq!(copies_left(&api), 0);
        assert!(api.ledger(OPS).iter().all(|copy| copy.silent));
    }

    #[tokio::test]
    async fn a_message_that_never_arrived_is_not_found() {
        let (api, telegram) = stand();
        let after = telegram.send(&to(FORUM), &text("Tin trước")).await.unwrap().message_id.unwrap();
        api.fault_next("sendMessage", 1, FaultKind::TimeoutBeforeDelivery);
        impatient(&api).send(&to(FORUM), &text("Tin mới")).await.unwrap_err();
        assert_eq!(telegram.find_sent(&Chat::Number(FORUM), after, OPS, &fingerprint(&["Tin mới"]), 5).await, Ok(None));
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
                    if let Ok(found) = telegram.find_sent(&Chat::Number(NEWS), last, OPS, &fingerprint(&[&words]), 3).await {
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
        assert_eq!(telegram.find_sent(&Chat::Number(NEWS), 0, OPS, &fingerprint(&["Ảnh mới"]), 5).await, Ok(Some(2)));
        assert_eq!(copies_left(&api), 0);
    }

    #[tokio::test]
    async fn what_cannot_be_looked_at_is_not_there_and_a_failed_look_decides_nothing() {
        let (api, telegram) = stand();
        telegram.send(&to(NEWS), &text("Tin")).await.unwrap();
        let sought = fingerprint(&["Tin"]);
        let look = || telegram.find_sent(&Chat::Number(NEWS), 1, OPS, &sought, 2);
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
        api.block(OPS);
        api.permit(NEWS);
        assert!(look().await.is_ok_and(|found| found.is_none()), "protected all the same");
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
                    match telegram.find_marked(&Chat::Number(FORUM), last, &fingerprint(&[&words]), 3).await {
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
        let found = || telegram.find_marked(&Chat::Number(NEWS), after, &sought, 40);
        let delivered = i32::try_from(api.ledger(NEWS).last().unwrap().id).unwrap();
        assert_eq!(found().await, Ok(Some(delivered)));
        // A look that is cut off leaves a mark, and the next one takes it away.
        api.fault_next("editMessageReplyMarkup", 22, FaultKind::TooManyRequests { retry_after: 9, no_params: true });
        assert!(matches!(found().await, Err(Failure::Wait { .. })));
        api.heal();
        assert_eq!(found().await, Ok(Some(delivered)));
        assert_eq!(telegram.find_marked(&Chat::Number(NEWS), after, &fingerprint(&["Tin khác"]), 40).await, Ok(None));
        let shown = api.ledger(NEWS);
        assert!(shown.iter().all(|message| message.edits.last().is_none_or(|edit| edit.markup.is_none())), "{shown:#?}");
        assert!(shown.iter().filter(|message| !message.by_bot).all(|message| message.edits.is_empty()));
    }

    #[test]
    fn a_message_is_known_by_its_letters() {
        assert_eq!(key(" Tin <mới>\u{200e}:\n\nĐà Nẵng \u{333}"), key("Tin mới Đà Nẵng"));
        assert_ne!(key("Tin 1"), key("Tin 2"));
        assert_eq!(key("😀 "), "😀");
    }
}
