//! What the demo says: what is there, what happens, and what came of it.

super::words! { "demo":
    beginning;
    /// Names of the addresses that are shown at first.
    portal;
    feeds;
    first_poll;
    /// Acts, one plain line each.
    headlines;
    rebuilt;
    killed;
    started_again;
    flooded(seconds: u32);
    goes_on(seconds: u64);
    /// Over the table: where its numbers come from.
    counted;
    seen;
    published;
    new;
    once;
    doubled;
    lost;
    under_way;
    closed;
}
