//! What `backup`, `restore` and `move` say.

super::words! { "backup":
    holds(file: &str, contents: &str);
    contents(articles: u64, feeds: usize, size: &str);
    contents_until(articles: u64, feeds: usize, changed: &str, size: &str);
    restored(contents: &str);
    kept(file: &str);
    asked;
    announced;
    doubtful(count: u64);
    moment_format;
    copying;
    moving(done: u64, of: u64);
    moved(rows: u64, to: &str);
    moved_hash(hash: &str);
    moved_next(url: &str);
    moved_stays(from: &str);
}
