use crate::content::{Document, Id, Problem, read_document};
use crate::import::merge::{Decisions, Joined, Merged, Overrides, Proposal, SourceItems, merge};
use crate::import::{LEFT_OUT, ListFile, is_ended_mark, write_whole};
use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Joins what several sources say about the same places and events
///
/// Name the content documents in order of trust: of two that say something about one thing, the first is shown; what it
/// does not say is taken from the next. Nothing is joined by its title alone. What is likely, but not sure enough, is
/// proposed: look at the proposals and answer each with --same or --apart.
#[derive(Args, Debug)]
#[command(after_help = "For example:
  parvis-hub merge staff.json openagenda.json osm.json --out places-and-events.json --ids ids.json --joins joins.json
  parvis-hub merge ... --same osm:node/1=acceslibre:7b3e --apart osm:node/2=acceslibre:91fc")]
pub struct Merge {
    /// The content documents, the most trusted first
    #[arg(required = true, value_name = "FILE.json")]
    files: Vec<PathBuf>,
    /// The content document to write
    #[arg(long, value_name = "FILE.json")]
    out: PathBuf,
    /// What the town changes in what its sources say: {"format":1,"overrides":[{"id":"...","set":{...},"hide":false}]}
    #[arg(long, value_name = "FILE.json")]
    overrides: Option<PathBuf>,
    /// Two ids of one thing; may be given several times
    #[arg(long, value_name = "ID=ID", value_parser = two_ids)]
    same: Vec<[Id; 2]>,
    /// Two ids of two things, however alike they are; may be given several times
    #[arg(long, value_name = "ID=ID", value_parser = two_ids)]
    apart: Vec<[Id; 2]>,
    /// Remembers the id that each thing was first published under: read where it is there, then written
    #[arg(long, value_name = "FILE.json")]
    ids: Option<PathBuf>,
    /// Where to write what was joined, by what and how surely, and what is proposed
    #[arg(long, value_name = "FILE.json")]
    joins: Option<PathBuf>,
    /// Where to write what could not be understood or contradicts itself
    #[arg(long, value_name = "FILE.json")]
    problems: Option<PathBuf>,
    /// Merge as if it were this moment (RFC 3339): what only says until then that a stop cannot be reached is left out
    #[arg(long, value_name = "TIME")]
    at: Option<DateTime<Utc>>,
}

fn two_ids(text: &str) -> Result<[Id; 2], String> {
    let (one, other) = text.split_once('=').ok_or("two ids with = between them are expected")?;
    let ids = [one, other].map(|id| Id(id.trim().to_owned()));
    if ids.iter().all(Id::is_valid) { Ok(ids) } else { Err("an id has 1 to 128 bytes".to_owned()) }
}

/// What `--joins` writes.
#[derive(Serialize)]
struct Report<'m> {
    joined: &'m [Joined],
    proposals: &'m [Proposal],
}

impl Merge {
    /// # Errors
    /// When a document cannot be read to its end, or the results cannot be written.
    pub fn run(self) -> Result<()> {
        let now = self.at.unwrap_or_else(Utc::now);
        let mut problems = Vec::new();
        let mut sources = Vec::new();
        let mut records = 0;
        for path in &self.files {
            let mut source = source(path, &mut problems)?;
            records += source.items.len();
            problems.extend(drop_ended_marks(&mut source, now));
            sources.push(source);
        }
        let overrides = self.overrides.as_deref().map(|path| overrides(path, &mut problems)).transpose()?;
        let earlier = self.ids.as_deref().map(ids).transpose()?.unwrap_or_default();
        let decisions = Decisions { same: self.same, apart: self.apart, earlier };
        let Merged { mut items, joined, proposals, problems: found, ids } = merge(sources, &decisions);
        problems.extend(found);
        let before = items.len();
        if let Some((name, overrides)) = &overrides {
            let (changed, found) = overrides.apply(name, items);
            items = changed;
            problems.extend(found);
        }
        write(ListFile::document(&self.out), &items, &self.out)?;
        if let Some(path) = &self.ids {
            write_json(path, &ids)?;
        }
        if let Some(path) = &self.joins {
            write_json(path, &Report { joined: &joined, proposals: &proposals })?;
        }
        if let Some(path) = &self.problems {
            write(ListFile::list(path), &problems, path)?;
        }
        println!("{} items of {records}, {} joined", items.len(), joined.len());
        if before > items.len() {
            println!("{} hidden by the overrides", before - items.len());
        }
        println!("{} proposals, {} problems", proposals.len(), problems.len());
        tell(&proposals, self.joins.is_some(), !problems.is_empty() && self.problems.is_none());
        Ok(())
    }
}

