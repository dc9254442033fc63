use super::table::{Fault, Row};
use super::tables::Tables;
use crate::content::Problem;
use std::ops::ControlFlow;
use std::path::Path;

/// So many bad rows of a table are told one by one.
const TOLD_MAX: usize = 50;
/// Rows between two signs of life.
const ROWS_BETWEEN: u64 = 1 << 16;

/// Reads the tables of a feed and keeps what could not be understood in them.
pub struct Reader<'r> {
    pub tables: Tables,
    pub source: &'r str,
    pub problems: Vec<Problem>,
    /// Why a table broke off, if one did.
    pub broken_off: Option<String>,
    progress: &'r mut dyn FnMut(u64),
}

/// What is wrong in one table.
pub struct Faults<'f> {
    table: &'static str,
    source: &'f str,
    told: usize,
    untold: usize,
    problems: &'f mut Vec<Problem>,
}

impl Faults<'_> {
    /// Something wrong in a row; behind the first ones they are only counted.
    pub fn row(&mut self, line: u64, field: &str, reason: &str, value: &str) {
        self.told += 1;
        if self.told > TOLD_MAX {
            self.untold += 1;
            return;
        }
        let record = format!("{} line {line}", self.table);
        self.problems.push(Problem::new(self.source, record, field, reason).with_value(value));
    }
}

impl<'r> Reader<'r> {
    /// # Errors
    /// In words, where there is no feed at this path.
    pub fn open(path: &Path, source: &'r str, progress: &'r mut dyn FnMut(u64)) -> Result<Self, String> {
        let tables = Tables::open(path)?;
        Ok(Self { tables, source, problems: Vec::new(), broken_off: None, progress })
    }

    /// Something wrong that is of no row.
    pub fn problem(&mut self, record: &str, field: &str, reason: &str, value: &str) {
        self.problems.push(Problem::new(self.source, record, field, reason).with_value(value));
    }

    /// Hands over every row of a table with the places of its columns, of which the first `needed` have to be there.
    /// A row that cannot be read is a problem. Returns whether there is such a table.
    ///
    /// # Errors
    /// In words, where the table is there and is not what it should be.
    pub fn rows<const N: usize>(
        &mut self,
        name: &'static str,
        columns: [&str; N],
        needed: usize,
        on_row: &mut dyn FnMut(&Row, [Option<usize>; N], &mut Faults<'_>) -> ControlFlow<()>,
    ) -> Result<bool, String> {
        self.each(name, columns, needed, &mut |row, columns, faults| match row {
            Ok(row) => on_row(row, columns, faults),
            Err((line, reason, value)) => {
                faults.row(line, "", &format!("this row cannot be read: {reason}"), &value);
                ControlFlow::Continue(())
            }
        })
    }

    /// Like [`Reader::rows`]; what cannot be read is handed over too, as its line, the reason and the beginning of it.
    ///
    /// # Errors
    /// In words, where the table is there and is not what it should be.
    #[expect(clippy::type_complexity, reason = "what one row is, spelled out")]
    pub fn each<const N: usize>(
        &mut self,
        name: &'static str,
        columns: [&str; N],
        needed: usize,
        on_row: &mut dyn FnMut(
            Result<&Row, (u64, String, String)>,
            [Option<usize>; N],
            &mut Faults<'_>,
        ) -> ControlFlow<()>,
    ) -> Result<bool, String> {
        let Some(mut table) = self.tables.table(name)? else { return Ok(false) };
        let at = columns.map(|column| table.column(column));
        if let Some((missing, _)) = columns.iter().zip(at).take(needed).find(|(_, at)| at.is_none()) {
            return Err(format!("{name}: it has no column {missing}"));
        }
        let mut faults = Faults { table: name, source: self.source, told: 0, untold: 0, problems: &mut self.problems };
        for done in 0_u64.. {
            let going_on = match table.next_row() {
                Ok(None) => break,
                Ok(Some(row)) => on_row(Ok(row), at, &mut faults),
                Err(Fault::Row { line, reason, value }) => on_row(Err((line, reason, value)), at, &mut faults),
                Err(Fault::BrokenOff(reason)) => {
                    self.broken_off.get_or_insert(format!("{name}: {reason}"));
                    break;
                }
            };
            if going_on.is_break() {
                break;
            }
            if done % ROWS_BETWEEN == 0 {
                (self.progress)(done);
            }
        }
        if faults.untold > 0 {
            let reason = format!("{} further rows have faults too", faults.untold);
            let problem = Problem::new(self.source, name, "", reason);
            self.problems.push(problem);
        }
        Ok(true)
    }

    /// Like [`Reader::rows`] for a table that a feed can do without: one that is not what it should be is a problem.
    pub fn optional<const N: usize>(
        &mut self,
        name: &'static str,
        columns: [&str; N],
        needed: usize,
        on_row: &mut dyn FnMut(&Row, [Option<usize>; N], &mut Faults<'_>) -> ControlFlow<()>,
    ) -> bool {
        match self.rows(name, columns, needed, on_row) {
            Ok(is_there) => is_there,
            Err(reason) => {
                self.problem("", "", &format!("a table is left aside: {reason}"), "");
                true
            }
        }
    }
}
