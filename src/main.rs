use std::process::ExitCode;

// A build allocates tens of megabytes in small pieces: measured in docs/performance.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    soukatsu::cli::run()
}
