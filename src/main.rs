//! The thin binary: everything is in the library.

/// A page is some hundred thousand small strings, made and dropped at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    loa::cli::main()
}
