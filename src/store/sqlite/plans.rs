//! How SQLite answers each statement of this folder: what grows with history is found by an index, never read through.

use std::{collections::HashMap, fs, path::Path};

use proc_macro2::{TokenStream, TokenTree};
use sqlx::{AssertSqlSafe, Row};

use super::{Pool, open};

/// What grows with every article.
const GROWING: [&str; 5] = ["address", "article", "delivery", "trouble", "version"];

/// What may be read through: tables with a row for each feed, host, channel or headline that waits, and lists that a
/// statement was given.
const SMALL: [&str; 16] = [
    "CONSTANT ROW",
    "channel",
    "definition",
    "definitions_changed",
    "feed",
    "host",
    "json_each",
    "merged",
    "paused",
    "pending",
    "place",
    "polled",
    "published",
    "renamed",
    "sqlite_schema",
    "worker",
];

/// The states of a delivery that is still to be sent: of rows in these there are as many as wait, not as many as ever
/// were.
const OPEN: [&str; 3] = ["state = 'queued'", "state = 'sending'", "state = 'unknown'"];

/// How a statement begins.
const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

/// Statements that may do what is refused otherwise: how they begin, and why that is bounded.
const ALLOWED: [(&str, &str); 13] = [
    ("DELETE FROM feed WHERE polled_at IS NULL", "of what was never polled there is nothing, and that is looked for"),
    ("DELETE FROM feed WHERE id = ?2 AND polled_at IS NULL", "the same"),
    ("UPDATE feed SET id", "a person gives a feed another name"),
    ("UPDATE article SET feed", "the same"),
    ("UPDATE address SET feed", "the same"),
    ("SELECT feed, key, article FROM address", "asked once, when an older file is brought up to date"),
    ("SELECT id, listed_title, folded_title FROM article", "the same"),
    (
        "UPDATE delivery SET state = 'dropped', settled_at = ?, due_at = 0, why = ? WHERE state IN",
        "a person puts a backup back: what is open",
    ),
    ("SELECT trouble.id AS trouble", "an index that holds none but the open ones"),
    ("UPDATE trouble SET subject", "the same"),
    ("SELECT id FROM trouble WHERE over_at IS NULL", "the same, once at the start"),
    ("SELECT state, count(*) FROM delivery", "a person asks, and it is read from an index alone"),
    ("SELECT article.id AS article, article.feed", "what is sorted are the `LIMIT` articles of several feeds"),
];

#[tokio::test]
async fn no_statement_reads_through_what_grows() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("loa.db")).await.unwrap();
    let Pool::Sqlite(pool) = &store.pool else { panic!() };
    let mut refused = Vec::new();
    for (file, statement) in statements() {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).fetch_all(pool).await;
        for row in plan.unwrap_or_else(|error| panic!("{file}: {error}: {statement}")) {
            let step: String = row.try_get("detail").unwrap();
            if !is_bounded(&step, &statement) && !ALLOWED.iter().any(|(beginning, _)| statement.starts_with(beginning)) {
                refused.push(format!("{file}: {step}: {statement}"));
            }
        }
    }
    assert!(refused.is_empty(), "\n{}", refused.join("\n"));
}

/// Whether a step of a plan costs the same however much was recorded.
fn is_bounded(step: &str, statement: &str) -> bool {
    let is_limited = statement.contains(" LIMIT ");
    let is_open = statement.split("WHERE").skip(1).any(|condition| OPEN.iter().any(|state| condition.contains(state)));
    if let Some(scanned) = step.strip_prefix("SCAN ") {
        // Along an index or the keys, in the order that is asked for, as far as the limit.
        let is_list_of_ten = scanned.starts_with("newest_ten") && statement.contains("LIMIT 10)");
        return is_list_of_ten
            || SMALL.iter().any(|small| scanned.starts_with(small))
            || (is_limited && !outermost(statement).contains("WHERE"));
    }
    if step.starts_with("USE TEMP B-TREE") {
        return is_open;
    }
    let is_growing = GROWING.iter().any(|table| step.starts_with(&format!("SEARCH {table} ")));
    let is_wide = ["(feed=?)", "(channel=?)", "(state=?)"].iter().any(|all| step.ends_with(all));
    !is_growing || !is_wide || is_limited || is_open
}

/// A statement without those in it, which have steps of their own.
fn outermost(statement: &str) -> String {
    let mut depth = 0;
    let mut outer = String::new();
    for letter in statement.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => outer.push(letter),
            _ => (),
        }
    }
    outer
}

