use super::progress::ProgressLine;
use crate::import::Extent;
use crate::import::town_sources::{
    Outcome, Report, SourceEntry, SourcesFile, TownImport, in_words, is_written, write_content, write_problems,
};
use anyhow::{Context, anyhow, bail};
use chrono::{DateTime, Utc};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// Reads all sources that are due and writes the town's content.
///
/// # Errors
/// When the file is wrong, when another run is under way, when nothing can be written, and, with all else done, when
/// a source could not be read.
pub fn run(path: &Path, now: DateTime<Utc>, everything: bool) -> anyhow::Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let beside = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    let file = SourcesFile::parse(&text, &beside).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    if file.sources.is_empty() {
        bail!("{}: it names no source: add one as [[source]]", path.display());
    }
    let _lock = lock(&file.state)?;
    let import = TownImport { file: &file, now, everything, pace: None };
    let mut failed = Vec::new();
    // Warnings wait for nothing else; the order of trust is that of the file all the same.
    let (mut warnings, others): (Vec<_>, Vec<_>) = file.sources.iter().partition(|entry| import.is_urgent(entry));
    warnings.sort_by_key(|entry| entry.is_of_the_moment());
    let news = read(&import, &warnings, &mut failed);
    let mut is_new = false;
    if news && !others.is_empty() && !is_written(&file, &text) {
        // What was never read may stand among the documents under an earlier name: nothing goes before it has its turn.
        let is_all = others.iter().all(|entry| import.was_read(entry));
        // What is wrong is told at the end, where it comes again.
        is_new = write(&file, &text, is_all).is_ok();
    }
    read(&import, &others, &mut failed);
    if !is_written(&file, &text) {
        write(&file, &text, true)?;
    } else if !is_new {
        println!("nothing has changed: {} stays as it is", file.content.display());
    }
    let problems = write_problems(&file, now).with_context(|| format!("{}", file.state.display()))?;
    if problems > 0 {
        println!("{} in all, listed in {}", counted(problems, "problem"), file.state.join("problems.json").display());
    }
    match failed.len() {
        0 => Ok(()),
        _ => bail!("not read to the end: {}; what they gave before stays", failed.join(", ")),
    }
}

/// Reads these sources, and says whether any of them gave something.
fn read(import: &TownImport<'_>, entries: &[&SourceEntry], failed: &mut Vec<String>) -> bool {
    let mut news = false;
    for entry in entries {
        let mut line = ProgressLine::new();
        let report =
            import.one(entry, &mut |step| line.show(&format!("{}: {}", entry.name, step.doing), step.done, step.total));
        line.end();
        let report = match report {
            Ok(report) => report,
            // What is kept of one source is no reason to stop: warnings may stand behind it.
            Err(error) => {
                eprintln!("{}: its last result cannot be kept or read: {error}", entry.name);
                failed.push(entry.name.clone());
                continue;
            }
        };
        println!("{}", told(&report, import.now));
        news |= matches!(report.outcome, Outcome::Read(_));
        if matches!(report.outcome, Outcome::Failed(_) | Outcome::Read(Extent::BrokenOff(_))) {
            failed.push(report.name);
        }
    }
    news
}

fn write(file: &SourcesFile, text: &str, is_all: bool) -> anyhow::Result<()> {
    let content = write_content(file, text, is_all).with_context(|| format!("{}", file.content.display()))?;
    println!("{} in {}", counted(content.items, "item"), file.content.display());
    if content.joined + content.proposals > 0 {
        let (joined, proposals) = (content.joined, counted(content.proposals, "proposal"));
        println!("{joined} joined; {proposals} to look at in {}", file.state.join("proposals.json").display());
    }
    Ok(())
}

/// Two runs at once would undo one another.
fn lock(state: &Path) -> anyhow::Result<File> {
    let path = state.join("lock");
    let open = || fs::create_dir_all(state).and_then(|()| File::create(&path));
    let file = open().with_context(|| format!("{}: cannot be written", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("another import of these sources is under way"),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// One line about a source: what came of it in this run, and how old its items are where they are of an earlier one.
fn told(report: &Report, now: DateTime<Utc>) -> String {
    let Report { name, items, problems, withdrawn, .. } = report;
    let since = report.age(now).map(|age| format!("from {} ago", in_words(age)));
    let old = match (since, items) {
        (None, _) => "Nothing of it was ever read.".to_owned(),
        (Some(since), 0) => format!("It had no items; that is {since}."),
        (Some(since), 1) => format!("Its 1 item {since} stays."),
        (Some(since), items) => format!("Its {items} items {since} stay."),
    };
    let mut have = counted(*items, "item");
    if *problems > 0 {
        have = format!("{have}, {}", counted(*problems, "problem"));
    }
    match &report.outcome {
        Outcome::NotDue => format!("{name}: not due. {old}"),
        Outcome::Unchanged => format!("{name}: unchanged, {}", counted(*items, "item")),
        Outcome::Read(Extent::BrokenOff(reason)) => {
            format!("{name}: broke off ({reason}). What came was taken, the rest stays as it was: {have}")
        }
        Outcome::Read(_) if *withdrawn > 0 => format!("{name}: {have}, {withdrawn} withdrawn"),
        Outcome::Read(_) => format!("{name}: {have}"),
        Outcome::Failed(reason) => format!("{name}: could not be read ({reason}). {old}"),
    }
}

/// "1 item", "2 items".
fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_read_what_came_of_a_source_in_sentences() {
        let now: DateTime<Utc> = "2026-05-04T10:00:00Z".parse().unwrap();
        let read = Some("2026-05-01T10:00:00Z".parse().unwrap());
        let down = || Outcome::Failed("no answer".to_owned());
        for (outcome, [items, problems, withdrawn], read, said) in [
            (down(), [5, 2, 0], read, "a: could not be read (no answer). Its 5 items from 3 days ago stay."),
            (down(), [1, 0, 0], read, "a: could not be read (no answer). Its 1 item from 3 days ago stays."),
            (down(), [0, 0, 0], None, "a: could not be read (no answer). Nothing of it was ever read."),
            (Outcome::NotDue, [5, 2, 0], read, "a: not due. Its 5 items from 3 days ago stay."),
            (Outcome::Unchanged, [1, 2, 0], read, "a: unchanged, 1 item"),
            (Outcome::Read(Extent::Whole), [1, 1, 0], Some(now), "a: 1 item, 1 problem"),
            (Outcome::Read(Extent::Changes), [2, 0, 1], Some(now), "a: 2 items, 1 withdrawn"),
        ] {
            let report = Report { name: "a".to_owned(), outcome, items, problems, withdrawn, read };
            assert_eq!(told(&report, now), said);
        }
    }
}
