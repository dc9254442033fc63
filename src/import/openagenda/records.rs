use crate::content::Bounded;
use crate::import::{ImportError, Progress};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// The largest export that is read, in bytes: some hundred thousand events.
const FILE_MAX: u64 = 1024 * 1024 * 1024;

/// One record, or `None` for one that is larger than any event is.
type OnRecord<'a> = dyn FnMut(&Value, Option<&Value>) + 'a;

/// Hands over every event of an export, one at a time: a list of events, `{"events": [...]}`, `{"event": {...}}` or
/// one event alone, each with what the file says about its agenda.
///
/// Returns the reason when the file breaks off behind its first event.
///
/// # Errors
/// When the file cannot be opened or holds no events at all.
pub fn read(
    from: &Path,
    progress: &mut dyn FnMut(Progress),
    on_record: &mut OnRecord<'_>,
) -> Result<Option<String>, ImportError> {
    let unreadable = |error| ImportError::Unreadable { path: from.to_owned(), error };
    let not_this = |reason: String| ImportError::NotThisFormat { path: from.to_owned(), reason };
    let file = File::open(from).map_err(unreadable)?;
    let total = file.metadata().map_err(unreadable)?.len();
    if total > FILE_MAX {
        return Err(not_this(format!("larger than {} MiB", FILE_MAX >> 20)));
    }
    let mut bytes = BufReader::new(file);
    if bytes.fill_buf().map_err(unreadable)?.starts_with(b"\xEF\xBB\xBF") {
        bytes.consume(3);
    }
    let done = Cell::new(0);
    let mut count = 0_u64;
    let mut export = Export {
        on_record: &mut |agenda, record| {
            on_record(agenda, record);
            count += 1;
            progress(Progress { doing: "reading events", done: done.get(), total });
        },
        agenda: Value::Null,
        is_list: false,
    };
    let mut json = serde_json::Deserializer::from_reader(Counted { bytes, done: &done });
    let read = json.deserialize_any(Whole(&mut export)).and_then(|()| json.end());
    let is_list = export.is_list;
    match read {
        Err(error) if count == 0 => Err(not_this(format!("not an OpenAgenda export: {error}"))),
        Err(error) => Ok(Some(error.to_string())),
        Ok(()) if count == 0 && !is_list => Err(not_this("not an OpenAgenda export: it holds no events".to_owned())),
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
    on_record: &'e mut OnRecord<'e>,
    agenda: Value,
    /// Whether there was a list of events, though perhaps an empty one.
    is_list: bool,
}

impl Export<'_> {
    fn record(&mut self, record: &Value, limits: &Bounded) {
        let record = (!limits.exceeded).then_some(record);
        (self.on_record)(&self.agenda, record);
    }
}

/// The file as a whole.
struct Whole<'w, 'e>(&'w mut Export<'e>);

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of events or an object with events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        self.0.is_list = true;
        loop {
            let mut limits = Bounded::new();
            let Some(record) = records.next_element_seed(&mut limits)? else { return Ok(()) };
            self.0.record(record.get("event").unwrap_or(&record), &limits);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut limits = Bounded::new();
        let mut one = None;
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "events" => map.next_value_seed(List(self.0))?,
                "event" => one = Some(map.next_value_seed(&mut limits)?),
                "agenda" => self.0.agenda = map.next_value_seed(&mut Bounded::new())?,
                _ if self.0.is_list || fields.len() >= FIELDS_MAX => drop(map.next_value::<IgnoredAny>()?),
                _ => drop(fields.insert(key, map.next_value_seed(&mut limits)?)),
            }
        }
        let alone = fields.contains_key("uid") || fields.contains_key("timings");
        if let Some(record) = one.or_else(|| (alone && !self.0.is_list).then_some(Value::Object(fields))) {
            self.0.record(&record, &limits);
        }
        Ok(())
    }
}

/// The most fields that an event standing alone may have.
const FIELDS_MAX: usize = 1000;

/// The list below `events`.
struct List<'w, 'e>(&'w mut Export<'e>);

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(Whole(self.0))
    }
}
