//! News: RSS 0.90 to 2.0, Atom and JSON Feed, each entry an article.
//!
//! feed-rs reads an entry, but gives up a whole feed for one bad entry. So the feed is taken apart first, and each
//! entry read as a feed of its own. It is also given UTF-8 only, whatever the feed was in.
//!
//! A DOCTYPE is passed over: nothing it names is fetched. One that defines entities of its own is refused.

mod article;
mod body;
mod json_feed;
mod records;

use super::decoding::{decoded, xml_encoding};
use super::local_time::instant;
use super::web_address::{absolute, has_image_ending};
use super::{Extent, ImportError, Input, Job, Progress, Source, json_records};
use crate::content::{Item, Problem, language_alone};
use article::{Draft, DraftPicture, Head};
use feed_rs::model::{Entry, Feed as Parsed, MediaObject};
use records::{Records, mended};
use url::Url;

/// News: RSS, Atom (RFC 4287) and JSON Feed.
pub struct Feed;

/// The largest feed that is read, in bytes: it is held in memory.
const BYTES_MAX: u64 = 32 << 20;

const ACCEPT: &str =
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

impl Source for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn about(&self) -> &'static str {
        "News of an RSS, Atom or JSON feed"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let Some(bytes) = job.bytes(ACCEPT, BYTES_MAX.min(job.settings.bytes_max))? else {
            return Ok(Extent::Unchanged);
        };
        read(job, &bytes).map_err(|reason| job.not_this(reason))
    }
}

/// Reads a feed as a whole.
fn read(job: &mut Job<'_>, bytes: &[u8]) -> Result<Extent, String> {
    let text = decoded(bytes, xml_encoding(bytes));
    let usual = usual_head(job);
    if text.trim_start().starts_with(['{', '[']) {
        return read_json(job, &text, &usual);
    }
    let records = Records::of(&text)?;
    let base = usual.base.clone();
    let mut usual = usual;
    if let Some(language) = records::language(&records.start).and_then(|tag| language_alone(&tag)) {
        usual.language = language;
    }
    let head = match parsed(&records.itself(), base.as_ref()) {
        Ok(feed) => head(&feed, &usual),
        Err(_) if records.entries.is_empty() => usual.clone(),
        Err(_) => {
            let reason = "what the feed says about itself cannot be read: its articles do not bear its name";
            job.problem(Problem::new(job.source(), "", "channel", reason));
            usual.clone()
        }
    };
    let total = records.entries.len() as u64;
    for (at, entry) in records.entries.iter().enumerate() {
        job.record();
        match entry.and_then(|text| Ok((text, entry_of(&records, text, &head)?))) {
            Err(reason) => job.left_out("", "", reason, records::shown_title(entry.unwrap_or_default())),
            Ok((text, entry)) => {
                let mut draft = draft(entry, text);
                if let Some(date) = records::shown_date(text).filter(|_| draft.updated.is_none()) {
                    // Some feeds write RSS with the dates of Atom, or of a database.
                    draft.updated = instant(date, job.settings.zone).map(|instant| instant.to_utc());
                    if draft.updated.is_none() {
                        let reason = "a date like Mon, 27 Apr 2026 08:00:00 +0200 is expected";
                        let problem = Problem::new(job.source(), draft.record(&head.name).0, "date", reason);
                        job.problem(problem.with_value(date));
                    }
                }
                take(job, draft, &head);
            }
        }
        job.progress(Progress { doing: "reading", done: at as u64 + 1, total });
    }
    Ok(records.broken_off.map_or(Extent::Whole, |reason| job.broken_off(reason.to_owned())))
}

fn read_json(job: &mut Job<'_>, text: &str, usual: &Head) -> Result<Extent, String> {
    let broken_off =
        json_records::read(json_feed::FEED, text.as_bytes(), text.len() as u64, job, &mut |job, map, record| {
            job.record();
            let mut problems = Vec::new();
            match record.and_then(serde_json::Value::as_object) {
                None => {
                    job.left_out("", "", "an object with an id and a text is expected, not larger than an article", "");
                }
                Some(record) => {
                    let draft = json_feed::draft(record, &usual.name, job.source(), &mut problems);
                    job.problems(problems);
                    take(job, draft, &json_feed::head(map, usual));
                }
            }
        })?;
    Ok(broken_off.map_or(Extent::Whole, |reason| job.broken_off(reason)))
}

/// An entry becomes an article, unless it says nothing.
fn take(job: &mut Job<'_>, draft: Draft, head: &Head) {
    let mut problems = Vec::new();
    let (article, pictures) = draft.article(head, job.source(), &mut problems);
    job.problems(problems);
    job.item(Item::Article(article), pictures);
}

/// What a feed is taken for until it says more.
fn usual_head(job: &Job<'_>) -> Head {
    let base = match job.input {
        Input::Web(url) => Some(url.clone()),
        Input::Path(_) => None,
    };
    Head {
        name: job.settings.name.clone(),
        credit: String::new(),
        language: job.settings.language.clone(),
        base,
        licence: String::new(),
    }
}

