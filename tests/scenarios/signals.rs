//! The kiosk on a virtual display, touched, and then asked by the system to end: it writes what it has counted.

use super::real_player::RealPlayer;
use super::scratch::Scratch;

pub fn run() -> Result<(), String> {
    let scratch = Scratch::new("signals")?;
    let folder = scratch.path().display().to_string();
    let variables = [("PARVIS_COUNTS_FOLDER", folder.as_str()), ("PARVIS_STORE", "")];
    let Some(mut player) = RealPlayer::start(&["--at", "2026-06-15T15:30:00+02:00"], &variables)? else {
        return Ok(());
    };
    player.touch()?;
    player.wait_for("a visit begins")?;
    let status = player.end()?;
    if !status.success() {
        return Err(format!("asked to end, it ended with {status}"));
    }
    let written =
        std::fs::read_to_string(scratch.path().join("2026-06-15.jsonl")).map_err(|error| error.to_string())?;
    if written.contains("\"visits\":1") { Ok(()) } else { Err(format!("the visit is not counted: {written}")) }
}
