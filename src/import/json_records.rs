use crate::content::{All, Bounded, Fields};
use crate::import::{Job, Progress};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

/// One record, or `None` for one that is larger than anything of its kind, with what has stood beside it so far.
type OnRecord<'a> = dyn FnMut(&Around, Option<&Value>) + 'a;

/// How the records of a format lie in its files.
#[derive(Clone, Copy, Debug)]
pub struct Shape<F = All> {
    /// The format, for whoever gave another file: "an OpenAgenda export".
    pub what: &'static str,
    /// The fields that hold the list of records, or an object in which one of them does; a file may also be a list
    /// itself.
    pub lists: &'static [&'static str],
    /// The field that holds a single record, in a file of its own or in each element of a list; empty: none does.
    pub wrapped: &'static str,
    /// A file with one of these fields is a single record.
    pub alone: &'static [&'static str],
    /// Which fields of a record, and of what is around them, are read.
    pub fields: F,
    /// The most records of one list.
    pub records_max: u64,
}

impl Shape {
    /// A format of which nothing is known yet.
    pub const PLAIN: Self = Self { what: "", lists: &[], wrapped: "", alone: &[], fields: All, records_max: u64::MAX };
}

/// What stood in a document beside its records.
#[derive(Debug, Default)]
pub struct Around {
    /// The small fields of the document.
    pub head: Map<String, Value>,
    /// Those of the object that the list lies in; `None` where it lies in none.
    pub inside: Option<Map<String, Value>>,
    /// Whether there was a list of records, though perhaps an empty one.
    pub is_list: bool,
    /// Whether the document is that list itself.
    pub is_bare: bool,
    pub records: u64,
    /// Whether more stood there than is ever around records, so that something of it is missing here.
    pub exceeded: bool,
}

/// Why a document could not be read to its end.
#[derive(Debug)]
pub struct Broken {
    pub reason: String,
    /// Whether it is JSON as far as it was read.
    pub is_json: bool,
}

/// The most fields beside a list, or of a record that stands alone.
const FIELDS_MAX: usize = 1000;

/// Hands over every record of a JSON input, one at a time. `total` is the size of the input in bytes, 0 where it is not
/// known.
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
    on_record: &mut dyn FnMut(&mut Job<'_>, &Map<String, Value>, Option<&Value>),
) -> Result<Option<String>, String> {
    let done = Cell::new(0);
    let from = BufReader::new(Counted { from, done: &done });
    let (around, read) = from_stream(shape, from, &mut |around, record| {
        on_record(job, &around.head, record);
        job.progress(Progress { doing: "reading", done: done.get(), total });
    });
    match read {
        Err(error) if around.records == 0 => Err(format!("not {}: {}", shape.what, error.reason)),
        Err(error) => Ok(Some(error.reason)),
        Ok(()) if around.records == 0 && !around.is_list => Err(format!("not {}: it holds no records", shape.what)),
        Ok(()) => Ok(None),
    }
}

/// Hands over every record of a document of any size. In an error too, [`Around`] says what came before it.
pub fn from_stream<F: Fields>(
    shape: Shape<F>,
    mut from: impl BufRead,
    on_record: &mut OnRecord<'_>,
) -> (Around, Result<(), Broken>) {
    match from.fill_buf().map(|head| head.starts_with(b"\xEF\xBB\xBF")) {
        Ok(true) => from.consume(3),
        Ok(false) => {}
        Err(error) => return (Around::default(), Err(Broken { reason: error.to_string(), is_json: false })),
    }
    records(shape, serde_json::Deserializer::from_reader(from), on_record)
}

/// [`from_stream`] for a document in memory.
pub fn from_bytes<F: Fields>(
    shape: Shape<F>,
    bytes: &[u8],
    on_record: &mut OnRecord<'_>,
) -> (Around, Result<(), Broken>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    records(shape, serde_json::Deserializer::from_slice(bytes), on_record)
}

fn records<'de, F: Fields, R: serde_json::de::Read<'de>>(
    shape: Shape<F>,
    mut json: serde_json::Deserializer<R>,
    on_record: &mut OnRecord<'_>,
) -> (Around, Result<(), Broken>) {
    let mut document = Document { shape, on_record, around: Around::default() };
    let read = json.deserialize_any(Part { document: &mut document, depth: 0 }).and_then(|()| json.end());
    let broken = |error: serde_json::Error| Broken { reason: error.to_string(), is_json: error.is_data() };
    (document.around, read.map_err(broken))
}

/// Counts what has been read, for the progress line.
struct Counted<'d, R> {
    from: R,
    done: &'d Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.done.set(self.done.get() + read as u64);
        Ok(read)
    }
}

struct Document<'d, F> {
    shape: Shape<F>,
    on_record: &'d mut OnRecord<'d>,
    around: Around,
}

impl<F: Fields> Document<'_, F> {
    fn record(&mut self, record: &Value, limits: &Bounded<F>) {
        self.around.records += 1;
        (self.on_record)(&self.around, (!limits.exceeded).then_some(record));
    }

    /// A field of this name is kept, unless there are too many of them.
    fn keep(&mut self, is_inside: bool, name: String, value: Value) {
        let Around { head, inside, exceeded, .. } = &mut self.around;
        let fields = if is_inside { inside.get_or_insert_default() } else { head };
        if fields.len() < FIELDS_MAX || fields.contains_key(&name) {
            fields.insert(name, value);
        } else {
            *exceeded = true;
        }
    }
}

/// The document as a whole (0), an object in it that holds the list (1), or a list (2).
struct Part<'p, 'd, F> {
    document: &'p mut Document<'d, F>,
    depth: u8,
}

impl<'de, F: Fields> DeserializeSeed<'de> for Part<'_, '_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        if self.depth < 2 { from.deserialize_any(self) } else { from.deserialize_seq(self) }
    }
}

impl<'de, F: Fields> Visitor<'de> for Part<'_, '_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records or an object with one")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        let Self { document, depth } = self;
        document.around.is_list = true;
        document.around.is_bare |= depth == 0;
        let Shape { wrapped, fields, records_max, .. } = document.shape;
        loop {
            let mut limits = Bounded::of(fields);
            let Some(record) = records.next_element_seed(&mut limits)? else { return Ok(()) };
            if document.around.records >= records_max {
                return Err(A::Error::custom(format!("more than {records_max} records in one list")));
            }
            let bare = record.get(wrapped).filter(|_| !wrapped.is_empty());
            document.record(bare.unwrap_or(&record), &limits);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { document, depth } = self;
        let Shape { lists, wrapped, alone, fields, .. } = document.shape;
        let is_inside = depth > 0;
        if is_inside {
            document.around.inside.get_or_insert_default();
        }
        let mut limits = Bounded::of(fields);
        let mut one = None;
        while let Some(key) = map.next_key::<String>()? {
            let Some((name, within)) = fields.field(&key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if lists.contains(&&*name) {
                map.next_value_seed(Part { document, depth: depth + 1 })?;
                continue;
            }
            let value = map.next_value_seed(limits.value_of(&name, within))?;
            if !is_inside && !name.is_empty() && name == wrapped {
                one = Some(value);
            } else {
                document.keep(is_inside, name.into_owned(), value);
            }
        }
        document.around.exceeded |= limits.exceeded;
        let is_alone =
            !is_inside && !document.around.is_list && alone.iter().any(|key| document.around.head.contains_key(*key));
        if is_alone && one.is_none() {
            one = Some(Value::Object(std::mem::take(&mut document.around.head)));
        }
        if let Some(record) = one {
            document.record(&record, &limits);
        }
        Ok(())
    }
}
