//! Pictures for previews, from one resident `parvis render --serve`: a process of its own, without network, with little
//! memory. It is started when somebody looks, started again when it dies, and ended when nobody looks any more.

use super::app::Hub;
use super::passwords::secret;
use super::publishing::TOWN;
use super::store::StoreError;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::oneshot;

/// What the process that draws may use.
const MEMORY_MIB: u32 = 1024;
/// A picture that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(20);
/// Nobody has looked for so long: the process ends.
const IDLE: Duration = Duration::from_secs(600);
/// Pictures that are kept for the browsers that asked for them.
const KEPT: usize = 64;
/// Pictures that wait. More: whoever asks is told to ask again.
const WAITING_MAX: usize = 256;

/// A picture that is wanted.
pub struct Wish {
    /// The form that it is for, and which of its states: a later one makes the earlier ones needless.
    pub form: String,
    pub turn: u64,
    /// Pictures of a lower rank come first.
    pub rank: usize,
    /// As `parvis render --serve` takes it, without files and content.
    pub request: Value,
}

/// A picture as it was drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What it is asked for by, for a while.
    pub name: String,
    pub faults: Vec<Fault>,
    /// What is read aloud, in order.
    pub spoken: Vec<String>,
}

/// What is wrong with a picture.
#[derive(Clone, Debug, Deserialize)]
pub struct Fault {
    pub rule: String,
    pub words: String,
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The form has changed meanwhile, or too many wait.
    Outdated,
    /// There is no program that draws.
    NoRenderer,
    Failed(String),
}

type Answer = Result<Picture, Missing>;

struct Waiting {
    wish: Wish,
    number: u64,
    answer: oneshot::Sender<Answer>,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    number: u64,
    /// Somebody draws, or waits for something to draw.
    has_painter: bool,
    kept: VecDeque<String>,
}

pub struct Renderer {
    /// `parvis`; nothing where it is not installed.
    program: Option<PathBuf>,
    folder: PathBuf,
    queue: Mutex<Queue>,
    wake: Condvar,
}

impl Renderer {
    /// Draws with this program; its files lie in a folder that nobody else uses.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn new(program: Option<PathBuf>, folder: PathBuf) -> io::Result<Self> {
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(&folder)?,
        }
        Ok(Self { program, folder, queue: Mutex::default(), wake: Condvar::new() })
    }

    pub fn is_there(&self) -> bool {
        self.program.is_some()
    }

    /// The file of a picture that is still kept.
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        let is_kept = self.lock().kept.iter().any(|kept| kept == name);
        is_kept.then(|| self.folder.join(format!("{name}.png")))
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a picture in its place among those that wait. What waits for an older state of the same form is dropped.
    fn enqueue(&self, wish: Wish, answer: oneshot::Sender<Answer>) -> Result<(), Missing> {
        let mut queue = self.lock();
        let is_newer = |it: &Waiting| it.wish.form == wish.form && it.wish.turn > wish.turn;
        if queue.waiting.len() >= WAITING_MAX || queue.waiting.iter().any(is_newer) {
            return Err(Missing::Outdated);
        }
        queue.waiting.retain(|it| it.wish.form != wish.form || it.wish.turn == wish.turn);
        queue.number += 1;
        let number = queue.number;
        queue.waiting.push(Waiting { wish, number, answer });
        Ok(())
    }

    /// What comes first; `None` when nobody has wanted anything for a while.
    fn next(&self) -> Option<Waiting> {
        let mut queue = self.lock();
        loop {
            queue.waiting.retain(|waiting| !waiting.answer.is_closed());
            let first = queue.waiting.iter().enumerate().min_by_key(|(_, it)| (it.wish.rank, it.number));
            if let Some((at, _)) = first {
                return Some(queue.waiting.swap_remove(at));
            }
            let (back, timeout) = self.wake.wait_timeout(queue, IDLE).unwrap_or_else(PoisonError::into_inner);
            queue = back;
            if timeout.timed_out() && queue.waiting.is_empty() {
                queue.has_painter = false;
                return None;
            }
        }
    }

    /// Remembers a picture, and forgets the oldest.
    fn keep(&self, name: &str) {
        let mut queue = self.lock();
        queue.kept.push_back(name.to_owned());
        while queue.kept.len() > KEPT {
            if let Some(old) = queue.kept.pop_front() {
                // Whoever asks for it is told that it is gone, whether the file is or not.
                let _ = fs::remove_file(self.folder.join(format!("{old}.png")));
            }
        }
    }
}

