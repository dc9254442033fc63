//! `parvis render --serve`: many pictures from one process, asked for line by line.

use super::render::{Known, SIGNAGE, Wish, draw, play};
use crate::player::drawing::Drawing;
use crate::player::kiosk::Setup;
use crate::player::media::Pictures;
use crate::player::render::Studio;
use crate::player::visitor::Visitor;
use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Read, Write};
use std::path::PathBuf;

/// What `--help` says of it.
pub const HELP: &str = "\
With --serve each line of standard input is one picture, its keys named as the options are. \
Only screen and out are needed; what is left out has the option's default:
  {\"screen\":\"home\",\"lang\":\"en\",\"size\":\"540x960\",\"at\":\"2026-06-01T20:00:00+02:00\",\"out\":\"home.png\"}
  {\"screen\":\"place\",\"id\":\"osm:node/1\",\"access\":[\"large\",\"contrast\"],\"out\":\"p.png\",\"tree\":\"p.json\"}
  {\"screen\":\"signage\",\"content\":\"town\",\"item\":\"town:notice\",\"out\":\"s.png\"}
Each is answered by one line when its files are written: {\"out\":\"home.png\"} or {\"error\":\"..\"}. \
After an error it goes on. It ends with its input. A content directory is read once.";

/// A longer line is no request.
const LINE_MAX_BYTES: u64 = 1 << 20;

#[derive(Deserialize)]
struct Request {
    out: PathBuf,
    tree: Option<PathBuf>,
}

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
    print: Option<Print>,
}

/// Answers requests until there are no more.
pub fn serve(drawing: Drawing, mut requests: impl BufRead, mut answers: impl Write) -> Result<()> {
    let mut drawer = Drawer { drawing, studio: None, source: None, print: None };
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

impl Drawer {
    fn answer(&mut self, line: &[u8]) -> Result<Value> {
        let mut wish: Value = serde_json::from_slice(line)?;
        let Request { out, tree } = Request::deserialize(&wish)?;
        if let Some(wish) = wish.as_object_mut() {
            wish.retain(|key, _| key != "out" && key != "tree");
        }
        let wish: Wish = serde_json::from_value(wish)?;
        let screen = wish.screen.clone().ok_or_else(|| anyhow!("missing field `screen`"))?;
        self.show(&wish, &screen)?;
        let studio = self.studio.as_mut().ok_or_else(|| anyhow!("nothing can be drawn"))?;
        draw(studio, &out, tree.as_deref())?;
        Ok(json!({ "out": out }))
    }

    /// The kiosk shows what is wished for; the renderer is started once.
    fn show(&mut self, wish: &Wish, screen: &str) -> Result<()> {
        let setup = self.setup(wish)?;
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
        let known = self.studio.as_mut().filter(|_| self.source.as_ref() == Some(&source)).map(known);
        let setup = wish.setup(known)?;
        let print = Print { theme: setup.theme.name.clone(), px_per_mm: setup.profile.px_per_mm().to_bits() };
        let same = self.source.as_ref() == Some(&source) && self.print.as_ref() == Some(&print);
        if !same && let Some(studio) = &mut self.studio {
            studio.world().resource_mut::<Pictures>().clear();
        }
        (self.source, self.print) = (Some(source), Some(print));
        Ok(setup)
    }
}

fn known(studio: &mut Studio) -> Known {
    let kiosk = studio.kiosk();
    Known {
        almanac: kiosk.almanac.clone(),
        gallery: kiosk.gallery.clone(),
        trust: kiosk.trust,
        bulletin: kiosk.bulletin.clone(),
    }
}

/// The day of a moment where the demo town lies.
fn day(moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(&chrono_tz::Europe::Paris).date_naive()
}
