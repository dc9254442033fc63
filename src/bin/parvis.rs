//! The display side of Parvis.

fn main() -> std::process::ExitCode {
    parvis::cli::display::main()
}
