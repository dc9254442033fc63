use crate::import::decoding::decoded;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// The longest row, in bytes; a longer one is a quote that nobody closed.
const ROW_MAX: usize = 64 << 10;
/// How many lines the values of one row may go over.
const LINES_MAX: usize = 20;

/// One table of a feed, row by row.
///
/// Rows are split here and not by a CSV library: to that an unclosed quote opens a value that ends at the next quote,
/// perhaps at the end of the table, and everything between is lost. Here it costs the row it stands in.
pub struct Table<'t> {
    input: Box<dyn BufRead + 't>,
    columns: Vec<String>,
    separator: u8,
    /// Lines that were read to see whether a quote is closed in them.
    ahead: VecDeque<Line>,
    lines: u64,
    row: Row,
}

struct Line {
    number: u64,
    bytes: Vec<u8>,
    is_too_long: bool,
}

/// The values of one row.
#[derive(Debug, Default)]
pub struct Row {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// The number of its first line, from 1.
    pub line: u64,
}

/// Why there is no row.
#[derive(Debug, PartialEq)]
pub enum Fault {
    /// This one cannot be understood; the next one may.
    Row { line: u64, reason: String, value: String },
    /// The table breaks off here.
    BrokenOff(String),
}

impl<'t> Table<'t> {
    /// Reads the names of the columns.
    ///
    /// # Errors
    /// In words, where the input cannot be read.
    pub fn begin(name: &'static str, mut input: Box<dyn BufRead + 't>) -> Result<Self, String> {
        let broken = |error: io::Error| format!("{name}: {error}");
        if input.fill_buf().map_err(broken)?.starts_with(b"\xEF\xBB\xBF") {
            input.consume(3);
        }
        let (columns, row) = Default::default();
        let mut table = Self { input, columns, separator: b',', ahead: VecDeque::new(), lines: 0, row };
        let Some(head) = table.line().map_err(broken)? else { return Ok(table) };
        let count = |byte: u8| head.bytes.iter().filter(|one| **one == byte).count();
        let separator = [b';', b'\t'].into_iter().find(|other| count(b',') == 0 && count(*other) > 0);
        table.separator = separator.unwrap_or(b',');
        table.row.split(&head.bytes, table.separator);
        let names = (0..table.row.ends.len()).map(|at| table.row.text(Some(at)).to_ascii_lowercase());
        table.columns = names.collect();
        Ok(table)
    }

    /// Where the values of a column stand in each row; `None` where the table has no such column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The next row; `None` behind the last.
    ///
    /// # Errors
    /// Where there is one that cannot be read.
    pub fn next_row(&mut self) -> Result<Option<&Row>, Fault> {
        loop {
            let broken = |error: io::Error| Fault::BrokenOff(error.to_string());
            let Some(line) = self.line().map_err(broken)? else { return Ok(None) };
            if line.bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let number = line.number;
            self.fill(&line).map_err(|reason| match reason {
                NoRow::Because(reason) => {
                    let value = decoded(&line.bytes[..line.bytes.len().min(400)], None);
                    Fault::Row { line: number, reason, value: value.trim().to_owned() }
                }
                NoRow::BrokenOff(error) => broken(error),
            })?;
            self.row.line = number;
            return Ok(Some(&self.row));
        }
    }

    /// Puts the values of the row that begins with this line into `row`.
    fn fill(&mut self, line: &Line) -> Result<(), NoRow> {
        if line.is_too_long {
            return Err(NoRow::Because(format!("longer than {} KiB", ROW_MAX >> 10)));
        }
        if !self.row.split(&line.bytes, self.separator) {
            self.fill_from_several(line)?;
        }
        let (values, columns) = (self.row.ends.len(), self.columns.len());
        if (columns..values).any(|at| !self.row.at(Some(at)).is_empty()) {
            return Err(NoRow::Because(format!("{values} values for {columns} columns")));
        }
        Ok(())
    }

    /// A quote may go over the end of a line, where in the end as many values stand as there are columns.
    fn fill_from_several(&mut self, first: &Line) -> Result<(), NoRow> {
        let unclosed = || NoRow::Because("a quote is not closed".to_owned());
        let mut whole = first.bytes.clone();
        let mut more = Vec::new();
        let closed = loop {
            let Some(next) = self.line().map_err(NoRow::BrokenOff)? else { break false };
            whole.extend_from_slice(&next.bytes);
            let closes = next.bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
            let is_too_much = next.is_too_long || whole.len() > ROW_MAX || more.len() >= LINES_MAX;
            more.push(next);
            if closes || is_too_much {
                break closes && !is_too_much;
            }
        };
        let whole_row = closed && self.row.split(&whole, self.separator) && self.row.ends.len() == self.columns.len();
        if whole_row {
            return Ok(());
        }
        for line in more.into_iter().rev() {
            self.ahead.push_front(line);
        }
        Err(unclosed())
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let most = ROW_MAX as u64 + 1;
        if Read::take(&mut self.input, most).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        let is_too_long = bytes.len() > ROW_MAX;
        if is_too_long && !bytes.ends_with(b"\n") {
            self.input.skip_until(b'\n')?;
        }
        self.lines += 1;
        Ok(Some(Line { number: self.lines, bytes, is_too_long }))
    }
}

enum NoRow {
    Because(String),
    BrokenOff(io::Error),
}

