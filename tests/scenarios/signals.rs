//! The kiosk on a virtual display, touched, and then asked by the system to end: it writes what it has counted.

use super::scratch::Scratch;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        if self.0.kill().and_then(|()| self.0.wait()).is_err() {
            eprintln!("a program of this test could not be ended");
        }
    }
}

fn start(command: &mut Command) -> Result<Running, String> {
    command.spawn().map(Running).map_err(|error| error.to_string())
}

/// Reads on until a line contains this.
fn wait_for(lines: &mut impl Iterator<Item = std::io::Result<String>>, word: &str) -> Result<(), String> {
    let found = lines.map_while(Result::ok).any(|line| line.contains(word));
    if found { Ok(()) } else { Err(format!("it ended before it said \"{word}\"")) }
}

pub fn run() -> Result<(), String> {
    let there = |name: &str| {
        std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|one| one.join(name).exists()))
    };
    if !there("Xvfb") || !there("xdotool") {
        println!("signals: left out, it needs Xvfb and xdotool");
        return Ok(());
    }
    let scratch = Scratch::new("signals")?;
    let mut server = start(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "540x960x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    )?;
    let mut number = String::new();
    let server_says = server.0.stdout.take().ok_or("Xvfb says nothing")?;
    BufReader::new(server_says).read_line(&mut number).map_err(|error| error.to_string())?;
    let display = format!(":{}", number.trim());
    let mut kiosk = start(
        Command::new(env!("CARGO_BIN_EXE_parvis"))
            .args(["play", "--windowed", "540x960", "--at", "2026-06-15T15:30:00+02:00"])
            .env("DISPLAY", &display)
            .env_remove("WAYLAND_DISPLAY")
            .env("PARVIS_COUNTS_FOLDER", scratch.path())
            .env("RUST_LOG", "parvis=debug")
            .stdout(Stdio::null())
            .stderr(Stdio::piped()),
    )?;
    let mut lines = BufReader::new(kiosk.0.stderr.take().ok_or("it says nothing")?).lines();
    wait_for(&mut lines, "first frame after")?;
    let mut finger = Command::new("xdotool");
    finger.args(["mousemove", "270", "500", "click", "1"]).env("DISPLAY", &display);
    finger.status().map_err(|error| error.to_string())?;
    wait_for(&mut lines, "a visit begins")?;
    let kill = Command::new("kill").args(["-TERM", &kiosk.0.id().to_string()]).status();
    kill.map_err(|error| error.to_string())?;
    lines.for_each(drop);
    let status = kiosk.0.wait().map_err(|error| error.to_string())?;
    if !status.success() {
        return Err(format!("asked to end, it ended with {status}"));
    }
    let written =
        std::fs::read_to_string(scratch.path().join("2026-06-15.jsonl")).map_err(|error| error.to_string())?;
    if written.contains("\"visits\":1") { Ok(()) } else { Err(format!("the visit is not counted: {written}")) }
}
