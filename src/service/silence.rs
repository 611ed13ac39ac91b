//! Channels that say nothing for long though something waits. Whatever the reason is, the operator is told of it, once.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{Service, alarms::about};
use crate::{
    channel::{Channel, ChannelId},
    store,
    trouble::Kind,
};

/// What is shorter passes by itself.
const LONG: Duration = Duration::from_secs(600);

/// Since when channels have only failed, by a clock that does not jump.
#[derive(Debug, Default)]
pub(super) struct Failing(Mutex<HashMap<ChannelId, Instant>>);

impl Failing {
    /// Something was said.
    pub fn end(&self, channel: &ChannelId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(channel);
    }

    /// How long it has only failed, this time included.
    fn note(&self, channel: &ChannelId, now: Instant) -> Duration {
        let mut failing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        now.saturating_duration_since(*failing.entry(channel.clone()).or_insert(now))
    }
}

impl Service {
    /// Notes that a try failed for a reason that passes, and that it has not for long. While this machine reaches
    /// nobody, that is what is wrong.
    pub(super) async fn note_silence(&self, channel: &Channel, why: &str, now: Instant) -> Result<(), store::Error> {
        if self.failing.note(&channel.id, now) < LONG || channel.id.is_ops() {
            return Ok(());
        }
        if self.store.open_troubles().await?.iter().any(|trouble| trouble.kind == Kind::Network) {
            return Ok(());
        }
        self.begin(about(Kind::Unsent, channel.id.to_string(), why.to_owned())).await
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, net::TcpListener};

    use jiff::Timestamp;
    use loa_stand_ins::bot_api::{BotApi, FaultKind};

    use super::*;
    use crate::{
        jobs::deliver::{SetbackKind, Step},
        service::{self, status},
        store::{Kind as Told, Store},
        target::telegram::Token,
    };

    const TOKEN: &str = "4242:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao";
    const NEWS: i64 = -1_001_000_000_001;
    const OPS: i64 = 77;

    /// A service with one channel, for which a headline waits.
    async fn service(api: &str, token: &str) -> (tempfile::TempDir, Service, Channel) {
        let folder = tempfile::tempdir().unwrap();
        let settings = format!(
            "[telegram]\napi-url = \"{api}\"\nops-chat = {OPS}\nlanguage = \"en\"\n[[channel]]\nid = \"main\"\nchat = {NEWS}\nphotos = \"none\"\n"
        );
        fs::write(folder.path().join("bot.toml"), settings).unwrap();
        fs::create_dir(folder.path().join("feeds")).unwrap();
        fs::write(folder.path().join("feeds/police.toml"), "url = \"http://127.0.0.1:9/\"\nlanguage = \"vi\"\n").unwrap();
        let mut setup = service::load(&folder.path().join("bot.toml")).await.unwrap();
        setup.token = Some(token.parse::<Token>().unwrap());
        let store = Store::open(&setup.config.store, Timestamp::now()).await.unwrap();
        let channel = setup.config.channels[0].clone();
        publish(&store, &channel, "1").await;
        (folder, Service::new(setup, store).await.unwrap(), channel)
    }

    /// Queues a headline.
    async fn publish(store: &Store, channel: &Channel, name: &str) {
        let article = crate::article::Article {
            uid: format!("tag:{name}"),
            url: format!("https://catp.example/{name}").parse().unwrap(),
            ..crate::message::samples::article()
        };
        let new = store::NewArticle {
            addresses: vec![format!("catp.example/{name}")],
            marks: Vec::new(),
            listed_title: article.title.clone(),
            folded_title: name.to_owned(),
            announce: vec![store::Announcement { channel: channel.id.clone(), due: None, digest: None }],
            read_again: None,
            article,
        };
        let now = Timestamp::now();
        let polled = store::Polled {
            url: "http://127.0.0.1:9/".into(),
            etag: None,
            last_modified: None,
            at: now,
            next: now,
            fresh_until: None,
            found: Some(1),
            remarks: Vec::new(),
            portal: None,
        };
        let recording = store::Recording { articles: vec![new], ..store::Recording::nothing("police".parse().unwrap(), polled) };
        store.record(&recording).await.unwrap();
    }

    /// Tries once, and then as if the tries of ten minutes had ended so.
    async fn try_for_long(service: &Service, channel: &Channel) {
        let step = service.deliver(channel).await.unwrap();
        service.report(channel, &step).await;
        let Step::Failed(setback) = step else { panic!("{step:?}") };
        if matches!(setback.kind, SetbackKind::Retried | SetbackKind::Waiting | SetbackKind::Unclear) {
            for later in [LONG / 2, LONG, LONG * 2] {
                assert_eq!(told(service).await, if later > LONG { vec![Kind::Unsent] } else { Vec::new() });
                service.note_silence(channel, &setback.why, Instant::now() + later).await.unwrap();
            }
        }
    }

