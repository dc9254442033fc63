//! Importers against folders of input and expected output: `tests/import/<source>/<case>/` holds `input.*`,
//! `expected.json` (the content document) and `problems.txt`. `PARVIS_BLESS=1` rewrites the last two. A `settings.toml`
//! may say what differs from a French town on 1 May 2026: `zone`, `language`, `now`, `position`, `stops`, `codes` and
//! `senders` (with commas between), `timetable` (a path from the case), and `mapping` for one that comes with Parvis; a
//! `sources.toml` beside it holds a mapping of the case's own, called `test`.

use chrono::{DateTime, Utc};
use parvis::content::{Contact, Document, Id, Item, Position, Problem, read_document};
use parvis::import::fetch::{Allowed, Pace, Web};
use parvis::import::{
    Area, Counts, Extent, ImportError, Input, Job, LEFT_OUT, Mapping, Output, Picture, SOURCES, Settings, Source,
};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn source_of(folder: &Path) -> Option<&'static dyn Source> {
    let name = folder.file_name().unwrap().to_str().unwrap();
    SOURCES.iter().copied().find(|source| source.name() == name)
}

/// What an import gave.
#[derive(Debug, Default)]
pub struct Imported {
    pub items: Vec<Item>,
    pub pictures: Vec<(Id, Picture)>,
    pub problems: Vec<Problem>,
    pub gone: Vec<Id>,
    pub counts: Counts,
    pub extent: Option<Extent>,
}

impl Imported {
    /// Why it broke off; none of its records is lost by that.
    pub fn broken_off(&self) -> &str {
        let Some(Extent::BrokenOff(reason)) = &self.extent else { panic!("{:?}", self.extent) };
        assert_eq!(self.items.len() + self.counts.left_out, self.counts.records);
        reason
    }
}

