//! The binary `loket`. Everything is in the library, where tests reach it.

/// A page is thousands of small strings that live for a millisecond; this allocator costs half of what the system's does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::command::run()
}
