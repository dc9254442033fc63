use super::reader::Reader;
use crate::content::{Localized, Origin, language_alone};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// A text of a feed that may be translated (GTFS, translations.txt).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    StopName,
    StopDescription,
    StopUrl,
    TripHeadsign,
    StopHeadsign,
    /// Whatever has this text, as feeds before 2019 said it.
    Any,
}

/// The most translations that are kept.
const MAX: usize = 500_000;

/// What texts are in other languages.
#[derive(Debug, Default)]
pub struct Translations {
    by_record: HashMap<(Field, String), Vec<(String, String)>>,
    by_text: HashMap<(Field, String), Vec<(String, String)>>,
}

impl Translations {
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let mut all = Self::default();
        let columns =
            ["translation", "language", "lang", "table_name", "field_name", "record_id", "field_value", "trans_id"];
        let mut kept = 0;
        let mut on_row = |row: &super::table::Row, at: [Option<usize>; 8], faults: &mut super::reader::Faults<'_>| {
            let [text, language, old_language, table, field, record, value, old_id] = at;
            let tag = row.word(language.or(old_language));
            let Some(tag) = language_alone(&tag) else {
                faults.row(row.line, "language", "this is not a language", &tag);
                return ControlFlow::Continue(());
            };
            let field = if old_id.is_some() { Some(Field::Any) } else { named(&row.word(table), &row.word(field)) };
            let Some(field) = field else { return ControlFlow::Continue(()) };
            let translation = (tag, row.text(text));
            let (record, value) = (row.text(record), row.text(value.or(old_id)));
            match record.is_empty() {
                false => all.by_record.entry((field, record)).or_default().push(translation),
                true => all.by_text.entry((field, value)).or_default().push(translation),
            }
            kept += 1;
            if kept >= MAX {
                faults.row(row.line, "", "there are more translations than are read: those from here on are left", "");
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        reader.optional("translations.txt", columns, 1, &mut on_row);
        all
    }

    /// A text in its own language and all others; `plain` takes the markup out.
    pub fn localized(
        &self,
        field: Field,
        record: &str,
        text: &str,
        language: &str,
        plain: fn(&str) -> String,
    ) -> Localized {
        let mut all = Localized::default();
        let by_text = [Field::Any, field].map(|field| self.by_text.get(&(field, text.to_owned())));
        let by_record = self.by_record.get(&(field, record.to_owned())).filter(|_| !record.is_empty());
        let found = by_text.into_iter().chain([by_record]).flatten().flatten().filter(|_| !text.is_empty());
        let mut insert = |tag: &str, text: &str| {
            let text = plain(text);
            if !text.is_empty() {
                all.insert(tag, text, Origin::Original);
            }
        };
        insert(language, text);
        found.for_each(|(tag, text)| insert(tag, text));
        all
    }
}

fn named(table: &str, field: &str) -> Option<Field> {
    Some(match (table, field) {
        ("stops", "stop_name") => Field::StopName,
        ("stops", "stop_desc") => Field::StopDescription,
        ("stops", "stop_url") => Field::StopUrl,
        ("trips", "trip_headsign") => Field::TripHeadsign,
        ("stop_times", "stop_headsign") => Field::StopHeadsign,
        _ => return None,
    })
}
