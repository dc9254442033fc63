//! The town's side: see [`parvis::cli::hub`].

fn main() -> std::process::ExitCode {
    parvis::cli::hub::run()
}
