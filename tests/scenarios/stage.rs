//! The kiosk that scenarios are played on: started once, set up anew for each.

use super::town::Town;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use parvis::calendar::is_night;
use parvis::content::{Bulletin, Common};
use parvis::language::Language;
use parvis::player::almanac::Almanac;
use parvis::player::clock::{Clock, Trust};
use parvis::player::drawing::Drawing;
use parvis::player::following::{Content as Ready, Follow, swap};
use parvis::player::kiosk::Setup;
use parvis::player::media::{Gallery, Pictures};
use parvis::player::opening::{Opened, Standing, open_demo, open_path};
use parvis::player::profile::Profile;
use parvis::player::render::{Shot, Studio};
use parvis::player::rules::{Sight, check_layout, check_picture};
use parvis::player::screen::Screen;
use parvis::player::signage::{Station, Wish};
use parvis::player::stored::StoreFollower;
use parvis::player::theme::Theme;
use parvis::player::tree::Element;
use parvis::player::visitor::{Mode, Visitor};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How a scenario begins.
#[derive(Clone, Debug)]
pub struct Beginning {
    pub at: DateTime<Utc>,
    pub profile: String,
    pub language: Language,
    /// `demo`, or a folder.
    pub content: String,
    /// From a signed store.
    pub signed: bool,
    pub access: Vec<String>,
    pub screen: String,
    pub id: Option<String>,
    /// Tests and exercises are shown.
    pub drills: bool,
    /// Of signage.
    pub wish: Wish,
}

impl Beginning {
    pub fn is_signage(&self) -> bool {
        self.screen == "signage"
    }

    /// The demo town on the totem, in French, at half past three on Monday 15 June 2026 in Monaco.
    pub fn on(screen: &str) -> Self {
        const AT_SECS: i64 = 1_781_530_200;
        Self {
            at: DateTime::UNIX_EPOCH + TimeDelta::seconds(AT_SECS),
            profile: "totem-portrait".to_owned(),
            language: Language::Fr,
            content: "demo".to_owned(),
            signed: false,
            access: Vec::new(),
            screen: screen.to_owned(),
            id: None,
            drills: false,
            wish: Wish::Schedule,
        }
    }
}

type Content = (Arc<Almanac>, Gallery);

pub struct Stage {
    pub studio: Studio,
    now: DateTime<Utc>,
    content: HashMap<(String, NaiveDate), Content>,
    shown: String,
    signed: Option<Signed>,
    /// How every scenario begins.
    pub mood: Mood,
}

/// What is on a display beside its content.
#[derive(Clone, Default)]
pub struct Mood {
    pub trust: Trust,
    pub bulletin: Arc<Bulletin>,
    /// The visitor has read its warnings.
    pub read: bool,
}

/// A town that signs, and what follows its store.
pub struct Signed {
    pub town: Town,
    pub follower: StoreFollower,
}

impl Stage {
    pub fn start(beginning: &Beginning, drawing: Drawing) -> Result<Self, String> {
        let mut content = HashMap::new();
        let (almanac, gallery) = open(&mut content, beginning)?;
        let setup = Setup {
            almanac,
            gallery,
            profile: Profile::shipped(&beginning.profile)?,
            theme: Theme::shipped("parvis")?,
            preview: false,
            first_language: beginning.language,
            clock: Clock::Frozen(beginning.at),
            trust: Trust::Believed,
            bulletin: Arc::default(),
        };
        let mut stage = Self {
            studio: Studio::new(setup, drawing),
            now: beginning.at,
            content,
            shown: beginning.content.clone(),
            signed: None,
            mood: Mood::default(),
        };
        stage.begin(beginning)?;
        Ok(stage)
    }

    /// Everything as it is when this scenario begins.
    pub fn begin(&mut self, beginning: &Beginning) -> Result<(), String> {
        self.seat(beginning)?;
        self.studio.settle();
        Ok(())
    }

    /// What the rules say of a screen laid out in a few frames, before its pictures have come.
    pub fn lay_out(&mut self, beginning: &Beginning) -> Result<Vec<String>, String> {
        self.seat(beginning)?;
        for _ in 0..4 {
            self.studio.advance(Duration::ZERO);
        }
        Ok(check_layout(&Sight::of(self.studio.world())))
    }

