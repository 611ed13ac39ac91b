//! What `backup` and `restore` say.

super::words! { "backup":
    holds(file: &str, contents: &str);
    contents(articles: u64, feeds: usize, size: &str);
    contents_until(articles: u64, feeds: usize, changed: &str, size: &str);
    restored(contents: &str);
    kept(file: &str);
    unannounced;
    announced;
    dropped(count: u64);
    moment_format;
    copying;
}
