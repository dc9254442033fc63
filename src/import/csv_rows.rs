//! Tables as spreadsheets write them (RFC 4180 and what exports make of it), row by row.
//!
//! Rows are taken apart here and not by a library, because a quotation mark that is never closed must cost one row:
//! a reader that follows it makes one field of all the rest, however large that is.

use super::{Extent, Job, Progress};
use serde_json::{Map, Value};
use std::collections::{HashSet, VecDeque};
use std::io::{self, BufRead};

/// The longest line, in bytes.
const LINE_MAX: usize = 1 << 20;
/// The longest row over several lines, in bytes and in lines.
const ROW_MAX: usize = 1 << 18;
const ROW_LINES_MAX: usize = 1000;
/// So often a mark that is never closed is looked for; then quoted texts end with their line.
const UNCLOSED_MAX: usize = 20;
const COLUMNS_MAX: usize = 2000;

/// One row of a table.
#[derive(Debug, PartialEq)]
enum Row {
    /// The row's values by column, without the empty ones; and what is wrong though it can be used.
    Values(Map<String, Value>, Option<String>),
    /// A row that cannot be understood: why, and how it begins.
    Unreadable(&'static str, String),
}

/// A table's rows.
pub struct Rows<R> {
    from: R,
    /// Lines that were read ahead.
    waiting: VecDeque<String>,
    line_end: u8,
    separator: char,
    unclosed: usize,
    pub columns: Vec<String>,
    /// What is wrong with the names of the columns: the name and why.
    pub odd_columns: Vec<(String, String)>,
    /// Bytes read.
    done: u64,
}

enum Line {
    Text(String),
    TooLong(String),
}

impl<R: BufRead> Rows<R> {
    /// Reads the table's head.
    ///
    /// # Errors
    /// In words, when there is none.
    pub fn new(mut from: R) -> Result<Self, String> {
        let head = from.fill_buf().map_err(|error| error.to_string())?;
        let line_end = if head.contains(&b'\n') || !head.contains(&b'\r') { b'\n' } else { b'\r' };
        let (waiting, columns, odd_columns) = Default::default();
        let mut rows = Self { from, waiting, line_end, separator: ',', unclosed: 0, columns, odd_columns, done: 0 };
        let mut first = rows.first_line()?;
        let declared = first.trim().strip_prefix("sep=").or_else(|| first.trim().strip_prefix("\"sep="));
        if let Some(separator) = declared.and_then(|sep| sep.trim_matches('"').chars().next()) {
            rows.separator = separator;
            first = rows.first_line()?;
        } else {
            rows.separator = separator_of(&first);
        }
        if first.trim_start().starts_with(['<', '{', '[']) {
            return Err("not a table: it begins like a page or like JSON".to_owned());
        }
        rows.waiting.push_front(first);
        match rows.values() {
            Ok(Some(Ok(names))) if names.len() <= COLUMNS_MAX => rows.name_columns(names),
            Ok(Some(_)) => return Err("the first line, which should name the columns, cannot be understood".to_owned()),
            Ok(None) => return Err("there is nothing in it".to_owned()),
            Err(error) => return Err(error.to_string()),
        }
        Ok(rows)
    }

    fn first_line(&mut self) -> Result<String, String> {
        loop {
            match self.line().map_err(|error| error.to_string())? {
                None => return Err("there is nothing in it".to_owned()),
                Some(Line::TooLong(_)) => return Err("not a table: its first line is longer than 1 MiB".to_owned()),
                Some(Line::Text(line)) if line.trim().is_empty() => {}
                Some(Line::Text(line)) => return Ok(line),
            }
        }
    }

    fn name_columns(&mut self, names: Vec<String>) {
        let mut seen = HashSet::new();
        for (at, name) in names.into_iter().enumerate() {
            let name = name.trim().trim_start_matches('\u{feff}').to_owned();
            let mut unique = if name.is_empty() { format!("column_{}", at + 1) } else { name.clone() };
            let mut number = 2;
            while !seen.insert(unique.clone()) {
                unique = format!("{name}_{number}");
                number += 1;
            }
            if unique != name && !name.is_empty() {
                let reason = format!("two columns have this name: the second is called {unique}");
                self.odd_columns.push((name, reason));
            }
            self.columns.push(unique);
        }
    }

