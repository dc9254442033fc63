//! The shape of the code: layers, sizes, names, and what may not stand where. Each rule is shown to fail beside it.

use crate::source_code::{SourceCode, block_end};
use std::fs;
use std::path::Path;

/// Which modules a module may import, itself aside. What is not listed may import nothing.
const LAYERS: &[(&str, &[&str])] = &[
    ("content", &[]),
    ("calendar", &["content"]),
    ("demo", &["content", "calendar"]),
    ("language", &["content", "calendar"]),
    ("search", &["content"]),
    ("wayfinding", &["content"]),
    ("signage", &["content", "calendar", "wayfinding"]),
    ("publication", &["content"]),
    ("store", &["content", "publication", "protocol"]),
    ("protocol", &["content", "publication"]),
    ("import", &["content", "language", "search"]),
    ("device", &["protocol"]),
    ("film", &[]),
    ("sync", &["content", "publication", "protocol", "store", "device"]),
    (
        "player",
        &[
            "content",
            "calendar",
            "demo",
            "language",
            "search",
            "signage",
            "wayfinding",
            "publication",
            "protocol",
            "store",
            "device",
            "film",
        ],
    ),
    ("hub", &["content", "calendar", "demo", "language", "publication", "protocol", "store", "import", "film"]),
    (
        "cli",
        &[
            "content",
            "calendar",
            "demo",
            "language",
            "search",
            "signage",
            "wayfinding",
            "publication",
            "store",
            "protocol",
            "import",
            "device",
            "film",
            "sync",
            "player",
            "hub",
        ],
    ),
];

/// Modules that do no I/O and read no clock.
const PURE: &[&str] = &["content", "calendar", "search", "wayfinding", "signage"];

/// One file: its path from the root of the package with `/`, and what stands in it.
struct File {
    path: String,
    source: String,
    /// Another file declares it `#[cfg(test)]`: none of its lines are code of the program.
    is_test: bool,
}

impl File {
    fn new(path: &str, source: &str) -> Self {
        Self { path: path.to_owned(), source: source.to_owned(), is_test: false }
    }

    /// The layer it belongs to: the first name below `src`.
    fn module(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or_default();
        below.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Whether another file of its folder declares it as tests only: `#[cfg(test)] mod name;`.
    fn is_declared_for_tests(&self, files: &[Self]) -> bool {
        let Some((folder, name)) = self.path.rsplit_once('/') else { return false };
        let declaration = format!("#[cfg(test)]\nmod {};", name.trim_end_matches(".rs"));
        files.iter().any(|file| file.path == format!("{folder}/mod.rs") && file.source.contains(&declaration))
    }

    fn is_below(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    fn code(&self) -> SourceCode {
        SourceCode::new(if self.is_test { "" } else { &self.source })
    }
}

/// A rule says for one file what is wrong, each with its line.
type Rule = fn(&File) -> Vec<String>;

/// What every rule says about every file below `src` and `tests`.
fn faults(rule: Rule) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        collect(root, &root.join(folder), &mut files);
    }
    assert!(files.iter().any(|file| file.path == "src/lib.rs"), "the code was not found");
    let tests: Vec<bool> = files.iter().map(|file| file.is_declared_for_tests(&files)).collect();
    for (file, is_test) in files.iter_mut().zip(tests) {
        file.is_test = is_test;
    }
    files.iter().flat_map(|file| rule(file).into_iter().map(|fault| format!("{}:{fault}", file.path))).collect()
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push(File::new(&name, &fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Holds a rule against the code, and first against a sample that it must reject and one that it must not.
fn hold(rule: Rule, wrong: &[(&str, &str)], right: &[(&str, &str)]) {
    for (path, source) in wrong {
        assert!(!rule(&File::new(path, source)).is_empty(), "the rule lets this pass: {path}: {source}");
    }
    for (path, source) in right {
        assert_eq!(rule(&File::new(path, source)), Vec::<String>::new(), "the rule rejects what is right: {source}");
    }
    let faults = faults(rule);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Words of a line that could be names: letters, digits and `_`.
fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty())
}

/// The modules named right after each `crate::`, one or a list in braces.
fn imported(code: &SourceCode) -> Vec<(usize, String)> {
    let whole = code.code.join("\n");
    let mut found = Vec::new();
    for (at, path) in whole.match_indices("crate::") {
        let rest = whole[at + path.len()..].trim_start();
        let line = whole[..at].matches('\n').count() + 1;
        let listed = rest.strip_prefix('{').map_or_else(|| names(rest).take(1).collect(), first_names);
        found.extend(listed.into_iter().map(|name| (line, name.to_owned())));
    }
    found
}

/// The first name of each path in a list in braces.
fn first_names(list: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut starts = vec![0];
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts.push(at + 1),
            _ => {}
        }
    }
    starts.into_iter().filter_map(|start| names(&list[start..]).next()).collect()
}

