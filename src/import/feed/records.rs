use std::borrow::Cow;

/// The longest entry of a feed that is read, in bytes.
const RECORD_MAX: usize = 1 << 20;
/// The longest head of a feed that is read, in bytes.
const HEAD_MAX: usize = 64 << 10;
/// The longest start tag of a feed, in bytes: it stands before each entry when that is read alone.
const START_MAX: usize = 16 << 10;
/// The most entries of one feed.
const ENTRIES_MAX: usize = 10_000;

/// The families of feeds by their root.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Family {
    /// RSS 0.91 to 2.0.
    Rss,
    /// RSS 0.90 and 1.0.
    Rdf,
    Atom,
}

/// A feed taken apart into its entries, so that a bad one costs only itself.
#[derive(Debug)]
pub struct Records<'t> {
    pub family: Family,
    /// The root's start tag.
    pub start: String,
    /// The root's name as it is written.
    root: &'t str,
    /// What stands before the first entry.
    head: &'t str,
    pub entries: Vec<Result<&'t str, &'static str>>,
    /// Why there may be more than what was found.
    pub broken_off: Option<&'static str>,
}

/// One piece of markup: where it begins and ends.
enum Mark<'t> {
    Start { name: &'t str, attributes: &'t str, is_empty: bool },
    End { name: &'t str },
    Doctype { has_subset: bool },
    Else,
}

impl<'t> Records<'t> {
    /// # Errors
    /// In words, for what is no feed, or defines its own entities.
    pub fn of(text: &'t str) -> Result<Self, &'static str> {
        let mut feed: Option<Self> = None;
        let (mut at, mut open, mut head_from) = (0, None, 0);
        while let Some((begin, end, mark)) = next_mark(text, at) {
            at = end;
            let Some(feed) = &mut feed else {
                match mark {
                    Mark::Doctype { has_subset: true } => {
                        return Err("it defines its own entities, which is not allowed");
                    }
                    Mark::Start { name, attributes, is_empty } => {
                        feed = Some(Self::begun(name, attributes, is_empty)?);
                        head_from = end;
                    }
                    _ => {}
                }
                continue;
            };
            if feed.entries.len() >= ENTRIES_MAX {
                feed.broken_off = Some("it has more than 10,000 articles");
                open = None;
                break;
            }
            let record = if feed.family == Family::Atom { "entry" } else { "item" };
            match mark {
                Mark::Start { name, is_empty, .. } if local(name) == record => {
                    if let Some(since) = open.take() {
                        feed.take(text.get(since..begin), false);
                    }
                    if feed.entries.is_empty() && feed.head.is_empty() {
                        feed.head = text.get(head_from..begin).unwrap_or_default();
                    }
                    if is_empty {
                        feed.take(text.get(begin..end), true);
                    } else {
                        open = Some(begin);
                    }
                }
                Mark::End { name } if local(name) == record => {
                    if let Some(since) = open.take() {
                        feed.take(text.get(since..end), true);
                    }
                }
                Mark::End { name } if name == feed.root => {
                    feed.broken_off = None;
                    if feed.entries.is_empty() {
                        feed.head = text.get(head_from..begin).unwrap_or_default();
                    }
                    break;
                }
                _ => {}
            }
        }
        let mut feed = feed.ok_or(NO_FEED)?;
        if feed.entries.is_empty() && open.is_none() && feed.broken_off.is_some() {
            feed.head = text.get(head_from..).unwrap_or_default();
        }
        if let Some(since) = open {
            feed.take(text.get(since..), false);
        }
        Ok(feed)
    }

    fn begun(name: &'t str, attributes: &'t str, is_empty: bool) -> Result<Self, &'static str> {
        let family = match local(name) {
            "rss" => Family::Rss,
            "RDF" => Family::Rdf,
            "feed" => Family::Atom,
            _ => return Err(NO_FEED),
        };
        if attributes.len() > START_MAX {
            return Err(NO_FEED);
        }
        let broken_off = if is_empty { None } else { Some("the end of the feed is missing") };
        let start = start(family, name, attributes);
        Ok(Self { family, start, root: name, head: "", entries: Vec::new(), broken_off })
    }

    fn take(&mut self, text: Option<&'t str>, is_whole: bool) {
        self.entries.push(match text {
            Some(text) if is_whole && text.len() <= RECORD_MAX => Ok(text),
            Some(_) if is_whole => Err("larger than any article is"),
            _ => Err("the feed breaks off within it, or its end is missing"),
        });
    }