/// Draws a picture when its turn comes. Who no longer waits for it costs nothing.
///
/// # Errors
/// Why there is none.
pub async fn draw(hub: &Arc<Hub>, wish: Wish) -> Answer {
    let renderer = &hub.renderer;
    if !renderer.is_there() {
        return Err(Missing::NoRenderer);
    }
    let (answer, drawn) = oneshot::channel();
    renderer.enqueue(wish, answer)?;
    let begins = !std::mem::replace(&mut renderer.lock().has_painter, true);
    if begins {
        let hub = Arc::downgrade(hub);
        let painter = std::thread::Builder::new().name("previews".to_owned()).spawn(move || paint(&hub));
        if let Err(error) = painter {
            renderer.lock().has_painter = false;
            return Err(Missing::Failed(error.to_string()));
        }
    }
    renderer.wake.notify_one();
    drawn.await.unwrap_or(Err(Missing::Outdated))
}

/// Draws what is wanted until nobody wants anything for a while.
fn paint(hub: &Weak<Hub>) {
    let mut process = None;
    let mut content = None;
    while let Some(hub) = hub.upgrade() {
        let Some(waiting) = hub.renderer.next() else { return };
        let drawn = lay_out(&hub, &mut content).and_then(|folder| {
            let name = secret()?;
            let out = hub.renderer.folder.join(format!("{name}.png"));
            let tree = hub.renderer.folder.join("spoken.json");
            let mut request = waiting.wish.request.clone();
            (request["content"], request["out"], request["tree"]) = (json!(folder), json!(out), json!(tree));
            request["check"] = json!(true);
            let answer = asked(&mut process, hub.renderer.program.as_deref(), &request)?;
            if let Some(why) = answer["error"].as_str() {
                return Err(why.to_owned());
            }
            hub.renderer.keep(&name);
            let faults = Vec::deserialize(&answer["faults"]).map_err(|error| error.to_string())?;
            Ok(Picture { name, faults, spoken: spoken(&tree)? })
        });
        // Whoever wanted it may have gone on.
        let _ = waiting.answer.send(drawn.map_err(Missing::Failed));
    }
}

/// The names of what is on the screen, as they are read aloud.
fn spoken(tree: &Path) -> Result<Vec<String>, String> {
    #[derive(Deserialize)]
    struct Element {
        name: String,
    }
    let text = fs::read_to_string(tree).map_err(|error| error.to_string())?;
    let elements: Vec<Element> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let names = elements.into_iter().map(|element| element.name.replace(['\u{2068}', '\u{2069}'], ""));
    Ok(names.filter(|name| !name.is_empty()).collect())
}

/// The content around the draft: what displays show, as a content directory. Written again when that has changed.
fn lay_out(hub: &Hub, last: &mut Option<(u64, PathBuf)>) -> Result<PathBuf, String> {
    let number = hub.desk.publications();
    if let Some((known, folder)) = last.as_ref()
        && *known == number
    {
        return Ok(folder.clone());
    }
    let told = |error: StoreError| error.to_string();
    let at = hub.renderer.folder.join(format!("content-{number}"));
    let town = hub.store.setting(TOWN).map_err(told)?.unwrap_or_else(|| json!({}));
    let all = hub.store.to_publish().map_err(told)?;
    let items: Vec<Value> = all.iter().filter_map(|item| serde_json::from_str(&item.body).ok()).collect();
    let write = || -> io::Result<()> {
        fs::create_dir_all(&at)?;
        fs::write(at.join("town.json"), town.to_string())?;
        fs::write(at.join("items.json"), json!({"format": 1, "items": items}).to_string())?;
        for (folder, name) in [(&hub.desk.media, "media"), (&hub.desk.map, "map")] {
            let folder = std::path::absolute(folder)?;
            if folder.is_dir() && !at.join(name).exists() {
                symlink(folder, at.join(name))?;
            }
        }
        Ok(())
    };
    write().map_err(|error| format!("{}: {error}", at.display()))?;
    if let Some((_, old)) = last.replace((number, at.clone())) {
        // It is removed at the next start otherwise.
        let _ = fs::remove_dir_all(old);
    }
    Ok(at)
}