    /// The kinds of what does not work; that it is shown, and told once.
    async fn told(service: &Service) -> Vec<Kind> {
        let troubles = service.store.open_troubles().await.unwrap();
        let status = status::status(&service.present().setup, Timestamp::now()).await.unwrap();
        assert!(troubles.is_empty() || !status.good, "{status:#?}");
        assert!(troubles.is_empty() || status.problems.iter().all(|problem| !format!("{problem:?}").contains("why: \"\"")), "{status:#?}");
        let alarms = service.store.deliveries(None, 100).await.unwrap();
        let alarms: Vec<i64> =
            alarms.iter().filter(|it| it.kind == Told::Alarm).filter_map(|it| it.trouble()).map(|(trouble, _)| trouble.id).collect();
        assert_eq!(alarms, troubles.iter().map(|trouble| trouble.id).collect::<Vec<_>>());
        troubles.into_iter().map(|trouble| trouble.kind).collect()
    }

    #[tokio::test]
    async fn whatever_silences_a_channel_for_long_is_shown_and_told_once() {
        type Spoil = fn(&BotApi);
        let table: [(&str, Spoil, Kind); 10] = [
            ("thrown out", |api| api.kick(NEWS), Kind::Channel),
            ("not a member", |api| api.leave(NEWS), Kind::Channel),
            ("no right to post", |api| api.restrict(NEWS), Kind::Channel),
            ("no such chat", |api| api.drop_chat(NEWS), Kind::Channel),
            (
                "refused in unknown words, and closed",
                |api| {
                    api.restrict(NEWS);
                    let asleep = "Bad Request: CHAT_IS_ASLEEP".to_owned();
                    api.fault_next("sendMessage", 100, FaultKind::Refuse { code: 400, description: asleep });
                },
                Kind::Channel,
            ),
            (
                "a long wait",
                |api| api.fault_next("sendMessage", 100, FaultKind::TooManyRequests { retry_after: 43_838, no_params: false }),
                Kind::Silenced,
            ),
            (
                "one short wait after another",
                |api| api.fault_next("sendMessage", 100, FaultKind::TooManyRequests { retry_after: 5, no_params: false }),
                Kind::Unsent,
            ),
            ("every answer is lost", |api| api.fault_next("sendMessage", 100, FaultKind::ServerErrorAfterDelivery), Kind::Unsent),
            ("a gateway answers", |api| api.fault_next("sendMessage", 100, FaultKind::BadGateway), Kind::Unsent),
            (
                "the token is revoked",
                |api| api.fault_next("sendMessage", 100, FaultKind::Refuse { code: 401, description: "Unauthorized".to_owned() }),
                Kind::Token,
            ),
        ];
        for (what, spoil, expected) in table {
            let api = BotApi::start(TcpListener::bind("127.0.0.1:0").unwrap(), TOKEN).unwrap();
            api.add_channel(NEWS, None, "Tin");
            api.add_private(OPS, "Người trực");
            let (_folder, service, channel) = service(&api.url(), TOKEN).await;
            spoil(&api);
            try_for_long(&service, &channel).await;
            assert_eq!(told(&service).await, [expected], "{what}");
        }
    }

    #[tokio::test]
    async fn a_second_loa_that_tells_a_channel_the_same_is_shown_and_told_once() {
        let api = BotApi::start(TcpListener::bind("127.0.0.1:0").unwrap(), TOKEN).unwrap();
        api.add_channel(NEWS, None, "Tin");
        api.add_private(OPS, "Người trực");
        let (_folder, service, channel) = service(&api.url(), TOKEN).await;
        let mut copies = Vec::new();
        for name in ["2", "3"] {
            let step = service.deliver(&channel).await.unwrap();
            assert!(matches!(step, Step::Said { .. }), "{step:?}");
            service.report(&channel, &step).await;
            assert_eq!(told(&service).await, if name == "2" { Vec::new() } else { vec![Kind::Copy] });
            copies.extend(api.arrive(NEWS, &api.ledger(NEWS)[0].text));
            publish(&service.store, &channel, name).await;
        }
        let trouble = service.store.open_troubles().await.unwrap().remove(0);
        let why = format!("somebody else posts the same in `main`, as in its message {}", copies[0]);
        assert_eq!((trouble.subject, trouble.why), ("main".to_owned(), why));
    }

    #[tokio::test]
    async fn a_telegram_that_is_out_of_reach_is_shown_and_told_once() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let api = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let (_folder, service, channel) = service(&api, TOKEN).await;
        try_for_long(&service, &channel).await;
        assert_eq!(told(&service).await, [Kind::Unsent]);
    }
}
