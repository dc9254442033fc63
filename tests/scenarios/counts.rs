//! What visitors do, from their touches to what `parvis counts` prints.

use super::hands;
use super::scratch::Scratch;
use super::stage::{Beginning, Stage};
use parvis::player::action::Action;
use parvis::player::drawing::Drawing;
use parvis::player::visitor::Mode;
use parvis::search::Key;
use std::process::Command;

/// Enough not to be merged.
const MANY: usize = 12;
/// Too few to be told apart.
const FEW: usize = 3;
const TYPED: &str = "zzqx";

fn play(scratch: &Scratch) -> Result<(), String> {
    let beginning = Beginning::on("attract");
    let mut stage = Stage::start(&beginning, Drawing::Processor)?;
    stage.studio.count_into(scratch.path().to_owned());
    for visit in 0..MANY + FEW {
        let touch = |stage: &mut Stage, name: &str| -> Result<(), String> {
            let at = hands::find(stage, name)?;
            hands::tap(&mut stage.studio, at);
            Ok(())
        };
        touch(&mut stage, "Bienvenue")?;
        touch(&mut stage, "Chercher")?;
        let is_one_of_few = visit >= MANY;
        for letter in TYPED.chars().filter(|_| !is_one_of_few) {
            touch(&mut stage, &letter.to_uppercase().to_string())?;
        }
        if is_one_of_few {
            stage.studio.kiosk().act(Action::ToggleMode(Mode::Large));
            stage.studio.kiosk().act(Action::Key(Key::Letter('m')));
        }
        stage.studio.advance(hands::FRAME);
        stage.studio.kiosk().act(Action::Leave);
        stage.studio.advance(hands::FRAME);
    }
    Ok(())
}

pub fn run() -> Result<(), String> {
    let scratch = Scratch::new("counts")?;
    // The hour that is being counted is written when the kiosk ends.
    play(&scratch)?;
    let mut written = String::new();
    for entry in std::fs::read_dir(scratch.path()).map_err(|error| error.to_string())?.flatten() {
        written += &std::fs::read_to_string(entry.path()).map_err(|error| error.to_string())?;
    }
    if written.lines().count() != 1 || written.to_lowercase().contains(TYPED) {
        return Err(format!("one hour, and nothing that was typed, should be written:\n{written}"));
    }
    let read = Command::new(env!("CARGO_BIN_EXE_parvis")).arg("counts").arg(scratch.path()).output();
    let read = read.map_err(|error| error.to_string())?;
    let told: serde_json::Value = serde_json::from_slice(&read.stdout).map_err(|error| error.to_string())?;
    let expected = serde_json::json!({
        "hour": "2026-06-15",
        "visits": MANY + FEW,
        "visitors": { "fr": MANY, "others": FEW },
        "needs": {},
        "screens": { "home": MANY + FEW, "search": MANY + FEW },
        "items": {},
        "qr_shown": 0,
        "searches_without_result": MANY,
    });
    if told == expected { Ok(()) } else { Err(format!("told: {told}\nexpected: {expected}")) }
}
