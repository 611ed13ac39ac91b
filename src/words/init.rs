//! What `init` says and asks.

super::words! { "init":
    welcome;
    no_terminal;
    which_page;
    nothing_added;
    private_address;
    written(path: &str);
    serving;
    as_message;
    token;
    token_bad;
    bot_is(name: &str);
    bot_fails(why: &str);
    channel(name: &str);
    heard_channel(title: &str);
    may_not_post(title: &str, name: &str);
    heard_person(title: &str);
    ops_chat(title: &str);
    post_now(title: &str);
    posted(title: &str);
    not_posted(why: &str);
    skipped_bot;
    goes_on(seconds: u64);
}
