//! What stands while a store changes under the player: warnings of a revision that is still on its way, what was shown
//! before when some of it is damaged, and what is trusted when town IT names another root.

use super::case::on_stage;
use super::stage::{Signed, dress};
use super::stored::{content, holds, says, signed, titles};
use super::town::Town;
use parvis::player::following::{Follow, Fresh};
use parvis::player::opening::Standing;
use parvis::player::stored::StoreFollower;
use parvis::publication::ALERTS;

fn warning(title: &str) -> String {
    format!(r#"{{"format":1,"items":[{{"type":"alert","id":"w:1","title":{{"fr":"{title}"}}}}]}}"#)
}

fn begin(town: &Town) -> (StoreFollower, Fresh) {
    let mut follower = StoreFollower::new(town.store.clone(), Standing::default(), Box::new(dress));
    let fresh = follower.begin().0;
    (follower, fresh)
}

/// A warning is shown above what was there before, while the revision it came with is on its way.
pub fn warned_first() -> Result<(), String> {
    let (before, after) = (content("Musée ancien", "Musée voisin")?, content("Musée nouveau!", "Musée voisin")?);
    on_stage(&signed(&before, "home"), |stage| {
        stage.signed()?.town.prepare(after.path())?;
        stage.signed()?.town.say(ALERTS, &warning("Crue de la rivière"))?;
        stage.follow()?;
        stage.studio.settle();
        holds("the warning is read", says(stage, "Crue de la rivière"))?;
        stage.signed()?.town.say(ALERTS, &warning("Crue, les quais sont fermés"))?;
        stage.follow()?;
        stage.studio.settle();
        holds("and what takes its place", says(stage, "Crue, les quais sont fermés"))?;
        let version = stage.signed()?.town.version();
        let Signed { town, follower } = stage.signed()?;
        town.activate()?;
        let fresh = follower.look()?.ok_or("what has come was not seen")?;
        holds(
            "then the revision comes",
            fresh.version == Some(version) && titles(&fresh).contains(&"Musée nouveau!".to_owned()),
        )
    })
}

/// Of a head that was shown, what is left is shown, and nothing that is older; its warnings stand.
pub fn never_older() -> Result<(), String> {
    let (first, second) = (content("Musée ancien", "Musée voisin")?, content("Musée nouveau!", "Musée voisin")?);
    let mut town = Town::new("never-older")?;
    town.publish(first.path())?;
    let old: Vec<_> = town.segments().to_vec();
    town.prepare(second.path())?;
    town.announce(ALERTS, &warning("Crue"))?;
    let new = town.segments().iter().find(|segment| !old.contains(segment)).copied();
    town.damage(&new.ok_or("the second revision has a segment of its own")?)?;
    let shown = begin(&town).1;
    holds("not shown before: the older one, whole", titles(&shown) == ["Musée ancien", "Musée voisin"])?;
    let warns = |fresh: &Fresh| fresh.bulletin.as_ref().is_some_and(|bulletin| bulletin.alerts.len() == 1);
    holds("with the newest warning", warns(&shown))?;
    town.store.set_shown(town.version()).map_err(|error| error.to_string())?;
    let (mut follower, shown) = begin(&town);
    holds("shown before: what is left of it", titles(&shown) == ["Musée voisin"] && warns(&shown))?;
    town.mend()?;
    let mended = follower.look()?.unwrap_or_default();
    holds("and all of it when it is mended", titles(&mended) == ["Musée nouveau!", "Musée voisin"])
}

/// Versions begin anew under another root.
pub fn another_root() -> Result<(), String> {
    let (first, second) = (content("Musée ancien", "Musée voisin")?, content("Musée nouveau!", "Musée voisin")?);
    let mut town = Town::new("another-root")?;
    town.publish(first.path())?;
    town.announce(ALERTS, &warning("Crue"))?;
    let (mut follower, _) = begin(&town);
    let before = town.version();
    town.begin_anew()?;
    town.publish(second.path())?;
    holds("the version is a lower one", town.version() < before)?;
    let fresh = follower.look()?.unwrap_or_default();
    holds(
        "it is shown",
        fresh.version == Some(town.version()) && titles(&fresh) == ["Musée nouveau!", "Musée voisin"],
    )?;
    holds("the warning of the old root is gone", fresh.bulletin.is_some_and(|bulletin| bulletin.alerts.is_empty()))
}