    /// A feed of its own with this one entry.
    pub fn alone(&self, entry: &str) -> String {
        let entry = without_people(entry);
        match self.family {
            Family::Rss => format!("{}<channel>{entry}</channel></{}>", self.start, self.root),
            Family::Rdf | Family::Atom => format!("{}{entry}</{}>", self.start, self.root),
        }
    }

    /// A feed without entries, for what it says about itself.
    pub fn itself(&self) -> String {
        let head = without_people(if self.head.len() <= HEAD_MAX { self.head } else { "" });
        let is_open = head.contains("<channel") && !head.contains("</channel");
        let channel = if is_open { "</channel>" } else { "" };
        format!("{}{head}{channel}</{}>", self.start, self.root)
    }
}

/// A root's start tag, in the version and the namespaces that the library knows.
fn start(family: Family, root: &str, given: &str) -> String {
    let is_prefixed = root.contains(':') && family == Family::Atom;
    let mut out = format!("<{root}");
    for (name, value) in attributes(given) {
        let replaced = match (family, name) {
            (Family::Rss, "version" | "xmlns") | (Family::Rdf, "xmlns") => true,
            (Family::Atom, "xmlns") => !is_prefixed,
            _ => false,
        };
        if !replaced && !out.contains(&format!(" {name}=")) {
            out.push_str(&format!(" {name}={value}"));
        }
    }
    match family {
        Family::Rss => out.push_str(" version=\"2.0\""),
        Family::Rdf => out.push_str(" xmlns=\"http://purl.org/rss/1.0/\""),
        Family::Atom if is_prefixed => {}
        Family::Atom => out.push_str(" xmlns=\"http://www.w3.org/2005/Atom\""),
    }
    for (name, space) in USUAL {
        if !out.contains(&format!(" {name}=")) {
            out.push_str(&format!(" {name}=\"{space}\""));
        }
    }
    out.push('>');
    out
}

/// Elements that name people.
const PEOPLE: [&str; 8] =
    ["author", "creator", "contributor", "managingEditor", "webMaster", "owner", "person", "publisher"];

/// A piece of a feed without those who wrote it: nobody is to see them, and feed-rs panics on an address with a letter
/// beyond ASCII right behind it.
fn without_people(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut at, mut kept) = (0, 0);
    let mut skipped: Option<&str> = None;
    while let Some((begin, end, mark)) = next_mark(text, at) {
        at = end;
        match (mark, skipped) {
            (Mark::Start { name, is_empty: false, .. }, None) if PEOPLE.contains(&local(name)) => {
                out.push_str(text.get(kept..begin).unwrap_or_default());
                skipped = Some(name);
            }
            (Mark::End { name }, Some(open)) if name == open => {
                skipped = None;
                kept = end;
            }
            _ => {}
        }
    }
    if skipped.is_none() {
        out.push_str(text.get(kept..).unwrap_or_default());
    }
    out
}

/// The language that an entry says it is in (XML 1.0, 2.12).
pub fn language(entry: &str) -> Option<String> {
    let Some((_, _, Mark::Start { attributes: given, .. })) = next_mark(entry, 0) else { return None };
    let said = attributes(given).into_iter().find(|(name, _)| *name == "xml:lang");
    said.map(|(_, value)| value.trim_matches(['"', '\'']).to_owned())
}

/// What stands in an entry's title, for staff to find it again.
pub fn shown_title(entry: &str) -> &str {
    let behind = entry.split_once("<title").and_then(|(_, rest)| rest.split_once('>'));
    let inside = behind.map_or("", |(_, rest)| rest.split("</").next().unwrap_or_default());
    inside.trim_start_matches("<![CDATA[").split("]]>").next().unwrap_or_default().trim()
}

/// What an entry names as its date.
pub fn shown_date(entry: &str) -> Option<&str> {
    let behind = ["<pubDate>", "<dc:date>", "<updated>", "<published>"].iter().find_map(|tag| entry.split_once(tag));
    let text = behind?.1.split("</").next()?.trim();
    Some(text.trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim())
}

const NO_FEED: &str = "not a feed: neither RSS nor Atom nor JSON Feed";

