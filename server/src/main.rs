//! The binary `loket`. Everything is in the library, where tests reach it.

fn main() -> std::process::ExitCode {
    server::command::run()
}
