//! What is opened, what is refused, and what either leaves behind.

use std::{collections::BTreeMap, fs};

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::{
    channel::Address,
    store::{
        Attempt, Settings, State, Store,
        sql::statement::{Pool, query},
    },
};

/// A folder with a database in it, or without.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("loa.db")
    }

    fn settings(&self) -> Settings {
        Settings::at(format!("sqlite:{}", self.path().display()))
    }

    async fn open(&self) -> Result<Store, Error> {
        Store::open(&self.settings(), Timestamp::UNIX_EPOCH).await
    }

    /// Another program's hand on the file.
    async fn run(&self, mode: SqliteJournalMode, statements: &'static str) -> SqlitePool {
        let options = SqliteConnectOptions::new().filename(self.path()).create_if_missing(true).foreign_keys(false).journal_mode(mode);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        sqlx::raw_sql(statements).execute(&pool).await.unwrap();
        pool
    }

    async fn refusal(&self) -> String {
        let words = self.open().await.unwrap_err().to_string();
        words.replace(&self.0.path().display().to_string(), "…").replace(&format!("up to {NEWEST}"), "up to N")
    }

    /// Every file of the folder, byte for byte.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
    }

    /// The folder as a process leaves it that dies now.
    fn after_a_crash(&self) -> Self {
        let crashed = Self::new();
        for (name, bytes) in self.files().into_iter().filter(|(name, _)| !name.ends_with("-shm")) {
            fs::write(crashed.0.path().join(name), bytes).unwrap();
        }
        crashed
    }
}

fn pool(database: &Database) -> &SqlitePool {
    match &database.pool {
        Pool::Sqlite(pool, _) => pool,
        Pool::Postgres(_) => panic!("a file"),
    }
}

/// Two feeds as format 2 kept them: one of three articles, the newest corrected since, and one without any.
const FORMAT_2: &str = concat!(
    include_str!("../0001_first.sql"),
    include_str!("../0002_learned.sql"),
    "INSERT INTO feed (id, url, began_at, polled_at, next_at) VALUES ('police', 'https://a.vn/', 5, 6, 900), ('quiet', 'https://b.vn/', NULL, 6, 0);
     INSERT INTO article VALUES (7, 'police', 'tag:7', 'Tin', 'tin', 3000, 3000, 2), (8, 'police', 'tag:8', 'Tin', 'tin', 2000, 2000, 1),
         (9, 'police', 'tag:9', 'Tin', 'tin', 1000, 1000, 1);
     INSERT INTO version (article, number, at, url, title, text, html, published, precision) VALUES
         (7, 1, 3000, 'https://www.a.vn/tin/abc.html', 'Tin', '', '', NULL, NULL),
         (7, 2, 4000, 'https://www.a.vn/tin/abc.html', 'Tin', '', '', '1970-01-01T07:00:03+07:00', 'minute'),
         (8, 1, 2000, 'https://a.vn/8', 'Tin', '', '', NULL, NULL), (9, 1, 1000, 'https://a.vn/9', 'Tin', '', '', NULL, NULL);
     INSERT INTO address VALUES ('police', 'www.a.vn/tin/abc.html', 7), ('police', 'a.vn#4711', 7);
     INSERT INTO pending VALUES ('police', 'a.vn/10', 2, 1);
     INSERT INTO delivery (channel, article, kind, state, queued_at, due_at) VALUES ('main', 7, 'new', 'queued', 0, 0);"
);

