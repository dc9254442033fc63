//! `parvis render --serve` as a process of its own: one answer a line, and it goes on after what it cannot do.

use super::scratch::Scratch;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const AT: &str = "2026-06-15T15:30:00+02:00";

fn asked(child: &mut Child, answers: &mut impl BufRead, line: &str) -> Result<Value, String> {
    let stdin = child.stdin.as_mut().ok_or("it takes no requests")?;
    writeln!(stdin, "{line}").map_err(|error| error.to_string())?;
    let mut answer = String::new();
    answers.read_line(&mut answer).map_err(|error| error.to_string())?;
    serde_json::from_str(&answer).map_err(|error| format!("\"{answer}\": {error}"))
}

fn size(path: &Path) -> Result<(u32, u32), String> {
    image::image_dimensions(path).map_err(|error| format!("{}: {error}", path.display()))
}

pub fn run() -> Result<(), String> {
    let scratch = Scratch::new("serve")?;
    let file = |name: &str| scratch.path().join(name);
    let mut child = Command::new(env!("CARGO_BIN_EXE_parvis"))
        .args(["render", "--serve"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut answers = BufReader::new(child.stdout.take().ok_or("it gives no answers")?);
    let mut ask = |line: &str| asked(&mut child, &mut answers, line);
    let home = |out: &Path| json!({ "screen": "home", "size": "540x960", "at": AT, "out": out });
    let first = ask(&home(&file("1.png")).to_string())?;
    if first != json!({ "out": file("1.png") }) || size(&file("1.png"))? != (540, 960) {
        return Err(format!("the first picture: {first}"));
    }
    let unknown = json!({ "screen": "nowhere", "out": file("x.png") }).to_string();
    let misspelt = json!({ "screen": "home", "sreen": 1, "out": file("x.png") }).to_string();
    let long = "x".repeat(2 << 20);
    for line in ["nonsense", "[]", "{\"screen\":\"home\"}", &unknown, &misspelt, &long] {
        let answer = ask(line)?;
        if answer["error"].as_str().is_none_or(str::is_empty) || file("x.png").exists() {
            return Err(format!("{}: {answer}", line.chars().take(60).collect::<String>()));
        }
    }
    let other = json!({
        "screen": "near", "profile": "counter", "lang": "de", "access": ["large", "contrast"], "at": AT,
        "out": file("2.png"), "tree": file("2.json"),
    });
    let answer = ask(&other.to_string())?;
    let tree = std::fs::read_to_string(file("2.json")).map_err(|error| format!("{answer}: {error}"))?;
    if size(&file("2.png"))? != (1920, 1080) || !tree.contains("Nächste Seite") {
        return Err(format!("another profile and language: {answer}"));
    }
    let town = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/signage/content");
    let slide = json!({ "screen": "signage", "content": town, "size": "540x960", "at": AT, "out": file("4.png") });
    let mut item = slide.clone();
    (item["item"], item["out"]) = (json!("test:notice"), json!(file("5.png")));
    for wish in [&slide, &item] {
        let answer = ask(&wish.to_string())?;
        if answer["error"].is_string() {
            return Err(format!("signage: {answer}"));
        }
    }
    draft(&scratch, &mut ask)?;
    ask(&home(&file("3.png")).to_string())?;
    let read = |name: &str| std::fs::read(file(name)).map_err(|error| error.to_string());
    if read("1.png")? != read("3.png")? {
        return Err("what was drawn between changes what is drawn".to_owned());
    }
    let alone = Command::new(env!("CARGO_BIN_EXE_parvis"))
        .args(["render", "signage", "--content", town, "--item", "test:notice", "--size", "540x960", "--at", AT, "-o"])
        .arg(file("6.png"))
        .status()
        .map_err(|error| error.to_string())?;
    if !alone.success() || read("5.png")? != read("6.png")? || read("4.png")? == read("5.png")? {
        return Err("a slide looks otherwise than one that is drawn by itself".to_owned());
    }
    drop(child.stdin.take());
    let status = child.wait().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("at the end of its input: {status}")) }
}

/// What nobody has published yet is shown, checked, and forgotten.
fn draft(scratch: &Scratch, ask: &mut impl FnMut(&str) -> Result<Value, String>) -> Result<(), String> {
    let tree = scratch.path().join("draft.json");
    let ball = json!({
        "type": "event", "id": "hub:ball", "title": { "fr": "Bal du port" }, "location": { "name": "Port" },
        "timings": [{ "begin": "2026-06-15T20:00:00+02:00", "end": "2026-06-15T23:00:00+02:00" }],
    });
    let mut wish = json!({
        "screen": "event", "id": "hub:ball", "at": AT, "draft": ball, "check": true,
        "out": scratch.path().join("draft.png"), "tree": tree,
    });
    let answer = ask(&wish.to_string())?;
    let spoken = std::fs::read_to_string(&tree).map_err(|error| format!("{answer}: {error}"))?;
    if answer["faults"] != json!([]) || !spoken.contains("Bal du port") {
        return Err(format!("a draft: {answer}"));
    }
    wish["draft"]["title"]["fr"] =
        json!("Donaudampfschifffahrtsgesellschaftskapitänspatentinhaberversammlung".repeat(3));
    let answer = ask(&wish.to_string())?;
    if answer["faults"][0]["rule"].as_str().is_none() {
        return Err(format!("a word that fits nowhere: {answer}"));
    }
    wish["draft"]["timings"] = json!("soon");
    wish["draft"]["type"] = json!("comet");
    let answer = ask(&wish.to_string())?;
    if !answer["error"].as_str().is_some_and(|why| why.contains("comet")) {
        return Err(format!("a draft that is none: {answer}"));
    }
    wish.as_object_mut().map(|wish| wish.remove("draft"));
    let answer = ask(&wish.to_string())?;
    let spoken = std::fs::read_to_string(&tree).map_err(|error| format!("{answer}: {error}"))?;
    if spoken.contains("Bal du port") { Err("a draft stays".to_owned()) } else { Ok(()) }
}
