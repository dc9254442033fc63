//! The panel's light: black and switched off in the hours that are not on, darker where less is enough, and on for a
//! warning.

use super::scratch::Scratch;
use super::signage_frames::{studio, write_content};
use chrono::NaiveTime;
use parvis::content::{Daypart, Id, Recurrence};
use parvis::device::panel::{Panel, PanelPower};
use parvis::player::clock::Clock;
use parvis::player::render::Studio;
use parvis::player::signage::{Lamp, Stage, Wish};
use parvis::signage::{Dimming, Power};
use serde_json::json;
use std::sync::{Arc, Mutex};

/// Remembers what it was asked.
struct Recorder(Arc<Mutex<Vec<bool>>>);

impl PanelPower for Recorder {
    fn words(&self) -> String {
        "a test".to_owned()
    }

    fn set(&mut self, on: bool) -> Result<(), String> {
        self.0.lock().map_err(|error| error.to_string())?.push(on);
        Ok(())
    }
}

fn hours(from: u32, until: u32) -> Recurrence {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    Recurrence { dayparts: vec![Daypart { from: at(from), until: at(until) }], ..Recurrence::default() }
}

/// The mean of all channels at an hour of 15 June, in Paris.
fn brightness(studio: &mut Studio, hour: &str) -> Result<f64, String> {
    let at = format!("2026-06-15T{hour}:00+02:00").parse().map_err(|error| format!("{hour}: {error}"))?;
    studio.kiosk().clock = Clock::Frozen(at);
    studio.kiosk().look_again();
    let shot = studio.shoot()?;
    let sum: u64 = shot.rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).map(|byte| u64::from(*byte)).sum();
    Ok(sum as f64 / (shot.rgba.len() as f64 * 0.75))
}

pub fn run() -> Result<(), String> {
    let scratch = Scratch::new("signage-light")?;
    write_content(&scratch)?;
    let alert = json!({"type": "alert", "id": "test:alert", "title": {"fr": "Orage"}, "severity": "severe",
        "valid": {"from": "2026-06-15T22:00:00+02:00", "until": "2026-06-15T23:00:00+02:00"}});
    scratch.write("alert.json", json!({"format": 1, "items": [alert]}).to_string())?;
    let mut studio = studio(&scratch, Wish::Item(Id("test:1".to_owned())))?;
    let asked = Arc::new(Mutex::new(Vec::new()));
    let panel = Panel::start(Box::new(Recorder(asked.clone())), |_| ()).map_err(|error| error.to_string())?;
    studio.world().insert_resource(Lamp(panel));
    studio.world().resource_mut::<Stage>().station.display.power =
        Power { on: vec![hours(8, 20)], dimmed: vec![Dimming { percent: 40, times: hours(8, 10) }] };
    let mut at = |hour: &str| brightness(&mut studio, hour);
    let [dim, bright, off, warned, again] = [at("09:00")?, at("12:00")?, at("21:00")?, at("22:30")?, at("23:30")?];
    if !(dim > 1.0 && dim < 0.8 * bright) {
        return Err(format!("at nine it is {dim:.0} bright, at noon {bright:.0}"));
    }
    if off > 0.0 || again > 0.0 || warned < 20.0 {
        return Err(format!("off it is {off:.0} and {again:.0} bright, with a warning {warned:.0}"));
    }
    studio.world().remove_resource::<Lamp>();
    let asked = asked.lock().map_err(|error| error.to_string())?;
    // The panel may be slower than the test: only the last wish surely arrives.
    if asked.last() != Some(&false) || asked.first() != Some(&true) {
        return Err(format!("the panel was switched {asked:?}"));
    }
    Ok(())
}
