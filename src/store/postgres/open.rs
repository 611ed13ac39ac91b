//! Opening the database: refused, made, or brought up to date.

use std::{str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{
    error::{failure, refusal},
    session::{Server, Session, is_anybody_there},
};
use crate::store::{
    Error, Settings,
    sql::{
        Database, Own, rekey,
        statement::{Pool, Transaction},
    },
};

/// What brings a database to each format; those before the first were SQLite's alone.
pub const MIGRATIONS: [(i64, &str); 5] = [
    (14, include_str!("0014_first.sql")),
    (15, include_str!("0015_definitions.sql")),
    (16, include_str!("0016_worker_definitions.sql")),
    (17, include_str!("0017_told_since.sql")),
    (18, include_str!("0018_turns.sql")),
];
pub const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// Of one process: the polls, the channels and the pages use them in turns, and one is for hearing.
const CONNECTIONS: u32 = 5;
/// How long a connection is waited for, also while the server is away.
const ACQUIRE: Duration = Duration::from_secs(5);
/// A connection that rested for longer is asked whether it still is one.
const RESTED: Duration = Duration::from_secs(2);
/// The oldest server, as it numbers itself.
const OLDEST: i32 = 150_000;

/// Opens the database as one of those who work on it, making or migrating it.
pub async fn open(settings: &Settings) -> Result<Database, Error> {
    let options = options(settings)?;
    let schema = make(settings, &options).await?;
    let pool = pool(options);
    let server = Server::working(Session::enter(&pool, &schema).await?);
    Ok(Database { pool: Pool::Postgres(pool), own: Own::Postgres(server) })
}

/// Opens the database where nobody works on it; whoever comes waits until it is closed.
pub async fn open_alone(settings: &Settings) -> Result<Database, Error> {
    let database = open(settings).await?;
    let Own::Postgres(server) = &database.own else { return Ok(database) };
    let is_alone = async { Ok(server.keep_others_waiting().await? && !server.has_company(&database.pool).await?) };
    match is_alone.await {
        Ok(true) => Ok(database),
        Ok(false) => {
            database.close().await;
            Err(Error::InUse { store: settings.name() })
        }
        Err(error) => {
            database.close().await;
            Err(error)
        }
    }
}

/// Opens an existing database only to look.
pub async fn visit(settings: &Settings) -> Result<Database, Error> {
    let options = options(settings)?.options([("default_transaction_read_only", "on")]);
    let mut connection = connect(settings, &options).await?;
    let (_, found) = look(settings, &mut connection).await?;
    closed(connection).await;
    let found = found.ok_or_else(|| Error::Missing { store: settings.name() })?;
    if found < NEWEST {
        return Err(Error::Older { store: settings.name(), found, known: NEWEST });
    }
    Ok(Database { pool: Pool::Postgres(pool(options)), own: Own::Postgres(Server::looking()) })
}

/// Whether anybody works on it; `false` where that cannot be found out.
pub async fn is_in_use(settings: &Settings) -> bool {
    let asked = async {
        let mut connection = connect(settings, &options(settings)?).await?;
        let is_there = is_anybody_there(&mut connection).await.map_err(failure)?;
        closed(connection).await;
        Ok::<_, Error>(is_there)
    };
    asked.await.unwrap_or(false)
}

fn options(settings: &Settings) -> Result<PgConnectOptions, Error> {
    let options = PgConnectOptions::from_str(&settings.url).map_err(|error| refusal(settings.name(), error))?;
    // What goes well is not told, nor is what takes long.
    let options = options.application_name("loa").disable_statement_logging();
    if settings.password_file.as_os_str().is_empty() {
        return Ok(options);
    }
    let password = std::fs::read_to_string(&settings.password_file)
        .map_err(|source| Error::Open { store: settings.password_file.display().to_string(), source })?;
    Ok(options.password(password.trim_end_matches(['\r', '\n'])))
}

fn pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .before_acquire(|connection, about| {
            Box::pin(async move { if about.idle_for > RESTED { connection.ping().await.map(|()| true) } else { Ok(true) } })
        })
        .connect_lazy_with(options)
}

async fn connect(settings: &Settings, options: &PgConnectOptions) -> Result<PgConnection, Error> {
    let connecting = tokio::time::timeout(ACQUIRE, PgConnection::connect_with(options)).await;
    match connecting {
        Ok(connected) => connected.map_err(|error| refusal(settings.name(), error)),
        Err(_) => Err(Error::Unreachable { store: settings.name(), source: "no answer in time".into() }),
    }
}

/// Says goodbye; whether that is heard changes nothing.
async fn closed(connection: PgConnection) {
    let _gone = connection.close().await;
}

/// The schema that Loa is in, and the format of its tables there, where there are some.
async fn look(settings: &Settings, connection: &mut PgConnection) -> Result<(String, Option<i64>), Error> {
    let store = || settings.name();
    let refused = |error| refusal(store(), error);
    let number: i32 =
        sqlx::query_scalar("SELECT current_setting('server_version_num')::int").fetch_one(&mut *connection).await.map_err(refused)?;
    if number < OLDEST {
        let found = sqlx::query_scalar("SELECT current_setting('server_version')").fetch_one(connection).await.map_err(refused)?;
        return Err(Error::OldServer { store: store(), found });
    }
    let schema: Option<String> = sqlx::query_scalar("SELECT current_schema()::text").fetch_one(&mut *connection).await.map_err(refused)?;
    let schema = schema.ok_or_else(|| Error::Rights { store: store(), why: "it may use no schema".to_owned() })?;
    let tables: Vec<String> = sqlx::query_scalar("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()")
        .fetch_all(&mut *connection)
        .await
        .map_err(refused)?;
    if tables.is_empty() {
        return Ok((schema, None));
    }
    if !["loa", "feed", "article", "delivery"].iter().all(|table| tables.iter().any(|found| found == table)) {
        return Err(Error::Foreign { store: store() });
    }
    let found: i64 = sqlx::query_scalar("SELECT format FROM loa").fetch_one(connection).await.map_err(refused)?;
    if found > NEWEST { Err(Error::Newer { store: store(), found, known: NEWEST }) } else { Ok((schema, Some(found))) }
}

/// Makes the tables, or brings them to the newest format, whole or not at all; the schema that they are in.
async fn make(settings: &Settings, options: &PgConnectOptions) -> Result<String, Error> {
    let mut connection = connect(settings, options).await?;
    let (schema, found) = look(settings, &mut connection).await?;
    closed(connection).await;
    if found == Some(NEWEST) {
        return Ok(schema);
    }
    // A pool of one: a transaction that goes on with it must not belong to the connection.
    let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE).connect_lazy_with(options.clone());
    let made = migrate(settings, &pool).await;
    pool.close().await;
    made.map(|()| schema)
}

async fn migrate(settings: &Settings, pool: &PgPool) -> Result<(), Error> {
    let refused = |error: sqlx::Error| match refusal(settings.name(), error) {
        Error::Unreachable { source, .. } => Error::Database(source),
        error => error,
    };
    let mut transaction = pool.begin().await.map_err(refused)?;
    // Of several that start at once, one does it.
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' loa', 0))")
        .execute(&mut *transaction)
        .await
        .map_err(refused)?;
    let found = look(settings, &mut transaction).await?.1.unwrap_or(0);
    for (format, migration) in MIGRATIONS {
        if format > found {
            sqlx::raw_sql(migration).execute(&mut *transaction).await.map_err(refused)?;
        }
    }
    let mut transaction = Transaction::Postgres(transaction);
    if found > 0 {
        rekey::rekey(&mut transaction).await?;
    }
    transaction.commit().await
}
