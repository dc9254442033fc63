//! Importers against folders of input and expected output: `tests/import/<source>/<case>/` holds `input.*`,
//! `expected.json` (the content document) and `problems.txt`. `PARVIS_BLESS=1` rewrites the last two.

use parvis::content::{Document, Imported, Problem, read_document};
use parvis::import::{SOURCES, Source};
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

fn left_out(problems: &[Problem]) -> usize {
    problems.iter().filter(|problem| problem.reason.starts_with("left out: ")).count()
}

/// What holds for whatever any importer made of any input.
fn check(imported: &Imported, context: &Path) {
    let (items, problems) = (&imported.items, &imported.problems);
    assert_eq!(items.len() + left_out(problems), imported.records, "{}: records got lost", context.display());
    let json = serde_json::to_vec(&Document::new(items.clone())).unwrap();
    let read = read_document("test", &json);
    assert_eq!(&read.items, items, "{}: what was written is not what is read", context.display());
    let told: Vec<_> = read.problems.iter().filter(|problem| problem.field != "timings").collect();
    assert!(told.is_empty(), "{}: imported, but not understood: {told:#?}", context.display());
}

fn problems_text(imported: &Imported) -> String {
    let mut text = format!("{} records, {} items\n", imported.records, imported.items.len());
    for problem in &imported.problems {
        writeln!(text, "{problem}").unwrap();
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
            let is_input =
                |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("input."));
            let input = entries(&case).into_iter().find(is_input).unwrap_or_else(|| panic!("no input in {case:?}"));
            let imported = source.import(&input, &mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
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

/// What `registration` says is meant for the public.
fn published<'v>(value: &'v serde_json::Value, found: &mut Vec<&'v str>) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| published(value, found)),
        serde_json::Value::Object(map) => {
            let rows = map.get("registration").and_then(|rows| rows.as_array()).into_iter().flatten();
            found.extend(rows.filter_map(|row| row.get("value").unwrap_or(row).as_str()));
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
    let imported = source_of(case.parent().unwrap().parent().unwrap()).unwrap().import(&case, &mut |_| {}).unwrap();
    assert!(check_contacts(&case, &imported) >= 8);
    let output = format!("{imported:?}");
    for secret in ["Secret", "secret", "06 00", "06.00", "Secrète"] {
        assert!(!output.contains(secret), "{secret} got out");
    }
}

/// Real exports, where they are at hand: beside the checkout or where `PARVIS_DATA` says.
#[test]
fn real_exports_are_read_whole() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("PARVIS_DATA").map_or(beside, PathBuf::from);
    for source in SOURCES {
        let folder = data.join(source.name());
        if !folder.is_dir() {
            eprintln!("no real {} exports at hand", source.name());
            continue;
        }
        for file in entries(&folder) {
            let imported = source.import(&file, &mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
            check(&imported, &file);
            check_contacts(&file, &imported);
            eprintln!("{}: {}", file.display(), problems_text(&imported).lines().next().unwrap_or_default());
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
            assert!(source.import(&file, &mut |_| {}).is_err(), "{}: {:.20}", source.name(), text);
        }
    }
    for source in SOURCES {
        assert!(source.import(&folder.join("none"), &mut |_| {}).is_err());
    }
    fs::remove_dir_all(&folder).unwrap();
}
