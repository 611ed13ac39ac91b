//! A store moved into an empty one of another database: table by table, every row read back and compared, all of it or
//! nothing.
//!
//! What only one process knows or only one kind of database has is not moved: who works, and who has which host.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{
    Error,
    sql::{
        Database, Own,
        statement::{On, Parameter, Pool, Query, Row, Transaction, query, query_scalar},
    },
};

/// Rows that are read at once.
const STEP: i64 = 200;
/// Rows that are written by one statement.
const TOGETHER: usize = 50;

/// A table whose rows are moved.
pub(super) struct Table {
    pub name: &'static str,
    order: Order,
    /// Those of numbers begin with `#`.
    pub columns: &'static str,
}

/// In which order its rows are read, without reading any of them twice.
enum Order {
    /// By a number that several rows may have.
    Number(&'static str),
    /// By a word that is unique.
    Word(&'static str),
    /// All at once, as there are few.
    Few(&'static str),
}

/// What names another row comes after it, as far as that is possible.
pub(super) const TABLES: [Table; 20] = [
    Table {
        name: "feed",
        order: Order::Word("id"),
        columns: "id url etag last_modified #began_at #polled_at #next_at #usual #failures problem remarks #articles #newest #newest_at \
                  newest_published newest_precision #changed_at #definition pace #fresh_until #restored_at portal_title portal_language \
                  #failing_since #gone host presentation",
    },
    Table { name: "article", order: Order::Number("id"), columns: "#id feed uid listed_title folded_title #shown_at #first_seen #version" },
    Table {
        name: "version",
        order: Order::Number("article"),
        columns: "#article #number #at url title summary text html author published precision image language categories attachments files",
    },
    Table { name: "address", order: Order::Number("article"), columns: "feed key #article" },
    Table { name: "unread", order: Order::Number("article"), columns: "#article feed #tries #due_at" },
    Table { name: "pending", order: Order::Few("feed, key"), columns: "feed key #tries #unannounced #doubtful" },
    Table { name: "learned", order: Order::Word("feed"), columns: "feed knowledge" },
    Table { name: "repair", order: Order::Number("id"), columns: "#id feed #at words" },
    Table {
        name: "trouble",
        order: Order::Number("id"),
        columns: "#id kind subject feeds open_feeds why #tries #next_at #usual #began_at #over_at",
    },
    Table {
        name: "delivery",
        order: Order::Number("id"),
        columns: "#id channel #article #trouble kind state digest #queued_at #due_at #lease #tries why #settled_at receipt #unclear #looks \
                  fingerprint sent_after #doubtful",
    },
    Table {
        name: "channel",
        order: Order::Word("id"),
        columns: "id chat #hold_until paused last_receipt moved_to #unclear problem read_to reading",
    },
    Table { name: "told", order: Order::Few("channel, print"), columns: "channel print receipt" },
    Table { name: "place", order: Order::Word("id"), columns: "id #pace_at #hold_until recent" },
    Table { name: "host", order: Order::Word("name"), columns: "name #hold_until" },
    Table { name: "paused", order: Order::Few("kind, id"), columns: "kind id #at" },
    Table { name: "renamed", order: Order::Word("old"), columns: "old new #at" },
    Table { name: "document", order: Order::Word("name"), columns: "name tag #modified" },
    Table { name: "published", order: Order::Word("id"), columns: "id made_from" },
    Table { name: "definition", order: Order::Word("feed"), columns: "feed text" },
    Table { name: "definitions_changed", order: Order::Few("one"), columns: "#one #times" },
];

/// The next keys that a server gives are after those that were moved; a file sees to that by itself.
const NEXT_KEYS: [&str; 4] = [
    "SELECT setval(pg_get_serial_sequence('article', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM article), false)",
    "SELECT setval(pg_get_serial_sequence('repair', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM repair), false)",
    "SELECT setval(pg_get_serial_sequence('trouble', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM trouble), false)",
    "SELECT setval(pg_get_serial_sequence('delivery', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM delivery), false)",
];

/// What was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub rows: u64,
    /// A hash of every row, the same in both stores.
    pub hash: String,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub rows: u64,
    pub of: u64,
}

/// Copies everything from one into the other, which is empty.
pub(super) async fn copy(from: &Database, to: &Database, name: &str, tell: &(dyn Fn(Progress) + Sync)) -> Result<Moved, Error> {
    let mut of = 0;
    for table in &TABLES {
        of += table.count(&from.pool).await?;
    }
    let mut transaction = to.pool.write().await?;
    for table in &TABLES {
        if table.count(&mut transaction).await? > 0 {
            return Err(Error::NotEmpty { store: name.to_owned() });
        }
    }
    transaction.defer_references().await?;
    let (mut rows, mut hash) = (0, Sha256::new());
    for table in &TABLES {
        hash.update(table.name);
        let statements = Statements::of(table);
        let mut after = Position::Start;
        while let Some((page, reached)) = statements.page(table, after, &from.pool).await? {
            statements.write(table, &page, &mut transaction).await?;
            // Read back over the same way: nothing may be there but these rows, as they are.
            let written = statements.page_until(table, &reached, &mut transaction).await?;
            if written != page {
                return Err(Error::NotAlike { store: name.to_owned(), table: table.name });
            }
            for row in &written {
                hash_row(&mut hash, row);
            }
            rows += written.len() as u64;
            tell(Progress { rows, of });
            after = reached;
        }
        if table.count(&mut transaction).await? != table.count(&from.pool).await? {
            return Err(Error::NotAlike { store: name.to_owned(), table: table.name });
        }
    }
    if let Own::Postgres(_) = &to.own {
        for statement in NEXT_KEYS {
            query(statement).execute(&mut transaction).await?;
        }
    }
    transaction.commit().await?;
    let hash = hash.finalize().iter().fold(String::new(), |mut hash, byte| {
        // Writing into a text cannot fail.
        let _written = write!(hash, "{byte:02x}");
        hash
    });
    Ok(Moved { rows, hash })
}

/// A column's length stands before it, so that no two rows are hashed alike.
fn hash_row(hash: &mut Sha256, row: &[Parameter]) {
    for value in row {
        let value = match value {
            Parameter::Number(number) => number.map(|number| number.to_string()),
            Parameter::Text(text) => text.clone(),
            Parameter::Truth(truth) => Some(truth.to_string()),
        };
        match value {
            Some(value) => {
                hash.update(value.len().to_be_bytes());
                hash.update(value);
            }
            None => hash.update([0xff]),
        }
    }
}

impl Table {
    async fn count(&self, on: impl Into<On<'_>>) -> Result<u64, Error> {
        // There are as many of these statements as tables.
        let statement: &'static str = format!("SELECT count(*) FROM {}", self.name).leak();
        Ok(query_scalar::<i64>(statement).fetch_one(on).await?.unsigned_abs())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns.split_whitespace().map(|column| column.trim_start_matches('#'))
    }

    fn read(&self, row: &Row) -> Result<Vec<Parameter>, Error> {
        let column = |(place, column): (usize, &str)| {
            Ok(if column.starts_with('#') {
                Parameter::Number(row.try_get(place)?)
            } else {
                Parameter::Text(row.try_get::<Option<String>, _>(place)?.map(|text| text.replace('\0', "\u{FFFD}")))
            })
        };
        self.columns.split_whitespace().enumerate().map(column).collect()
    }
}

/// How far a table was read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Position {
    Start,
    Numbers(i64, i64),
    Words(Option<String>, String),
    All,
}

/// The statements of a table: put together once, as there are as many as tables.
struct Statements {
    first: &'static str,
    page: &'static str,
    until: &'static str,
    insert: &'static str,
    insert_many: &'static str,
}

impl Statements {
    fn of(table: &Table) -> Self {
        let names: Vec<&str> = table.names().collect();
        let (name, columns) = (table.name, names.join(", "));
        let values = |rows: usize| {
            let row = format!("({})", vec!["?"; names.len()].join(", "));
            format!("INSERT INTO {name} ({columns}) VALUES {}", vec![row; rows].join(", ")).leak()
        };
        let select = format!("SELECT {columns} FROM {name}");
        let order = || (1..=names.len()).map(|place| place.to_string()).collect::<Vec<_>>().join(", ");
        let (first, page, until) = match table.order {
            Order::Number(key) => (
                format!("SELECT min({key}) FROM {name} WHERE {key} > ?"),
                format!("{select} WHERE {key} > ? AND {key} <= ? ORDER BY {}", order()),
                String::new(),
            ),
            Order::Word(key) => (
                format!("{select} ORDER BY {key} LIMIT ?"),
                format!("{select} WHERE {key} > ? ORDER BY {key} LIMIT ?"),
                format!("{select} WHERE ({key} > ? OR ?) AND {key} <= ? ORDER BY {key}"),
            ),
            Order::Few(keys) => (String::new(), format!("{select} ORDER BY {keys}"), String::new()),
        };
        Self { first: first.leak(), page: page.leak(), until: until.leak(), insert: values(1), insert_many: values(TOGETHER) }
    }

