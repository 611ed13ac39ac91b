//! What the operator is told of troubles: what does not work, since when, what was tried, what to do, and how it ended.

super::words! { "alarm":
    /// The heading: `what` is the title of a feed, the name of a host, a channel or a delivery, by the kind.
    began(kind: &str, what: &str);
    /// The heading when it is over.
    over(kind: &str, what: &str);
    /// What a person can do about it.
    what_to_do(kind: &str, what: &str);
    /// The heading of several alarms in one message.
    several(count: usize);
    /// Under several: where all of it can be seen.
    see_status;
    /// Feeds of one host.
    feeds(count: usize);
    and_more(count: usize);
    since(at: &str, length: &str);
    /// How often it was tried in a row.
    tried(count: u64);
    next_try(at: &str);
    no_next_try;
    /// How long a feed is usually quiet.
    usually(length: &str);
    took(length: &str, from: &str, until: &str);
    minutes(count: i64);
    hours(count: i64);
    days(count: i64);
    /// A moment, as `strftime` writes it.
    moment_format;
}