impl Row {
    /// The value of a column, without the white space around it; empty where there is none.
    pub fn at(&self, column: Option<usize>) -> &[u8] {
        let Some(column) = column else { return &[] };
        let begin = column.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let value = begin.zip(self.ends.get(column)).and_then(|(begin, end)| self.bytes.get(begin..*end));
        value.unwrap_or_default().trim_ascii()
    }

    /// Like [`Row::at`], in whatever encoding this value is.
    pub fn word(&self, column: Option<usize>) -> Cow<'_, str> {
        let bytes = self.at(column);
        std::str::from_utf8(bytes).map_or_else(|_| Cow::Owned(decoded(bytes, None)), Cow::Borrowed)
    }

    /// Like [`Row::word`], as a text of its own.
    pub fn text(&self, column: Option<usize>) -> String {
        self.word(column).into_owned()
    }

    /// Takes a line apart (RFC 4180); `false` where a quote in it is not closed.
    fn split(&mut self, line: &[u8], separator: u8) -> bool {
        self.bytes.clear();
        self.ends.clear();
        let mut rest = line.trim_ascii_end();
        // What ends in an empty value keeps its separator, also where that is a tab.
        if separator == b'\t' {
            rest = line.strip_suffix(b"\n").unwrap_or(line);
            rest = rest.strip_suffix(b"\r").unwrap_or(rest);
        }
        loop {
            let value = rest.trim_ascii_start();
            if let Some(inside) = value.strip_prefix(b"\"") {
                let Some(after) = self.quoted(inside) else { return false };
                rest = after;
            }
            let end = rest.iter().position(|byte| *byte == separator);
            let (value, after) = end.map_or((rest, None), |end| (&rest[..end], Some(&rest[end + 1..])));
            self.bytes.extend_from_slice(value);
            self.ends.push(self.bytes.len());
            match after {
                Some(after) => rest = after,
                None => return true,
            }
        }
    }

    /// Takes what stands before the closing quote; returns what stands behind it.
    fn quoted<'l>(&mut self, mut inside: &'l [u8]) -> Option<&'l [u8]> {
        loop {
            let quote = inside.iter().position(|byte| *byte == b'"')?;
            self.bytes.extend_from_slice(&inside[..quote]);
            inside = &inside[quote + 1..];
            let Some(after) = inside.strip_prefix(b"\"") else { return Some(inside) };
            self.bytes.push(b'"');
            inside = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &[u8]) -> Vec<Result<Vec<String>, String>> {
        let mut table = Table::begin("stops.txt", Box::new(text)).unwrap();
        let columns = table.columns.len();
        let mut all = Vec::new();
        loop {
            match table.next_row() {
                Ok(Some(row)) => all.push(Ok((0..columns).map(|at| row.text(Some(at))).collect())),
                Ok(None) => return all,
                Err(Fault::Row { line, reason, .. }) => all.push(Err(format!("{line}: {reason}"))),
                Err(Fault::BrokenOff(reason)) => panic!("{reason}"),
            }
        }
    }

    fn row(values: &[&str]) -> Result<Vec<String>, String> {
        Ok(values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn rows_come_apart_whatever_wrote_them() {
        let text = b"\xEF\xBB\xBF Stop_ID ,\"stop_name\"\r\n1,\"Gare, quai \"\"A\"\"\"\r\n\r\n 2 , Caf\xE9 \n3\n4,\"over\ntwo lines\"\n5,x,,\n";
        assert_eq!(
            rows(text),
            [
                row(&["1", "Gare, quai \"A\""]),
                row(&["2", "Café"]),
                row(&["3", ""]),
                row(&["4", "over\ntwo lines"]),
                row(&["5", "x"])
            ]
        );
        assert_eq!(rows(b"a;b\n1;2,5\n"), [row(&["1", "2,5"])]);
        assert_eq!(rows(b"a\tb\tc\n1\t\t\n"), [row(&["1", "", ""])]);
        assert_eq!(rows(b""), []);
    }

    #[test]
    fn a_bad_row_costs_only_itself() {
        let long = [b"a,b\n1,".to_vec(), vec![b'x'; ROW_MAX + 9], b"\n2,y\n".to_vec()].concat();
        assert_eq!(rows(&long), [Err("2: longer than 64 KiB".to_owned()), row(&["2", "y"])]);
        assert_eq!(
            rows(b"a,b\n1,\"open\n2,x\n3,\"shut\"\n4,x,y\n5,z\n"),
            [
                Err("2: a quote is not closed".to_owned()),
                row(&["2", "x"]),
                row(&["3", "shut"]),
                Err("5: 3 values for 2 columns".to_owned()),
                row(&["5", "z"]),
            ]
        );
        assert_eq!(rows(b"a,b\n1,\"open"), [Err("2: a quote is not closed".to_owned())]);
        let many = [b"a,b\n1,\"open\n".to_vec(), b"2,x\n".repeat(LINES_MAX + 5)].concat();
        assert_eq!(rows(&many).len(), 1 + LINES_MAX + 5);
    }

    proptest! {
        #[test]
        fn every_line_is_a_row_a_part_of_one_or_a_fault(text in "([\",;\n\r\t é]|[a-c]){0,60}") {
            let lines = text.lines().filter(|line| !line.trim_ascii().is_empty()).count();
            prop_assert!(rows(text.as_bytes()).len() <= lines);
        }
    }
}
