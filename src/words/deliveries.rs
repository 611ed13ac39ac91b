//! What `deliveries` says of the outbox.

super::words! { "deliveries":
    none;
    id;
    channel;
    state;
    queued;
    title;
    /// The name of a state, by its word in the store.
    state_name(state: &str);
    unclear(id: &str);
    queued_again(id: &str);
    dropped(id: &str);
    all_queued_again(count: u64);
    all_dropped(count: u64);
}
