//! How the program is linked where that costs memory.

use std::{env, process::Command};

/// The first glibc that reads packed relocations (<https://sourceware.org/glibc/wiki/Release/2.36>).
const READS_PACKED: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Every address that the program holds is put right as it starts. Written one by one that table is 1.7 MB which stay
    // in memory; packed it is a thirtieth of it. A program that is built for another machine keeps the plain one.
    if env::var("TARGET") == env::var("HOST") && glibc().is_some_and(|version| version >= READS_PACKED) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of this machine's C library, where it is glibc.
fn glibc() -> Option<(u32, u32)> {
    if env::var("CARGO_CFG_TARGET_ENV").as_deref() != Ok("gnu") || env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return None;
    }
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let (major, minor) = std::str::from_utf8(&said.stdout).ok()?.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