    /// The rows after a position, and the position up to which they are all; `None` where there are none.
    async fn page(&self, table: &Table, after: Position, on: &Pool) -> Result<Option<(Vec<Vec<Parameter>>, Position)>, Error> {
        let rows = |rows: Vec<Row>| rows.iter().map(|row| table.read(row)).collect::<Result<Vec<_>, _>>();
        Ok(match (&table.order, after) {
            (Order::Few(_), Position::Start) => Some((rows(query(self.page).fetch_all(on).await?)?, Position::All)),
            (Order::Number(_), after) => {
                let after = if let Position::Numbers(_, until) = after { until } else { i64::MIN };
                let next: Option<i64> = query_scalar(self.first).bind(after).fetch_one(on).await?;
                let Some(next) = next else { return Ok(None) };
                let reached = Position::Numbers(next - 1, next.saturating_add(STEP));
                Some((self.page_until(table, &reached, on).await?, reached))
            }
            (Order::Word(_), after) => {
                let (statement, after) = match after {
                    Position::Words(_, until) => (query(self.page).bind(&until), Some(until)),
                    _ => (query(self.first), None),
                };
                let page = rows(statement.bind(STEP).fetch_all(on).await?)?;
                let key = self.key(table);
                let Some(Parameter::Text(Some(last))) = page.last().and_then(|row| row.get(key)).cloned() else { return Ok(None) };
                Some((page, Position::Words(after, last)))
            }
            (Order::Few(_), _) => None,
        })
    }