    fn seat(&mut self, beginning: &Beginning) -> Result<(), String> {
        let profile = Profile::shipped(&beginning.profile)?;
        let Mood { trust, bulletin, .. } = self.mood.clone();
        let mut kiosk = self.studio.kiosk();
        (kiosk.trust, kiosk.bulletin) = (trust, bulletin);
        self.signed = None;
        if beginning.signed {
            return self.seat_signed(beginning, profile);
        }
        let (almanac, gallery) = open(&mut self.content, beginning)?;
        let station = Station::at(&almanac, &profile, beginning.language, beginning.wish.clone());
        let mut visitor = visitor(beginning, &almanac)?;
        if self.mood.read {
            visitor.read.acknowledge(&self.mood.bulletin.alerts.iter().collect::<Vec<_>>());
        }
        if self.shown != beginning.content {
            self.studio.world().resource_mut::<Pictures>().clear();
            self.shown.clone_from(&beginning.content);
        }
        let mut kiosk = self.studio.kiosk();
        kiosk.profile = profile;
        kiosk.first_language = beginning.language;
        kiosk.replace(almanac, gallery);
        self.play(beginning, station);
        self.welcome(beginning, visitor);
        Ok(())
    }

    fn seat_signed(&mut self, beginning: &Beginning, profile: Profile) -> Result<(), String> {
        let mut town = Town::new("signed")?;
        town.publish(Path::new(&beginning.content))?;
        let standing = Standing { position: None, facing_degrees: profile.facing_degrees };
        let mut follower = StoreFollower::new(town.store.clone(), standing, Box::new(dress));
        let (fresh, problems) = follower.begin();
        if let Some(problem) = problems.first() {
            return Err(problem.to_string());
        }
        self.studio.world().resource_mut::<Pictures>().clear();
        swap(self.studio.world(), fresh);
        self.shown = town.folder().display().to_string();
        self.signed = Some(Signed { town, follower });
        let mut kiosk = self.studio.kiosk();
        kiosk.profile = profile;
        kiosk.first_language = beginning.language;
        let visitor = visitor(beginning, &kiosk.almanac)?;
        let station = Station::at(&kiosk.almanac, &kiosk.profile, beginning.language, beginning.wish.clone());
        self.play(beginning, station);
        self.welcome(beginning, visitor);
        Ok(())
    }

    fn play(&mut self, beginning: &Beginning, station: Station) {
        if beginning.is_signage() {
            self.studio.play_signage(station);
        } else {
            self.studio.play_between(station);
        }
    }

    fn welcome(&mut self, beginning: &Beginning, visitor: Visitor) {
        let mut kiosk = self.studio.kiosk();
        let mut station = Station::at(&kiosk.almanac, &kiosk.profile, beginning.language, Wish::Schedule);
        station.display.shows_drills = beginning.drills;
        kiosk.display = Some(station.display);
        self.set_clock(beginning.at);
        // Long enough for a finger of the scenario before to be forgotten.
        self.studio.advance(Duration::from_secs(1));
        self.studio.seat(visitor);
    }

    pub fn signed(&mut self) -> Result<&mut Signed, String> {
        self.signed.as_mut().ok_or_else(|| "the case is not signed".to_owned())
    }

