//! The program: arguments in, exit code out.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A document is some hundred thousand small values, made on threads that the C library's allocator serves page by page.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    brief::cli::run(std::env::args_os())
}
