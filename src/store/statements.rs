//! Every statement that is made on a database, as it is written: for tests that ask how each is answered.

use std::{collections::HashMap, fs, path::Path};

use proc_macro2::{TokenStream, TokenTree};

/// How a statement begins.
const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

/// Every statement that is made on this kind of database, with its file's name: a string, or strings put together by
/// `concat!` and by macros of these files. A statement that is made while Loa runs would need sqlx' leave, which is
/// refused here.
pub fn statements(kind: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut files = Vec::new();
    for path in ["sql", "sql/outbox", kind].map(|it| folder.join(it)).iter().flat_map(|folder| fs::read_dir(folder).unwrap()) {
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
