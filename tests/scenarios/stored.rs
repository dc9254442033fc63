//! The signed store under the running kiosk: what changed changes, what was damaged is left out, told, and comes back.

use super::case::on_stage;
use super::real_player::RealPlayer;
use super::scratch::Scratch;
use super::stage::{Beginning, Stage, dress};
use super::town::Town;
use bevy::asset::AssetId;
use bevy::prelude::{Image, ImageNode};
use parvis::content::Id;
use parvis::device::socket::{SOCKET, Server};
use parvis::language::Language;
use parvis::player::draw::PictureNode;
use parvis::player::following::{Follow, Fresh, swap};
use parvis::player::media::{PictureSpec, Pictures};
use parvis::player::opening::Standing;
use parvis::player::screen::Screen;
use parvis::player::stored::StoreFollower;
use parvis::player::visitor::Visitor;
use parvis::protocol::Told;
use std::sync::mpsc::channel;
use std::time::Duration;

/// Two museums, the first with a photograph.
pub fn content(title: &str, other: &str) -> Result<Scratch, String> {
    let scratch = Scratch::new(&format!("content-{}", title.len() + 100 * other.len()))?;
    let place = |id: &str, title: &str, more: &str| {
        format!(
            r#"{{"type":"place","id":"{id}","title":{{"fr":"{title}"}},"kind":"museum","named":true,
                "position":{{"lat":43.73,"lon":7.42}}{more}}}"#
        )
    };
    let media = r#","media":[{"path":"a.png","alt":{"fr":"Une façade"}}]"#;
    let items = [place("a:1", title, media), place("a:2", other, "")];
    scratch.write("items.json", format!(r#"{{"format":1,"items":[{}]}}"#, items.join(",")))?;
    scratch.write("town.json", r#"{"name":{"fr":"Essai"},"position":{"lat":43.73,"lon":7.42}}"#)?;
    std::fs::create_dir_all(scratch.path().join("media")).map_err(|error| error.to_string())?;
    let picture = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 5, 90]));
    picture.save(scratch.path().join("media/a.png")).map_err(|error| error.to_string())?;
    Ok(scratch)
}

pub fn signed(content: &Scratch, screen: &str) -> Beginning {
    Beginning { content: content.path().display().to_string(), signed: true, ..Beginning::on(screen) }
}

/// Somebody goes to the museum with the photograph.
fn visit(stage: &mut Stage) {
    let mut visitor = Visitor::nobody(Language::Fr);
    visitor.home();
    visitor.open(Screen::Place(Id("a:1".to_owned())));
    stage.studio.seat(visitor);
    stage.studio.settle();
}

/// The photographs that hang, by what they show: `None` for one that could not be made.
fn photographs(stage: &mut Stage) -> Vec<Option<AssetId<Image>>> {
    let world = stage.studio.world();
    let mut nodes = world.query::<(&PictureNode, Option<&ImageNode>)>();
    let photographs = nodes.iter(world).filter(|(node, _)| matches!(node.0, PictureSpec::Media { .. }));
    photographs.map(|(_, image)| image.map(|image| image.image.id())).collect()
}

pub fn says(stage: &mut Stage, text: &str) -> bool {
    stage.tree().iter().any(|element| element.name.contains(text))
}

pub fn holds(what: &str, holds: bool) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("it does not hold: {what}")) }
}

/// The titles of the places that are new, in order.
pub fn titles(fresh: &Fresh) -> Vec<String> {
    let places = fresh.content.as_ref().map(|content| content.almanac.catalog.places.clone()).unwrap_or_default();
    let mut titles: Vec<String> =
        places.iter().filter_map(|place| Some(place.common.title.exact("fr")?.text.clone())).collect();
    titles.sort();
    titles
}

/// A photograph that is the same object hangs on, without a frame without it.
pub fn pictures_stay() -> Result<(), String> {
    let (before, after) = (content("Musée des ponts", "Musée des quais")?, content("Musée des arches", "Autre")?);
    on_stage(&signed(&before, "home"), |stage| {
        visit(stage);
        let hung = photographs(stage);
        holds("one photograph hangs", hung.len() == 1 && hung[0].is_some())?;
        stage.signed()?.town.publish(after.path())?;
        stage.follow()?;
        stage.studio.lay_out();
        holds("it hangs in the very next frame", photographs(stage) == hung)?;
        holds("the new title is there", says(stage, "Musée des arches"))?;
        holds("it is the same picture after all", photographs(stage) == hung)
    })
}

/// One flipped bit is no picture, is told to `sync`, and the picture comes when it is mended.
pub fn damaged_picture() -> Result<(), String> {
    let content = content("Musée du port", "Musée de la mer")?;
    on_stage(&signed(&content, "home"), |stage| {
        let Some(picture) = stage.signed()?.town.pictures().first().copied() else {
            return Err("no picture was published".to_owned());
        };
        stage.signed()?.town.damage(&picture)?;
        visit(stage);
        holds("nothing wrong hangs", photographs(stage) == [None])?;
        let problems = stage.studio.world().resource::<Pictures>().problems.clone();
        let told = problems.iter().any(|problem| problem.contains(&picture.hash.to_string()));
        holds(&format!("it is told: {problems:?}"), told)?;
        stage.follow()?;
        let signed = stage.signed()?;
        holds(
            "sync is told, once",
            signed.follower.damaged() == [picture.hash] && signed.follower.damaged().is_empty(),
        )?;
        signed.town.mend()?;
        stage.follow()?;
        stage.studio.settle();
        holds("it hangs when it is mended", photographs(stage).iter().all(Option::is_some))
    })
}

