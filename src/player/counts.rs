//! What visitors did, as counts: no visitor can be told from another, and nothing typed is kept.
//!
//! A finished visit is added to its hour and forgotten. An hour that is over is appended as one line to the day's file.
//! Whoever reads the counts out gets what few visits share merged into one ([`Counts::told`]).

use crate::protocol::Counts;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Files of counts with more bytes than this are not read.
const FILE_MAX_BYTES: u64 = 8 << 20;

/// One visit, while it lasts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// BCP 47 tag of the last language spoken.
    pub language: &'static str,
    pub modes: BTreeSet<&'static str>,
    /// What they need, where they have chosen anything.
    pub needs: BTreeSet<&'static str>,
    pub screens: BTreeMap<&'static str, u32>,
    pub items: BTreeMap<String, u32>,
    pub qr_shown: u32,
    pub searches_without_result: u32,
}

impl Counts {
    pub fn add(&mut self, visit: &Visit) {
        let mut who = vec![visit.language];
        who.extend(visit.modes.iter().copied());
        self.visits += 1;
        *self.visitors.entry(who.join(" ")).or_default() += 1;
        for need in &visit.needs {
            *self.needs.entry((*need).to_owned()).or_default() += 1;
        }
        for (screen, times) in &visit.screens {
            *self.screens.entry((*screen).to_owned()).or_default() += times;
        }
        for (item, times) in &visit.items {
            *self.items.entry(item.clone()).or_default() += times;
        }
        self.qr_shown += visit.qr_shown;
        self.searches_without_result += visit.searches_without_result;
    }
}

/// Adds the hours of one day's file up. Lines that cannot be read are left out.
pub fn read_out(day: &str, file: &str) -> Counts {
    let mut sum = Counts::of_hour(day.to_owned());
    for hour in file.lines().filter_map(|line| serde_json::from_str::<Counts>(line).ok()) {
        sum.join(hour);
    }
    sum.told()
}

/// The counts of every day in a folder, oldest first.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_folder(folder: &Path) -> std::io::Result<Vec<Counts>> {
    let mut days = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let day = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let is_counts = path.extension().is_some_and(|end| end == "jsonl");
        if is_counts && std::fs::metadata(&path)?.len() <= FILE_MAX_BYTES {
            days.push(read_out(&day, &std::fs::read_to_string(&path)?));
        }
    }
    days.sort_by(|one, other| one.hour.cmp(&other.hour));
    Ok(days)
}

/// Appends an hour to its day's file.
///
/// # Errors
/// When the file cannot be written.
pub fn append(folder: &Path, counts: &Counts) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let day = counts.hour.split('T').next().unwrap_or_default();
    let path: PathBuf = folder.join(format!("{day}.jsonl"));
    let mut line = serde_json::to_string(counts)?;
    line.push('\n');
    std::fs::OpenOptions::new().create(true).append(true).open(path)?.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::OTHERS;

    fn visit(language: &'static str, modes: &[&'static str]) -> Visit {
        let screens = BTreeMap::from([("home", 1), ("agenda", 2)]);
        let items = BTreeMap::from([("a:1".to_owned(), 1)]);
        Visit {
            language,
            modes: modes.iter().copied().collect(),
            needs: BTreeSet::new(),
            screens,
            items,
            qr_shown: 1,
            searches_without_result: 0,
        }
    }

    #[test]
    fn few_are_merged_when_read_out_and_nobody_is_lost() {
        let mut morning = Counts::of_hour("2026-06-15T10".to_owned());
        let mut noon = Counts::of_hour("2026-06-15T12".to_owned());
        for _ in 0..6 {
            morning.add(&visit("fr", &[]));
            noon.add(&visit("fr", &[]));
        }
        morning.add(&visit("ar", &["large", "contrast"]));
        noon.add(&visit("zh", &["reach"]));
        let lines =
            [serde_json::to_string(&morning).unwrap(), "broken".to_owned(), serde_json::to_string(&noon).unwrap()];
        let day = read_out("2026-06-15", &lines.join("\n"));
        assert_eq!(day.visits, 14);
        assert_eq!(day.visitors, BTreeMap::from([("fr".to_owned(), 12), (OTHERS.to_owned(), 2)]));
        assert_eq!((day.screens["agenda"], day.items["a:1"], day.qr_shown), (28, 14, 14));
    }

    #[test]
    fn an_hour_is_one_line_of_its_days_file() {
        let folder = std::env::temp_dir().join(format!("parvis-counts-{}", std::process::id()));
        let mut hour = Counts::of_hour("2026-06-15T10".to_owned());
        hour.add(&visit("fr", &[]));
        append(&folder, &hour).unwrap();
        append(&folder, &Counts::of_hour("2026-06-15T11".to_owned())).unwrap();
        let days = read_folder(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(days.len(), 1);
        assert_eq!((days[0].hour.as_str(), days[0].visits), ("2026-06-15", 1));
    }
}
