//! The whole way on a folder of our own pages.

use std::{fs, path::PathBuf};

use loa_reader::{
    article::training::{self, Blocks, FEATURES, Trees, Weights},
    list,
};

use crate::{
    blocks,
    boosting::{self, Rows, Settings},
    copies::{self, Change, plain},
    corpus::{self, Article, Pages},
    dates, folds, lists, rules, table,
};

fn pages() -> Pages {
    let corpus = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus"));
    Pages { corpus, folds: 4, seed: 1, at: Some("2026-11-24T04:30:00Z".parse().unwrap()) }
}

fn settings() -> Settings {
    Settings { trees: 8, leaves: 4, rate: 0.2, least_rows: 4, ridge: 1.0 }
}

/// What a run prints.
fn printed(run: impl FnOnce(&mut Vec<u8>) -> anyhow::Result<()>) -> String {
    let mut out = Vec::new();
    run(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_features_are_as_many_as_the_reader_counts() {
    let corpus = pages().corpus();
    let article = corpus.truth::<Article>("articles").unwrap().remove(0);
    let page = corpus.page("articles", &article.file, &article.url).unwrap();
    let blocks = Blocks::of(&page).unwrap();
    assert!(blocks.iter().count() > 10);
    assert!(blocks.iter().all(|block| block.features().len() == FEATURES.len()));
}

#[test]
fn what_is_written_is_read_back_with_the_same_likelihoods() {
    let mut rng = fastrand::Rng::with_seed(3);
    let mut rows = Rows::default();
    for _ in 0..400 {
        let mut features = vec![0.0; FEATURES.len()];
        features[..5].fill_with(|| rng.f32() * 3.0);
        rows.labels.push(features[0] * features[1] > features[4]);
        rows.features.push(features);
        rows.weights.push(rng.f32() + 0.5);
    }
    let forest = boosting::grow(&rows, &settings());
    let trees = Trees::read(&table::of_trees(&forest, "Made by a test\nfrom 400 rows.")).unwrap();
    for features in &rows.features {
        assert_eq!(training::likelihood(&trees, features), forest.likelihood(features));
    }
}

#[test]
fn no_site_falls_into_two_parts() {
    let addresses = ["https://a.example/1", "https://news.a.example/2", "https://www.b.co.uk/", "https://c.co.uk/", "https://b.co.uk/x"];
    let folds = corpus::folds(addresses.into_iter(), 3, 5);
    assert_eq!(folds[0], folds[1]);
    assert_eq!(folds[2], folds[4]);
    assert_ne!(folds[2], folds[3]);
    assert_eq!(folds, corpus::folds(addresses.into_iter(), 3, 5));
}

#[test]
fn trees_for_blocks_are_made_from_a_folder_and_measured() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let run = || printed(|out| blocks::train(&pages(), &settings(), Some(file.path()), out));
    let first = run();
    let table = fs::read_to_string(file.path()).unwrap();
    assert!(table.contains("from 8 of 8 pages: own 8 (text F1 "), "{table}");
    assert!(Trees::read(&table).is_ok());
    assert_eq!(first.lines().filter(|line| line.trim_start().starts_with(|first: char| first.is_ascii_digit())).count(), 4, "{first}");
    assert!(first.contains("own                 8"), "{first}");
    assert_eq!((run(), fs::read_to_string(file.path()).unwrap()), (first, table));
}

#[test]
fn a_folder_without_pages_says_what_is_missing() {
    let pages = Pages { corpus: "nowhere".into(), ..pages() };
    let error = blocks::train(&pages, &settings(), None, &mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "`nowhere` has no article with a text: expected `articles/truth.jsonl`");
}

#[test]
fn weights_for_lists_are_made_from_a_folder_and_measured() {
    let printed = printed(|out| lists::train(&pages(), out));
    let forms = ["as saved", "numbers", "words", "queries", "hosts", "titles"];
    assert!(forms.iter().all(|form| printed.lines().any(|line| line.starts_with(form))), "{printed}");
    let of_saved: Vec<&str> = printed.lines().find(|line| line.starts_with("as saved")).unwrap().split_whitespace().skip(2).collect();
    assert_eq!(of_saved[..2], ["6", "1.000"], "{printed}");
    // However few the pages, a wide headline speaks for an item.
    let of_length = printed.lines().find_map(|line| line.trim_start().strip_prefix("(Feature::Length, ")?.split(')').next()).unwrap();
    assert!(of_length.parse::<f64>().unwrap() > 0.0, "{printed}");
}

/// What is written is what the reader's source has, but for what the table says of itself.
#[test]
fn weights_are_written_as_the_reader_has_them() {
    let source = include_str!("../../src/list/score/weights.rs");
    assert!(source.contains(&table::of_headlines(&list::training::Weights::SHIPPED)));
    let shipped = include_str!("../../src/article/date/weights.txt");
    let written = table::of_dates(Weights::shipped(), "Made by a test.");
    let without_comments = |table: &str| table.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(without_comments(&written), without_comments(shipped));
    assert_eq!(Weights::read(&written).as_ref(), Ok(Weights::shipped()));
}

#[test]
fn weights_for_dates_are_made_from_a_folder_and_measured() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let printed = printed(|out| dates::train(&pages(), Some(file.path()), out));
    let table = fs::read_to_string(file.path()).unwrap();
    assert!(table.contains("from 8 pages, by what they show, in 4 folds by site, seed 1:\n# own 8 ("), "{table}");
    // What no page teaches stays as it was.
    let of = |weights: &Weights| {
        weights.of.iter().zip(weights.by_hand).filter(|(_, is_by_hand)| *is_by_hand).map(|(of, _)| *of).collect::<Vec<_>>()
    };
    let read = Weights::read(&table).unwrap();
    assert_eq!((of(&read), read.by_hand), (of(Weights::shipped()), Weights::shipped().by_hand));
    let of_own: Vec<&str> = printed.lines().find(|line| line.starts_with("own ")).unwrap().split_whitespace().collect();
    assert_eq!(of_own[1], "8", "{printed}");
    // The day is stated or shown on every page, and shipped weights find it.
    assert_eq!(of_own[6], "1.000", "{printed}");
    assert!(!printed.contains("NaN"), "{printed}");
}

