//! A feed whose file is taken away is gone for its readers, costs no other anything, and goes on when it is put back.

use std::fs;

use loa_stand_ins::portal::Portal;

use crate::running::{Daemon, Folder, portal, until};

/// How many articles of each portal a feed shows.
fn shown(daemon: &Daemon, id: &str, portals: &[&Portal]) -> Vec<usize> {
    let feed: serde_json::Value = serde_json::from_str(&daemon.get(&format!("/feeds/{id}.json")).body).unwrap_or_default();
    let urls: Vec<_> = feed["items"].as_array().into_iter().flatten().filter_map(|item| item["url"].as_str()).collect();
    portals.iter().map(|portal| urls.iter().filter(|url| url.starts_with(portal.url().trim_end_matches('/'))).count()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_is_taken_away_is_gone_and_one_that_is_put_back_goes_on() {
    let (city, police) = (portal(0..5), portal(10..18));
    let folder = Folder::new("");
    folder.add("city", &city, "");
    folder.add("police", &police, "");
    let public = folder.path().join("public");
    fs::create_dir(&public).unwrap();
    // What is in the way of one file costs that file only, and what is not ours stays.
    fs::create_dir(public.join("city.atom")).unwrap();
    fs::write(public.join("police.html"), "another's").unwrap();

    let daemon = folder.start().await;
    until("both feeds are in `all`", || shown(&daemon, "all", &[&city, &police]) == [5, 8]).await;
    until("their files are written", || public.join("city.json").is_file() && public.join("police.json").is_file()).await;
    assert_eq!(daemon.get("/feeds/city.atom").status, 200);
    drop(daemon);

    fs::rename(folder.path().join("feeds/police.toml"), folder.path().join("police.toml")).unwrap();
    let daemon = folder.start().await;
    assert_eq!(shown(&daemon, "all", &[&city, &police]), [5, 0]);
    for name in ["police.rss", "police.atom", "police.json"] {
        let answer = daemon.get(&format!("/feeds/{name}"));
        assert_eq!((answer.status, answer.body.trim_end()), (410, "this feed has been removed"));
        assert!(!public.join(name).exists(), "{name}");
    }
    assert_eq!(daemon.get("/feeds/never.rss").status, 404);
    assert!(public.join("police.html").is_file() && public.join("city.rss").is_file());
    for path in ["/", "/feeds.opml"] {
        let list = daemon.get(path).body;
        assert!(list.contains("city.rss") && !list.contains("police.rss"), "{path}: {list}");
    }
    drop(daemon);

    // A file that cannot be used is not one that was taken away.
    fs::write(folder.path().join("feeds/police.toml"), "urll = \"\"\n").unwrap();
    let daemon = folder.start().await;
    assert_eq!((daemon.get("/feeds/police.rss").status, shown(&daemon, "all", &[&city, &police])), (404, vec![5, 8]));
    drop(daemon);

    fs::rename(folder.path().join("police.toml"), folder.path().join("feeds/police.toml")).unwrap();
    let daemon = folder.start().await;
    assert_eq!((shown(&daemon, "police", &[&police]), shown(&daemon, "all", &[&city, &police])), (vec![8], vec![5, 8]));
    until("its files are written again", || public.join("police.json").is_file()).await;
}
