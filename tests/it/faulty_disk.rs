//! A disk in memory that is as unreliable as the rules of file systems allow.
//!
//! What was written is sure only after a sync of that file, that a name leads to it only after a sync of its folder; a
//! rename is one step, but nothing is in order with anything else. Every step is recorded, so that the power can be cut
//! after each of them, many times over.

use parvis::store::{Disk, Entry, folder_of};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex};

/// What a disk writes at once.
const BLOCK: usize = 512;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Folder,
    /// The number of what is in it.
    File(usize),
}

/// Everything a disk holds, or what survived a cut.
#[derive(Clone, Debug, Default)]
struct Contents {
    names: BTreeMap<String, Node>,
    files: Vec<Vec<u8>>,
}

#[derive(Clone, Debug)]
enum Step {
    /// Names that change together.
    Names(Vec<(String, Option<Node>)>),
    Write {
        file: usize,
        offset: usize,
        bytes: Vec<u8>,
    },
    Sync(usize),
    SyncFolder(String),
    SyncAll,
}

/// What happens to steps that nobody made sure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Nothing is lost: the program was killed, not the machine.
    Nothing,
    /// All of it is lost.
    All,
    /// Names are kept, what was written is lost.
    Written,
    /// Names and lengths are kept, what was written is zeros.
    Zeros,
    /// Of each write only the first blocks arrived, and garbage behind them.
    Torn,
    /// What was written is kept, names are lost.
    Names,
    /// Each step on its own: kept, lost or torn, and renames may leave both names; by the seed.
    Any(u64),
}

impl Loss {
    /// Each kind, and some chances.
    pub fn variants(chances: u64, at: usize) -> Vec<Self> {
        let plain = [Self::Nothing, Self::All, Self::Written, Self::Zeros, Self::Torn, Self::Names];
        let any = (0..chances).map(|chance| Self::Any(chance << 32 | at as u64));
        plain.into_iter().chain(any).collect()
    }
}

/// What the disk does instead of what it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trouble {
    #[default]
    None,
    /// From the allocation of this number on there is no room. What did not fit is written in part.
    FullFrom(usize),
    /// Nothing can be changed.
    ReadOnly,
    /// The operation of this number fails, and no other.
    ErrorAt(usize),
    /// From the operation of this number on every one fails.
    ErrorsFrom(usize),
}

/// A way of making sure, for a disk that says it did and did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sync {
    File,
    Folder,
    All,
}

#[derive(Clone, Debug, Default)]
struct State {
    /// What is sure.
    start: Contents,
    now: Contents,
    steps: Vec<Step>,
    trouble: Trouble,
    deaf_to: Option<Sync>,
    /// Since the trouble was set.
    operations: usize,
    allocations: usize,
}

#[derive(Clone, Default)]
pub struct FaultyDisk {
    state: Arc<Mutex<State>>,
}