/// Prefixes that many feeds use without saying what they stand for.
const USUAL: [(&str, &str); 4] = [
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
];

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The next piece of markup at or behind a place (XML 1.0, 2.4): where it begins, where it ends.
fn next_mark(text: &str, at: usize) -> Option<(usize, usize, Mark<'_>)> {
    let begin = at + text.get(at..)?.find('<')?;
    let rest = text.get(begin..)?;
    let until = |end: &str| rest.find(end).map_or(text.len(), |found| begin + found + end.len());
    if rest.starts_with("<!--") {
        return Some((begin, until("-->"), Mark::Else));
    }
    if rest.starts_with("<![CDATA[") {
        return Some((begin, until("]]>"), Mark::Else));
    }
    if rest.starts_with("<?") {
        return Some((begin, until("?>"), Mark::Else));
    }
    if rest.starts_with("<!") {
        let end = until(">");
        let has_subset = text.get(begin..end).is_some_and(|all| all.contains('['));
        return Some((begin, end, Mark::Doctype { has_subset }));
    }
    let length = tag_length(rest);
    let inside = rest.get(1..length)?.trim_end_matches('>');
    let end = begin + length;
    if let Some(name) = inside.strip_prefix('/') {
        return Some((begin, end, Mark::End { name: name.trim() }));
    }
    let is_empty = inside.ends_with('/');
    let inside = inside.trim_end_matches('/');
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    Some((begin, end, Mark::Start { name, attributes, is_empty }))
}

/// The length of a tag that begins here: up to its bracket, or to the next one where it has none.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match (byte, quote) {
            (b'<', _) => return at,
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// Names and values, these with their quotes.
fn attributes(mut rest: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let Some(quote) = after.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { break };
        let Some(length) = after.get(1..).and_then(|inner| inner.find(quote)) else { break };
        let (value, next) = after.split_at(length + 2);
        all.push((name.trim(), value));
        rest = next;
    }
    all
}

/// An entry whose ampersands stand for themselves where they begin no reference, as many programs write them.
pub fn mended(entry: &str) -> Cow<'_, str> {
    if !entry.contains('&') {
        return Cow::Borrowed(entry);
    }
    let mut out = String::with_capacity(entry.len() + 64);
    let mut rest = entry;
    while let Some(at) = rest.find(['&', '<']) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let length = match found {
            _ if found.starts_with("<![CDATA[") => found.find("]]>").unwrap_or(found.len()),
            _ if found.starts_with('<') => 1,
            _ => {
                out.push_str(if is_reference(found) { "&" } else { "&amp;" });
                rest = found.get(1..).unwrap_or_default();
                continue;
            }
        };
        let (whole, after) = found.split_at(length);
        out.push_str(whole);
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn is_reference(text: &str) -> bool {
    let end = text.bytes().take(34).position(|byte| byte == b';').unwrap_or(0);
    let name = text.get(1..end).unwrap_or_default();
    let digits = name.strip_prefix('#').map(|number| number.trim_start_matches(['x', 'X']));
    !name.is_empty()
        && match digits {
            Some(digits) => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_whatever_stands_around_them() {
        let text = "<?xml version='1.0'?><!DOCTYPE rss PUBLIC \"-//Netscape\" \"x.dtd\"><rss version=\"0.91\" xmlns:a='b>c'>\
            <channel><title>T</title><!-- <item> --><item><title><![CDATA[</item>]]></title></item><items/>\
            <item/><item><title>open<item>whole</item></channel></rss><item>behind</item>";
        let feed = Records::of(text).unwrap();
        assert_eq!(feed.family, Family::Rss);
        let read: Vec<_> = feed.entries.iter().map(|entry| entry.unwrap_or("-")).collect();
        assert_eq!(read, ["<item><title><![CDATA[</item>]]></title></item>", "<item/>", "-", "<item>whole</item>"]);
        assert_eq!(feed.broken_off, None);
        assert!(feed.itself().starts_with("<rss xmlns:a='b>c' version=\"2.0\""));
        assert!(feed.itself().ends_with("<title>T</title><!-- <item> --></channel></rss>"));
    }

    #[test]
    fn what_breaks_off_or_defines_entities_is_known() {
        let cut = Records::of("<feed><entry>a</entry><entry>b").unwrap();
        assert!(cut.broken_off.is_some() && cut.entries.len() == 2 && cut.entries[1].is_err());
        assert!(Records::of("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss/>").is_err());
        assert!(Records::of("<html></html>").is_err());
        assert!(Records::of("").is_err());
    }

    #[test]
    fn nobody_is_named() {
        let entry = "<item><title>T</title><author>a@b.c\u{2018}</author><dc:creator/><x:person role='<'>P</x:person><a/></item>";
        assert_eq!(without_people(entry), "<item><title>T</title><dc:creator/><a/></item>");
        assert_eq!(without_people("<item><author>open"), "<item>");
    }

    #[test]
    fn only_ampersands_that_stand_alone_are_mended() {
        let entry = "<a>A & B &amp; C&D; &#233; &# <![CDATA[ & ]]> & </a>";
        assert_eq!(mended(entry), "<a>A &amp; B &amp; C&D; &#233; &amp;# <![CDATA[ & ]]> &amp; </a>");
    }
}
