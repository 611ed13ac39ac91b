//! What a target says by itself: where we may speak, as that changes.

use crate::channel::Address;

use super::Failure;

/// Whether we may speak in a place from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub address: Address,
    /// Its public name, where it has one.
    pub name: Option<Address>,
    pub may_post: bool,
}

/// Why nothing is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deaf {
    /// Another program asks with the same token at this moment, and one of the two is turned away.
    Contested {
        why: String,
    },
    /// What happens is brought to another program, and nobody may ask for it.
    Elsewhere {
        why: String,
    },
    Failed(Failure),
}
