//! What `status FEED` says of one feed.

super::words! { "closely":
    articles;
    newest;
    last_poll;
    next_poll;
    state;
    health;
    learned;
    overruled;
    page_box;
    repeated;
    remark;
    rebuilt;
    left_out;
    failed(times: u64, why: &str);
    failed_since(times: u64, since: &str, why: &str);
    not_polled;
    good;
    found_again(again: u32, of: u32);
    nothing_yet;
    overruled_by(keys: &str);
    repeated_on(pages: u32, of: u32, begins: &str);
    never;
}