impl Output for Imported {
    fn item(&mut self, item: Item, pictures: Vec<Picture>) {
        let id = &item.common().id;
        self.pictures.extend(pictures.into_iter().map(|picture| (id.clone(), picture)));
        self.items.push(item);
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn withdrawn(&mut self, id: Id) {
        self.gone.push(id);
    }
}

/// The moment of every import in these tests.
pub fn now() -> DateTime<Utc> {
    "2026-05-01T10:00:00Z".parse().unwrap()
}

pub fn import(source: &dyn Source, from: &Input, settings: &Settings) -> Result<Imported, ImportError> {
    let mut allowed = Allowed::default();
    if let Input::Web(url) = from {
        allowed.and_host_of(url);
    }
    let mut web = Web::new(allowed, Pace::unhurried());
    let mut imported = Imported::default();
    let mut progress = |_| {};
    let mut job = Job::new(from, settings, &mut web, &mut imported, &mut progress);
    let extent = job.import(source)?;
    let counts = job.counts();
    Ok(Imported { counts, extent: Some(extent), ..imported })
}

fn import_path(source: &dyn Source, path: &Path) -> Result<Imported, ImportError> {
    import(source, &Input::Path(path.to_owned()), &settings(path))
}

/// The settings of the case that this input belongs to.
pub fn settings(input: &Path) -> Settings {
    let mut settings = Settings::new(now());
    if let Ok(text) = fs::read_to_string(input.with_file_name("sources.toml")) {
        settings.mapping = Some(Mapping::from_toml(&text, "test").unwrap_or_else(|error| panic!("{input:?}: {error}")));
    }
    let Ok(text) = fs::read_to_string(input.with_file_name("settings.toml")) else { return settings };
    let table: toml::Table = text.parse().unwrap();
    for (key, value) in &table {
        let value = value.as_str().unwrap();
        match key.as_str() {
            "mapping" => settings.mapping = Some(Mapping::built_in(value).unwrap()),
            "zone" => settings.zone = value.parse().unwrap(),
            "language" => settings.language = value.to_owned(),
            "now" => settings.now = value.parse().unwrap(),
            "stops" => settings.stops = value.split(", ").map(str::to_owned).collect(),
            "timetable" => settings.timetable = Some(input.with_file_name(value)),
            "codes" => settings.codes = value.split(',').map(str::to_owned).collect(),
            "senders" => settings.senders = value.split(',').map(str::to_owned).collect(),
            "position" => {
                let (lat, lon) = value.split_once(',').unwrap();
                settings.position = Position::new(lat.parse().unwrap(), lon.parse().unwrap());
            }
            other => panic!("{other}: no such setting"),
        }
    }
    settings
}

/// What holds for whatever any importer made of any input.
fn check(imported: &Imported, context: &Path) {
    let (items, problems) = (&imported.items, &imported.problems);
    let left_out = problems.iter().filter(|problem| problem.reason.starts_with(LEFT_OUT)).count();
    let told_together = problems.iter().find(|problem| problem.reason.ends_with("outside of the town"));
    let outside = told_together.map_or(0, |told| told.reason.split(' ').next().unwrap().parse().unwrap());
    assert_eq!(items.len() + left_out + outside, imported.counts.records, "{}: records got lost", context.display());
    let json = serde_json::to_vec(&Document::new(items.clone())).unwrap();
    let read = read_document("test", &json);
    assert_eq!(&read.items, items, "{}: what was written is not what is read", context.display());
    let told: Vec<_> = read.problems.iter().filter(|problem| problem.field != "timings").collect();
    assert!(told.is_empty(), "{}: imported, but not understood: {told:#?}", context.display());
    check_problems(imported, context);
    for item in items {
        let from = &item.common().provenance;
        assert!(from.iter().any(|from| !from.source.is_empty() && !from.credit.is_empty()), "from whom? {item:?}");
    }
}

fn problems_text(imported: &Imported) -> String {
    let mut text = format!("{} records, {} items\n", imported.counts.records, imported.items.len());
    for problem in &imported.problems {
        writeln!(text, "{problem}").unwrap();
    }
    if let Some(Extent::BrokenOff(reason)) = &imported.extent {
        writeln!(text, "breaks off: {reason}").unwrap();
    }
    for id in &imported.gone {
        writeln!(text, "gone: {id}").unwrap();
    }
    for (id, picture) in &imported.pictures {
        let Picture { url, alt, credit, licence } = picture;
        let crop = picture.crop();
        let alt = alt.0.values().next().map_or("", |alt| alt.text.as_str());
        writeln!(text, "picture of {id}: {url} | {alt} | {credit} | {licence} | crop {crop:?}").unwrap();
    }
    text
}

#[test]
fn every_case_comes_out_as_expected() {
    let bless = std::env::var_os("PARVIS_BLESS").is_some();
    let mut differing = Vec::new();
    let mut count = 0;
    for folder in entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")) {
        let source = source_of(&folder).unwrap_or_else(|| panic!("no source is called like {}", folder.display()));
        for case in entries(&folder) {
            count += 1;
            let is_input = |path: &PathBuf| {
                let name = path.file_name().unwrap().to_string_lossy();
                name == "input" || name.starts_with("input.")
            };
            let input = entries(&case).into_iter().find(is_input).unwrap_or_else(|| panic!("no input in {case:?}"));
            let imported = import_path(source, &input).unwrap_or_else(|error| panic!("{error}"));
            check(&imported, &case);
            let mut json = serde_json::to_string_pretty(&Document::new(imported.items.clone())).unwrap();
            json.push('\n');
            for (name, made) in [("expected.json", json), ("problems.txt", problems_text(&imported))] {
                let path = case.join(name);
                if bless {
                    fs::write(path, made).unwrap();
                } else if fs::read_to_string(&path).unwrap_or_default() != made {
                    differing.push(path);
                }
            }
        }
    }
    assert!(count > 0, "there is no case at all");
    assert!(
        differing.is_empty(),
        "not as expected (PARVIS_BLESS=1 rewrites, then look at the difference): {differing:#?}"
    );
}

/// Every string below a field that names people or their contacts.
fn contacts<'v>(value: &'v serde_json::Value, inside: bool, found: &mut Vec<&'v str>) {
    let personal = ["member", "contributor", "creator", "owner", "email", "phone", "booking", "mailto"];
    match value {
        serde_json::Value::String(text) if inside && text.len() > 5 => found.push(text),
        serde_json::Value::Array(values) => values.iter().for_each(|value| contacts(value, inside, found)),
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                let key = key.to_lowercase();
                contacts(value, inside || personal.iter().any(|name| key.contains(name)), found);
            }
        }
        _ => {}
    }
}