/// The first proposals as one answers them, and where the rest is found.
fn tell(proposals: &[Proposal], listed: bool, problems_unseen: bool) {
    const SHOWN: usize = 5;
    for Proposal { items: [one, other], titles, confidence, why, .. } in proposals.iter().take(SHOWN) {
        println!("  {confidence} % --same {one}={other}   {} / {} ({why})", titles[0], titles[1]);
    }
    if proposals.len() > SHOWN && !listed {
        eprintln!("To see all proposals, name a file for them: --joins FILE.json");
    }
    if problems_unseen {
        eprintln!("To see the problems, name a file for them: --problems FILE.json");
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn read(path: &Path, bytes_max: usize) -> Result<Vec<u8>> {
    let cannot = || format!("{}: cannot be read", path.display());
    let length = fs::metadata(path).with_context(cannot)?.len();
    if length > bytes_max as u64 {
        bail!("{}: larger than {} MiB", path.display(), bytes_max >> 20);
    }
    fs::read(path).with_context(cannot)
}

fn source(path: &Path, problems: &mut Vec<Problem>) -> Result<SourceItems> {
    let name = name(path);
    let read = read_document(&name, &read(path, Document::BYTES_MAX)?);
    // Nobody knows what it would take from what is published.
    if let Some(broken) = read.broken {
        bail!("{broken}");
    }
    problems.extend(read.problems);
    Ok(SourceItems { name, items: read.items })
}

/// Merging would say of their stops for ever what they say until a moment that is past.
fn drop_ended_marks(source: &mut SourceItems, now: DateTime<Utc>) -> Vec<Problem> {
    let ended = source.items.extract_if(.., |item| is_ended_mark(item, now)).map(|item| {
        let reason = format!("{LEFT_OUT}it said only until then that this stop cannot be reached");
        let until = item.common().valid.until.map_or_else(String::new, |until| until.to_rfc3339());
        Problem::new(&*source.name, item.common().id.as_str(), "valid.until", reason).with_value(&until)
    });
    ended.collect()
}

fn overrides(path: &Path, problems: &mut Vec<Problem>) -> Result<(String, Overrides)> {
    let name = name(path);
    let (overrides, found) = Overrides::read(&name, &read(path, Overrides::BYTES_MAX)?)
        .map_err(|reason| anyhow::anyhow!("{}: {reason}", path.display()))?;
    problems.extend(found);
    Ok((name, overrides))
}

/// What was published earlier; without it ids would change behind everybody's back, so it must be readable.
fn ids(path: &Path) -> Result<BTreeMap<Id, Id>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
        _ => serde_json::from_slice(&read(path, Document::BYTES_MAX)?)
            .with_context(|| format!("{}: not what --ids has written", path.display())),
    }
}

fn write(list: std::io::Result<ListFile>, all: &[impl Serialize], path: &Path) -> Result<()> {
    let written = list.and_then(|mut list| {
        all.iter().try_for_each(|one| list.push(one).map(drop))?;
        list.finish()
    });
    written.map(drop).with_context(|| format!("{}: cannot be written", path.display()))
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<()> {
    let mut json = serde_json::to_vec_pretty(value)?;
    json.push(b'\n');
    write_whole(path, &json).with_context(|| format!("{}: cannot be written", path.display()))
}