impl FaultyDisk {
    fn holding(contents: Contents) -> Self {
        let state = State { start: contents.clone(), now: contents, ..State::default() };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// The same disk with everything on it made sure of, and with no trouble.
    pub fn settled(&self) -> Self {
        Self::holding(self.state.lock().unwrap().now.clone())
    }

    pub fn set_trouble(&self, trouble: Trouble) {
        let mut state = self.state.lock().unwrap();
        (state.trouble, state.operations, state.allocations) = (trouble, 0, 0);
    }

    /// From now on the disk does nothing when it is told to make sure in this way.
    pub fn be_deaf_to(&self, sync: Sync) {
        self.state.lock().unwrap().deaf_to = Some(sync);
    }

    /// Operations and allocations since the trouble was set.
    pub fn used(&self) -> (usize, usize) {
        let state = self.state.lock().unwrap();
        (state.operations, state.allocations)
    }

    /// How many steps were recorded.
    pub fn steps(&self) -> usize {
        self.state.lock().unwrap().steps.len()
    }

    /// The disk as it may be after the power was cut behind so many steps.
    pub fn cut(&self, after: usize, loss: Loss) -> Self {
        let state = self.state.lock().unwrap();
        Self::holding(survivors(&state.start, &state.steps[..after], loss))
    }
}

fn survivors(start: &Contents, steps: &[Step], loss: Loss) -> Contents {
    let mut left = start.clone();
    let mut chance = Chance(match loss {
        Loss::Any(seed) => seed,
        _ => 0,
    });
    for (at, step) in steps.iter().enumerate() {
        let sure = is_sure(step, &steps[at + 1..]);
        match step {
            Step::Names(changes) => {
                let is_kept = sure
                    || match loss {
                        Loss::All | Loss::Names => false,
                        Loss::Any(_) => chance.one_in(2),
                        _ => true,
                    };
                let leaves_both = !sure && matches!(loss, Loss::Any(_)) && changes.len() > 1 && chance.one_in(3);
                for (path, node) in changes.iter().filter(|(_, node)| is_kept && !(leaves_both && node.is_none())) {
                    left.set(path, *node);
                }
            }
            Step::Write { file, offset, bytes } => {
                let arrived = if sure { Arrived::Whole } else { arrived(loss, bytes.len(), &mut chance) };
                left.write(*file, *offset, bytes, arrived);
            }
            Step::Sync(_) | Step::SyncFolder(_) | Step::SyncAll => {}
        }
    }
    left.drop_what_nothing_leads_to();
    left
}

fn is_sure(step: &Step, later: &[Step]) -> bool {
    later.iter().any(|other| match (step, other) {
        (_, Step::SyncAll) => true,
        // The name that is new decides: a journal takes a rename whole.
        (Step::Names(changes), Step::SyncFolder(folder)) => {
            changes.last().is_some_and(|(path, _)| folder_of(path) == folder)
        }
        (Step::Write { file, .. }, Step::Sync(synced)) => file == synced,
        _ => false,
    })
}

/// How much of a write arrived.
#[derive(Clone, Copy)]
enum Arrived {
    Whole,
    Nothing,
    /// So many bytes; the rest is this.
    Part(usize, Option<u8>),
}

fn arrived(loss: Loss, length: usize, chance: &mut Chance) -> Arrived {
    let blocks = length / BLOCK;
    match loss {
        Loss::Nothing | Loss::Names => Arrived::Whole,
        Loss::All | Loss::Written => Arrived::Nothing,
        Loss::Zeros => Arrived::Part(0, Some(0)),
        Loss::Torn => Arrived::Part(blocks / 2 * BLOCK, Some(0xa5)),
        Loss::Any(_) => {
            let part = chance.below(blocks + 1) * BLOCK;
            match chance.below(5) {
                0 => Arrived::Whole,
                1 => Arrived::Nothing,
                2 => Arrived::Part(part, None),
                3 => Arrived::Part(part, Some(0)),
                _ => Arrived::Part(part, Some(0x5a)),
            }
        }
    }
}

impl Contents {
    fn set(&mut self, path: &str, node: Option<Node>) {
        match node {
            Some(node) => _ = self.names.insert(path.to_owned(), node),
            None => _ = self.names.remove(path),
        }
        if let Some(Node::File(file)) = node {
            self.files.resize(self.files.len().max(file + 1), Vec::new());
        }
    }

    fn write(&mut self, file: usize, offset: usize, bytes: &[u8], arrived: Arrived) {
        self.files.resize(self.files.len().max(file + 1), Vec::new());
        let content = &mut self.files[file];
        let (come, rest) = match arrived {
            Arrived::Nothing => return,
            Arrived::Whole => (bytes.len(), None),
            Arrived::Part(come, rest) => (come.min(bytes.len()), rest),
        };
        content.resize(offset, 0);
        content.extend_from_slice(&bytes[..come]);
        if let Some(rest) = rest {
            content.resize(offset + bytes.len(), rest);
        }
    }

    fn drop_what_nothing_leads_to(&mut self) {
        while let Some(path) = self.names.keys().find(|path| !self.has_folder(folder_of(path))).cloned() {
            self.names.remove(&path);
        }
    }

    fn has_folder(&self, folder: &str) -> bool {
        folder.is_empty() || self.names.get(folder) == Some(&Node::Folder)
    }

