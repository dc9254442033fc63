use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// Tells a person who waits for more than two seconds what is going on.
pub struct ProgressLine {
    started: Instant,
    shown: Option<Instant>,
}

impl ProgressLine {
    const PATIENCE: Duration = Duration::from_secs(2);

    pub fn new() -> Self {
        Self { started: Instant::now(), shown: None }
    }

    pub fn show(&mut self, doing: &str, done: u64, total: u64) {
        let now = Instant::now();
        let often = if io::stderr().is_terminal() { Duration::from_millis(200) } else { Self::PATIENCE };
        let due = match self.shown {
            None => now.duration_since(self.started) >= Self::PATIENCE,
            Some(shown) => now.duration_since(shown) >= often,
        };
        if due {
            self.shown = Some(now);
            let line = line(doing, done, total, now.duration_since(self.started));
            if io::stderr().is_terminal() { eprint!("\r{line}\u{1b}[K") } else { eprintln!("{line}") }
        }
    }

    pub fn end(&self) {
        if self.shown.is_some() && io::stderr().is_terminal() {
            eprintln!();
        }
    }
}

/// What is done, how far it is, and about how long it will still take at this pace.
fn line(doing: &str, done: u64, total: u64, elapsed: Duration) -> String {
    let part = if total == 0 { 0.0 } else { (done as f64 / total as f64).min(1.0) };
    let left = if part > 0.0 { elapsed.as_secs_f64() * (1.0 - part) / part } else { f64::INFINITY };
    let percent = (part * 100.0).floor();
    let seconds = elapsed.as_secs();
    if left.is_finite() {
        format!("{doing}: {percent} %, {seconds} s so far, about {} s left", left.ceil())
    } else {
        format!("{doing}: {seconds} s so far")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_how_far_and_how_much_is_left() {
        let ten = Duration::from_secs(10);
        assert_eq!(line("reading events", 25, 100, ten), "reading events: 25 %, 10 s so far, about 30 s left");
        assert_eq!(line("reading events", 0, 0, ten), "reading events: 10 s so far");
    }
}
