//! How long ago, and how long from now.

super::words! { "time":
    never;
    now;
    ago(length: &str);
    ahead(length: &str);
    seconds(count: u64);
    minutes(count: u64);
    hours(count: u64);
    days(count: u64);
}