#[test]
fn a_copy_keeps_the_list_and_changes_its_addresses() {
    let html = r#"<base href="/news/"><ul><li><a href="a-long-headline-of-six-words-4711">A long headline</a>
        <li><a href="/news/a-long-headline-of-six-words-4711#more">more</a><li><a href="/sport">Sport</a></ul>"#;
    let page = loa_reader::page::Page {
        url: "https://paper.example/".parse().unwrap(),
        html: html.to_owned(),
        fetched_at: "2026-11-24T04:30:00Z".parse().unwrap(),
        problems: Vec::new(),
    };
    let item = plain(&"https://paper.example/news/a-long-headline-of-six-words-4711".parse().unwrap());
    let items = [item.clone()].into();
    for change in Change::ALL {
        let copy = copies::copy(&page, &items, change, 1).unwrap();
        let new = &copy.addresses[&item];
        assert_ne!(*new, item, "{change:?}");
        assert_eq!(copy.page.html.matches(&new.replace('&', "&amp;")).count(), 2, "{change:?}: {}", copy.page.html);
        assert_eq!(copies::copy(&page, &items, change, 1).unwrap().page.html, copy.page.html);
    }
}

#[test]
fn every_rule_is_left_out_once_and_its_worth_is_told_for_both_halves() {
    let printed = printed(|out| rules::measure(&pages(), false, out));
    for rule in training::Rule::ALL {
        assert!(printed.contains(rule.name()), "{printed}");
    }
    assert!(printed.lines().filter(|line| line.contains(" in fold ") || line.contains(" out of fold ")).count() >= 2, "{printed}");
}

#[test]
fn every_set_is_read_by_tables_that_know_its_sites_and_by_tables_that_do_not() {
    let printed = printed(|out| folds::measure(&pages(), &settings(), true, out));
    let figures = |set: &str, by: &str| -> Vec<f64> {
        let line = printed.lines().find(|line| line.starts_with(set) && line.contains(&format!(" {by} ")));
        let line = line.unwrap_or_else(|| panic!("no `{set}`, `{by}` in {printed}"));
        line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
    };
    for by in ["shipped", "in fold", "out of fold"] {
        let (articles, lists) = (figures("own", by), figures("lists", by));
        assert_eq!((articles[0], lists[0]), (8.0, 6.0), "{printed}");
        assert!(articles[1..].iter().chain(&lists[1..]).all(|share| (0.0..=1.0).contains(share)), "{printed}");
    }
    assert_eq!(figures("lists", "shipped")[1..3], [1.0, 1.0], "{printed}");
    assert!(figures("own", "in fold")[1] >= figures("own", "out of fold")[1], "{printed}");
}