    fn file(&self, path: &str) -> io::Result<usize> {
        match self.names.get(path) {
            Some(Node::File(file)) => Ok(*file),
            Some(Node::Folder) => Err(ErrorKind::IsADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn below(&self, folder: &str) -> Vec<String> {
        let start = format!("{folder}/");
        self.names.keys().filter(|path| path.starts_with(&start)).cloned().collect()
    }
}

impl State {
    fn operate(&mut self, changes: bool) -> io::Result<()> {
        self.operations += 1;
        match self.trouble {
            Trouble::ReadOnly if changes => Err(ErrorKind::ReadOnlyFilesystem.into()),
            Trouble::ErrorAt(at) if self.operations == at + 1 => Err(io::Error::from_raw_os_error(5)),
            Trouble::ErrorsFrom(at) if self.operations > at => Err(io::Error::from_raw_os_error(5)),
            _ => Ok(()),
        }
    }

    fn allocate(&mut self) -> io::Result<()> {
        self.allocations += 1;
        match self.trouble {
            Trouble::FullFrom(at) if self.allocations > at => Err(ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }

    fn made_sure(&mut self, way: Sync, step: Step) {
        if self.deaf_to != Some(way) {
            self.steps.push(step);
        }
    }

    fn name(&mut self, changes: Vec<(String, Option<Node>)>) {
        for (path, node) in &changes {
            self.now.set(path, *node);
        }
        self.steps.push(Step::Names(changes));
    }
}

impl Disk for FaultyDisk {
    fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let mut state = self.state.lock().unwrap();
        state.operate(false)?;
        let bytes = &state.now.files[state.now.file(path)?];
        if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes.clone()) }
    }

    fn read_piece(&self, path: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut state = self.state.lock().unwrap();
        state.operate(false)?;
        let bytes = &state.now.files[state.now.file(path)?];
        let rest = bytes.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
        Ok(rest[..rest.len().min(length)].to_owned())
    }

    fn length(&self, path: &str) -> io::Result<Option<u64>> {
        let mut state = self.state.lock().unwrap();
        state.operate(false)?;
        Ok(state.now.file(path).ok().map(|file| state.now.files[file].len() as u64))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut state = self.state.lock().unwrap();
        state.operate(false)?;
        let here = state.now.names.iter().filter(|(path, _)| folder_of(path) == folder);
        let entry = |(path, node): (&String, &Node)| Entry {
            name: path.rsplit('/').next().unwrap_or_default().to_owned(),
            length: if let Node::File(file) = node { state.now.files[*file].len() as u64 } else { 0 },
            is_folder: *node == Node::Folder,
        };
        Ok(here.map(entry).collect())
    }

    fn write(&self, path: &str, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        state.operate(true)?;
        if !state.now.has_folder(folder_of(path)) {
            return Err(ErrorKind::NotFound.into());
        }
        let file = match state.now.file(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                state.allocate()?;
                let file = state.now.files.len().max(state.start.files.len());
                state.name(vec![(path.to_owned(), Some(Node::File(file)))]);
                file
            }
            Err(error) => return Err(error),
        };
        let room = state.allocate();
        let come = if room.is_ok() { bytes.len() } else { bytes.len() / 2 };
        let offset = usize::try_from(offset).unwrap();
        state.now.write(file, offset, &bytes[..come], Arrived::Whole);
        state.steps.push(Step::Write { file, offset, bytes: bytes[..come].to_owned() });
        room
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        state.operate(false)?;
        let file = state.now.file(path)?;
        state.made_sure(Sync::File, Step::Sync(file));
        Ok(())
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        state.operate(false)?;
        if !state.now.has_folder(folder) {
            return Err(ErrorKind::NotFound.into());
        }
        state.made_sure(Sync::Folder, Step::SyncFolder(folder.to_owned()));
        Ok(())
    }

    fn sync_all(&self) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        state.operate(false)?;
        state.made_sure(Sync::All, Step::SyncAll);
        Ok(())
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        // A folder that is there is not made again, even where nothing can be changed.
        let missing = !state.now.has_folder(folder);
        state.operate(missing)?;
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for path in ends.map(|end| &folder[..end]).filter(|path| !path.is_empty()) {
            match state.now.names.get(path) {
                Some(Node::Folder) => {}
                Some(Node::File(_)) => return Err(ErrorKind::AlreadyExists.into()),
                None => {
                    state.allocate()?;
                    state.name(vec![(path.to_owned(), Some(Node::Folder))]);
                }
            }
        }
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        state.operate(true)?;
        let file = state.now.file(from)?;
        if !state.now.has_folder(folder_of(to)) {
            return Err(ErrorKind::NotFound.into());
        }
        if state.now.names.get(to) == Some(&Node::Folder) {
            return Err(ErrorKind::IsADirectory.into());
        }
        state.name(vec![(from.to_owned(), None), (to.to_owned(), Some(Node::File(file)))]);
        Ok(())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        let Some(node) = state.now.names.get(path).copied() else { return state.operate(false) };
        state.operate(true)?;
        if node == Node::Folder {
            // From the inside out, one at a time.
            for inner in state.now.below(path).into_iter().rev() {
                state.name(vec![(inner, None)]);
            }
        }
        state.name(vec![(path.to_owned(), None)]);
        Ok(())
    }

    fn free(&self) -> io::Result<u64> {
        let mut state = self.state.lock().unwrap();
        state.operate(false)?;
        Ok(1 << 40)
    }
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}
