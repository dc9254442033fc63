use crate::content::Bounded;
use crate::import::{Job, Progress};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

/// One record, or `None` for one that is larger than anything of its kind, behind what stood before its list.
type OnRecord<'a> = dyn FnMut(&mut Job<'_>, &Map<String, Value>, Option<&Value>) + 'a;

/// How the records of a format lie in its files.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The format, for whoever gave another file: "an OpenAgenda export".
    pub what: &'static str,
    /// The fields that hold the list of records; a file may also be a list itself.
    pub lists: &'static [&'static str],
    /// The field that holds a single record, in a file of its own or in each element of a list.
    pub wrapped: &'static str,
    /// A file with one of these fields is a single record.
    pub alone: &'static [&'static str],
}

/// Hands over every record of a JSON input, one at a time, each with the small fields that stood before its list.
/// `total` is the size of the input in bytes, 0 where it is not known.
///
/// Returns the reason when the input breaks off behind its first record.
///
/// # Errors
/// In words, when there are no records in it at all.
pub fn read(
    shape: Shape,
    from: impl Read,
    total: u64,
    job: &mut Job<'_>,
    on_record: &mut OnRecord<'_>,
) -> Result<Option<String>, String> {
    let mut bytes = BufReader::new(from);
    if bytes.fill_buf().map_err(|error| error.to_string())?.starts_with(b"\xEF\xBB\xBF") {
        bytes.consume(3);
    }
    let done = Cell::new(0);
    let mut count = 0_u64;
    let mut export = Export {
        shape,
        on_record: &mut |head, record| {
            on_record(job, head, record);
            count += 1;
            job.progress(Progress { doing: "reading", done: done.get(), total });
        },
        head: Map::new(),
        is_list: false,
    };
    let mut json = serde_json::Deserializer::from_reader(Counted { bytes, done: &done });
    let read = json.deserialize_any(Whole(&mut export)).and_then(|()| json.end());
    let is_list = export.is_list;
    match read {
        Err(error) if count == 0 => Err(format!("not {}: {error}", shape.what)),
        Err(error) => Ok(Some(error.to_string())),
        Ok(()) if count == 0 && !is_list => Err(format!("not {}: it holds no records", shape.what)),
        Ok(()) => Ok(None),
    }
}

/// Counts what has been read, for the progress line.
struct Counted<'d, R> {
    bytes: R,
    done: &'d Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.done.set(self.done.get() + read as u64);
        Ok(read)
    }
}

struct Export<'e> {
    shape: Shape,
    on_record: &'e mut dyn FnMut(&Map<String, Value>, Option<&Value>),
    head: Map<String, Value>,
    /// Whether there was a list of records, though perhaps an empty one.
    is_list: bool,
}

impl Export<'_> {
    fn record(&mut self, record: &Value, limits: &Bounded) {
        let record = (!limits.exceeded).then_some(record);
        (self.on_record)(&self.head, record);
    }
}

/// The file as a whole.
struct Whole<'w, 'e>(&'w mut Export<'e>);

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records or an object with one")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        self.0.is_list = true;
        loop {
            let mut limits = Bounded::new();
            let Some(record) = records.next_element_seed(&mut limits)? else { return Ok(()) };
            self.0.record(record.get(self.0.shape.wrapped).unwrap_or(&record), &limits);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let shape = self.0.shape;
        let mut limits = Bounded::new();
        let mut one = None;
        while let Some(key) = map.next_key::<String>()? {
            if shape.lists.contains(&key.as_str()) {
                map.next_value_seed(List(self.0))?;
            } else if key == shape.wrapped {
                one = Some(map.next_value_seed(&mut limits)?);
            } else if self.0.is_list || self.0.head.len() >= FIELDS_MAX {
                map.next_value::<IgnoredAny>()?;
            } else {
                let value = map.next_value_seed(&mut limits)?;
                self.0.head.insert(key, value);
            }
        }
        let alone = !self.0.is_list && shape.alone.iter().any(|key| self.0.head.contains_key(*key));
        if alone && one.is_none() {
            one = Some(Value::Object(std::mem::take(&mut self.0.head)));
        }
        if let Some(record) = one {
            self.0.record(&record, &limits);
        }
        Ok(())
    }
}

/// The most fields that a record standing alone may have.
const FIELDS_MAX: usize = 1000;

/// The list of records.
struct List<'w, 'e>(&'w mut Export<'e>);

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(Whole(self.0))
    }
}
