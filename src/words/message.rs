//! What a message adds to an article: the heading of a digest, and how dates are written.

super::words! { "message":
    /// The heading of a digest.
    new_headlines(count: usize);
    /// A date with its time, as `strftime` writes it.
    minute_format;
    /// A bare day.
    day_format;
    /// What `loa check --send` posts.
    test_message;
}
