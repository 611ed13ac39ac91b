//! The thin binary: everything is in the library.

/// A page is some hundred thousand small strings, made and dropped at once, by threads that then wait for minutes. This
/// allocator gives back to the system what was freed; `.cargo/config.toml` says how soon.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    loa::cli::main()
}
