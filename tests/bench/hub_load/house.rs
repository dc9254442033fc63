//! A hub in a folder of its own, as a program of its own.

use super::displays::Identity;
use chrono::{TimeDelta, Utc};
use parvis::hub::store::{By, Displays, Draft, Items, Sqlite, State};
use parvis::protocol::Placed;
use parvis::publication::SigningKey;
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::SystemTime;

pub type Outcome<T> = Result<T, Box<dyn Error>>;

pub const EMAIL: &str = "anne@ville.fr";
pub const PASSWORD: &str = "trois chevaux et un bateau";
const MIB: f64 = 1024.0 * 1024.0;
/// Of the processor time that the kernel tells, in seconds.
const TICK: f64 = 0.01;

pub struct House {
    folder: PathBuf,
    program: PathBuf,
    running: Option<Child>,
    pub address: String,
}

impl House {
    pub fn new() -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("parvis-hub-load-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let here = std::env::current_exe()?;
        let program = here.ancestors().nth(2).ok_or("no folder of programs")?.join("parvis-hub");
        if !program.exists() {
            return Err(format!("{}: build it first, with --bin parvis-hub", program.display()).into());
        }
        Ok(Self { folder, program, running: None, address: String::new() })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).stdin(Stdio::null());
        command
    }

    /// Says who the town is. Public sources do not answer it.
    pub fn begin(&self) -> Outcome<()> {
        fs::write(self.folder.join("password"), PASSWORD)?;
        let services = include_str!("../../../kiosk-config/services.toml").replace("https://", "http://127.0.0.1:9/");
        fs::write(self.folder.join("services.toml"), services)?;
        fs::write(self.folder.join("hub.toml"), "renderer = \"none\"\n")?;
        let begin =
            ["begin", "Essai", "--email", EMAIL, "--name", "Anne", "--password-file", "password", "--data", "."];
        let begun = self.command().args(begin).stdout(Stdio::null()).status()?;
        if begun.success() { Ok(()) } else { Err("the hub could not be begun".into()) }
    }

    pub fn start(&mut self) -> Outcome<()> {
        let serve = "serve --data . --listen 127.0.0.1:0 --services services.toml --config hub.toml";
        let mut running = self.command().args(serve.split(' ')).stdout(Stdio::piped()).spawn()?;
        let said = running.stdout.take().ok_or("the hub says nothing")?;
        self.running = Some(running);
        let first = BufReader::new(said).lines().next().ok_or("the hub ended")??;
        self.address = first.trim_start_matches("http://").to_owned();
        Ok(())
    }

    pub fn stop(&mut self) -> Outcome<()> {
        let Some(mut running) = self.running.take() else { return Ok(()) };
        running.kill()?;
        running.wait()?;
        Ok(())
    }

    fn pid(&self) -> Outcome<u32> {
        Ok(self.running.as_ref().ok_or("the hub does not run")?.id())
    }

    /// Proportional shares of the memory of the hub and of its signer, in MiB.
    pub fn memory(&self) -> Outcome<(f64, f64)> {
        let hub = self.pid()?;
        let children = fs::read_to_string(format!("/proc/{hub}/task/{hub}/children"))?;
        let signer = children.split_whitespace().map(|child| pss(child.parse()?)).sum::<Outcome<f64>>()?;
        Ok((pss(hub)?, signer))
    }

    /// What the hub has used of processors so far, in seconds.
    pub fn cpu(&self) -> Outcome<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid()?))?;
        let (_, rest) = stat.rsplit_once(')').ok_or("no stat")?;
        // After the name: state is field 3, utime and stime are 14 and 15.
        let ticks = rest.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
        Ok(ticks.sum::<Result<f64, _>>()? * TICK)
    }

    /// When the newest publication was put out.
    pub fn published_at(&self) -> Outcome<SystemTime> {
        Ok(fs::metadata(self.folder.join("publication/metadata/timestamp.json"))?.modified()?)
    }

    fn store(&self) -> Outcome<Sqlite> {
        Ok(Sqlite::open(&self.folder)?)
    }

    /// So many items, ready to be published, and so many displays.
    pub fn fill(&self, items: usize, displays: usize) -> Outcome<Vec<Identity>> {
        let store = self.store()?;
        for number in 0..items {
            save(&store, number, "", None)?;
        }
        (0..displays)
            .map(|number| {
                let key = SigningKey::generate().map_err(|error| error.to_string())?;
                let name = format!("Panneau {number}");
                let placed = Placed { display: 0, name, group: "default".to_owned(), position: String::new() };
                let by = By { who: "bench", now: Utc::now() };
                Ok(Identity { number: store.add_display(&placed, key.public(), by)?, key })
            })
            .collect()
    }

    /// Somebody changes one item, and it is ready.
    pub fn change(&self, number: usize) -> Outcome<()> {
        let store = self.store()?;
        let version = store.item(&id(number))?.ok_or("the item is gone")?.version;
        save(&store, number, &format!(" ({version})"), Some(version))
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // Nobody is left to tell; the folder is a temporary one.
        let _ = self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn pss(pid: u32) -> Outcome<f64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).ok_or("no Pss is told")?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib * 1024.0 / MIB)
}

fn id(number: usize) -> String {
    format!("hub:bench-{number}")
}

/// Three events and a place, again and again, each with its own words.
fn save(store: &Sqlite, number: usize, more: &str, based_on: Option<i64>) -> Outcome<()> {
    let (kind, id) = (if number % 4 == 3 { "place" } else { "event" }, id(number));
    let title = format!("{} {number}{more}", ["Concert", "Marché", "Visite", "Parc"][number % 4]);
    let text = format!("Une phrase sur {title}, qui dit ce que c’est, pour qui, et comment on y va. ").repeat(4);
    let body = body(kind, &id, number, &title, &text);
    let words = format!("{title} {text}");
    let draft =
        Draft { id: &id, kind, title: &title, words: &words, state: State::Ready, body: &body, reason: "", based_on };
    store.save(&draft, By { who: "bench", now: Utc::now() })?;
    Ok(())
}

fn body(kind: &str, id: &str, number: usize, title: &str, text: &str) -> Value {
    let (title, text) = (json!({"fr": title, "en": format!("{title} (en)")}), json!({"fr": text, "en": text}));
    if kind == "place" {
        let position = json!({"lat": 43.7 + (number as f64) * 1e-5, "lon": 7.4});
        return json!({"type": kind, "id": id, "title": title, "text": text, "categories": ["park"], "position": position});
    }
    let begin = Utc::now().date_naive() + TimeDelta::days((number % 60) as i64);
    let timing = json!({"begin": format!("{begin}T18:30:00"), "end": format!("{begin}T20:00:00")});
    json!({"type": kind, "id": id, "title": title, "text": text, "timings": [timing], "kind": "music",
        "location": {"name": "Salle des fêtes"}})
}