fn layers(file: &File) -> Vec<String> {
    if !file.path.starts_with("src/") || ["lib", "bin"].contains(&file.module()) {
        return Vec::new();
    }
    let allowed = LAYERS.iter().find(|(module, _)| *module == file.module()).map(|(_, allowed)| *allowed);
    let Some(allowed) = allowed else { return vec![format!("0: {} stands in no layer", file.module())] };
    let wrong =
        imported(&file.code()).into_iter().filter(|(_, to)| to != file.module() && !allowed.contains(&to.as_str()));
    wrong.map(|(line, to)| format!("{line}: {} may not import {to}", file.module())).collect()
}

#[test]
fn modules_import_only_the_layers_below_them() {
    hold(
        layers,
        &[
            ("src/content/a.rs", "use crate::store::x;"),
            ("src/search/a.rs", "fn f() { crate::player::x() }"),
            ("src/import/a.rs", "use crate::{content, store::{a, b}};"),
            ("src/newcomer/a.rs", ""),
        ],
        &[
            ("src/content/a.rs", "// crate::store\nuse crate::content::x;"),
            ("src/import/a.rs", "use crate::{content::{a, store}, language};"),
        ],
    );
}

fn pure(file: &File) -> Vec<String> {
    if !PURE.contains(&file.module()) {
        return Vec::new();
    }
    let impure = ["std::fs", "std::net", "std::env", "std::process", "std::time", "std::thread", "::now(", "println!"];
    let code = file.code();
    let lines = code.lines().filter(|(_, line)| impure.iter().any(|word| line.contains(word)));
    lines.map(|(at, line)| format!("{at}: this layer does no I/O and reads no clock: {}", line.trim())).collect()
}

#[test]
fn content_and_logic_do_no_io_and_read_no_clock() {
    hold(
        pure,
        &[("src/calendar/a.rs", "let now = Utc::now();"), ("src/content/a.rs", "use std::fs;")],
        &[("src/store/a.rs", "use std::fs;"), ("src/calendar/a.rs", "fn is_open(now: DateTime<Utc>) {}")],
    );
}

fn sizes(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = file.source.lines().count();
    if lines >= 500 {
        faults.push(format!("{lines}: a file has fewer than 500 lines"));
    }
    let code: Vec<String> = SourceCode::new(&file.source.replace("#[cfg(test)]", "")).code;
    for (at, line) in code.iter().enumerate() {
        let head = line.trim_start();
        if head.starts_with("fn ") || head.contains(" fn ") && !head.contains('"') && head.contains('(') {
            let length = block_end(&code, at) + 1 - at;
            if length >= 80 {
                faults.push(format!("{}: a function has fewer than 80 lines, this one {length}", at + 1));
            }
        }
    }
    faults
}

#[test]
fn files_and_functions_stay_small() {
    let long_file = "\n".repeat(500);
    let long_function =
        format!("    pub async fn f(\n        a: u8,\n    ) {{\n{}    }}\n", "        g();\n".repeat(80));
    let many = "fn f() {\n    g();\n}\n".repeat(60);
    hold(sizes, &[("src/content/a.rs", &long_file), ("tests/it/a.rs", &long_function)], &[("src/content/a.rs", &many)]);
}

fn telling_names(file: &File) -> Vec<String> {
    let empty = ["util", "utils", "common", "helper", "helpers", "misc", "shared", "stuff"];
    let parts = file.path.split('/').map(|part| part.trim_end_matches(".rs"));
    let mut faults: Vec<String> = parts
        .filter(|part| empty.contains(part))
        .map(|part| format!("0: {part} says nothing about what is in it"))
        .collect();
    for (at, line) in file.code().lines() {
        let name =
            line.trim_start().trim_start_matches("pub ").strip_prefix("mod ").and_then(|rest| names(rest).next());
        if name.is_some_and(|name| empty.contains(&name)) {
            faults.push(format!("{at}: a module is named for what is in it"));
        }
    }
    faults
}

#[test]
fn files_and_modules_are_named_for_what_is_in_them() {
    hold(
        telling_names,
        &[("src/content/common.rs", ""), ("src/util/mod.rs", ""), ("src/content/a.rs", "pub mod helpers {}")],
        &[("src/content/community.rs", "mod shelter; struct Common;")],
    );
}

fn no_panics(file: &File) -> Vec<String> {
    if !file.path.starts_with("src/") {
        return Vec::new();
    }
    let panics = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
    let code = file.code();
    let lines = code.lines().filter(|(_, line)| panics.iter().any(|word| line.contains(word)));
    lines.map(|(at, line)| format!("{at}: an error is handled, not panicked on: {}", line.trim())).collect()
}

#[test]
fn nothing_panics_outside_tests() {
    hold(
        no_panics,
        &[("src/store/a.rs", "let x = y\n    .unwrap();"), ("src/store/a.rs", "x.expect(\"words\")")],
        &[(
            "src/store/a.rs",
            "x.unwrap_or(1);\n#[cfg(test)]\nmod tests {\n    fn t() {\n        x.unwrap();\n    }\n}\n",
        )],
    );
}

fn finished(file: &File) -> Vec<String> {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let unfinished = |line: &&str| names(line).any(|name| marks.contains(&name));
    let unreasoned = |line: &&str| line.trim_start().starts_with("#[allow(") && !line.contains("reason");
    let mut faults = Vec::new();
    for (at, line) in file.source.lines().enumerate() {
        if unfinished(&line) {
            faults.push(format!("{}: a note about work to come", at + 1));
        }
        if unreasoned(&line) {
            faults.push(format!("{}: a lint is allowed without a reason", at + 1));
        }
    }
    faults
}

