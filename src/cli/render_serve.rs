//! `parvis render --serve`: many pictures from one process, asked for line by line.

use super::render::{Known, SIGNAGE, Wish, draw, play};
use crate::content::{Catalog, read_item};
use crate::player::almanac::Almanac;
use crate::player::drawing::Drawing;
use crate::player::kiosk::Setup;
use crate::player::media::Pictures;
use crate::player::render::Studio;
use crate::player::rules::{self, Sight};
use crate::player::sealed::{Refusal, seal};
use crate::player::visitor::Visitor;
use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// What `--help` says of it.
pub const HELP: &str = "\
With --serve each line of standard input is one picture, its keys named as the options are. \
Only screen and out are needed; what is left out has the option's default:
  {\"screen\":\"home\",\"lang\":\"en\",\"size\":\"540x960\",\"at\":\"2026-06-01T20:00:00+02:00\",\"out\":\"home.png\"}
  {\"screen\":\"place\",\"id\":\"osm:node/1\",\"access\":[\"large\",\"contrast\"],\"out\":\"p.png\",\"tree\":\"p.json\"}
  {\"screen\":\"signage\",\"content\":\"town\",\"item\":\"town:notice\",\"out\":\"s.png\"}
Each is answered by one line when its files are written: {\"out\":\"home.png\"} or {\"error\":\"..\"}. \
After an error it goes on. It ends with its input. A content directory is read once. \
With \"draft\":{..}, an item as in a content document, it is shown in place of the item of its id, or beside the others. \
With \"check\":true the answer has \"faults\": what is wrong with the picture, each as a rule and words.";

/// A longer line is no request.
const LINE_MAX_BYTES: u64 = 1 << 20;

#[derive(Deserialize)]
struct Request {
    out: PathBuf,
    tree: Option<PathBuf>,
    draft: Option<Value>,
    #[serde(default)]
    check: bool,
}

/// The keys of a line that do not say what to draw.
const OWN_KEYS: [&str; 4] = ["out", "tree", "draft", "check"];

/// What content is read once for: the demo town's dates move with the day.
#[derive(PartialEq)]
struct Source {
    content: Option<PathBuf>,
    store: Option<(PathBuf, bool)>,
    theme: Option<String>,
    day: Option<NaiveDate>,
    facing: u64,
}

/// What pictures are kept for, beside their size and light.
#[derive(PartialEq)]
struct Print {
    theme: String,
    px_per_mm: u32,
}

/// The one kiosk that draws, and what it shows.
struct Drawer {
    drawing: Drawing,
    studio: Option<Studio>,
    source: Option<Source>,
    /// The content as it was opened, and with the draft that was asked for last.
    base: Option<Known>,
    drafted: Option<(Value, Arc<Almanac>)>,
    print: Option<Print>,
}

/// Answers requests until there are no more, without any network, and with at most so much memory.
pub fn serve(
    (drawing, memory_mib): (Drawing, Option<u32>),
    mut requests: impl BufRead,
    mut answers: impl Write,
) -> Result<()> {
    seal(Refusal::Denied).context("this system cannot keep a program from the network")?;
    if let Some(mib) = memory_mib {
        limit_memory(mib).with_context(|| format!("this system does not take a limit of {mib} MiB"))?;
    }
    let mut drawer = Drawer { drawing, studio: None, source: None, base: None, drafted: None, print: None };
    loop {
        let mut line = Vec::new();
        let read = (&mut requests).take(LINE_MAX_BYTES).read_until(b'\n', &mut line).context("standard input")?;
        if read == 0 {
            return Ok(());
        }
        let answer = if read as u64 == LINE_MAX_BYTES && line.last() != Some(&b'\n') {
            requests.skip_until(b'\n').context("standard input")?;
            json!({ "error": format!("a line longer than {} KiB", LINE_MAX_BYTES >> 10) })
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            drawer.answer(&line).unwrap_or_else(|error| json!({ "error": format!("{error:#}") }))
        };
        writeln!(answers, "{answer}").and_then(|()| answers.flush()).context("standard output")?;
    }
}

/// Whoever asks for more ends: the machine has other things to do.
#[expect(unsafe_code, reason = "std has no call for limits of a process")]
fn limit_memory(mib: u32) -> std::io::Result<()> {
    let bytes = libc::rlim_t::from(mib) << 20;
    let limit = libc::rlimit { rlim_cur: bytes, rlim_max: bytes };
    // SAFETY: the pointer is to a whole structure that lives through the call.
    if unsafe { libc::setrlimit(libc::RLIMIT_DATA, &raw const limit) } == 0 {
        Ok(())
    } else {
        Err(std::io::Error::last_os_error())
    }
}

impl Drawer {
    fn answer(&mut self, line: &[u8]) -> Result<Value> {
        let mut wish: Value = serde_json::from_slice(line)?;
        let Request { out, tree, draft, check } = Request::deserialize(&wish)?;
        if let Some(wish) = wish.as_object_mut() {
            wish.retain(|key, _| !OWN_KEYS.contains(&key.as_str()));
        }
        let wish: Wish = serde_json::from_value(wish)?;
        let screen = wish.screen.clone().ok_or_else(|| anyhow!("missing field `screen`"))?;
        self.show(&wish, &screen, draft)?;
        let studio = self.studio.as_mut().ok_or_else(|| anyhow!("nothing can be drawn"))?;
        let shot = draw(studio, &out, tree.as_deref())?;
        if !check {
            return Ok(json!({ "out": out }));
        }
        let faults = rules::check(&Sight::of(studio.world()), &shot);
        let faults: Vec<Value> =
            faults.into_iter().map(|(rule, words)| json!({"rule": rule, "words": words})).collect();
        Ok(json!({ "out": out, "faults": faults }))
    }

    /// The kiosk shows what is wished for; the renderer is started once.
    fn show(&mut self, wish: &Wish, screen: &str, draft: Option<Value>) -> Result<()> {
        let mut setup = self.setup(wish)?;
        if let Some(draft) = draft {
            setup.almanac = self.with_draft(draft, &setup)?;
        }
        let station = wish.station(&setup.almanac, &setup.profile)?;
        let visitor = match screen {
            SIGNAGE => Visitor::nobody(station.languages[0]),
            name => wish.visitor(name, &setup.almanac, &setup.bulletin)?,
        };
        let studio = match &mut self.studio {
            Some(studio) => {
                let mut kiosk = studio.kiosk();
                (kiosk.profile, kiosk.theme, kiosk.first_language, kiosk.clock) =
                    (setup.profile, setup.theme, setup.first_language, setup.clock);
                (kiosk.trust, kiosk.bulletin) = (setup.trust, setup.bulletin);
                kiosk.replace(setup.almanac, setup.gallery);
                studio
            }
            None => self.studio.insert(Studio::new(setup, self.drawing)),
        };
        play(studio, station, screen);
        studio.seat(visitor);
        Ok(())
    }

    /// With the content that is already there, where it is the same.
    fn setup(&mut self, wish: &Wish) -> Result<Setup> {
        let profile = super::render::profile(&wish.profile, wish.size.as_deref())?;
        let source = Source {
            content: wish.content.clone(),
            // Its note on the clock counts only for a moment that nobody named.
            store: wish.store.clone().map(|store| (store, wish.at.is_some())),
            theme: wish.theme.clone(),
            day: wish.content.is_none().then(|| day(wish.moment())),
            facing: profile.facing_degrees.to_bits(),
        };
        let known = self.base.clone().filter(|_| self.source.as_ref() == Some(&source));
        let setup = wish.setup(known)?;
        let print = Print { theme: setup.theme.name.clone(), px_per_mm: setup.profile.px_per_mm().to_bits() };
        let same = self.source.as_ref() == Some(&source) && self.print.as_ref() == Some(&print);
        if !same && let Some(studio) = &mut self.studio {
            studio.world().resource_mut::<Pictures>().clear();
        }
        if self.source.as_ref() != Some(&source) {
            self.drafted = None;
        }
        (self.source, self.print) = (Some(source), Some(print));
        self.base = Some(Known {
            almanac: setup.almanac.clone(),
            gallery: setup.gallery.clone(),
            trust: setup.trust,
            bulletin: setup.bulletin.clone(),
        });
        Ok(setup)
    }

    /// The content with an item that nobody has published yet.
    fn with_draft(&mut self, draft: Value, setup: &Setup) -> Result<Arc<Almanac>> {
        if let Some((_, drafted)) = self.drafted.as_ref().filter(|(known, _)| *known == draft) {
            return Ok(drafted.clone());
        }
        let mut problems = Vec::new();
        let item = read_item("draft", &draft, &mut problems);
        let item = item.ok_or_else(|| anyhow!(problems.first().map_or_else(String::new, ToString::to_string)))?;
        let mut items = setup.almanac.catalog.clone().into_items();
        items.retain(|other| other.common().id != item.common().id);
        items.push(item);
        let (catalog, _) = Catalog::new(setup.almanac.catalog.town.clone(), items);
        let drafted = Arc::new(setup.almanac.with_catalog(catalog));
        self.drafted = Some((draft, drafted.clone()));
        Ok(drafted)
    }
}

/// The day of a moment where the demo town lies.
fn day(moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(&chrono_tz::Europe::Paris).date_naive()
}