/// Every statement that is made on SQLite, with its file's name: a string, or strings put together by
/// `concat!` and by macros of these files. A statement that is made while Loa runs would need sqlx' leave, which is
/// refused here.
fn statements() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut files = Vec::new();
    for path in ["sql", "sql/outbox", "sqlite"].map(|it| folder.join(it)).iter().flat_map(|folder| fs::read_dir(folder).unwrap()) {
        let path = path.unwrap().path();
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        if path.extension().is_some_and(|it| it == "rs") && !["plans.rs", "statement.rs", "tests.rs"].iter().any(|it| name.ends_with(it)) {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            assert!(!code.contains("AssertSqlSafe"), "{name}: a statement that is not written here cannot be explained");
            files.push((name, code.parse::<TokenStream>().unwrap().into_iter().collect::<Vec<_>>()));
        }
    }
    let mut macros = Macros::default();
    files.iter().for_each(|(_, tokens)| macros.learn(tokens));
    let mut found = Vec::new();
    for (name, tokens) in &files {
        macros.statements(tokens, &mut |statement| found.push((name.clone(), statement)));
    }
    assert!(found.len() > 60, "only {} statements were found", found.len());
    found
}

/// The macros by which statements are put together: their parameters and what they give.
#[derive(Default)]
struct Macros(HashMap<String, (Vec<String>, Vec<TokenTree>)>);

impl Macros {
    /// Takes in every `macro_rules! name { ($a:literal, …) => { … }; }`.
    fn learn(&mut self, tokens: &[TokenTree]) {
        for window in tokens.windows(4) {
            let [TokenTree::Ident(rules), _, TokenTree::Ident(name), TokenTree::Group(body)] = window else { continue };
            if *rules == "macro_rules" {
                let body: Vec<_> = body.stream().into_iter().collect();
                let (Some(TokenTree::Group(parameters)), Some(TokenTree::Group(gives))) = (body.first(), body.get(3)) else { continue };
                let names: Vec<_> = parameters.stream().into_iter().collect();
                let names = names.windows(2).filter(|pair| pair[0].to_string() == "$").map(|pair| pair[1].to_string()).collect();
                self.0.insert(name.to_string(), (names, gives.stream().into_iter().collect()));
            }
        }
    }

    /// Gives every text among `tokens` that begins as a statement does.
    fn statements(&self, tokens: &[TokenTree], found: &mut impl FnMut(String)) {
        let mut at = 0;
        while at < tokens.len() {
            if tokens[at].to_string() == "macro_rules" {
                at += 4;
                continue;
            }
            match self.text(&tokens[at..], &HashMap::new()) {
                Some((text, length)) => {
                    if VERBS.iter().any(|verb| text.trim_start().starts_with(verb)) {
                        found(text);
                    }
                    at += length;
                }
                None => {
                    if let TokenTree::Group(group) = &tokens[at] {
                        self.statements(&group.stream().into_iter().collect::<Vec<_>>(), found);
                    }
                    at += 1;
                }
            }
        }
    }

    /// The text that `tokens` begin with, and how many of them it takes: a string, a parameter, `concat!(…)`, or a
    /// macro of ours.
    fn text(&self, tokens: &[TokenTree], parameters: &HashMap<String, String>) -> Option<(String, usize)> {
        match tokens {
            [TokenTree::Literal(literal), ..] => {
                let text = literal.to_string();
                Some((text.strip_prefix('"')?.strip_suffix('"')?.to_owned(), 1))
            }
            [TokenTree::Punct(dollar), TokenTree::Ident(name), ..] if dollar.as_char() == '$' => {
                Some((parameters.get(&name.to_string())?.clone(), 2))
            }
            [TokenTree::Ident(name), TokenTree::Punct(mark), TokenTree::Group(group), ..] if mark.as_char() == '!' => {
                let inside: Vec<_> = group.stream().into_iter().collect();
                let arguments = inside.split(|token| token.to_string() == ",").filter(|argument| !argument.is_empty());
                let arguments: Option<Vec<_>> = arguments.map(|argument| self.text(argument, parameters).map(|(text, _)| text)).collect();
                if *name == "concat" {
                    return Some((arguments?.concat(), 3));
                }
                let (names, gives) = self.0.get(&name.to_string())?;
                let parameters = names.iter().cloned().zip(arguments?).collect();
                self.text(gives, &parameters).map(|(text, _)| (text, 3))
            }
            _ => None,
        }
    }
}