#[test]
fn nothing_is_left_unfinished() {
    let note = concat!("// TO", "DO: more");
    hold(
        finished,
        &[("src/store/a.rs", note), ("src/store/a.rs", "#[allow(dead_code)]")],
        &[("src/store/a.rs", "// to do\n#[allow(dead_code, reason = \"because\")]")],
    );
}

fn logical_sides(file: &File) -> Vec<String> {
    if !file.is_below(&["src/player/screens/", "src/player/overlays/"]) {
        return Vec::new();
    }
    let sides = ["left", "right", "Left", "Right"];
    let boxes = ["margin", "padding", "border"];
    let physical = |name: &str| {
        let boxed = name.rsplit_once('_').is_some_and(|(of, side)| boxes.contains(&of) && sides.contains(&side));
        sides.contains(&name) || boxed
    };
    let code = file.code();
    let lines = code.lines().filter(|(_, line)| names(line).any(physical));
    lines.map(|(at, line)| format!("{at}: sides are start and end, for Arabic too: {}", line.trim())).collect()
}

#[test]
fn screens_have_no_left_and_right() {
    hold(
        logical_sides,
        &[
            ("src/player/screens/home.rs", "Node { left: px(3), ..default() }"),
            ("src/player/overlays/idle.rs", "UiRect::right(px(3))"),
            ("src/player/overlays/idle.rs", "node.padding_left = 3"),
        ],
        &[
            ("src/player/widgets/a.rs", "Node { left: px(3) }"),
            ("src/player/screens/home.rs", "let seconds_left = start; KeyCode::ArrowLeft // left"),
        ],
    );
}

fn screens_apart(file: &File) -> Vec<String> {
    let Some(own) = file.path.strip_prefix("src/player/screens/") else { return Vec::new() };
    let own = own.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    if own == "mod" {
        return Vec::new();
    }
    let code = file.code();
    let screens = screen_names();
    let other = |line: &str| {
        let paths = ["screens::", "super::"].into_iter().flat_map(|path| line.split(path).skip(1));
        let named: Vec<&str> = paths
            .flat_map(|rest| rest.strip_prefix('{').map_or_else(|| names(rest).take(1).collect(), first_names))
            .collect();
        named.into_iter().find(|name| *name != own && screens.iter().any(|screen| screen == name)).map(str::to_owned)
    };
    let lines = code.lines().filter_map(|(at, line)| Some((at, other(line)?)));
    lines.map(|(at, screen)| format!("{at}: a screen asks to navigate, it does not import {screen}")).collect()
}

/// The design's screens and whatever other file lies among them.
fn screen_names() -> Vec<String> {
    let known = "attract home near_me agenda event places place guide article services search languages access about";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/player/screens");
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = files.filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned()));
    known.split(' ').map(str::to_owned).chain(files).filter(|name| name != "mod").collect()
}

#[test]
fn a_screen_never_imports_a_screen() {
    hold(
        screens_apart,
        &[
            ("src/player/screens/home.rs", "use super::agenda::AgendaView;"),
            ("src/player/screens/home.rs", "use crate::player::screens::{home, event};"),
        ],
        &[
            ("src/player/screens/mod.rs", "pub use agenda::AgendaView;"),
            (
                "src/player/screens/home.rs",
                "use super::Screen; use crate::content::event; use crate::player::screens::home;",
            ),
        ],
    );
}

fn no_visible_words(file: &File) -> Vec<String> {
    if !file.path.starts_with("src/player/screens/") {
        return Vec::new();
    }
    let code = file.code();
    let logged = |line: usize| {
        let line = code.code.get(line - 1).map_or("", String::as_str);
        ["error!(", "warn!(", "info!(", "debug!(", "trace!(", "#["].iter().any(|call| line.contains(call))
    };
    let words = |text: &str| {
        let spoken = text.split('{').enumerate().map(|(at, part)| match at {
            0 => part,
            _ => part.split_once('}').map_or("", |(_, after)| after),
        });
        let spoken: String = spoken.collect();
        spoken.contains(' ') && spoken.contains(char::is_alphabetic)
    };
    let wrong = code.texts.iter().filter(|(line, text)| words(text) && !logged(*line));
    wrong.map(|(line, text)| format!("{line}: visible words stand in assets/locales: {text:?}")).collect()
}

#[test]
fn screens_hold_no_visible_words() {
    hold(
        no_visible_words,
        &[
            ("src/player/screens/home.rs", "Text::new(\"What is on tonight\")"),
            ("src/player/screens/a.rs", "format!(\"in {n} min\")"),
        ],
        &[
            ("src/player/screens/home.rs", "words.text(\"home-tonight\"); warn!(\"no such item\"); // \"a comment\""),
            ("src/player/screens/home.rs", "format!(\"{a} {b}\")"),
            ("src/player/widgets/a.rs", "\"some words\""),
        ],
    );
}