/// Every string below a value.
fn strings<'v>(value: &'v serde_json::Value, found: &mut Vec<&'v str>) {
    match value {
        serde_json::Value::String(text) => found.push(text),
        serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        serde_json::Value::Object(map) => map.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

/// What `registration` says is meant for the public, and the public contact of a place of DATAtourisme.
fn published<'v>(value: &'v serde_json::Value, found: &mut Vec<&'v str>) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| published(value, found)),
        serde_json::Value::Object(map) => {
            let rows = map.get("registration").and_then(|rows| rows.as_array()).into_iter().flatten();
            found.extend(rows.filter_map(|row| row.get("value").unwrap_or(row).as_str()));
            ["hasContact", "hasBookingContact"]
                .iter()
                .filter_map(|key| map.get(*key))
                .for_each(|at| strings(at, found));
            map.values().for_each(|value| published(value, found));
        }
        _ => {}
    }
}

/// No contact of the input that was not published as such stands anywhere in the output.
fn check_contacts(input: &Path, imported: &Imported) -> usize {
    let Ok(json) = serde_json::from_slice(&fs::read(input).unwrap()) else { return 0 };
    let output = format!("{:?}{:?}", imported.items, imported.problems);
    let (mut secret, mut public) = (Vec::new(), Vec::new());
    contacts(&json, false, &mut secret);
    published(&json, &mut public);
    secret.retain(|contact| !public.contains(contact));
    for contact in &secret {
        assert!(!output.contains(contact), "{}: {contact} got out", input.display());
    }
    secret.len()
}

#[test]
fn nobodys_contacts_get_out() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/openagenda/personal/input.json");
    let imported = import_path(source_of(case.parent().unwrap().parent().unwrap()).unwrap(), &case).unwrap();
    assert!(check_contacts(&case, &imported) >= 8);
    let output = format!("{imported:?}");
    for secret in ["Secret", "secret", "06 00", "06.00", "Secrète"] {
        assert!(!output.contains(secret), "{secret} got out");
    }
}

/// The source of a real file: by its folder, and where two sources share one, by its extension.
fn source_of_real(file: &Path) -> Option<&'static dyn Source> {
    let folder = file.parent().unwrap().file_name().unwrap().to_str().unwrap();
    let extension = file.extension().map(|extension| extension.to_string_lossy().into_owned());
    let name = match (folder, extension.as_deref()) {
        ("gtfs", Some("pb")) => "gtfs-rt",
        ("feeds", Some("csv")) => "csv",
        ("feeds", _) => "feed",
        (folder, _) => folder,
    };
    SOURCES.iter().copied().find(|source| source.name() == name)
}

/// E-mail addresses and telephone numbers in a text.
fn addresses(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || "<>()[]\",;".contains(c));
    let mails =
        words.filter(|word| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')));
    let mut found: Vec<String> = mails.map(str::to_owned).collect();
    let mut number = String::new();
    // The numbers in a web address are nobody's.
    let plain: Vec<&str> = text.split(' ').filter(|word| !word.contains("://")).collect();
    for c in plain.join(" ").chars().chain(['\n']) {
        match c {
            '+' | '0'..='9' => number.push(c),
            ' ' | '.' | '-' | '\u{a0}' if !number.is_empty() => {}
            _ => {
                let is_phone =
                    number.len() == 10 && number.starts_with('0') || number.len() > 10 && number.starts_with('+');
                found.extend(is_phone.then(|| number.clone()));
                number.clear();
            }
        }
    }
    found
}

/// No e-mail address and no telephone number stands in an item but where the public is told how to reach someone.
fn check_addresses(imported: &Imported, context: &Path) {
    for item in &imported.items {
        let mut item = item.clone();
        match &mut item {
            Item::Place(place) => place.contact = Contact::default(),
            Item::Event(event) => event.registration.clear(),
            _ => {}
        }
        let json = serde_json::to_value(&item).unwrap();
        let mut texts = Vec::new();
        strings(&json, &mut texts);
        for text in texts.into_iter().filter(|text| !text.starts_with("siret:")) {
            assert!(addresses(text).is_empty(), "{}: {:?} in {text}", context.display(), addresses(text));
        }
    }
}

/// Nor does one stand in a problem, but for institutions that warn the public.
fn check_problems(imported: &Imported, context: &Path) {
    for problem in imported.problems.iter().filter(|problem| !["sender", "references"].contains(&&*problem.field)) {
        assert!(addresses(&problem.to_string()).is_empty(), "{}: {problem}", context.display());
        for secret in ["Secret", "secret", "Secrète"] {
            assert!(!problem.value.contains(secret), "{}: {problem}", context.display());
        }
    }
}

