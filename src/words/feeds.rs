//! What `feeds` says of definitions: which there are, and what was written into a folder.

super::words! { "feeds":
    feed;
    page;
    from_folder(count: usize);
    from_store(count: usize);
    exported(count: usize, folder: &str);
    same_there(count: usize);
}