#[tokio::test]
async fn a_file_of_an_older_loa_is_brought_up_to_date() {
    let place = Place::new();
    place.run(SqliteJournalMode::Wal, FORMAT_2).await.close().await;
    let store = place.open().await.unwrap();
    let summaries = store.summaries().await.unwrap();
    let said: Vec<_> = summaries
        .iter()
        .map(|it| {
            (
                it.feed.as_str(),
                it.articles,
                it.newest.as_ref().map(|newest| newest.to_rfc3339()),
                it.changed_at.map(Timestamp::as_millisecond),
            )
        })
        .collect();
    assert_eq!(said, [("police", 3, Some("1970-01-01T07:00:03+07:00".into()), Some(4000)), ("quiet", 0, None, None)]);
    let police = [summaries[0].feed.clone()];
    let latest: Vec<i64> = store.latest_of(&police, 2).await.unwrap().iter().map(|article| article.id).collect();
    assert_eq!(latest, [7, 8]);
    assert!(store.pending(&police[0]).await.unwrap()[0].unannounced);
    assert_eq!(store.deliveries(None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_of_an_older_loa_is_copied_before_it_is_brought_up_to_date() {
    let place = Place::new();
    place.run(SqliteJournalMode::Wal, FORMAT_2).await.close().await;
    let name = |nth: &str| place.0.path().join(format!("loa.db.before-{NEWEST}{nth}"));
    fs::write(name(""), "somebody's").unwrap();
    let store = place.open().await.unwrap();
    assert_eq!(store.copy_before(), Some(name("-2").as_path()));
    store.close().await;
    assert_eq!(look(&name("-2")).await.unwrap(), Some(2));
    assert_eq!(fs::read(name("")).unwrap(), b"somebody's");
    let store = place.open().await.unwrap();
    assert_eq!(store.copy_before(), None);
    // What was copied can be put back.
    store.close().await;
    Store::restore(&place.settings(), &name("-2"), crate::store::Missed::Asked, Timestamp::UNIX_EPOCH).await.unwrap();
    assert_eq!(place.open().await.unwrap().summaries().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_visitor_of_a_file_of_an_older_loa_sees_it_as_it_will_be_and_changes_nothing() {
    for is_closed in [true, false] {
        let place = Place::new();
        let old = place.run(SqliteJournalMode::Wal, FORMAT_2).await;
        let place = if is_closed {
            old.close().await;
            place
        } else {
            place.after_a_crash()
        };
        let before = place.files();
        let visitor = Store::visit(&place.settings()).await.unwrap();
        assert_eq!(visitor.older_format(), Some(2));
        assert_eq!(visitor.summaries().await.unwrap()[0].articles, 3);
        assert!(visitor.hold_host("a.vn", Timestamp::UNIX_EPOCH).await.is_err());
        visitor.close().await;
        let mut after = place.files();
        after.retain(|name, _| !name.ends_with("-shm"));
        assert_eq!(after, before);
    }
}

#[tokio::test]
async fn a_file_of_an_older_loa_knows_its_articles_by_todays_addresses() {
    let place = Place::new();
    place.run(SqliteJournalMode::Wal, FORMAT_2).await.close().await;
    let sqlite = open(&place.path()).await.unwrap();
    let keys: Vec<String> = sqlx::query_scalar("SELECT key FROM address ORDER BY key").fetch_all(pool(&sqlite)).await.unwrap();
    assert_eq!(keys, ["a.vn#4711", "a.vn/tin/abc", "www.a.vn/tin/abc.html"]);
}

#[tokio::test]
async fn a_file_of_an_older_loa_knows_its_articles_by_todays_marks_and_titles() {
    let place = Place::new();
    let old = place.run(SqliteJournalMode::Wal, FORMAT_2).await;
    // The number before the section's was no mark, and dashes were part of a folded headline.
    let articles = "UPDATE article SET listed_title = 'Bắt nhóm “cò đất” ở Hà Nội – Huế (Ảnh)', folded_title = 'bat nhom “co dat” o ha noi – hue (anh)';
         DELETE FROM address;
         INSERT INTO address VALUES ('police', 'a.vn/bat-nhom-co-dat-81057-402', 7), ('police', 'a.vn/khai-mac-81061-402', 8),
             ('police', 'a.vn/tang-qua-81064-402', 9), ('police', 'a.vn~bat-nhom-co-dat', 7), ('quiet', 'a.vn/mot-hai-81057', 7);";
    sqlx::raw_sql(articles).execute(&old).await.unwrap();
    old.close().await;
    let sqlite = open(&place.path()).await.unwrap();
    let marks: Vec<String> =
        sqlx::query_scalar("SELECT key || ' ' || article FROM address WHERE feed = 'police' AND key NOT LIKE '%/%' ORDER BY key")
            .fetch_all(pool(&sqlite))
            .await
            .unwrap();
    assert_eq!(marks, ["a.vn#81057 7", "a.vn#81061 8", "a.vn#81064 9", "a.vn~bat-nhom-co-dat 7"]);
    let titles: Vec<String> = sqlx::query_scalar("SELECT DISTINCT folded_title FROM article").fetch_all(pool(&sqlite)).await.unwrap();
    assert_eq!(titles, ["bat nhom co dat o ha noi hue"]);
}

#[tokio::test]
async fn a_file_is_known_by_its_log_where_nothing_else_was_written_yet() {
    let place = Place::new();
    let old = place.run(SqliteJournalMode::Wal, FORMAT_2).await;
    let crashed = place.after_a_crash();
    old.close().await;
    assert_eq!(crashed.open().await.unwrap().summaries().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_file_of_a_newer_loa_is_refused_and_left_alone() {
    let place = Place::new();
    place.open().await.unwrap().close().await;
    place.run(SqliteJournalMode::Wal, "PRAGMA user_version = 99").await.close().await;
    let before = place.files();
    insta::assert_snapshot!(place.refusal().await, @r"
    `…/loa.db` was written by a newer loa (its format is 99, this one knows up to N)
    hint: install the newer loa again, or restore a copy made before; nothing was changed
    ");
    assert_eq!(place.files(), before);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let place = Place::new();
    fs::write(place.path(), "not a database at all, only words ".repeat(40)).unwrap();
    let before = place.files();
    insta::assert_snapshot!(place.refusal().await, @r"
    `…/loa.db` is damaged or is no loa database: file is not a database
    hint: move it away and restore a copy, or start with a new one; the file was not touched
    ");
    assert_eq!(place.files(), before);
}

#[tokio::test]
async fn another_programs_database_is_refused_byte_for_byte() {
    let recipes = [
        "CREATE TABLE recipes (name TEXT)",
        "CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1",
        "CREATE TABLE feed (id TEXT); CREATE TABLE article (id TEXT); PRAGMA user_version = 2",
        "CREATE TABLE recipes (name TEXT); PRAGMA user_version = 3",
        "CREATE TABLE recipes (name TEXT); PRAGMA user_version = 99",
        "PRAGMA application_id = 7",
    ];
    for recipe in recipes {
        for mode in [SqliteJournalMode::Delete, SqliteJournalMode::Wal] {
            let place = Place::new();
            place.run(mode, recipe).await.close().await;
            let before = place.files();
            assert_eq!(before.len(), 1);
            let refusal = place.refusal().await;
            insta::allow_duplicates! {
                insta::assert_snapshot!(refusal, @r"
                `…/loa.db` is damaged or is no loa database: it is the database of another program
                hint: move it away and restore a copy, or start with a new one; the file was not touched
                ");
            }
            assert!(Store::visit(&place.settings()).await.is_err());
            assert_eq!(place.files(), before, "{recipe}");
        }
    }
}

#[tokio::test]
async fn another_programs_database_in_use_is_refused_byte_for_byte() {
    let place = Place::new();
    let theirs = place.run(SqliteJournalMode::Wal, "CREATE TABLE recipes (name TEXT); PRAGMA user_version = 2").await;
    let before = place.files();
    assert!(place.refusal().await.contains("another program"));
    assert!(Store::visit(&place.settings()).await.is_err());
    let mut after = place.files();
    // The index of the log says who reads it: its bytes are nobody's data.
    after.insert("loa.db-shm".to_owned(), before["loa.db-shm"].clone());
    assert_eq!(after, before);
    theirs.close().await;
}

#[tokio::test]
async fn a_visitor_changes_nothing() {
    let place = Place::new();
    place.open().await.unwrap().close().await;
    let before = place.files();
    let visitor = Store::visit(&place.settings()).await.unwrap();
    assert_eq!(visitor.summaries().await.unwrap(), []);
    assert!(visitor.hold_host("a.vn", Timestamp::UNIX_EPOCH).await.is_err());
    visitor.close().await;
    assert_eq!(place.files(), before);
}

#[tokio::test]
async fn a_visitor_reads_what_a_dead_daemon_left_and_leaves_it_there() {
    let place = Place::new();
    let store = place.open().await.unwrap();
    store.hold_host("a.vn", Timestamp::MAX).await.unwrap();
    let crashed = place.after_a_crash();
    let before = crashed.files();
    let visitor = Store::visit(&crashed.settings()).await.unwrap();
    assert_eq!(visitor.held_hosts(Timestamp::UNIX_EPOCH).await.unwrap().len(), 1);
    visitor.close().await;
    let after = crashed.files();
    assert!(before.iter().all(|(name, bytes)| after[name] == *bytes));
}

#[tokio::test]
async fn a_damaged_file_that_was_not_closed_is_refused() {
    let place = Place::new();
    let store = place.open().await.unwrap();
    store.close().await;
    let store = place.open().await.unwrap();
    store.hold_host("a.vn", Timestamp::MAX).await.unwrap();
    let crashed = place.after_a_crash();
    let mut bytes = fs::read(crashed.path()).unwrap();
    // A page in the middle, which is the root of some table or index.
    bytes[5 * 4096..6 * 4096].fill(0x55);
    fs::write(crashed.path(), bytes).unwrap();
    let before = crashed.files();
    assert!(matches!(crashed.open().await, Err(Error::Damaged { .. })));
    let after = crashed.files();
    assert!(before.iter().all(|(name, bytes)| after[name] == *bytes));
}

#[tokio::test]
async fn a_backup_does_not_replace_another_programs_database_but_a_damaged_one() {
    let (place, other) = (Place::new(), Place::new());
    place.open().await.unwrap().close().await;
    let restore = async || Store::restore(&other.settings(), &place.path(), crate::store::Missed::Announced, Timestamp::UNIX_EPOCH).await;
    other.run(SqliteJournalMode::Wal, "CREATE TABLE recipes (name TEXT); PRAGMA user_version = 2").await.close().await;
    let before = fs::read(other.path()).unwrap();
    assert!(matches!(restore().await, Err(Error::Damaged { .. })));
    assert_eq!(fs::read(other.path()).unwrap(), before);
    fs::write(other.path(), "not a database at all, only words ".repeat(40)).unwrap();
    let kept = restore().await.unwrap().kept.unwrap();
    assert!(fs::read_to_string(kept).unwrap().starts_with("not a database"));
    other.open().await.unwrap();
}

#[tokio::test]
async fn a_backup_is_for_its_owner_alone_and_the_restored_file_for_whom_the_old_one_was() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.open().await.unwrap().close().await;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let copy = place.0.path().join("copy");
    Store::back_up(&place.settings(), &copy).await.unwrap();
    assert_eq!(mode(&copy), 0o600);
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o664)).unwrap();
    Store::restore(&place.settings(), &copy, crate::store::Missed::Announced, Timestamp::UNIX_EPOCH).await.unwrap();
    assert_eq!(mode(&place.path()), 0o664);
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let place = Place::new();
    let settings = Settings::at(format!("sqlite:{}", place.0.path().join("missing/loa.db").display()));
    let error = Store::open(&settings, Timestamp::UNIX_EPOCH).await.unwrap_err();
    insta::assert_snapshot!(error.to_string().replace(&place.0.path().display().to_string(), "…"), @r"
    cannot open `…/missing/loa.db`
    hint: check that the folder exists and may be written to
    ");
}

/// Eight seconds of a full disk must not stop anything until the next start.
#[tokio::test]
async fn a_disk_that_was_full_is_written_to_when_there_is_room_again() {
    let place = Place::new();
    let store = open(&place.path()).await.unwrap();
    {
        // Every connection that there may be finds the file full.
        let mut connections = Vec::new();
        for _ in 0..2 {
            let mut connection = pool(&store).acquire().await.unwrap();
            let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *connection).await.unwrap();
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).execute(&mut *connection).await.unwrap();
            connections.push(connection);
        }
    }
    let write = async || -> Result<(), Error> {
        let mut transaction = store.pool.write().await?;
        query("INSERT OR REPLACE INTO channel (id, chat) VALUES ('main', hex(zeroblob(100000)))").execute(&mut transaction).await?;
        transaction.commit().await
    };
    let mut failed = Vec::new();
    for _ in 0..6 {
        match write().await {
            Ok(()) => break,
            Err(error) => failed.push(format!("{error:?}")),
        }
    }
    assert!(!failed.is_empty() && failed.iter().all(|error| error.contains("the disk is full")), "{failed:?}");
    write().await.unwrap();
}

#[tokio::test]
async fn numbers_of_an_older_loa_are_words_and_its_unclear_sends_are_still_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loa.db");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true).foreign_keys(false);
    let old = SqlitePool::connect_with(options).await.unwrap();
    for migration in &MIGRATIONS[..2] {
        sqlx::raw_sql(*migration).execute(&old).await.unwrap();
    }
    let rows = "INSERT INTO channel (id, chat, moved_to, last_message_id) VALUES ('main', '-5', -1001, 41);
        INSERT INTO feed (id, url, next_at) VALUES ('police', 'https://a.vn/', 0);
        INSERT INTO article VALUES (7, 'police', 'tag:a.vn', 'Tin', 'tin', 0, 0, 1);
        INSERT INTO version (article, number, at, url, title, text, html) VALUES (7, 1, 0, 'https://a.vn/tin', 'Tin', '', '');
        INSERT INTO delivery (channel, article, kind, state, queued_at, due_at, message_id) VALUES ('main', 7, 'new', 'unknown', 0, 0, 40)";
    sqlx::raw_sql(rows).execute(&old).await.unwrap();
    old.close().await;
    let store = open(&path).await.unwrap();
    let channel = store.channel_state(&"main".parse().unwrap(), &Address::new("-5")).await.unwrap();
    assert_eq!((channel.moved_to, channel.last_receipt.as_deref()), (Some(Address::new("-1001")), Some("41")));
    let delivery = store.deliveries(Some(State::Unknown), 1).await.unwrap().remove(0);
    assert_eq!(delivery.receipt.as_deref(), Some("40"));
    assert_eq!(delivery.attempt, Some(Attempt { fingerprint: String::new(), after: Some("41".into()) }));
}

#[tokio::test]
async fn whoever_writes_has_its_turn_in_the_order_in_which_they_came() {
    let place = Place::new();
    let store = place.open().await.unwrap();
    let written = std::sync::Mutex::new(Vec::new());
    let write = async |number: i64| {
        store.hold_host(&format!("{number}.vn"), Timestamp::from_second(number).unwrap()).await.unwrap();
        written.lock().unwrap().push(number);
    };
    let mut writers: Vec<_> = (0..40).map(|number| Box::pin(write(number))).collect();
    std::future::poll_fn(|context| {
        writers.retain_mut(|writer| writer.as_mut().poll(context).is_pending());
        if writers.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    assert_eq!(*written.lock().unwrap(), (0..40).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_waits_until_a_file_is_whole_that_was_not_for_a_moment() {
    let place = Place::new();
    place.open().await.unwrap().close().await;
    let whole = fs::read(place.path()).unwrap();
    // As after the first of the pages that a log has for it: it says that there are more than there are.
    fs::write(place.path(), &whole[..4096]).unwrap();
    let (path, beside) = (place.path(), place.path().with_extension("whole"));
    let mending = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        fs::write(&beside, whole).unwrap();
        fs::rename(beside, path).unwrap();
    });
    let visitor = Store::visit(&place.settings()).await.unwrap();
    assert_eq!(visitor.summaries().await.unwrap().len(), 0);
    mending.join().unwrap();
}
