//! What is opened and what is refused, and that the shape is that of the other database.

use std::{collections::BTreeSet, fs};

use jiff::Timestamp;
use loa_stand_ins::postgres::{LOCKED, Postgres};
use sqlx::Row as _;

use super::*;
use crate::store::{Error, Settings, Store, moving, sql::statement::Pool, sqlite};

fn database_of(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

async fn open_at(settings: &Settings) -> Result<Store, Error> {
    Store::open(settings, Timestamp::UNIX_EPOCH).await
}

/// What is said of a store that cannot be opened, without the names of this machine.
async fn refusal(settings: &Settings) -> String {
    let error = open_at(settings).await.unwrap_err();
    let words = crate::cause::tell(&error).to_string();
    let folder = Postgres::shared().folder().display().to_string();
    words.replace(&folder.replace('/', "%2F"), "…").replace(&folder, "…").replace(database_of(&settings.url), "DB")
}

#[tokio::test]
async fn what_cannot_be_opened_is_said_with_a_way_out_and_without_a_password() {
    let server = Postgres::shared();
    let url = server.database();
    let mut said = Vec::new();
    said.push(refusal(&Settings::at(server.address("loa", "nowhere"))).await);
    said.push(refusal(&Settings::at("postgres://loa:secret@127.0.0.1:1/news")).await);
    server.sql("postgres", &format!("CREATE ROLE guest LOGIN; CREATE ROLE clerk LOGIN PASSWORD 'right' IN ROLE {LOCKED}"));
    said.push(refusal(&Settings::at(server.address("guest", database_of(&url)))).await);
    let locked = server.address("clerk:secret", database_of(&url));
    said.push(refusal(&Settings::at(&locked)).await);
    assert!(!format!("{:?}", Settings::at(&locked)).contains("secret"));
    server.sql(database_of(&url), "CREATE TABLE recipes (name TEXT)");
    said.push(refusal(&Settings::at(&url)).await);
    server.sql(database_of(&url), "DROP TABLE recipes");
    open_at(&Settings::at(&url)).await.unwrap().close().await;
    server.sql(database_of(&url), "UPDATE loa SET format = 99");
    said.push(refusal(&Settings::at(&url)).await.replace(&format!("up to {}", open::NEWEST), "up to N"));
    insta::assert_snapshot!(said.join("\n"), @r#"
    `postgres://loa@…/DB` refuses loa: database "DB" does not exist
    hint: check the name, the password and the database in `[store] url`, `password-file` and PGPASSWORD
    `postgres://loa:***@127.0.0.1:1/DB` does not answer: connection refused
    hint: check that the server runs there, and what `[store] url` says of it
    the role of `postgres://guest@…/DB` may not do what loa needs: permission denied for schema public
    hint: make it the owner of the database, or of a schema of its own
    `postgres://clerk:***@…/DB` refuses loa: password authentication failed for user "clerk"
    hint: check the name, the password and the database in `[store] url`, `password-file` and PGPASSWORD
    `postgres://loa@…/DB` holds the tables of another program
    hint: give loa a database of its own, or a schema: `?options=-csearch_path%3Dloa`
    `postgres://loa@…/DB` was written by a newer loa (its format is 99, this one knows up to N)
    hint: install the newer loa again, or restore a copy made before; nothing was changed
    "#);
}

#[tokio::test]
async fn a_password_is_read_from_a_file_and_a_schema_is_enough() {
    let server = Postgres::shared();
    let url = server.database();
    server.sql(
        database_of(&url),
        &format!(
            "CREATE TABLE recipes (name TEXT); CREATE SCHEMA newsroom;
             CREATE ROLE keeper LOGIN PASSWORD 'of a file' IN ROLE {LOCKED}; GRANT CREATE, USAGE ON SCHEMA newsroom TO keeper"
        ),
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("password"), "of a file\n").unwrap();
    let own = format!("{}?options=-csearch_path%3Dnewsroom", server.address("keeper", database_of(&url)));
    let settings = Settings { password_file: "password".into(), ..Settings::at(own) }.beside(folder.path());
    open_at(&settings).await.unwrap().close().await;
    assert_eq!(server.sql(database_of(&url), "SELECT format FROM newsroom.loa"), open::NEWEST.to_string());
}

#[tokio::test]
async fn of_several_that_start_at_once_one_makes_the_tables() {
    let settings = Settings::at(Postgres::shared().database());
    let opened = [(); 4].map(|()| {
        tokio::spawn({
            let settings = settings.clone();
            async move { open_at(&settings).await }
        })
    });
    for opened in opened {
        opened.await.unwrap().unwrap().close().await;
    }
}

/// Tables and columns, whether these may be empty, and what is unique.
type Shape = BTreeSet<String>;

/// What a server has and a file has not.
const SERVERS_OWN: [&str; 2] = ["loa", "lease"];

async fn shape_of_a_file() -> Shape {
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite::open(&folder.path().join("loa.db")).await.unwrap();
    let Pool::Sqlite(pool, _) = &database.pool else { panic!() };
    let columns = "SELECT t.name || ' ' || c.name || ' ' || lower(c.type) || CASE WHEN c.\"notnull\" OR c.pk THEN ' not null' ELSE '' END
        FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
    let unique = "SELECT t.name || ' unique ' || group_concat(i.name, ' ') FROM sqlite_schema AS t JOIN pragma_index_list(t.name) AS x
        JOIN pragma_index_info(x.name) AS i WHERE t.type = 'table' AND x.\"unique\" GROUP BY t.name, x.name";
    let keys = "SELECT t.name || ' unique ' || group_concat(c.name, ' ') FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.pk GROUP BY t.name";
    let mut shape = Shape::new();
    for statement in [columns, unique, keys] {
        let rows = sqlx::query(statement).fetch_all(pool).await.unwrap();
        shape.extend(rows.iter().map(|row| row.get::<String, _>(0)));
    }
    shape
}

fn shape_of_a_server(database: &str) -> Shape {
    let columns = "SELECT table_name || ' ' || column_name || ' ' || CASE data_type WHEN 'bigint' THEN 'integer' ELSE data_type END
            || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
        FROM information_schema.columns WHERE table_schema = 'public'";
    let unique = "SELECT t.relname || ' unique ' || string_agg(replace(replace(pg_get_indexdef(i.indexrelid, n, true), 'md5(', ''), ')', ''), ' ' ORDER BY n)
        FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid JOIN pg_namespace AS s ON s.oid = t.relnamespace,
        generate_series(1, i.indnkeyatts) AS n WHERE s.nspname = 'public' AND i.indisunique GROUP BY i.indexrelid, t.relname";
    let server = Postgres::shared();
    let lines = [columns, unique].map(|statement| server.sql(database, statement)).join("\n");
    lines.lines().filter(|line| !SERVERS_OWN.iter().any(|own| line.split(' ').next() == Some(own))).map(str::to_owned).collect()
}

#[tokio::test]
async fn both_databases_have_one_shape() {
    let url = Postgres::shared().database();
    open_at(&Settings::at(&url)).await.unwrap().close().await;
    let (file, server) = (shape_of_a_file().await, shape_of_a_server(database_of(&url)));
    assert!(file.len() > 100, "{file:?}");
    let differences: Vec<_> = file.symmetric_difference(&server).collect();
    assert!(differences.is_empty(), "{differences:#?}");
}

/// A column that is not named would be left behind.
#[tokio::test]
async fn every_column_is_moved() {
    const LEFT: [&str; 1] = ["worker"];
    let shape = shape_of_a_file().await;
    let columns = shape.iter().filter(|line| !line.contains(" unique ") && !LEFT.contains(&line.split(' ').next().unwrap()));
    let there: BTreeSet<String> = columns.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    let named = moving::TABLES.iter().flat_map(|table| table.names().map(|column| format!("{} {column}", table.name)));
    assert_eq!(named.collect::<BTreeSet<_>>(), there);
}

/// Numbers of formats that both have are those of files with the same names.
#[test]
fn migrations_of_one_number_have_one_name() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let names = |kind: &str| -> BTreeSet<String> {
        let files = fs::read_dir(folder.join(kind)).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.filter(|name| name.ends_with(".sql")).collect()
    };
    let first = format!("{:04}_first.sql", open::MIGRATIONS[0].0);
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    let later: BTreeSet<String> = sqlite.iter().filter(|name| name.as_str() > first.as_str() && name[..4] > first[..4]).cloned().collect();
    assert_eq!(postgres.into_iter().filter(|name| *name != first).collect::<BTreeSet<_>>(), later);
    assert_eq!(open::NEWEST, sqlite::NEWEST);
}
