//! What a feed says of itself where its portal says nothing.

super::words! { "feed":
    /// The description of a feed.
    news_of(host: &str);
    /// The same of the feed of all feeds.
    news_of_all;
}
