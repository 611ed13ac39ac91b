-- Nothing of the shape changes: what articles are known by besides their addresses is made again (`rekey.rs`), with
-- ids in more places of the address, and headlines folded without their quotes, dashes and tags.

PRAGMA user_version = 5;
