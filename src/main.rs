use std::process::ExitCode;

use mimalloc::MiMalloc;
use soukatsu_memory_limit::Counting;

// A build allocates tens of megabytes in small pieces: measured in docs/performance.md.
#[global_allocator]
static ALLOCATOR: Counting<MiMalloc> = Counting::new(MiMalloc);

fn main() -> ExitCode {
    soukatsu::cli::run()
}