/// One process that draws.
struct Process {
    child: Child,
    stdin: ChildStdin,
    answers: Receiver<String>,
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks the process, which is started when it is not there. One that dies on a request gets it a second time anew.
fn asked(process: &mut Option<Process>, program: Option<&Path>, request: &Value) -> Result<Value, String> {
    let mut last = String::new();
    for _ in 0..2 {
        let running = match process {
            Some(running) => running,
            None => process.insert(started(program)?),
        };
        let line = writeln!(running.stdin, "{request}").and_then(|()| running.stdin.flush());
        let answer = line.map_err(|error| error.to_string());
        match answer.and_then(|()| running.answers.recv_timeout(PATIENCE).map_err(|error| error.to_string())) {
            Ok(answer) => return serde_json::from_str(&answer).map_err(|error| error.to_string()),
            Err(why) => {
                *process = None;
                last = why;
            }
        }
    }
    Err(format!("parvis render: {last}"))
}

fn started(program: Option<&Path>) -> Result<Process, String> {
    let mut command = Command::new(program.ok_or("there is no program that draws")?);
    command.args(["render", "--serve", "--memory-mib"]).arg(MEMORY_MIB.to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(stdin), Some(stdout)) = (stdin, stdout) else { return Err("parvis render: no pipes".to_owned()) };
    let (answer, answers) = channel();
    let reader = move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if answer.send(line).is_err() {
                return;
            }
        }
    };
    std::thread::Builder::new().name("pictures".to_owned()).spawn(reader).map_err(|error| error.to_string())?;
    Ok(Process { child, stdin, answers })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renderer() -> (Renderer, PathBuf) {
        let folder = std::env::temp_dir().join(format!("parvis-renderer-{}", std::process::id()));
        (Renderer::new(None, folder.clone()).unwrap(), folder)
    }

    fn wanted(renderer: &Renderer, form: &str, turn: u64, rank: usize) -> Result<oneshot::Receiver<Answer>, Missing> {
        let (answer, drawn) = oneshot::channel();
        let wish = Wish { form: form.to_owned(), turn, rank, request: json!({"turn": turn, "rank": rank}) };
        renderer.enqueue(wish, answer).map(|()| drawn)
    }

    #[test]
    fn a_newer_keystroke_cancels_what_is_older_and_what_is_looked_at_comes_first() {
        let (renderer, folder) = renderer();
        let mut old = wanted(&renderer, "a", 1, 0).unwrap();
        let others = wanted(&renderer, "b", 1, 1).unwrap();
        let behind = wanted(&renderer, "a", 2, 1).unwrap();
        let looked_at = wanted(&renderer, "a", 2, 0).unwrap();
        assert!(old.try_recv().is_err(), "nobody draws it any more");
        assert_eq!(wanted(&renderer, "a", 1, 0).map(drop), Err(Missing::Outdated));
        drop(others);
        let order: Vec<Value> = (0..2).map(|_| renderer.next().unwrap().wish.request).collect();
        assert_eq!(order, [json!({"turn": 2, "rank": 0}), json!({"turn": 2, "rank": 1})]);
        assert!(renderer.lock().waiting.is_empty(), "whoever no longer waits costs nothing");
        drop((behind, looked_at));
        let all: Vec<_> = (0..=WAITING_MAX as u64).map(|nr| wanted(&renderer, &nr.to_string(), 1, 0)).collect();
        assert_eq!(all.iter().filter(|one| one.is_err()).count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_oldest_pictures_make_room() {
        let (renderer, _) = renderer();
        (0..=KEPT).for_each(|nr| renderer.keep(&nr.to_string()));
        assert_eq!((renderer.file("0"), renderer.file("1").is_some()), (None, true));
        assert_eq!(renderer.file("../hub"), None);
    }
}