    /// The player looks at the store, as it does every few seconds and when it is told to.
    pub fn follow(&mut self) -> Result<(), String> {
        if let Some(fresh) = self.signed()?.follower.look()? {
            swap(self.studio.world(), fresh);
        }
        Ok(())
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    pub fn set_clock(&mut self, now: DateTime<Utc>) {
        self.now = now;
        let mut kiosk = self.studio.kiosk();
        kiosk.clock = Clock::Frozen(now);
        kiosk.look_again();
    }

    /// Everything that gives a screen its colours but the screen itself.
    pub fn look(&mut self) -> String {
        let now = self.now;
        let kiosk = self.studio.kiosk();
        let night = kiosk.almanac.stand.is_some_and(|stand| is_night(stand.position, now));
        format!("{:?} {night}", kiosk.visitor.modes)
    }

    /// Swaps the content while the visitor is there.
    pub fn publish(&mut self, folder: &Path) -> Result<(), String> {
        if let Some(Signed { town, .. }) = &mut self.signed {
            town.publish(folder)?;
            self.follow()?;
            self.studio.settle();
            return Ok(());
        }
        let mut kiosk = self.studio.kiosk();
        let standing = Standing { position: None, facing_degrees: kiosk.profile.facing_degrees };
        let opened = open_path(folder, standing)?;
        kiosk.replace(Arc::new(opened.almanac), opened.gallery);
        self.shown = folder.display().to_string();
        self.studio.settle();
        Ok(())
    }

    /// Lets time pass untouched, second by second.
    pub fn wait(&mut self, secs: u32) {
        (0..secs).for_each(|_| self.wait_a_second());
        self.studio.settle();
    }

    /// Lets time pass until the kiosk asks whether anybody is there; `false` when it has not within so many seconds.
    pub fn wait_for_prompt(&mut self, secs: u32) -> bool {
        let asked = (0..secs).any(|_| {
            self.wait_a_second();
            self.studio.kiosk().visitor.asked
        });
        self.studio.settle();
        asked
    }

    fn wait_a_second(&mut self) {
        self.now += TimeDelta::seconds(1);
        self.studio.kiosk().clock = Clock::Frozen(self.now);
        self.studio.advance(Duration::from_secs(1));
    }

    pub fn tree(&mut self) -> Vec<Element> {
        self.studio.tree()
    }

    /// Of the items that this screen can be about, the one with the longest title in this language.
    pub fn longest_title(&mut self, screen: &str, language: Language) -> Option<String> {
        let almanac = self.studio.kiosk().almanac.clone();
        let length = |common: &&Common| {
            let title = common.title.pick(language.tag(), &almanac.catalog.town.fallback);
            title.map_or(0, |(_, title)| title.text.chars().count())
        };
        of_screen(screen, &almanac).into_iter().max_by_key(length).map(|common| common.id.0.clone())
    }

    /// The items that this screen can be about.
    pub fn items(&mut self, screen: &str) -> Vec<String> {
        let almanac = self.studio.kiosk().almanac.clone();
        of_screen(screen, &almanac).into_iter().map(|common| common.id.0.clone()).collect()
    }

    /// What the rules say of it and of its picture.
    pub fn faults(&mut self) -> Result<(Vec<String>, Shot), String> {
        let shot = self.studio.shoot()?;
        let sight = Sight::of(self.studio.world());
        let mut faults = check_layout(&sight);
        faults.extend(check_picture(&sight, &shot));
        Ok((faults, shot))
    }
}

fn open(known: &mut HashMap<(String, NaiveDate), Content>, beginning: &Beginning) -> Result<Content, String> {
    let profile = Profile::shipped(&beginning.profile)?;
    let standing = Standing { position: None, facing_degrees: profile.facing_degrees };
    // The demo town's dates move with the day in its own zone.
    let day = beginning.at.with_timezone(&chrono_tz::Europe::Paris).date_naive();
    let key = (format!("{} {}", beginning.content, profile.facing_degrees), day);
    if let Some(content) = known.get(&key) {
        return Ok(content.clone());
    }
    let opened = match beginning.content.as_str() {
        "demo" => open_demo(beginning.at, standing),
        path => open_path(Path::new(path), standing)?,
    };
    let opened = opened.dressed(&Theme::shipped("parvis")?);
    let content = (Arc::new(opened.almanac), opened.gallery);
    known.insert(key, content.clone());
    Ok(content)
}

/// Opened content as this stage shows it.
pub fn dress(opened: Opened) -> Result<Ready, String> {
    let theme = Theme::shipped("parvis")?;
    let Opened { almanac, gallery, .. } = opened.dressed(&theme);
    Ok(Ready { almanac: Arc::new(almanac), gallery, theme, preview: false })
}

fn visitor(beginning: &Beginning, almanac: &Almanac) -> Result<Visitor, String> {
    let mut visitor = Visitor::nobody(beginning.language);
    for name in &beginning.access {
        let mode = Mode::ALL.into_iter().find(|mode| mode.name() == name);
        visitor.modes.insert(mode.ok_or_else(|| format!("there is no access mode \"{name}\""))?);
    }
    if beginning.is_signage() {
        return Ok(visitor);
    }
    let name = beginning.screen.as_str();
    let id = beginning.id.clone().map(parvis::content::Id).or_else(|| first_item(name, almanac));
    let screen = Screen::parse(name, id).ok_or_else(|| format!("there is no screen \"{name}\""))?;
    if screen != Screen::Attract {
        visitor.home();
        visitor.open(screen);
    }
    Ok(visitor)
}

/// The first item that a screen about one item can show.
fn first_item(screen: &str, almanac: &Almanac) -> Option<parvis::content::Id> {
    of_screen(screen, almanac).first().map(|common| common.id.clone())
}

/// Everything that a screen about one item can show.
fn of_screen<'a>(screen: &str, almanac: &'a Almanac) -> Vec<&'a Common> {
    let catalog = &almanac.catalog;
    match screen {
        "event" => catalog.events.iter().map(|event| &event.common).collect(),
        "place" => catalog.places.iter().map(|place| &place.common).collect(),
        "article" => catalog.articles.iter().map(|article| &article.common).collect(),
        "service" => catalog.services.iter().map(|service| &service.common).collect(),
        _ => Vec::new(),
    }
}
