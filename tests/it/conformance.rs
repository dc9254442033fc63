//! The TUF client of a display against repositories made by python-tuf, over a real connection, driven by the command
//! line of the public conformance suite. `make_tuf_repository.py` makes the repositories and says what is to become of
//! them; here nothing is known of TUF.

use crate::faked_time::by_clock;
use crate::network::{Server, file_on_disk};
use crate::python::python_with_tuf;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

#[derive(Deserialize)]
struct Case {
    steps: Vec<Step>,
}

/// One run of the client. What is not given is not looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    #[serde(rename = "do")]
    task: String,
    ok: Option<bool>,
    #[serde(default)]
    root: String,
    #[serde(default)]
    names: Vec<String>,
    /// So many days from now.
    #[serde(default)]
    days: u32,
    /// Files asked for below `metadata/`, in order.
    asked: Option<Vec<String>>,
    /// How many targets were asked for.
    targets: Option<usize>,
    /// Versions of all metadata that is trusted.
    trusted: Option<BTreeMap<String, u64>>,
    /// How many roles are trusted.
    roles: Option<usize>,
    /// What is in the files that were brought.
    files: Option<Vec<String>>,
    /// Whether something was written outside of the folders that were named.
    outside: Option<bool>,
}

struct Run<'a> {
    case: &'a Path,
    client: &'a Path,
    server: Server,
    serving: Arc<Mutex<PathBuf>>,
    work: PathBuf,
}

impl<'a> Run<'a> {
    fn new(case: &'a Path, client: &'a Path) -> Self {
        let work = case.join("work");
        for folder in ["metadata", "targets"] {
            fs::create_dir_all(work.join(folder)).unwrap();
        }
        let serving = Arc::new(Mutex::new(PathBuf::new()));
        let shared = Arc::clone(&serving);
        let server = Server::start(move |request, reply| {
            let folder = shared.lock().unwrap().clone();
            file_on_disk(&folder, request, reply)
        });
        Self { case, client, server, serving, work }
    }

    /// Runs one step and says what was not as it should be.
    fn step(&self, at: usize, step: &Step) -> Vec<String> {
        *self.serving.lock().unwrap() = self.case.join(at.to_string());
        let before = self.server.requests().len();
        let output = self.command(step).output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        let asked: Vec<String> = self.server.requests()[before..].iter().map(|one| one.target.clone()).collect();
        let below =
            |folder: &str| -> Vec<&str> { asked.iter().filter_map(|target| target.strip_prefix(folder)).collect() };
        let mut faults = Vec::new();
        let mut expect = |what: &str, found: String, expected: String| {
            if found != expected {
                faults.push(format!(
                    "step {at}, {}: {what}: {found} instead of {expected}; {}",
                    step.task,
                    words.trim()
                ));
            }
        };
        if let Some(ok) = step.ok {
            expect("exit status", format!("{:?}", output.status.code()), format!("{:?}", Some(i32::from(!ok))));
        }
        if let Some(expected) = &step.asked {
            expect("asked", format!("{:?}", below("/metadata/")), format!("{expected:?}"));
        }
        if let Some(expected) = step.targets {
            expect("targets asked", below("/targets/").len().to_string(), expected.to_string());
        }
        let trusted = self.trusted();
        if let Some(expected) = &step.trusted {
            expect("trusted", format!("{trusted:?}"), format!("{expected:?}"));
        }
        if let Some(expected) = step.roles {
            expect("roles", trusted.len().to_string(), expected.to_string());
        }
        if let Some(expected) = &step.files {
            let mut expected = expected.clone();
            expected.sort();
            expect("files", format!("{:?}", self.files()), format!("{expected:?}"));
        }
        if step.outside == Some(false) {
            let mut found: Vec<_> = names(&self.work);
            found.retain(|name| !["metadata", "targets", "root.json"].contains(&name.as_str()));
            expect("outside", format!("{found:?}"), "[]".to_owned());
        }
        faults
    }

    fn command(&self, step: &Step) -> Command {
        let client = Command::new(self.client);
        let mut command = if step.days == 0 { client } else { by_clock(client, &format!("+{}d", step.days)) };
        let base = format!("http://{}", self.server.address);
        command.arg("--metadata-dir").arg(self.work.join("metadata"));
        command.args(["--metadata-url", &format!("{base}/metadata/")]);
        match step.task.as_str() {
            "init" => {
                let root = self.work.join("root.json");
                fs::write(&root, &step.root).unwrap();
                command.arg("init").arg(root);
            }
            "download" => {
                command.arg("--target-dir").arg(self.work.join("targets"));
                command.args(["--target-base-url", &format!("{base}/targets/")]);
                command.args(step.names.iter().flat_map(|name| ["--target-name", name.as_str()])).arg("download");
            }
            task => {
                command.arg(task);
            }
        }
        command
    }

    fn trusted(&self) -> BTreeMap<String, u64> {
        let folder = self.work.join("metadata");
        let files = names(&folder).into_iter().filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
        let version = |role: &str| {
            let text = fs::read(folder.join(format!("{role}.json"))).unwrap();
            let metadata: serde_json::Value = serde_json::from_slice(&text).ok()?;
            metadata["signed"]["version"].as_u64()
        };
        files.map(|role| (role.clone(), version(&role).unwrap_or(0))).collect()
    }

    fn files(&self) -> Vec<String> {
        let folder = self.work.join("targets");
        let mut files: Vec<_> =
            names(&folder).iter().map(|name| fs::read_to_string(folder.join(name)).unwrap()).collect();
        files.sort();
        files
    }
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The example, built like this test.
fn client() -> PathBuf {
    let client = Path::new(env!("CARGO_BIN_EXE_parvis-hub")).parent().unwrap().join("examples/tuf_client");
    let built = Command::new(env!("CARGO")).args(["build", "--locked", "--quiet", "--example", "tuf_client"]).status();
    assert!(built.unwrap().success() && client.exists(), "{} was not built", client.display());
    client
}

#[test]
fn the_tuf_client_does_what_python_tuf_says() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tuf-{}", std::process::id()));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/make_tuf_repository.py");
    let made = Command::new(python_with_tuf()).arg(script).arg(&folder).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let client = client();
    let cases: Vec<PathBuf> = names(&folder).iter().map(|name| folder.join(name)).collect();
    println!("{} cases", cases.len());
    let (next, faults) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some(path) = cases.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let case: Case = serde_json::from_slice(&fs::read(path.join("case.json")).unwrap()).unwrap();
                    let run = Run::new(path, &client);
                    let found = case.steps.iter().enumerate().flat_map(|(at, step)| run.step(at, step));
                    let name = path.file_name().unwrap().to_string_lossy();
                    let found: Vec<_> = found.map(|fault| format!("{name}: {fault}")).collect();
                    faults.lock().unwrap().extend(found);
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "of {} cases:\n{}", cases.len(), faults.join("\n"));
    fs::remove_dir_all(&folder).unwrap();
}
