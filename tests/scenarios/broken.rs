//! A content directory with everything wrong in it: each fault is told, and the kiosk shows the rest.

use super::case;
use super::scratch::Scratch;
use super::stage::Beginning;
use parvis::player::media::Pictures;
use parvis::player::opening::{Standing, open_path};
use std::time::Duration;

/// A picture that says it is 40,000 px wide and high, and says no more.
fn bomb() -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    for side in [40_000_u32, 40_000] {
        header.extend(side.to_be_bytes());
    }
    header.extend([8, 6, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(13_u32.to_be_bytes());
    png.extend(&header);
    png.extend(crc32(&header).to_be_bytes());
    png
}

/// The check sum of a PNG chunk.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

fn fill(scratch: &Scratch) -> Result<(), String> {
    let good = r#"{"format":1,"items":[
        {"type":"place","id":"a:good","title":{"fr":{"text":"Musée des ponts"},"xx-nowhere":{"text":"Qapla"}},
         "kind":"museum","named":true,"position":{"lat":43.73,"lon":7.42},
         "media":[{"path":"bomb.png","alt":{"fr":{"text":"Un pont"}}},{"path":"nowhere.png"}]},
        {"type":"place","id":7,"title":"Musée","position":[]},
        {"type":"place","id":"a:types","title":{"fr":{"text":"Types"}},"kind":12,"named":"perhaps","position":"here"},
        {"type":"spaceship","id":"a:ship"}]}"#;
    scratch.write("good.json", good)?;
    scratch.write("malformed.json", "{\"format\":1,\"items\":[{\"type\":")?;
    scratch.write("no-text.json", [0xff, 0xfe, 0x00])?;
    scratch.write("wrong-type.json", "[1,2,3]")?;
    scratch.write("town.json", "{\"name\":7,\"zone\":\"Mars/Olympus\",\"position\":{\"lat\":1000}}")?;
    scratch.write("media/bomb.png", bomb())?;
    let nested = |bytes: usize| [br#"{"format":1,"items":["#.to_vec(), vec![b'['; bytes]].concat();
    scratch.write("nested-below-the-limit.json", nested(60 << 20))?;
    scratch.write("nested.json", nested(100_000_000))
}

pub fn run() -> Result<(), String> {
    let scratch = Scratch::new("broken")?;
    fill(&scratch)?;
    let problems = open_path(scratch.path(), Standing::default())?.problems;
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    for word in [
        "malformed.json",
        "no-text.json",
        "wrong-type.json",
        "town.json",
        "nested-below-the-limit.json",
        "nested.json",
        "nowhere.png",
        "a:types",
        "spaceship",
    ] {
        if !told.iter().any(|line| line.contains(word)) {
            return Err(format!("nobody is told of {word}:\n  {}", told.join("\n  ")));
        }
    }
    for (screen, text) in [("home", "Accueil"), ("place", "Musée des ponts")] {
        let beginning = Beginning {
            content: scratch.path().display().to_string(),
            id: (screen == "place").then(|| "a:good".to_owned()),
            ..Beginning::on(screen)
        };
        case::on_stage(&beginning, |stage| {
            let names: Vec<String> = stage.tree().into_iter().map(|element| element.name).collect();
            if !names.iter().any(|name| name.contains(text)) {
                return Err(format!("{screen} does not show \"{text}\": {names:?}"));
            }
            let (faults, _) = stage.faults()?;
            if faults.is_empty() { Ok(()) } else { Err(format!("{screen}: {}", faults.join("\n  "))) }
        })?;
    }
    case::on_stage_as_it_is(|stage| {
        stage.studio.advance(Duration::ZERO);
        let of_pictures = &stage.studio.world().resource::<Pictures>().problems;
        if of_pictures.iter().any(|line| line.contains("bomb.png")) {
            return Ok(());
        }
        Err(format!("nobody is told of bomb.png: {of_pictures:?}"))
    })
}
