//! What staff say about a source.

use super::Schedule;
use crate::hub::store::StoredSource;
use crate::import::town_sources::SourceEntry;
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// A format that staff may choose, what they are asked about it beside its address, and how often it is usually fetched.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The word after `parvis-hub import`; its words are `source-format-<name>`.
    pub name: &'static str,
    pub asked: &'static [&'static str],
    pub usual: &'static str,
}

const fn format(name: &'static str, asked: &'static [&'static str], usual: &'static str) -> Format {
    Format { name, asked, usual }
}

/// In the order in which staff look for them.
pub const FORMATS: [Format; 17] = [
    format("openagenda", &["allow"], "1h"),
    format("ical", &[], "1h"),
    format("feed", &["allow"], "1h"),
    format("schema-org", &["allow"], "6h"),
    format("datatourisme", &["everywhere", "allow"], "1d"),
    format("apidae", &["everywhere", "allow"], "1d"),
    format("osm", &["everywhere", "map"], "7d"),
    format("acceslibre", &["everywhere"], "1d"),
    format("opendatasoft", &["mapping", "everywhere", "allow"], "1d"),
    format("csv", &["mapping", "everywhere"], "1d"),
    format("geojson", &["mapping", "everywhere"], "1d"),
    format("open-meteo", &[], "1h"),
    format("vigilance", &["codes"], "15m"),
    format("cap", &["codes", "senders"], "15m"),
    format("gtfs", &["stops", "everywhere"], "1d"),
    format("gtfs-rt", &["timetable", "stops"], "15m"),
    format("gbfs", &["everywhere"], "15m"),
];

/// The mappings that come with Parvis.
pub const MAPPINGS: [&str; 3] = ["wifi", "fibre", "road-works"];

/// How often a source may be fetched, from a list; or at a time of the day.
pub const TIMES: [&str; 9] = ["15m", "30m", "1h", "3h", "6h", "12h", "1d", "7d", "at"];

/// The most letters of a title or another line.
const LINE_MAX: usize = 200;
/// The most letters of an address or a key.
const ADDRESS_MAX: usize = 2000;
/// The most letters of what stands for a source in ids, with room for a number.
const NAME_MAX: usize = 26;

pub fn format_of(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// A field that is not as it should be, with the key of the words that say why.
pub type Wrong = (&'static str, &'static str);

/// Reads a form: a new source, or what was said anew about one.
pub fn read(
    get: &dyn Fn(&str) -> String,
    format: &Format,
    before: Option<&StoredSource>,
    others: &[StoredSource],
) -> (StoredSource, Vec<Wrong>) {
    let mut wrong = Vec::new();
    let mut source = before.cloned().unwrap_or_else(|| StoredSource {
        rank: others.iter().map(|other| other.rank).max().unwrap_or(0) + 1,
        ..StoredSource::default()
    });
    source.title = get("title");
    if source.title.is_empty() || source.title.chars().count() > LINE_MAX {
        wrong.push(("title", "wrong-source-title"));
    }
    format.name.clone_into(&mut source.entry.format);
    if before.is_none() {
        source.entry.name = name(&source.title, format, others);
    }
    wrong.extend(address(get, &mut source.entry, before.map(|before| &before.entry)));
    wrong.extend(rest(get, format, &mut source.entry));
    let allowed_before = before.is_some_and(|before| before.entry.allow == source.entry.allow);
    if before.is_none_or(|before| before.entry.from != source.entry.from) || !allowed_before {
        source.entry.is_of_staff = true;
    }
    source.schedule = match get("every").as_str() {
        "at" => format!("at {}", get("at")),
        every => every.to_owned(),
    };
    if Schedule::parse(&source.schedule).is_none() {
        wrong.push(("every", "wrong-source-every"));
    }
    source.is_direct = get("is_direct") != "no";
    source.is_paused = get("is_paused") == "yes";
    if let Ok(rank) = get("rank").parse() {
        source.rank = rank;
    }
    (source, wrong)
}

/// The address and the key that goes there. A key that was kept for one server is not sent to another.
fn address(get: &dyn Fn(&str) -> String, entry: &mut SourceEntry, before: Option<&SourceEntry>) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let (from, key) = (get("from"), get("key"));
    let is_address = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
    };
    let url = Url::parse(&from).ok().filter(is_address).filter(|_| from.len() <= ADDRESS_MAX);
    if url.is_none() {
        wrong.push(("from", "wrong-source-from"));
    }
    let known = before.and_then(|before| Url::parse(&before.from).ok());
    let is_same_server = url.zip(known).is_some_and(|(url, known)| url.origin() == known.origin());
    if !is_same_server || get("key_forget") == "yes" {
        entry.key.0.clear();
        entry.key_env.clear();
        entry.key_file = None;
    }
    if !key.is_empty() {
        (entry.key.0, entry.key_env, entry.key_file) = (key.clone(), String::new(), None);
    }
    if key.len() > ADDRESS_MAX || key.contains(char::is_control) {
        wrong.push(("key", "wrong-source-key"));
    }
    entry.from = from;
    wrong
}

