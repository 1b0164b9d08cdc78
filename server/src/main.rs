//! The binary `latchkey`.

use std::process::ExitCode;

/// A call of the licence Web API allocates in several threads at once, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    latchkey::cli::run().await
}