    /// Hands over the values of every row, by column, and what is wrong with it although it can be used. A row that
    /// cannot be understood is left out. `total` is how many bytes there are, for the progress line.
    pub fn each(
        mut self,
        job: &mut Job<'_>,
        total: u64,
        mut take: impl FnMut(&mut Job<'_>, &Map<String, Value>, Option<String>),
    ) -> Extent {
        loop {
            match self.row() {
                Ok(None) => return Extent::Whole,
                Err(error) => return job.broken_off(error.to_string()),
                Ok(Some(Row::Unreadable(reason, start))) => {
                    job.record();
                    job.left_out("", "", reason, &start);
                }
                // Spreadsheets write rows of separators below the last.
                Ok(Some(Row::Values(map, _))) if map.is_empty() => {}
                Ok(Some(Row::Values(map, short))) => take(job, &map, short),
            }
            job.progress(Progress { doing: "reading", done: self.done, total });
        }
    }

    /// The next row; `None` behind the last.
    ///
    /// # Errors
    /// When the input breaks off.
    fn row(&mut self) -> io::Result<Option<Row>> {
        let values = match self.values()? {
            None => return Ok(None),
            Some(Err((reason, start))) => return Ok(Some(Row::Unreadable(reason, start))),
            Some(Ok(values)) => values,
        };
        let (found, named) = (values.len(), self.columns.len());
        if values.iter().skip(named).any(|value| !value.trim().is_empty()) {
            let start = values.join(&self.separator.to_string()).chars().take(200).collect();
            let reason = "it has more values than there are columns, so that nobody can say which is which";
            return Ok(Some(Row::Unreadable(reason, start)));
        }
        let short =
            (found < named).then(|| format!("the row has {found} of {named} values: the others are taken as empty"));
        let pairs = self.columns.iter().zip(values).filter(|(_, value)| !value.trim().is_empty());
        let map = pairs.map(|(name, value)| (name.clone(), Value::String(value.trim().to_owned()))).collect();
        Ok(Some(Row::Values(map, short)))
    }

    /// The values of the next row, over as many lines as its quoted texts have.
    fn values(&mut self) -> io::Result<Option<Result<Vec<String>, (&'static str, String)>>> {
        let first = loop {
            match self.line()? {
                None => return Ok(None),
                Some(Line::TooLong(start)) => return Ok(Some(Err(("it is longer than any row is", start)))),
                Some(Line::Text(line)) if line.trim().is_empty() => {}
                Some(Line::Text(line)) => break line,
            }
        };
        let mut values = Values::default();
        values.take(&first, self.separator);
        let (mut lines, mut bytes) = (vec![first], 0);
        while values.is_open() {
            let more = lines.len() < ROW_LINES_MAX && bytes < ROW_MAX && self.unclosed < UNCLOSED_MAX;
            let next = if more { self.line()? } else { None };
            let Some(Line::Text(line)) = next else {
                return Ok(Some(Err(self.unclosed_mark(lines))));
            };
            bytes += line.len();
            values.take(&line, self.separator);
            lines.push(line);
        }
        // Two marks that belong to two rows would make one row of both.
        if lines.len() > 1 && !self.columns.is_empty() && values.done.len() != self.columns.len() {
            return Ok(Some(Err(self.unclosed_mark(lines))));
        }
        Ok(Some(Ok(values.done)))
    }

    /// The fault of a row whose mark is never closed: its first line is lost, those behind it are read as rows of their own.
    fn unclosed_mark(&mut self, lines: Vec<String>) -> (&'static str, String) {
        self.unclosed += 1;
        let mut lines = lines.into_iter();
        let first = lines.next().unwrap_or_default();
        for line in lines.rev() {
            self.waiting.push_front(line);
        }
        ("a quotation mark is opened in it and never closed", first)
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(Line::Text(line)));
        }
        let mut bytes = Vec::new();
        let mut length = 0;
        loop {
            let ready = self.from.fill_buf()?;
            if ready.is_empty() {
                break;
            }
            let end = ready.iter().position(|byte| *byte == self.line_end);
            let part = &ready[..end.unwrap_or(ready.len())];
            length += part.len();
            bytes.extend_from_slice(&part[..part.len().min(LINE_MAX.saturating_sub(bytes.len()))]);
            let used = end.map_or(ready.len(), |end| end + 1);
            self.from.consume(used);
            self.done += used as u64;
            if end.is_some() {
                length += 1;
                break;
            }
        }
        if length == 0 {
            return Ok(None);
        }
        let mut line = String::from_utf8_lossy(&bytes).into_owned();
        if line.ends_with('\r') {
            line.pop();
        }
        Ok(Some(if length > LINE_MAX { Line::TooLong(line.chars().take(200).collect()) } else { Line::Text(line) }))
    }
}

/// What stands between the names in the head most often, outside quotation marks.
fn separator_of(head: &str) -> char {
    let mut best = (0, ',');
    for separator in [';', '\t', '|', ','] {
        let mut quoted = false;
        let count = head.chars().filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == separator
        });
        let count = count.count();
        if count > best.0 {
            best = (count, separator);
        }
    }
    best.1
}

/// The values of one row under way.
#[derive(Default)]
struct Values {
    done: Vec<String>,
    /// A value whose quotation mark is still open.
    open: Option<String>,
}