/// What only some formats are asked.
fn rest(get: &dyn Fn(&str) -> String, format: &Format, entry: &mut SourceEntry) -> Vec<Wrong> {
    let line = |name: &str| get(name).chars().filter(|letter| !letter.is_control()).take(LINE_MAX).collect::<String>();
    let list = |name: &str| -> Vec<String> {
        let all = get(name);
        let parts = all.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).take(LINE_MAX).collect()
    };
    let mut wrong = Vec::new();
    entry.licence = line("licence");
    entry.credit = line("credit");
    for field in format.asked {
        match *field {
            "allow" => entry.allow = list("allow"),
            "codes" => entry.codes = list("codes"),
            "senders" => entry.senders = list("senders"),
            "stops" => entry.stops = list("stops"),
            "everywhere" => entry.everywhere = get("everywhere") == "yes",
            "map" => entry.map = get("map") == "yes",
            "timetable" => entry.timetable = line("timetable"),
            "mapping" => {
                entry.mapping = line("mapping");
                if !MAPPINGS.contains(&entry.mapping.as_str()) {
                    wrong.push(("mapping", "wrong-source-mapping"));
                }
            }
            _ => {}
        }
    }
    if format.name == "vigilance" && entry.codes.is_empty() {
        wrong.push(("codes", "wrong-source-codes"));
    }
    wrong
}

/// What stands for a source in ids: its title in plain letters, and no other's.
fn name(title: &str, format: &Format, others: &[StoredSource]) -> String {
    let plain = title.to_lowercase();
    let plain: String = plain
        .nfd()
        .filter(|letter| letter.is_ascii() || !unicode_normalization::char::is_combining_mark(*letter))
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let plain: String = parts.join("-").chars().take(NAME_MAX).collect();
    let plain = plain.trim_matches('-');
    let plain = if plain.is_empty() { format.name } else { plain };
    let is_free =
        |name: &str| !["town", "lock", "new"].contains(&name) && others.iter().all(|other| other.name() != name);
    let numbered = (2..).map(|nr: u32| format!("{plain}-{nr}"));
    std::iter::once(plain.to_owned()).chain(numbered).find(|name| is_free(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{SOURCES, is_source_name};

    fn said<'s>(fields: &'s [(&str, &str)]) -> impl Fn(&str) -> String + 's {
        |name| fields.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value).to_owned()
    }

    #[test]
    fn every_format_can_be_chosen() {
        let mut all: Vec<&str> = SOURCES.iter().map(|source| source.name()).collect();
        let mut ours = FORMATS.map(|format| format.name).to_vec();
        all.sort_unstable();
        ours.sort_unstable();
        assert_eq!(all, ours);
        assert!(FORMATS.iter().all(|format| Schedule::parse(format.usual).is_some()));
        assert!(MAPPINGS.iter().all(|name| crate::import::Mapping::built_in(name).is_ok()));
    }

    #[test]
    fn a_name_is_made_of_the_title_and_no_other_source_has_it() {
        let ical = format_of("ical").unwrap();
        let mut others: Vec<StoredSource> = Vec::new();
        for (title, expected) in [
            ("Agenda de la Médiathèque", "agenda-de-la-mediatheque"),
            ("Agenda de la médiathèque !", "agenda-de-la-mediatheque-2"),
            ("図書館", "ical"),
            ("Town", "town-2"),
            ("L’agenda culturel de la communauté de communes", "l-agenda-culturel-de-la-co"),
        ] {
            let made = name(title, ical, &others);
            assert_eq!(made, expected);
            assert!(is_source_name(&made));
            let entry = SourceEntry { name: made, ..SourceEntry::default() };
            others.push(StoredSource { entry, ..StoredSource::default() });
        }
    }

    #[test]
    fn a_kept_key_goes_to_no_other_server() {
        let ical = format_of("ical").unwrap();
        let entry =
            SourceEntry { from: "https://a.fr/x".to_owned(), key_env: "KEY".to_owned(), ..SourceEntry::default() };
        let mut before = StoredSource { entry, ..StoredSource::default() };
        before.entry.key.0 = "secret".to_owned();
        for (from, key, forget, kept) in [
            ("https://a.fr/x", "", "", ("secret", "KEY", false)),
            ("https://a.fr/y", "", "", ("secret", "KEY", true)),
            ("https://b.fr/x", "", "", ("", "", true)),
            ("http://a.fr/x", "", "", ("", "", true)),
            ("https://a.fr:8443/x", "", "", ("", "", true)),
            ("https://b.fr/x", "new", "", ("new", "", true)),
            ("https://a.fr/x", "", "yes", ("", "", false)),
        ] {
            let fields = [("title", "A"), ("from", from), ("key", key), ("key_forget", forget), ("every", "1h")];
            let (read, wrong) = read(&said(&fields), ical, Some(&before), &[]);
            assert!(wrong.is_empty(), "{wrong:?}");
            assert_eq!(
                (read.entry.key.0.as_str(), read.entry.key_env.as_str(), read.entry.is_of_staff),
                kept,
                "{from}"
            );
        }
    }

    #[test]
    fn what_is_no_source_is_said_of_its_field() {
        for (format, field, value, wrong) in [
            ("ical", "title", "", "title"),
            ("ical", "from", "/etc/passwd", "from"),
            ("ical", "from", "file:///etc/passwd", "from"),
            ("ical", "from", "ftp://a.fr/", "from"),
            ("ical", "from", "https://anne:word@a.fr/", "from"),
            ("ical", "from", "gopher://a.fr/", "from"),
            ("ical", "every", "1m", "every"),
            ("ical", "every", "at", "every"),
            ("ical", "key", "a\nb", "key"),
            ("csv", "mapping", "other", "mapping"),
            ("vigilance", "codes", "", "codes"),
        ] {
            let mut fields =
                vec![("title", "A"), ("from", "https://a.fr/"), ("every", "1h"), ("mapping", "wifi"), ("codes", "81")];
            fields.retain(|(name, _)| *name != field);
            fields.push((field, value));
            let (_, found) = read(&said(&fields), format_of(format).unwrap(), None, &[]);
            assert_eq!(found.iter().map(|(field, _)| *field).collect::<Vec<_>>(), [wrong], "{format} {field} {value}");
        }
    }
}
