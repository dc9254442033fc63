//! What staff publish while the kiosk runs: the visitor stays, and is told when what they read has gone.

use super::case;
use super::scratch::Scratch;
use super::stage::Beginning;
use parvis::player::following::{Content, Fresh, swap as swap_in};
use parvis::player::opening::{Standing, open_path};
use std::sync::Arc;

fn places(titles: &[(&str, &str)]) -> String {
    let items: Vec<String> = titles
        .iter()
        .map(|(id, title)| {
            format!(
                r#"{{"type":"place","id":"{id}","title":{{"fr":{{"text":"{title}","origin":"original"}}}},"kind":"museum","named":true,"position":{{"lat":43.73,"lon":7.42}}}}"#
            )
        })
        .collect();
    format!(r#"{{"format":1,"items":[{}]}}"#, items.join(","))
}

pub fn swap() -> Result<(), String> {
    let scratch = Scratch::new("published")?;
    scratch.write("places.json", places(&[("a:1", "Musée des ponts"), ("a:2", "Musée des quais")]))?;
    let beginning = Beginning {
        content: scratch.path().display().to_string(),
        id: Some("a:1".to_owned()),
        ..Beginning::on("place")
    };
    case::on_stage(&beginning, |stage| {
        let mut publish = |documents: &[(&str, String)]| -> Result<(Vec<String>, usize), String> {
            for (name, text) in documents {
                scratch.write(name, text)?;
            }
            let opened = open_path(scratch.path(), Standing::default())?;
            let theme = stage.studio.kiosk().theme.clone();
            let almanac = Arc::new(opened.almanac);
            let content = Content { almanac, gallery: opened.gallery, theme, preview: false };
            let fresh = Fresh { content: Some(content), ..Fresh::default() };
            swap_in(stage.studio.world(), fresh);
            let names = stage.tree().into_iter().map(|element| element.name).collect();
            Ok((names, opened.problems.len()))
        };
        let says = |names: &[String], text: &str| names.iter().any(|name| name.contains(text));
        let (names, _) = publish(&[("places.json", places(&[("a:1", "Musée des arches")]))])?;
        if !says(&names, "Musée des arches") {
            return Err(format!("the new title is not shown: {names:?}"));
        }
        let broken = ("broken.json", "{\"format\":1,\"items\":[{".to_owned());
        let (names, problems) = publish(&[broken])?;
        if problems == 0 || !says(&names, "Musée des arches") {
            return Err(format!("{problems} problems with a broken file beside it; shown: {names:?}"));
        }
        let (names, _) = publish(&[("places.json", places(&[("a:2", "Musée des quais")]))])?;
        let kiosk = stage.studio.kiosk();
        let gone = kiosk.scene(beginning.at).say("item-gone");
        let screen = kiosk.visitor.screen().name();
        if screen != "place" || says(&names, "Musée des arches") || !says(&names, &gone) {
            return Err(format!("what has gone is not said to have gone ({gone}): {names:?}"));
        }
        Ok(())
    })
}