impl Values {
    fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Takes one line; inside quotation marks it goes on with the line before.
    fn take(&mut self, line: &str, separator: char) {
        let mut chars = line.chars().peekable();
        let mut value = String::new();
        let mut quoted = false;
        if let Some(open) = self.open.take() {
            (value, quoted) = (open, true);
            value.push('\n');
        }
        // A quotation mark means something only at the beginning of a value: 12" is twelve inches.
        let mut begins = !quoted;
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    value.push('"');
                }
                '"' if quoted && closes(chars.clone(), separator) => quoted = false,
                '"' if begins => quoted = true,
                c if c == separator && !quoted => {
                    self.done.push(std::mem::take(&mut value));
                    begins = true;
                    continue;
                }
                ' ' if begins => continue,
                c => value.push(c),
            }
            begins = false;
        }
        if quoted {
            self.open = Some(value);
        } else {
            self.done.push(value);
        }
    }
}

/// A mark inside a quoted text closes it only where the value ends behind it: `"say "yes" now"` is one value.
fn closes(mut behind: std::iter::Peekable<std::str::Chars<'_>>, separator: char) -> bool {
    while behind.next_if(|c| *c == ' ' && *c != separator).is_some() {}
    behind.next().is_none_or(|c| c == separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<Row> {
        let mut rows = Rows::new(text.as_bytes()).unwrap();
        std::iter::from_fn(|| rows.row().unwrap()).collect()
    }

    fn plain(text: &str) -> Vec<String> {
        let all = rows(text).into_iter();
        all.map(|row| match row {
            Row::Values(map, None) => serde_json::to_string(&map).unwrap(),
            Row::Values(map, Some(_)) => format!("short {}", serde_json::to_string(&map).unwrap()),
            Row::Unreadable(_, start) => format!("left {start}"),
        })
        .collect()
    }

    #[test]
    fn tables_are_read_however_they_are_written() {
        let one = [r#"{"a":"1","b":"2"}"#];
        for text in
            ["a,b\n1,2", "a;b\r\n1;2\r\n", "a\tb\r1\t2\r", "a|b\n\n1|2\n\n", "sep=;\na;b\n1;2", "\"sep=,\"\na,b\n1,2"]
        {
            assert_eq!(plain(text), one, "{text:?}");
        }
        assert_eq!(plain("\"a;b\",\"c;d\",e;f\n1,2,3"), [r#"{"a;b":"1","c;d":"2","e;f":"3"}"#]);
        assert_eq!(plain("a;b\n\"1;\"\"x\"\"\ny\"; \"2\" "), ["{\"a\":\"1;\\\"x\\\"\\ny\",\"b\":\"2\"}"]);
        assert_eq!(plain("a;b\n\"say \"yes\" now\" ;2"), [r#"{"a":"say \"yes\" now","b":"2"}"#]);
        assert_eq!(plain("a;b\n1;\"2\n3\";\"4\""), ["left 1;\"2", r#"{"a":"3\"","b":"4"}"#]);
        assert_eq!(plain("a;b\n12\" écran;2"), [r#"{"a":"12\" écran","b":"2"}"#]);
        assert_eq!(plain("a;a;;a\n1;2;3;4"), [r#"{"a":"1","a_2":"2","a_3":"4","column_3":"3"}"#]);
        assert_eq!(
            plain("a;b\n1\n1;2;\n1;2;3\n;2"),
            ["short {\"a\":\"1\"}", r#"{"a":"1","b":"2"}"#, "left 1;2;3", r#"{"b":"2"}"#]
        );
        assert_eq!(plain("a,b"), [""; 0]);
    }

    #[test]
    fn a_mark_that_is_never_closed_costs_its_row_only() {
        assert_eq!(plain("a;b\n\"1;2\n3;4\n5;6"), ["left \"1;2", r#"{"a":"3","b":"4"}"#, r#"{"a":"5","b":"6"}"#]);
        let long = format!("a\n\"1\n{}", "x\n".repeat(3000));
        assert_eq!(rows(&long).len(), 3001);
        let wide = format!("a\n{}\n2", "x".repeat(LINE_MAX + 1));
        assert_eq!(plain(&wide).len(), 2);
    }

    #[test]
    fn what_is_no_table_is_said() {
        for text in ["", "\n\n", "<html>\n</html>", "{\"a\": 1}", "\"a"] {
            assert!(Rows::new(text.as_bytes()).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_line_is_in_exactly_one_row(text in "[a\";,\n\r]{0,200}") {
            let text = format!("x;y\n{text}");
            let filled = text.lines().skip(1).filter(|line| !line.trim().is_empty()).count();
            prop_assert!(rows(&text).len() <= filled.max(1) * 2);
        }
    }
}
