//! A program that is run and must end soon.

use std::io::{PipeReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Of what it prints, the bytes that are kept.
const KEPT_MAX: u64 = 16_000;
/// Of that, the characters that are told when it fails.
const TOLD_MAX: usize = 500;
/// How long its output is waited for once it has ended: something that it left running may hold it open.
const OUTPUT_WAIT: Duration = Duration::from_secs(1);

/// Runs a program with its arguments until it ends, and gives what it printed, on one line. After `limit` it is killed,
/// with all that it started.
///
/// # Errors
/// A sentence with the command and what it printed, when it does not start, fails or takes too long.
pub(super) fn run(command: &[String], limit: Duration) -> Result<String, String> {
    let told = |reason: String| format!("{}: {reason}", command.join(" "));
    let (child, output) = start(command).map_err(|error| told(error.to_string()))?;
    let process = child.id();
    let ended = on_a_thread(move || wait(child)).map_err(|error| told(error.to_string()))?;
    let printed = on_a_thread(move || beginning(output)).map_err(|error| told(error.to_string()))?;
    let output = move || printed.recv_timeout(OUTPUT_WAIT).unwrap_or_default();
    let reason = match ended.recv_timeout(limit) {
        Ok(Ok(status)) if status.success() => return Ok(output()),
        Ok(Ok(status)) => status.to_string(),
        Ok(Err(reason)) => reason,
        // What hangs in the kernel is not gone yet either: it is not waited for.
        Err(_) => {
            kill_group(process);
            format!("it was killed after {} s", limit.as_secs())
        }
    };
    let printed: String = output().chars().take(TOLD_MAX).collect();
    Err(told(if printed.is_empty() { reason } else { format!("{reason}: {printed}") }))
}

fn start(command: &[String]) -> std::io::Result<(Child, PipeReader)> {
    let (program, arguments) = command.split_first().ok_or_else(|| std::io::Error::other("no program is named"))?;
    let (output, input) = std::io::pipe()?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(input.try_clone()?).stderr(input).process_group(0);
    Ok((command.spawn()?, output))
}

fn wait(mut child: Child) -> Result<ExitStatus, String> {
    child.wait().map_err(|error| error.to_string())
}

/// What it printed first, on one line; the rest is read all the same, for it would wait for that.
fn beginning(mut output: PipeReader) -> String {
    let mut first = Vec::new();
    (&mut output).take(KEPT_MAX).read_to_end(&mut first).ok();
    std::io::copy(&mut output, &mut std::io::sink()).ok();
    String::from_utf8_lossy(&first).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> std::io::Result<Receiver<T>> {
    let (done, result) = channel();
    let thread = std::thread::Builder::new().name("panel-command".to_owned());
    thread.spawn(move || done.send(work()).ok())?;
    Ok(result)
}

#[expect(unsafe_code, reason = "std kills a process, and not those that it started")]
fn kill_group(process: u32) {
    let Ok(process) = i32::try_from(process) else { return };
    // SAFETY: plain numbers. The group is that of a child which leads it and was not waited for to its end yet.
    unsafe {
        libc::kill(-process, libc::SIGKILL);
    }
}
