//! The commands of `parvis-hub` as scripts see them: what they print, write and exit with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("parvis-hub-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn hub(folder: &Scratch, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
    let Output { status, stdout, stderr } = command.current_dir(&folder.0).args(arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn case(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/openagenda");
    folder.join(name).join("input.json").to_str().unwrap().to_owned()
}

#[test]
fn a_table_is_read_by_a_mapping_of_parvis_or_of_the_operator() {
    let folder = Scratch::new("mapping");
    fs::write(folder.0.join("wifi.csv"), "identifiant;nom_site;etat\n1;Gare;actif\n2;Stade;en travaux\n").unwrap();
    let base = ["import", "csv", "--from", "wifi.csv", "--out", "wifi.json", "--problems", "problems.json"];
    let with = |more: &[&str]| hub(&folder, &[&base[..], more].concat());
    let (status, stdout, stderr) = with(&["--mapping", "wifi"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(stdout.ends_with("2 records read, 1 left out\n"), "{stdout}");
    let own = "[mapping.own]\ntype = \"article\"\nid = \"identifiant\"\ncredit = \"Town\"\nlicence = \"ODbL\"\ntitle = \"{nom_site}\"\n";
    fs::write(folder.0.join("sources.toml"), own).unwrap();
    let (status, stdout, _) = with(&["--sources", "sources.toml", "--mapping", "own"]);
    assert_eq!((status, stdout.as_str()), (0, "2 items, 0 problems\n2 records read, 0 left out\n"));
    for (more, says) in [
        (&[][..], "name a mapping with --mapping"),
        (&["--mapping", "none"], "there is no [mapping.none] in it; there are: fibre, road-works, wifi"),
        (&["--mapping", "road-works"], "it has no column id_chantier"),
        (&["--sources", "none.toml", "--mapping", "own"], "none.toml: cannot be read"),
    ] {
        let (status, _, stderr) = with(more);
        assert!(status != 0 && stderr.contains(says), "{more:?}: {stderr}");
    }
}

#[test]
fn an_import_with_problems_is_done_and_says_how_many() {
    let folder = Scratch::new("done");
    let from = case("not-published");
    let arguments = ["import", "openagenda", "--from", &from, "--out", "events.json", "--problems", "problems.json"];
    let (status, stdout, stderr) = hub(&folder, &arguments);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert_eq!(stdout, "2 items, 7 problems\n8 records read, 6 left out\n");
    assert_eq!(folder.files(), ["events.json", "problems.json"]);
    let expected = case("not-published").replace("input", "expected");
    let json = |path: &Path| serde_json::from_slice::<serde_json::Value>(&fs::read(path).unwrap()).unwrap();
    let written = folder.0.join("events.json");
    assert_eq!(json(&written), json(Path::new(&expected)));
    assert_eq!(fs::read_to_string(written).unwrap().lines().count(), 4, "a line for each item, and the head and foot");
    let problems: Vec<parvis::content::Problem> =
        serde_json::from_slice(&fs::read(folder.0.join("problems.json")).unwrap()).unwrap();
    assert_eq!(problems.len(), 7);
}

#[test]
fn what_cannot_be_read_or_written_is_one_line_and_leaves_nothing_behind() {
    let folder = Scratch::new("failed");
    fs::write(folder.0.join("other.json"), "{}").unwrap();
    let from = case("online");
    for arguments in [
        ["import", "openagenda", "--from", "none.json", "--out", "events.json"],
        ["import", "openagenda", "--from", "other.json", "--out", "events.json"],
        ["import", "openagenda", "--from", &from, "--out", "other.json/in-a-file.json"],
    ] {
        let (status, _, stderr) = hub(&folder, &arguments);
        assert_eq!(status, 1, "{stderr}");
        let told = stderr.lines().filter(|line| line.starts_with("parvis-hub: ")).count();
        assert_eq!(told, 1, "{stderr}");
        assert_eq!(folder.files(), ["other.json"]);
    }
}

#[test]
fn wrong_usage_is_told_apart() {
    let folder = Scratch::new("usage");
    for arguments in [&["import"][..], &["import", "telepathy", "--from", "a", "--out", "b"], &["fly"], &[]] {
        assert_eq!(hub(&folder, arguments).0, 2, "{arguments:?}");
    }
    let (status, help, _) = hub(&folder, &["import", "--help"]);
    assert!(status == 0 && parvis::import::SOURCES.iter().all(|source| help.contains(source.name())));
}

#[test]
fn help_says_that_whoever_reaches_the_hub_can_leave_reports() {
    let (status, help, _) = hub(&Scratch::new("help"), &["serve", "--help"]);
    assert!(status == 0 && help.contains("Nobody is asked who they are") && help.contains("--records-mib"), "{help}");
}