    fn key(&self, table: &Table) -> usize {
        match table.order {
            Order::Word(key) | Order::Number(key) => table.names().position(|name| name == key).unwrap_or_default(),
            Order::Few(_) => 0,
        }
    }

    /// The rows between two positions.
    async fn page_until(&self, table: &Table, reached: &Position, on: impl Into<On<'_>>) -> Result<Vec<Vec<Parameter>>, Error> {
        let statement: Query = match reached {
            Position::Numbers(after, until) => query(self.page).bind(*after).bind(*until),
            Position::Words(after, until) => query(self.until).bind(after.clone().unwrap_or_default()).bind(after.is_none()).bind(until),
            Position::Start | Position::All => query(self.page),
        };
        statement.fetch_all(on).await?.iter().map(|row| table.read(row)).collect()
    }

    async fn write(&self, table: &Table, rows: &[Vec<Parameter>], transaction: &mut Transaction) -> Result<(), Error> {
        let (many, rest) = rows.split_at(rows.len() / TOGETHER * TOGETHER);
        let together = many.chunks(TOGETHER).map(|rows| (self.insert_many, rows));
        let one_by_one = rest.chunks(1).map(|rows| (self.insert, rows));
        for (statement, rows) in together.chain(one_by_one) {
            let statement = rows.iter().flatten().fold(query(statement), |query, value| query.bind(value.clone()));
            let written = statement.execute(&mut *transaction).await?;
            debug_assert_eq!(written, rows.len() as u64, "{}", table.name);
        }
        Ok(())
    }
}
