use crate::import::notes::Notes;
use crate::import::xml::{self, Element};
use crate::import::{Settings, local_time};

/// What an entry of an index holds.
#[derive(Debug)]
pub enum Entry {
    /// The alerts themselves.
    Alerts(Vec<Element>),
    /// Where an alert is, and by what the index would tell another one there: empty where it would not.
    Link { record: String, href: String, mark: String },
    /// An alert that need not be fetched: the record, the field, the reason, the value.
    Over { record: String, field: &'static str, reason: &'static str, value: String },
    /// No alert at all: some services say so in an entry.
    Empty { record: String },
}

/// The media type of CAP (CAP 1.2, 1.1 of its IANA registration).
pub const MEDIA_TYPE: &str = "application/cap+xml";

/// Reads an `entry` of Atom (RFC 4287) or an `item` of RSS.
pub fn entry(element: &Element, settings: &Settings, notes: &mut Notes<'_>) -> Entry {
    let inline: Vec<Element> = element.below("alert").into_iter().cloned().collect();
    if !inline.is_empty() {
        return Entry::Alerts(inline);
    }
    let escaped = escaped(element);
    if !escaped.is_empty() {
        return Entry::Alerts(escaped);
    }
    let href = href(element);
    let record = ["id", "guid", "title"].iter().find_map(|field| element.text_of(field)).or(href);
    let record = record.unwrap_or_default().to_owned();
    let Some(href) = href else { return Entry::Empty { record } };
    if let Some(status) = element.text_of("status").filter(|status| !status.eq_ignore_ascii_case("Actual")) {
        let reason = "only actual alerts reach the public, no tests, exercises or drafts";
        return Entry::Over { record, field: "status", reason, value: status.to_owned() };
    }
    if let Some(text) = element.text_of("expires") {
        match local_time::instant(text, settings.zone) {
            Some(expires) if expires <= settings.now => {
                return Entry::Over { record, field: "expires", reason: "it has ended", value: text.to_owned() };
            }
            Some(_) => {}
            None => notes.problem("expires", "a date, time and offset is expected", text),
        }
    }
    let mark = ["updated", "pubDate", "published"].iter().find_map(|field| element.text_of(field));
    let mark = mark.map(|at| format!("{record} {at}")).unwrap_or_default();
    Entry::Link { record, href: href.to_owned(), mark }
}

/// Alerts that stand as text in an entry, their markup escaped.
fn escaped(element: &Element) -> Vec<Element> {
    let mut all = Vec::new();
    for part in element.children.iter().map(|part| part.text.trim()) {
        if part.starts_with('<') && part.contains("alert") {
            // What is no XML is a text that happens to begin so.
            let _ = xml::read(part.as_bytes(), &["alert"], &mut |alert| all.push(alert));
        }
    }
    all
}

/// Where the alert is: a link that says it is one, else the first that leads to what the entry is about.
fn href(element: &Element) -> Option<&str> {
    let links = || element.children_named("link");
    let address = |link: &'_ Element| link.attribute("href").is_some();
    let is_cap = |link: &&Element| link.attribute("type") == Some(MEDIA_TYPE) && address(link);
    let is_main = |link: &&Element| matches!(link.attribute("rel"), None | Some("alternate")) && address(link);
    let is_page = |link: &&Element| link.attribute("type").is_some_and(|media| media.contains("html"));
    let atom = links().find(is_cap);
    let atom = atom.or_else(|| links().find(|link| is_main(link) && !is_page(link))).or_else(|| links().find(is_main));
    let enclosure = element.children_named("enclosure").find(|part| part.attribute("type") == Some(MEDIA_TYPE));
    let rss = || element.text_of("link").or_else(|| element.text_of("guid").filter(|guid| guid.starts_with("http")));
    enclosure.and_then(|part| part.attribute("url")).or_else(|| atom?.attribute("href")).or_else(rss)
}