fn head(feed: &Parsed, usual: &Head) -> Head {
    let mut head = usual.clone();
    let title = feed.title.as_ref().map(|title| super::plain_text::one_line(&title.content));
    if let Some(title) = title.filter(|title| !title.is_empty() && !title.contains('@')) {
        head.credit = title;
    }
    if let Some(rights) = &feed.rights {
        head.set_rights(&rights.content);
    }
    if let Some(language) = feed.language.as_deref().and_then(language_alone) {
        head.language = language;
    }
    let own = feed.links.iter().filter(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
    let own = own.filter_map(|link| absolute(&link.href, usual.base.as_ref())).find_map(|url| url.parse().ok());
    if own.is_some() {
        head.base = own;
    }
    head
}

/// A declaration of XML may stand only at the beginning of a document, which what is read here is never: one pasted
/// into an article would have the parser change its encoding midway, where it gives up with a panic.
fn parsed(text: &str, base: Option<&Url>) -> Result<Parsed, &'static str> {
    let text = text.replace("<?xml", "<?pasted");
    let parser = feed_rs::parser::Builder::new().base_uri(base).id_generator(|_, _, _| String::new()).build();
    parser.parse(text.as_bytes()).map_err(|_| "it is not well-formed XML")
}

fn entry_of(records: &Records<'_>, entry: &str, head: &Head) -> Result<Entry, &'static str> {
    let read = |entry: &str| parsed(&records.alone(entry), head.base.as_ref());
    let feed = read(entry).or_else(|_| read(&mended(entry)))?;
    feed.entries.into_iter().next().ok_or("it has no text")
}

/// What an entry says; its authors are not looked at.
fn draft(entry: Entry, source: &str) -> Draft {
    let is_page = |rel: Option<&str>| matches!(rel, None | Some("alternate"));
    let link = entry.links.iter().find(|link| is_page(link.rel.as_deref()) && link.target.is_none());
    let enclosed = entry.links.iter().filter(|link| link.rel.as_deref() == Some("enclosure"));
    let enclosed = enclosed.filter(|link| link.media_type.as_deref().is_some_and(|kind| kind.starts_with("image/")));
    let enclosed = enclosed.map(|link| DraftPicture { url: link.href.clone(), ..DraftPicture::default() });
    let text = |text: Option<feed_rs::model::Text>| text.map_or_else(String::new, |text| text.content);
    let content = entry.content.filter(|content| content.content_type.ty().as_str() != "image");
    Draft {
        link: link.map(|link| link.href.clone()),
        pictures: entry.media.iter().filter_map(picture).chain(enclosed).collect(),
        id: entry.id,
        title: text(entry.title),
        summary: unwrapped(&text(entry.summary)),
        text: content.and_then(|content| content.body).map_or_else(String::new, |body| unwrapped(&body)),
        language: records::language(source).or(entry.language),
        updated: entry.updated.or(entry.published),
        tags: entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect(),
    }
}

/// A text in HTML, where the end of a line means nothing; an empty line is meant, and one before an entry of a list.
fn unwrapped(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for line in html.lines().map(str::trim) {
        let is_apart = line.is_empty() || line.starts_with(['-', '*', '•']);
        out.push(if is_apart { '\n' } else { ' ' });
        out.push_str(line);
        if line.is_empty() {
            out.push('\n');
        }
    }
    out
}

/// The largest picture of a media object, which may hold one in several sizes.
fn picture(media: &MediaObject) -> Option<DraftPicture> {
    let is_picture = |content: &&feed_rs::model::MediaContent| match &content.content_type {
        Some(kind) => kind.ty().as_str() == "image",
        None => content.url.as_ref().is_some_and(|url| has_image_ending(url.as_str())),
    };
    let contents = media.content.iter().filter(is_picture);
    let contents = contents.filter_map(|content| Some((content.url.as_ref()?.to_string(), content.width)));
    let thumbnails = media.thumbnails.iter().map(|small| (small.image.uri.clone(), small.image.width));
    let (url, width) =
        contents.max_by_key(|(_, width)| *width).or_else(|| thumbnails.max_by_key(|(_, width)| *width))?;
    let said = media.title.as_ref().or(media.description.as_ref());
    Some(DraftPicture {
        url,
        width,
        alt: said.map_or_else(String::new, |said| said.content.clone()),
        credit: media.credits.first().map_or_else(String::new, |credit| credit.entity.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::hostile_input::{damaged, damages, keeps_the_count};
    use proptest::prelude::*;

    const SAMPLES: [&[u8]; 5] = [
        include_bytes!("../../../tests/import/feed/rss2/input.xml"),
        include_bytes!("../../../tests/import/feed/atom/input.xml"),
        include_bytes!("../../../tests/import/feed/rdf/input.xml"),
        include_bytes!("../../../tests/import/feed/json-feed/input.json"),
        include_bytes!("../../../tests/import/feed/utf16be/input.xml"),
    ];

    proptest! {
        #[test]
        fn any_input_never_panics_and_keeps_the_count(sample in 0..SAMPLES.len(), damages in damages()) {
            keeps_the_count(&damaged(SAMPLES[sample], &damages), |job, bytes| drop(read(job, bytes)));
        }
    }
}