#[test]
fn addresses_are_found_in_any_text() {
    for (text, found) in [
        ("Écrire à jean.dupont@exemple.test, merci", &["jean.dupont@exemple.test"][..]),
        ("Tél. 05 63 00 00 00 ou +33 5.63.00.00.00.", &["0563000000", "+33563000000"]),
        ("le 12.05.2026 à 10 h 30, 120 € @ la salle", &[]),
    ] {
        assert_eq!(addresses(text), found, "{text}");
    }
}

/// What the rows of the one real table are.
const CAR_SHARING: &str = r#"
[mapping.test]
type = "place"
kind = "parking"
id = "id_local"
credit = "transport.data.gouv.fr"
title = "{nom_lieu}"
address = "{ad_lieu}, {com_lieu}"
position = { lat = "Ylat", lon = "Xlong" }
"#;

/// Real files that are refused as a whole, and for what.
const REFUSED: [(&str, &str); 1] = [("cap/xee.cap", "DOCTYPE")];

/// Real exports, where they are at hand: beside the checkout or where `PARVIS_DATA` says.
#[test]
fn real_exports_are_read_whole() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("PARVIS_DATA").map_or(beside, PathBuf::from);
    if !data.is_dir() {
        eprintln!("no real exports at hand");
        return;
    }
    for file in entries(&data).iter().filter(|path| path.is_dir()).flat_map(|folder| entries(folder)) {
        let Some(source) = source_of_real(&file) else { continue };
        let refused = REFUSED.iter().find(|(name, _)| file.ends_with(name));
        let mut settings = Settings::new(now());
        settings.mapping = source.name().eq("csv").then(|| Mapping::from_toml(CAR_SHARING, "test").unwrap());
        match (import(source, &Input::Path(file.clone()), &settings), refused) {
            (Ok(imported), None) => {
                check(&imported, &file);
                check_contacts(&file, &imported);
                check_addresses(&imported, &file);
                eprintln!("{}: {}", file.display(), problems_text(&imported).lines().next().unwrap_or_default());
            }
            (Err(error), Some((_, why))) => assert!(error.to_string().contains(why), "{error}"),
            (Ok(_), Some((name, _))) => panic!("{name} was taken"),
            (Err(error), None) => panic!("{error}"),
        }
    }
}

#[test]
fn what_is_no_export_at_all_is_one_error() {
    let folder = std::env::temp_dir().join(format!("parvis-import-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let deep = "[".repeat(1_000_000);
    for (at, text) in ["", "{}", "7", "<html></html>", "{\"events\": 5}", "{\"event\": {", &deep].iter().enumerate() {
        let file = folder.join(format!("{at}.json"));
        fs::write(&file, text).unwrap();
        for source in SOURCES {
            assert!(import_path(*source, &file).is_err(), "{}: {:.20}", source.name(), text);
        }
    }
    for source in SOURCES {
        assert!(import_path(*source, &folder.join("none")).is_err());
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// What lies in the town is the same whether the extract holds more or not.
#[test]
fn an_extract_that_holds_more_than_the_town_is_cut_at_its_boundary() {
    let osm = SOURCES.iter().copied().find(|source| source.name() == "osm").unwrap();
    let from = Input::Path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/osm/town/input.osm.pbf"));
    let whole = import(osm, &from, &Settings::new(now())).unwrap();
    let position = |item: &Item| match item {
        Item::Place(place) => place.position.unwrap(),
        other => panic!("not a place: {other:?}"),
    };
    let mut lats: Vec<f64> = whole.items.iter().map(|item| position(item).lat).collect();
    lats.sort_by(f64::total_cmp);
    // What lies up to 500 m beside the boundary is the town's.
    let middle = lats[lats.len() / 2] + 500.0 / 111_195.0;
    let ring = [[-180.0, middle], [180.0, middle], [180.0, 90.0], [-180.0, 90.0], [-180.0, middle]];
    let boundary = serde_json::json!({ "type": "Polygon", "coordinates": [ring] });
    let area = Area::from_geojson(&boundary).unwrap();
    let north = import(osm, &from, &Settings { area: Some(area.clone()), ..Settings::new(now()) }).unwrap();
    check(&north, Path::new("the north of the town"));
    let expected: Vec<&Item> = whole.items.iter().filter(|item| area.is_near(position(item))).collect();
    assert!(!expected.is_empty() && expected.len() < whole.items.len());
    assert_eq!(north.items.iter().collect::<Vec<_>>(), expected);
}
