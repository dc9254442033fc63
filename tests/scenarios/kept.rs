//! A key builds anew what it changes, and leaves the keyboard it stands on alone.

use super::stage::Beginning;
use super::{case, hands};
use bevy::prelude::Entity;
use std::collections::BTreeSet;

pub fn run() -> Result<(), String> {
    let beginning = Beginning::on("search");
    case::on_stage(&beginning, |stage| {
        let key = hands::find(stage, "M")?;
        hands::tap(&mut stage.studio, key);
        stage.studio.settle();
        let before = stage.tree();
        let nodes = |stage: &mut super::stage::Stage| -> BTreeSet<Entity> {
            let world = stage.studio.world();
            world.query::<(Entity, &bevy::prelude::Node)>().iter(world).map(|(entity, _)| entity).collect()
        };
        let old = nodes(stage);
        let key = hands::find(stage, "U")?;
        hands::tap(&mut stage.studio, key);
        let after = stage.tree();
        let new = nodes(stage);
        println!("kept: a key of the search builds {} nodes anew of {}", new.difference(&old).count(), new.len());
        for name in ["U", "Espace", "Accueil", "Langue"] {
            let of = |tree: &[parvis::player::tree::Element]| tree.iter().find(|one| one.name == name)?.entity;
            if of(&before).is_none() || of(&before) != of(&after) {
                return Err(format!("\"{name}\" was built anew"));
            }
        }
        let order: Vec<&str> = after.iter().map(|element| element.name.as_str()).collect();
        let place = |name: &str| order.iter().position(|one| *one == name).unwrap_or_default();
        if place("U") < place("Accueil") && after.iter().any(|element| element.name.contains("mu")) {
            Ok(())
        } else {
            Err(format!("the screen is out of order: {order:?}"))
        }
    })
}
