use super::switch::Machine;
use super::*;
use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Far longer than anything here takes: only a failure waits for it.
const PATIENCE: Duration = Duration::from_secs(60);
const NEVER: Duration = Duration::from_secs(100_000);

const FULL: PanelState = PanelState { on: true, brightness_percent: 100 };
const DIM: PanelState = PanelState { on: true, brightness_percent: 40 };
const OFF: PanelState = PanelState { on: false, brightness_percent: 0 };

struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("parvis-panel-{}-{name}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn machine(&self) -> Machine {
        let backlights = self.0.join("backlight");
        Machine { backlights, programs: vec![self.0.join("bin")], has_wayland: false, has_x11: false }
    }

    fn backlight(&self, name: &str, kind: &str, most: &str) {
        let folder = self.0.join("backlight").join(name);
        fs::create_dir_all(&folder).unwrap();
        for (file, value) in [("type", kind), ("max_brightness", most), ("brightness", "7\n"), ("bl_power", "0\n")] {
            fs::write(folder.join(file), value).unwrap();
        }
    }

    fn value(&self, file: &str) -> String {
        fs::read_to_string(self.0.join("backlight").join(file)).unwrap()
    }

    /// Written by another process: a program that this one has open cannot be run, nor while a child just started has.
    fn program(&self, name: &str, script: &str) {
        fs::create_dir_all(self.0.join("bin")).unwrap();
        let make = r#"printf '#!/bin/sh\n%s\n' "$2" > "$1" && chmod +x "$1""#;
        let path = self.0.join("bin").join(name);
        let made =
            std::process::Command::new("/bin/sh").args(["-c", make, "sh"]).arg(path).arg(script).status().unwrap();
        assert!(made.success());
    }

    /// A command that writes down what it was given.
    fn recorder(&self) -> (Vec<String>, PathBuf) {
        let (script, log) = (self.0.join("record"), self.0.join("log"));
        fs::write(&script, format!("printf '%s\\n' \"$*\" >> '{}'", log.display())).unwrap();
        (vec!["/bin/sh".to_owned(), script.display().to_string()], log)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn words(command: &[&str]) -> Vec<String> {
    command.iter().map(|word| (*word).to_owned()).collect()
}

/// Tells each call, and waits to be told what comes of it.
struct Watched(Sender<String>, Receiver<Result<(), String>>);

impl PanelPower for Watched {
    fn words(&self) -> String {
        "a test".to_owned()
    }

    fn set(&mut self, on: bool) -> Result<(), String> {
        self.0.send(if on { "on" } else { "off" }.to_owned()).unwrap();
        self.1.recv_timeout(PATIENCE).unwrap()
    }

    fn can_dim(&self) -> bool {
        true
    }

    fn dim(&mut self, percent: u8) -> Result<(), String> {
        self.0.send(format!("dim {percent}")).unwrap();
        self.1.recv_timeout(PATIENCE).unwrap()
    }
}

struct Bench {
    panel: Panel,
    calls: Receiver<String>,
    answers: Sender<Result<(), String>>,
    told: Receiver<String>,
}

fn bench(retry: Duration) -> Bench {
    let ((call, calls), (answers, answer), (tell, told)) = (channel(), channel(), channel());
    let power = Box::new(Watched(call, answer));
    let panel = Panel::start_with(power, retry, move |fault| tell.send(fault).unwrap()).unwrap();
    Bench { panel, calls, answers, told }
}

impl Bench {
    fn call(&self) -> String {
        self.calls.recv_timeout(PATIENCE).unwrap()
    }

    fn succeeds(&self, call: &str) {
        assert_eq!(self.call(), call);
        self.answers.send(Ok(())).unwrap();
    }

    fn fails(&self, call: &str) {
        assert_eq!(self.call(), call);
        self.answers.send(Err("no answer".to_owned())).unwrap();
    }

    /// What else was done until the end, and what was told.
    fn end(self) -> (Vec<String>, Vec<String>) {
        drop(self.panel);
        (self.calls.into_iter().collect(), self.told.into_iter().collect())
    }
}

#[test]
fn only_changes_are_done_and_of_many_the_last() {
    let mut bench = bench(NEVER);
    assert!(bench.panel.can_dim());
    bench.panel.ask(FULL);
    bench.succeeds("on");
    assert_eq!(bench.call(), "dim 100");
    for state in [OFF, DIM, OFF, DIM, DIM] {
        bench.panel.ask(state);
    }
    bench.answers.send(Ok(())).unwrap();
    bench.succeeds("dim 40");
    bench.panel.ask(OFF);
    bench.succeeds("off");
    bench.panel.ask(DIM);
    bench.succeeds("on");
    bench.succeeds("dim 40");
    assert_eq!(bench.end(), (vec![], vec![]));
}

#[test]
fn what_was_asked_and_taken_back_meanwhile_is_not_done() {
    let mut bench = bench(NEVER);
    bench.panel.ask(FULL);
    bench.succeeds("on");
    assert_eq!(bench.call(), "dim 100");
    bench.panel.ask(OFF);
    bench.panel.ask(FULL);
    bench.answers.send(Ok(())).unwrap();
    assert_eq!(bench.end(), (vec![], vec![]));
}

#[test]
fn a_failure_is_told_once_and_tried_again() {
    let mut bench = bench(Duration::ZERO);
    bench.panel.ask(OFF);
    for _ in 0..3 {
        bench.fails("off");
    }
    bench.succeeds("off");
    bench.panel.ask(FULL);
    bench.succeeds("on");
    bench.fails("dim 100");
    bench.succeeds("on");
    bench.succeeds("dim 100");
    let told = "the panel cannot be switched by a test: no answer".to_owned();
    assert_eq!(bench.end(), (vec![], vec![told.clone(), told]), "once each time that it stops working");
}

#[test]
fn the_next_change_does_not_wait_for_the_time_to_try_again() {
    let mut bench = bench(NEVER);
    bench.panel.ask(FULL);
    bench.fails("on");
    bench.panel.ask(OFF);
    bench.fails("off");
    bench.panel.ask(FULL);
    bench.succeeds("on");
    bench.succeeds("dim 100");
    // What failed may have been done all the same, by halves.
    bench.panel.ask(OFF);
    bench.fails("off");
    bench.panel.ask(FULL);
    bench.succeeds("on");
    bench.succeeds("dim 100");
    assert_eq!(bench.end().1.len(), 2);
}

#[test]
fn a_command_is_run_as_it_is_written() {
    let scratch = Scratch::new("command");
    let (recorder, log) = scratch.recorder();
    let with = |more: &[&str]| [recorder.clone(), words(more)].concat();
    let switch = Switch::Commands { on: with(&["--to", "0", "image view on"]), off: with(&["--standby", "$HOME *"]) };
    let ask = |state| {
        let power = scratch.machine().find(&switch).unwrap().unwrap();
        let mut panel = Panel::start(power, |fault| panic!("{fault}")).unwrap();
        assert!(!panel.can_dim());
        panel.ask(state);
    };
    ask(DIM);
    ask(OFF);
    assert_eq!(fs::read_to_string(log).unwrap(), "--to 0 image view on\n--standby $HOME *\n");
    let missing = Switch::Commands { on: words(&["cec-ctl"]), off: words(&["/bin/sh"]) };
    assert!(scratch.machine().find(&missing).err().unwrap().contains("\"cec-ctl\""));
}

#[test]
fn a_command_that_fails_or_hangs_is_told_with_what_it_printed() {
    for (script, expected) in [
        ("echo to one; echo to two >&2; exit 3", "exit status: 3: to one to two"),
        ("head -c 1000000 /dev/zero; exit 4", "exit status: 4: \0"),
        ("kill -9 $$", "signal: 9"),
        // Something that it started keeps its output open: only when that is killed too does the output end.
        ("echo stuck; sleep 1000 & wait", "it was killed after 2 s: stuck"),
    ] {
        let told = child::run(&words(&["/bin/sh", "-c", script]), Duration::from_secs(2)).unwrap_err();
        assert!(told.starts_with("/bin/sh -c ") && told.contains(expected), "{told}");
    }
    let told = child::run(&words(&["/nowhere/cec"]), PATIENCE).unwrap_err();
    assert!(told.starts_with("/nowhere/cec: No such file"), "{told}");
    let told = child::run(&words(&["/bin/sh", "-c", "echo a; echo b; head -c 1000000 /dev/zero"]), PATIENCE).unwrap();
    assert!(told.starts_with("a b \0") && told.len() < 20_000, "{}", told.len());
}

#[test]
fn a_backlight_is_switched_and_dimmed() {
    let scratch = Scratch::new("backlight");
    assert!(scratch.machine().find(&Switch::Auto).unwrap().is_none());
    scratch.backlight("left", "raw\n", "1000\n");
    scratch.backlight("right", "raw\n", "7\n");
    let mut both = scratch.machine().find(&Switch::Auto).unwrap().unwrap();
    assert_eq!((both.words().as_str(), both.can_dim()), ("the backlight left and right", true));
    both.set(false).unwrap();
    assert_eq!((scratch.value("left/bl_power"), scratch.value("right/bl_power")), ("4".into(), "4".into()));
    both.set(true).unwrap();
    both.dim(30).unwrap();
    assert_eq!(scratch.value("right/bl_power"), "0");
    assert_eq!((scratch.value("left/brightness"), scratch.value("right/brightness")), ("300".into(), "3".into()));
    both.dim(0).unwrap();
    assert_eq!(scratch.value("left/brightness"), "1", "the panel is on");
    scratch.backlight("acpi", "firmware\n", "15\n");
    assert_eq!(scratch.machine().find(&Switch::Auto).unwrap().unwrap().words(), "the backlight acpi");
    assert!(scratch.machine().find(&Switch::Nothing).unwrap().is_none());
    fs::write(scratch.0.join("backlight/acpi/max_brightness"), "full").unwrap();
    let mut acpi = scratch.machine().find(&Switch::Auto).unwrap().unwrap();
    assert!(acpi.dim(50).unwrap_err().contains("acpi/max_brightness"));
}

#[test]
fn what_is_there_is_found() {
    let scratch = Scratch::new("tools");
    let found = |has_wayland, has_x11| {
        let tool = Machine { has_wayland, has_x11, ..scratch.machine() }.tool();
        tool.map(|tool| [tool.on, tool.off].map(|command| command.join(" ").replace(scratch.0.to_str().unwrap(), "")))
    };
    fs::create_dir_all(scratch.0.join("bin")).unwrap();
    fs::write(scratch.0.join("bin/wlopm"), "no program").unwrap();
    assert_eq!(found(true, true), None);
    fs::remove_file(scratch.0.join("bin/wlopm")).unwrap();
    for (script, has_dpms) in [
        ("exit 1", false),
        ("echo 'DPMS (Energy Star):'; echo '  Server does not have the DPMS Extension'", false),
        ("[ $1 = q ] && echo '  Standby: 600    Suspend: 600    Off: 600'", true),
    ] {
        scratch.program("xset", script);
        assert_eq!(found(false, true).is_some(), has_dpms, "{script}");
    }
    scratch.program("wlopm", "");
    assert_eq!(found(false, false), None);
    assert_eq!(found(true, true), Some(["/bin/wlopm --on *".into(), "/bin/wlopm --off *".into()]));
    let xset = ["/bin/xset dpms force on -dpms".into(), "/bin/xset dpms force off".into()];
    assert_eq!(found(false, true), Some(xset));
    // A backlight that may not be written counts only where there is nothing else.
    scratch.backlight("intel", "raw", "100");
    fs::remove_file(scratch.0.join("backlight/intel/bl_power")).unwrap();
    let x11 = Machine { has_x11: true, ..scratch.machine() };
    assert!(x11.find(&Switch::Auto).unwrap().unwrap().words().contains("/bin/xset"));
    let reason = scratch.machine().find(&Switch::Auto).err().unwrap();
    assert!(reason.contains("intel/bl_power") && reason.contains("allowed to write"), "{reason}");
}
