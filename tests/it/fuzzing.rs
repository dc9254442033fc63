//! Every importer on broken inputs: none panics, none loses a record, none takes more memory than it may.
//!
//! Inputs are the cases of `tests/import`, changed in a few places. 200,000 of them, shared among all sources, are read
//! in a process of its own whose memory is limited. What breaks an importer becomes a case of its own there.

use crate::import::{import, settings};
use parvis::content::{Document, read_document};
use parvis::import::{Input, LEFT_OUT, SOURCES, Source};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Over all sources together.
const INPUTS: u32 = 200_000;
/// Address space of the process that reads them, in KiB: its threads, its program and what an import may take.
const MEMORY_KIB: u32 = 3 << 20;
/// Larger cases are left to the tests that read them whole.
const CASE_MAX: u64 = 64 << 10;

/// One change of an input.
#[derive(Clone, Debug)]
enum Change {
    Flip(Index, u8),
    Set(Index, u8),
    Cut(Index, Index),
    Double(Index, Index),
    Insert(Index, &'static [u8]),
    /// A part of another case put in.
    Graft(Index, Index, Index),
}

/// What parsers stumble over.
const TOKENS: [&[u8]; 24] = [
    b"\"",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b"&",
    b"\\",
    b"\0",
    b"\xFF",
    b"\xE2\x80\xA8",
    b"\r\n",
    b"99999999999999999999",
    b"-1",
    b"1e999",
    b"null",
    b"\xEF\xBB\xBF",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"&#x110000;",
    b"T25:61:61Z",
    b";",
    b",",
    b"..",
];

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::Cut(a, b)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::Double(a, b)),
        (any::<Index>(), 0..TOKENS.len()).prop_map(|(at, token)| Change::Insert(at, TOKENS[token])),
        (any::<Index>(), any::<Index>(), any::<Index>()).prop_map(|(at, a, b)| Change::Graft(at, a, b)),
    ]
}

fn changed(case: &[u8], other: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = case.to_vec();
    for change in changes {
        if bytes.is_empty() || bytes.len() > 2 * CASE_MAX as usize {
            return bytes;
        }
        let span = |a: &Index, b: &Index, length: usize| {
            let (a, b) = (a.index(length), b.index(length));
            a.min(b)..a.max(b)
        };
        let length = bytes.len();
        match change {
            Change::Flip(at, bit) => bytes[at.index(length)] ^= 1 << bit,
            Change::Set(at, byte) => bytes[at.index(length)] = *byte,
            Change::Cut(a, b) => drop(bytes.drain(span(a, b, length))),
            Change::Double(a, b) => {
                let part = bytes[span(a, b, length)].to_vec();
                let at = a.index(length);
                bytes.splice(at..at, part);
            }
            Change::Insert(at, token) => {
                let at = at.index(length);
                bytes.splice(at..at, token.iter().copied());
            }
            Change::Graft(at, a, b) => {
                let at = at.index(length);
                bytes.splice(at..at, other[span(a, b, other.len().max(1))].iter().copied());
            }
        }
    }
    bytes
}

/// The cases of a source: each input, and its bytes.
fn cases(source: &dyn Source) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(source.name());
    let mut open = vec![folder];
    let mut cases = Vec::new();
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(path).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if name.starts_with("input.") || path.iter().any(|part| part == "input") {
                let is_small = fs::metadata(&path).unwrap().len() <= CASE_MAX;
                cases.extend(is_small.then(|| (path.clone(), fs::read(&path).unwrap())));
            }
        }
    }
    cases.sort();
    cases
}

/// Reads one input, made of this case; what must hold for it.
fn read(source: &dyn Source, path: &Path, case: &Path) -> Result<(), TestCaseError> {
    let Ok(imported) = import(source, &Input::Path(path.to_owned()), &settings(case)) else { return Ok(()) };
    let left_out = imported.problems.iter().filter(|problem| problem.reason.starts_with(LEFT_OUT)).count();
    prop_assert_eq!(imported.items.len() + left_out, imported.counts.records, "records got lost");
    let json = serde_json::to_vec(&Document::new(imported.items.clone())).unwrap();
    let read = read_document("test", &json).items;
    prop_assert_eq!(read.len(), imported.items.len(), "what was written is not read");
    if let Some((written, read)) = imported.items.iter().zip(&read).find(|(written, read)| written != read) {
        return Err(TestCaseError::fail(format!("{written:?} was written, and read as {read:?}")));
    }
    Ok(())
}

fn name_of(case: &Path) -> String {
    case.file_name().unwrap().to_string_lossy().into_owned()
}

fn fuzz(source: &'static dyn Source, inputs: u32, folder: &Path) -> Result<(), String> {
    let cases = cases(source);
    if cases.is_empty() {
        return Err(format!("{}: there is no case in tests/import", source.name()));
    }
    let config = Config { cases: inputs, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let input = (any::<Index>(), any::<Index>(), vec(change(), 1..6));
    let made = |(case, other, changes): &(Index, Index, Vec<Change>)| {
        let (case, bytes) = &cases[case.index(cases.len())];
        (case, changed(bytes, &cases[other.index(cases.len())].1, changes))
    };
    let result = runner.run(&input, |input| {
        let (case, bytes) = made(&input);
        let path = folder.join(format!("{}-{}", source.name(), name_of(case)));
        fs::write(&path, bytes).unwrap();
        read(source, &path, case)
    });
    result.map_err(|error| match error {
        TestError::Fail(reason, input) => {
            let (case, bytes) = made(&input);
            let kept = std::env::temp_dir().join(format!("parvis-fuzz-{}-{}", source.name(), name_of(case)));
            fs::write(&kept, bytes).unwrap();
            format!("{}: {reason}: {}", source.name(), kept.display())
        }
        TestError::Abort(reason) => format!("{}: {reason}", source.name()),
    })
}

/// The part that runs in a process of its own.
#[test]
#[ignore = "run by broken_inputs_are_survived_within_little_memory, in a process of limited memory"]
fn inputs() {
    let shared = Path::new("/dev/shm");
    let base = if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() };
    let folder: PathBuf = base.join(format!("parvis-fuzzing-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let each = INPUTS.div_ceil(u32::try_from(SOURCES.len()).unwrap());
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(4);
    let failed: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut failed = Vec::new();
                    while let Some(source) = SOURCES.get(next.fetch_add(1, Ordering::Relaxed)) {
                        failed.extend(fuzz(*source, each, &folder).err());
                    }
                    failed
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    fs::remove_dir_all(&folder).unwrap();
    assert!(failed.is_empty(), "{failed:#?}");
    println!("{} inputs over {} sources", each as usize * SOURCES.len(), SOURCES.len());
}

#[test]
fn broken_inputs_are_survived_within_little_memory() {
    let exe = std::env::current_exe().unwrap();
    let run = format!("ulimit -v {MEMORY_KIB}; exec \"$0\" --exact fuzzing::inputs --ignored --nocapture");
    let output = Command::new("sh").args(["-c", &run]).arg(exe).env("RUST_BACKTRACE", "0").output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}", &told[told.len().saturating_sub(4000)..]);
    let line = told.lines().find(|line| line.contains("inputs over")).unwrap();
    eprintln!("{line}");
}