/// What is damaged is left out, the rest is shown; a damaged newest head gives way to an older one that is whole.
pub fn damaged_segment() -> Result<(), String> {
    let (first, second) = (content("Musée ancien", "Musée voisin")?, content("Musée nouveau!", "Musée voisin")?);
    let mut town = Town::new("segments")?;
    town.publish(first.path())?;
    let begin = |town: &Town| {
        let mut follower = StoreFollower::new(town.store.clone(), Standing::default(), Box::new(dress));
        let (fresh, problems) = follower.begin();
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        (fresh, problems, follower)
    };
    let [lost, kept] = town.segments() else { return Err("two segments are expected".to_owned()) };
    let (lost, kept) = (*lost, *kept);
    town.damage(&lost)?;
    let (fresh, problems, mut follower) = begin(&town);
    holds("one of two is shown", titles(&fresh).len() == 1)?;
    let named = |hash: parvis::publication::Digest| problems.iter().any(|line| line.contains(&hash.to_string()));
    holds(&format!("only the damage is told: {problems:?}"), named(lost.hash) && !named(kept.hash))?;
    holds("sync is told", follower.damaged() == [lost.hash])?;
    holds("nothing new while nothing is mended", follower.look()?.is_none())?;
    town.mend()?;
    let healed = follower.look()?.unwrap_or_default();
    holds("both are shown when it is mended", titles(&healed).len() == 2)?;
    town.publish(second.path())?;
    let new = town.segments().iter().find(|segment| **segment != lost && **segment != kept).copied();
    town.damage(&new.ok_or("the second revision has a segment of its own")?)?;
    let (fresh, _, mut follower) = begin(&town);
    holds("the older one is shown whole", titles(&fresh) == ["Musée ancien", "Musée voisin"])?;
    town.mend()?;
    let newer = follower.look()?.unwrap_or_default();
    holds("the newer one when it is mended", titles(&newer).contains(&"Musée nouveau!".to_owned()))?;
    holds("it is noted when its frame is drawn", town.store.shown().is_none())?;
    follower.shown(town.version())?;
    holds("and then it is", town.store.shown() == Some(town.version()))
}

/// Nothing in the store: the start goes on; what comes first takes the place of what ships in the program.
pub fn first_boot() -> Result<(), String> {
    let content = content("Musée premier", "Musée second")?;
    let mut town = Town::new("first-boot")?;
    on_stage(&Beginning::on("home"), |stage| {
        stage.studio.kiosk().preview = true;
        let mut follower = StoreFollower::new(town.store.clone(), Standing::default(), Box::new(dress));
        let (fresh, problems) = follower.begin();
        holds("an empty store is told", fresh.content.is_none() && problems.len() == 1)?;
        holds("nothing is found in it", follower.look()?.is_none())?;
        town.publish(content.path())?;
        let fresh = follower.look()?.ok_or("what came was not seen")?;
        holds("it has a version", fresh.version == Some(town.version()))?;
        swap(stage.studio.world(), fresh);
        holds("the town is another", says(stage, "Essai") && !says(stage, "Monaco"))?;
        holds("what is signed wears no mark", !stage.studio.kiosk().preview)?;
        town.empty()?;
        holds("an emptied store changes nothing", follower.look()?.is_none())
    })
}

/// `parvis play --store` itself: it shows the first head, hears of the next from `sync` and shows it too.
pub fn real_player() -> Result<(), String> {
    let (first, second) = (content("Musée d’abord", "Musée tel quel")?, content("Musée ensuite", "Musée tel quel")?);
    let mut town = Town::new("real")?;
    town.publish(first.path())?;
    let told = |error: std::io::Error| error.to_string();
    let (heard, damage) = channel();
    let sync =
        Server::start(&town.folder().join(SOCKET), move |told| heard.send(told).unwrap_or_default()).map_err(told)?;
    for picture in town.pictures() {
        town.damage(&picture)?;
    }
    let store = town.folder().display().to_string();
    let Some(mut player) = RealPlayer::start(&["--store", &store, "--screen", "place", "--id", "a:1"], &[])? else {
        return Ok(());
    };
    player.wait_for(&format!("head {} is on the panel", town.version()))?;
    holds("the store knows", town.store.shown() == Some(town.version()))?;
    let picture = town.pictures().first().map(|picture| Told::Damaged(picture.hash));
    // What is on the screen is told as well.
    let told = std::iter::from_fn(|| damage.recv_timeout(Duration::from_secs(60)).ok());
    holds("sync is told of the damaged picture", told.map(Some).any(|told| told == picture))?;
    town.publish(second.path())?;
    sync.tell(Told::Current(town.version()));
    player.wait_for(&format!("head {} is on the panel", town.version()))?;
    holds("the store knows of the second", town.store.shown() == Some(town.version()))?;
    let status = player.end()?;
    holds(&format!("asked to end, it ended with {status}"), status.success())
}
