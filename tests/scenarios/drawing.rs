//! The processor and Vulkan draw the same picture, and painting what changed gives what painting all of it would.

use super::picture;
use super::stage::{Beginning, Stage};
use parvis::language::Language;
use parvis::player::drawing::Drawing;
use parvis::player::screen::Screen;

fn beginnings() -> Vec<Beginning> {
    let mut all: Vec<Beginning> = Screen::NAMES.into_iter().map(Beginning::on).collect();
    let of = |language, profile: &str, mode: &str, screen| Beginning {
        language,
        profile: profile.to_owned(),
        access: vec![mode.to_owned()],
        ..Beginning::on(screen)
    };
    all.push(of(Language::Ar, "counter", "contrast", "home"));
    all.push(of(Language::Zh, "hall-landscape", "large", "near"));
    all
}

/// Every screen, drawn both ways.
pub fn both_ways() -> Result<(), String> {
    let beginnings = beginnings();
    let Some(first) = beginnings.first() else { return Ok(()) };
    let mut painted = Stage::start(first, Drawing::Processor)?;
    let mut rendered = Stage::start(first, Drawing::GraphicsCard)?;
    for beginning in &beginnings {
        painted.begin(beginning)?;
        rendered.begin(beginning)?;
        let (ours, theirs) = (painted.studio.shoot()?, rendered.studio.shoot()?);
        let share = picture::different_share(&ours, &theirs)?;
        println!("drawing: {} differs in {:.4} % of its pixels", beginning.screen, share * 100.0);
        if share > picture::SHARE_MAX {
            let kept = std::env::temp_dir().join(format!("parvis-{}", beginning.screen));
            picture::keep(&ours, &kept.with_extension("processor.png"))?;
            picture::keep(&theirs, &kept.with_extension("vulkan.png"))?;
            return Err(format!(
                "{} differs in {:.2} % of its pixels; see {}.*.png",
                beginning.screen,
                share * 100.0,
                kept.display()
            ));
        }
    }
    Ok(())
}

/// From each screen to the next: the picture is what it would be had nothing been painted before.
pub fn only_what_changed() -> Result<(), String> {
    let beginnings = beginnings();
    let Some(first) = beginnings.first() else { return Ok(()) };
    let mut stage = Stage::start(first, Drawing::Processor)?;
    for beginning in &beginnings {
        stage.begin(beginning)?;
        let changed = stage.studio.shoot()?;
        stage.studio.forget_painting();
        if stage.studio.shoot()? != changed {
            return Err(format!("{}: the picture differs from one painted anew", beginning.screen));
        }
        let before = stage.studio.pixels_painted();
        stage.studio.shoot()?;
        let again = stage.studio.pixels_painted() - before;
        if again > 0 {
            return Err(format!("{}: {again} pixels were painted though nothing changed", beginning.screen));
        }
    }
    Ok(())
}
