//! `parvis play` as a program of its own on a virtual display.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};

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

pub struct RealPlayer {
    kiosk: Running,
    lines: Lines<BufReader<ChildStderr>>,
    /// What it has said so far.
    said: Vec<String>,
    display: String,
    _server: Running,
}

impl RealPlayer {
    /// Starts it with these options and variables, and waits for its first frame; `None` on a machine without virtual
    /// displays.
    pub fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Option<Self>, String> {
        let there = |name: &str| {
            std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|one| one.join(name).exists()))
        };
        if !there("Xvfb") || !there("xdotool") {
            println!("a real player: left out, it needs Xvfb and xdotool");
            return Ok(None);
        }
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
                .args(["play", "--windowed", "540x960"])
                .args(arguments)
                .envs(variables.iter().copied())
                .env("DISPLAY", &display)
                .env_remove("WAYLAND_DISPLAY")
                .env("RUST_LOG", "parvis=debug")
                .stdout(Stdio::null())
                .stderr(Stdio::piped()),
        )?;
        let lines = BufReader::new(kiosk.0.stderr.take().ok_or("it says nothing")?).lines();
        let mut player = Self { kiosk, lines, said: Vec::new(), display, _server: server };
        player.wait_for("first frame after")?;
        Ok(Some(player))
    }

    /// Reads on in its log until a line, now or before, contains this.
    pub fn wait_for(&mut self, word: &str) -> Result<(), String> {
        while !self.said.iter().any(|line| line.contains(word)) {
            let next = self.lines.next().and_then(Result::ok);
            self.said.push(next.ok_or_else(|| format!("it ended before it said \"{word}\""))?);
        }
        Ok(())
    }

    /// A finger in the middle of the belt.
    pub fn touch(&self) -> Result<(), String> {
        let mut finger = Command::new("xdotool");
        finger.args(["mousemove", "270", "500", "click", "1"]).env("DISPLAY", &self.display);
        finger.status().map(|_| ()).map_err(|error| error.to_string())
    }

    /// Asks it to end, and waits until it has.
    pub fn end(mut self) -> Result<ExitStatus, String> {
        let kill = Command::new("kill").args(["-TERM", &self.kiosk.0.id().to_string()]).status();
        kill.map_err(|error| error.to_string())?;
        self.lines.by_ref().for_each(drop);
        self.kiosk.0.wait().map_err(|error| error.to_string())
    }
}
