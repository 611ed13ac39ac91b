//! What an operator changes while Loa runs counts within seconds, costs nobody else anything, and says nothing twice.

use std::{fs, os::unix::fs::PermissionsExt as _};

use loa_stand_ins::{bot_api::BotApi, portal::Portal};

use crate::running::{Folder, bot_api, portal, story, until};

const CHANNEL: i64 = -1_001_000_000_321;

fn telegram(api: &BotApi, channel: &str) -> String {
    format!("[telegram]\napi-url = \"{}\"\npace = \"0s\"\n[[channel]]\nid = \"main\"\nchat = {CHANNEL}\n{channel}", api.url())
}

/// How often the list of a portal was asked for.
fn polls(portal: &Portal) -> usize {
    portal.requests().iter().filter(|seen| seen.path == "/").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_change_are_taken_up_and_bad_ones_leave_the_old_in_force() {
    let (api, city, police) = (bot_api(CHANNEL), portal(0..6), portal(10..18));
    let folder = Folder::new(&telegram(&api, ""));
    folder.add("city", &city, "");
    let daemon = folder.start().await;
    until("the city's feed is served", || daemon.titles("city").len() == 6).await;
    assert_eq!(daemon.get("/feeds/police.rss").status, 404);

    // A new file.
    folder.add("police", &police, "");
    until("the new feed is served", || daemon.titles("police").len() == 8).await;
    until("it is in `all`", || daemon.titles("all").len() == 14).await;
    assert!(daemon.get("/feeds.opml").body.contains("police.rss"));
    police.publish(story(20, 0));
    assert_eq!(api.until(CHANNEL, 1).await.len(), 1);

    // A changed one: the title at once, the interval too.
    folder.add("police", &police, "title = \"Công an\"\nevery = \"1h\"\n");
    until("the new title is served", || daemon.get("/feeds/police.rss").body.contains("<title>Công an</title>")).await;
    let before = polls(&police);
    folder.add("city", &city, "title = \"Thành phố\"\n");
    until("the city's title is served", || daemon.get("/feeds/city.rss").body.contains("<title>Thành phố</title>")).await;
    assert!(polls(&police) <= before + 1, "it is polled once an hour now");

    // A broken one.
    folder.write_feed("city", "urll = \"\"\n");
    until("the mistake is said", || folder.log().contains("unknown key `urll`")).await;
    city.publish(story(30, 0));
    until("the old definition is in force", || daemon.titles("city").len() == 7).await;

    // Settings: a filter counts for what is new from then on; what needs a restart is said; a mistake changes nothing.
    folder.add("city", &city, "");
    folder.write_settings(&telegram(&api, "exclude = [\"/./\"]\n"));
    until("the settings are taken up", || folder.log().contains("the settings changed")).await;
    city.publish(story(31, 0));
    until("the excluded story is published", || daemon.titles("city").len() == 8).await;
    folder.write_settings("[store]\nurl = \"sqlite:other.db\"\n[telegram]\napi-url = 7\n");
    until("the mistake is said", || folder.log().contains("`telegram.api-url`")).await;

    // A removed one.
    fs::rename(folder.definition("police"), folder.path().join("police.toml")).unwrap();
    until("the feed is gone", || daemon.get("/feeds/police.rss").status == 410).await;
    until("it is gone from `all`", || daemon.titles("all").len() == 8).await;
    assert!(!folder.path().join("public/police.rss").exists() && folder.path().join("public/city.rss").exists());

    // Put back, it goes on where it stopped: what came in between is told, nothing else.
    folder.write_settings(&telegram(&api, ""));
    police.publish(story(21, 0));
    fs::rename(folder.path().join("police.toml"), folder.definition("police")).unwrap();
    until("the feed is back", || daemon.titles("police").len() == 10).await;
    let said: Vec<_> = api.until(CHANNEL, 3).await.into_iter().map(|message| message.text).collect();
    for title in [story(20, 0).title, story(30, 0).title, story(21, 0).title] {
        assert_eq!(said.iter().filter(|text| text.contains(&title)).count(), 1, "{title}: {said:?}");
    }
    assert_eq!((said.len(), api.doubled(CHANNEL)), (3, Vec::<String>::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_beside_the_daemon_and_without_it_do_the_same() {
    let (api, police) = (bot_api(CHANNEL), portal(0..6));
    let folder = Folder::new(&telegram(&api, "feeds = [\"police\"] # only these\n"));
    folder.add("police", &police, "every = \"1h\"\n");
    for is_running in [true, false] {
        let daemon = if is_running { Some(folder.start().await) } else { None };
        if let Some(daemon) = &daemon {
            until("the feed is served", || daemon.titles("police").len() == 6).await;
            let socket = fs::metadata(folder.path().join("loa.db.sock")).unwrap();
            assert_eq!(socket.permissions().mode() & 0o777, 0o600);
        }
        police.publish(story(if is_running { 40 } else { 41 }, 0));
        let said = folder.loa(&["poll", "police"]).await.well();
        assert!(said.contains("1 new, 0 corrected"), "{said}");
        let said = folder.loa(&["look", "polise"]).await;
        assert_eq!((said.code, said.stderr.as_str()), (Some(1), "error: there is no feed `polise`\nhint: did you mean `police`?\n"));
        for (words, expected) in [
            (["pause", "police"].as_slice(), "feed `police` is paused; `loa resume` lets it go on\n"),
            (&["pause", "police"], "feed `police` is paused already\n"),
            (&["resume", "police"], "feed `police` goes on\n"),
            (&["pause", "--channel", "main"], "channel `main` is paused; `loa resume` lets it go on\n"),
            (&["resume", "--channel", "main"], "channel `main` goes on\n"),
        ] {
            assert_eq!(folder.loa(words).await.well(), expected);
        }
        if let Some(daemon) = &daemon {
            insta::assert_snapshot!(folder.loa(&["rename", "police", "cong-an"]).await.well(), @"`police` is `cong-an` now; readers of its old addresses are led on");
            assert!(fs::read_to_string(folder.path().join("bot.toml")).unwrap().contains("feeds = [\"cong-an\"] # only these"));
            until("the feed has its new name", || daemon.titles("cong-an").len() == 7).await;
            let moved = daemon.get("/feeds/police.atom");
            assert_eq!(moved.status, 301);
            assert!(moved.head.contains(&format!("location: http://{}/feeds/cong-an.atom", folder.web)), "{}", moved.head);
            folder.loa(&["rename", "cong-an", "police"]).await.well();
            until("the feed has its old name again", || daemon.titles("police").len() == 7).await;
            assert_eq!(daemon.get("/feeds/cong-an.rss").status, 301);
        } else {
            insta::assert_snapshot!(folder.loa(&["remove", "police"]).await.well(), @"`police` is removed; its articles stay. Its definition is kept as `…/feeds/police.toml.removed`: put it back under its old name, and it goes on");
            assert!(!folder.path().join("public/police.rss").exists());
        }
    }
    // All that was new was said once, in the order of its coming.
    fs::rename(folder.path().join("feeds/police.toml.removed"), folder.definition("police")).unwrap();
    let daemon = folder.start().await;
    until("the feed is back", || daemon.titles("police").len() == 8).await;
    let said: Vec<_> = api.until(CHANNEL, 2).await.into_iter().map(|message| message.text).collect();
    assert!(said[0].contains(&story(40, 0).title) && said[1].contains(&story(41, 0).title) && said.len() == 2, "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_feed_is_not_polled_and_a_paused_channel_says_nothing() {
    let (api, police) = (bot_api(CHANNEL), portal(0..6));
    let folder = Folder::new(&telegram(&api, ""));
    folder.add("police", &police, "");
    let daemon = folder.start().await;
    until("the feed is served", || daemon.titles("police").len() == 6).await;
    folder.loa(&["pause", "--channel", "main"]).await.well();
    police.publish(story(50, 0));
    until("the new one is published", || daemon.titles("police").len() == 7).await;
    folder.loa(&["pause", "police"]).await.well();
    police.publish(story(51, 0));
    let polled = polls(&police);
    // It rests over a restart too.
    drop(daemon);
    let daemon = folder.start().await;
    folder.loa(&["resume", "--channel", "main"]).await.well();
    assert_eq!(api.until(CHANNEL, 1).await.len(), 1);
    assert_eq!((daemon.titles("police").len(), polls(&police)), (7, polled));
    folder.loa(&["resume", "police"]).await.well();
    assert_eq!(api.until(CHANNEL, 2).await.len(), 2);
}

/// Feeds that come and go while others are polled every second.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_changes_under_load_are_all_taken_up_and_nothing_is_said_twice() {
    let api = bot_api(CHANNEL);
    let folder = Folder::new(&telegram(&api, ""));
    let portals: Vec<_> = (0..6).map(|number| portal(number * 10..number * 10 + 4)).collect();
    portals.iter().enumerate().for_each(|(at, portal)| folder.add(&format!("steady-{at}"), portal, ""));
    let moving = portal(90..94);
    let daemon = folder.start().await;
    until("all feeds are served", || daemon.titles("all").len() == 24).await;
    let mut expected = Vec::new();
    for round in 0..20_u32 {
        let id = format!("moving-{round}");
        folder.add(&id, &moving, "");
        until("the new feed is served", || daemon.get(&format!("/feeds/{id}.rss")).status == 200).await;
        let new = story(200 + round, 0);
        expected.push(new.title.clone());
        portals[usize::try_from(round).unwrap() % 6].publish(new);
        folder.add(&id, &moving, &format!("title = \"Tin {round}\"\n"));
        until("its title is taken up", || daemon.get(&format!("/feeds/{id}.rss")).body.contains(&format!("<title>Tin {round}</title>")))
            .await;
        folder.write_feed(&id, "url = \n");
        folder.loa(&["reload"]).await;
        let renamed = format!("renamed-{round}");
        folder.add(&id, &moving, &format!("title = \"Tin {round}\"\n"));
        folder.loa(&["reload"]).await.well();
        folder.loa(&["rename", &id, &renamed]).await.well();
        assert_eq!(daemon.get(&format!("/feeds/{id}.rss")).status, 301);
        folder.loa(&["remove", &renamed]).await.well();
        assert_eq!(daemon.get(&format!("/feeds/{renamed}.rss")).status, 410);
    }
    let said: Vec<_> = api.until(CHANNEL, expected.len()).await.into_iter().map(|message| message.text).collect();
    for title in &expected {
        assert_eq!(said.iter().filter(|text| text.contains(title)).count(), 1, "{title}");
    }
    assert_eq!((said.len(), api.doubled(CHANNEL)), (expected.len(), Vec::<String>::new()));
    // Nobody was polled late: in the seconds that the changes took, each steady list was asked for about once a second.
    for portal in &portals {
        let times: Vec<_> = portal.requests().iter().filter(|seen| seen.path == "/").map(|seen| seen.at).collect();
        let longest = times.windows(2).map(|pair| pair[1].duration_since(pair[0])).max().unwrap();
        assert!(longest.as_millis() < 5_000, "a list was left alone for {longest:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_read_again_beside_the_daemon_and_without_it_and_is_not_told_again() {
    let (api, police) = (bot_api(CHANNEL), portal(0..6));
    let folder = Folder::new(&telegram(&api, ""));
    folder.add("police", &police, "every = \"1h\"\n");
    let mut daemon = Some(folder.start().await);
    until("the feed is served", || daemon.as_ref().unwrap().titles("police").len() == 6).await;
    police.publish(story(7, 0));
    folder.loa(&["poll", "police"]).await.well();
    assert_eq!(api.until(CHANNEL, 1).await.len(), 1);
    for (round, words) in ["bổ sung buổi sáng", "bổ sung buổi chiều"].into_iter().enumerate() {
        let article = story(7, 0);
        police.correct(&article.slug, |story| story.paragraphs.push(format!("Đoạn {words} của bài viết, do phóng viên gửi về.")));
        let link = police.story_url(&article);
        let reread: serde_json::Value = serde_json::from_str(&folder.loa(&["reread", &link, "--json"]).await.well()).unwrap();
        assert_eq!(
            (&reread["articles"][0]["found"], &reread["articles"][0]["url"]),
            (&"changed".into(), &link.as_str().into()),
            "{reread}"
        );
        let published = fs::read_to_string(folder.path().join("public/police.json")).unwrap_or_default();
        assert!(published.contains(words), "{round}: {published}");
        // By the feed, all of them; in words, and in those of the terminal's language.
        let said = folder.loa(&["reread", "police"]).await.well();
        assert_eq!(said.matches("it says the same as before").count(), 7, "{said}");
        // Next time without a daemon.
        drop(daemon.take());
    }
    let refused = folder.loa(&["reread", "https://nowhere.example/tin"]).await;
    assert_eq!(
        (refused.code, refused.stderr.contains("no feed has an article at `https://nowhere.example/tin`")),
        (Some(1), true),
        "{refused:?}"
    );
    police.remove(&story(7, 0).slug);
    let unreadable = folder.loa(&["reread", &police.story_url(&story(7, 0))]).await;
    assert_eq!((unreadable.code, unreadable.stdout.contains("answers 404")), (Some(1), true), "{unreadable:?}");
    let _daemon = folder.start().await;
    until("it is served", || folder.path().join("public/police.json").is_file()).await;
    assert_eq!(api.ledger(CHANNEL).len(), 1);
}
