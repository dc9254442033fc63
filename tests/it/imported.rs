//! What the scenarios "imported" show is what the import of their sources makes, pictures and all.

use crate::published_town::files;
use crate::stand_in::{Reply, StandIn};
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_town_that_scenarios_show_is_what_its_sources_give() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imported");
    let pictures = here.join("pictures");
    let server = StandIn::start(move |asked| {
        Reply::new(200, "image/jpeg", fs::read(pictures.join(asked.path.trim_start_matches('/'))).unwrap())
    });
    let town = std::env::temp_dir().join(format!("parvis-imported-{}", std::process::id()));
    fs::create_dir_all(town.join("sources")).unwrap();
    let served = |text: String| {
        let text = text.replace("http://pictures.example", server.url("").as_str().trim_end_matches('/'));
        text.replace("pictures.example", &server.address.to_string())
    };
    fs::write(town.join("sources.toml"), served(fs::read_to_string(here.join("sources.toml")).unwrap())).unwrap();
    for (name, bytes) in files(&here.join("sources")) {
        fs::write(town.join("sources").join(name), served(String::from_utf8(bytes).unwrap())).unwrap();
    }
    let mut hub = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
    hub.args(["import", "--all"]).arg(town.join("sources.toml")).args(["--at", "2026-06-15T10:00:00Z"]);
    let output = hub.env_remove("http_proxy").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut made = files(&town.join("content"));
    let committed = here.join("content");
    if std::env::var_os("PARVIS_BLESS").is_some() {
        for (name, bytes) in &made {
            fs::create_dir_all(committed.join(name).parent().unwrap()).unwrap();
            fs::write(committed.join(name), bytes).unwrap();
        }
    }
    // The town's own words were there before.
    made.insert("town.json".to_owned(), fs::read(committed.join("town.json")).unwrap());
    let expected = files(&committed);
    assert_eq!(made.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, bytes) in &made {
        assert!(expected[name] == *bytes, "{name} differs: look, then PARVIS_BLESS=1");
    }
    fs::remove_dir_all(&town).unwrap();
}
