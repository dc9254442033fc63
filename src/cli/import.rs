use super::progress::ProgressLine;
use crate::content::{Document, Imported};
use crate::import::{Progress, SOURCES, Source};
use anyhow::{Context, anyhow};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use serde::Serialize;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Reads a file in a foreign format and writes a content document
///
/// Every record of the file becomes an item or a problem; with problems too the command ends with 0.
#[derive(Args, Debug)]
pub struct Import {
    /// What the file is
    #[arg(value_parser = source_names())]
    source: String,
    /// The file to read
    #[arg(long, value_name = "PATH")]
    from: PathBuf,
    /// The content document to write
    #[arg(long, value_name = "FILE.json")]
    out: PathBuf,
    /// Where to write what could not be understood, each with its record, field and reason
    #[arg(long, value_name = "FILE.json")]
    problems: Option<PathBuf>,
    /// Where to write the town's map as vector tiles; only from sources that have one (osm)
    #[arg(long, value_name = "DIR")]
    map: Option<PathBuf>,
}

fn source_names() -> PossibleValuesParser {
    SOURCES.iter().map(|source| PossibleValue::new(source.name()).help(source.about())).into()
}

fn source(name: &str) -> Option<&'static dyn Source> {
    SOURCES.iter().copied().find(|source| source.name() == name)
}

impl Import {
    /// # Errors
    /// When the file as a whole cannot be read, or the results cannot be written.
    pub fn run(self) -> anyhow::Result<()> {
        let source = source(&self.source).ok_or_else(|| anyhow!("{}: no such source", self.source))?;
        let mut line = ProgressLine::new();
        let mut show = |progress: Progress| line.show(progress.doing, progress.done, progress.total);
        let imported = source.import(&self.from, &mut show);
        let tiles = self.map.as_ref().map(|map| source.write_map(&self.from, map, &mut show));
        line.end();
        let Imported { items, problems, records, .. } = imported?;
        println!("{} items, {} problems", items.len(), problems.len());
        println!("{records} records read, {} left out", records.saturating_sub(items.len()));
        if let Some(tiles) = tiles {
            println!("{} map tiles", tiles?);
        }
        let bytes = write_json(&self.out, &Document::new(items))?;
        if bytes > Document::BYTES_MAX as u64 {
            let most = Document::BYTES_MAX >> 20;
            eprintln!("{}: larger than {most} MiB, which no kiosk reads: import it in parts", self.out.display());
        }
        match &self.problems {
            Some(path) => drop(write_json(path, &problems)?),
            None if !problems.is_empty() => {
                eprintln!("To see the problems, name a file for them: --problems FILE.json");
            }
            None => {}
        }
        Ok(())
    }
}

/// Every item or problem on a line of its own: small, and a change shows as the lines that changed.
#[derive(Default)]
struct OnePerLine {
    /// How many lists are open; the outermost is the one with a line for each.
    depth: usize,
}

impl serde_json::ser::Formatter for OnePerLine {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(if self.depth == 0 { b"\n]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        let comma: &[u8] = if first { b"" } else { b"," };
        out.write_all(comma)?;
        out.write_all(if self.depth == 1 { b"\n" } else { b"" })
    }
}

/// Writes beside the file and renames, so that whoever reads it sees the old one or the new one, whole.
///
/// Returns its size in bytes.
fn write_json(path: &Path, value: &impl Serialize) -> anyhow::Result<u64> {
    let name = path.file_name().ok_or_else(|| anyhow!("{}: not the name of a file", path.display()))?;
    let unfinished = path.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let write = || -> anyhow::Result<u64> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut out = BufWriter::new(fs::File::create(&unfinished)?);
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, OnePerLine::default()))?;
        out.write_all(b"\n")?;
        let file = out.into_inner()?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        fs::rename(&unfinished, path)?;
        Ok(bytes)
    };
    let written = write().with_context(|| format!("{}: cannot be written", path.display()));
    if written.is_err() {
        // It may never have come into being; the first error is the one to tell.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_found_by_its_name_and_named_once() {
        for (at, row) in SOURCES.iter().enumerate() {
            assert_eq!(source(row.name()).map(Source::about), Some(row.about()));
            assert!(SOURCES[at + 1..].iter().all(|other| other.name() != row.name()));
        }
    }
}
