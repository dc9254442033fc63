use super::body::{WIDTH_MIN, first_picture};
use crate::content::{Article, Common, Id, Localized, Problem, Provenance, Section, language_alone, link_of};
use crate::import::Picture;
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::record_id::{local_id, record_id};
use crate::import::summary::{beginning, is_summary};
use crate::import::tags::distinct;
use crate::import::web_address::{NO_WEB_ADDRESS, absolute};
use chrono::{DateTime, Utc};
use url::Url;

const SOURCE: &str = "RSS / Atom";

/// The longest line of rights that is a licence rather than a legal notice, in characters.
const LICENCE_MAX: usize = 120;

/// What holds for all articles of a feed.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// What staff call it.
    pub name: String,
    /// Whose feed it is; empty where it does not say.
    pub credit: String,
    pub licence: String,
    /// The language of its texts, as the kiosk calls it.
    pub language: String,
    /// What its relative addresses start from.
    pub base: Option<Url>,
}

/// One entry of a feed of any kind, its texts still in HTML.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub id: String,
    pub title: String,
    pub summary: String,
    pub text: String,
    pub language: Option<String>,
    pub link: Option<String>,
    pub updated: Option<DateTime<Utc>>,
    pub tags: Vec<String>,
    pub pictures: Vec<DraftPicture>,
}

/// A picture that an entry names beside its text.
#[derive(Clone, Debug, Default)]
pub struct DraftPicture {
    pub url: String,
    pub alt: String,
    pub credit: String,
    pub width: Option<u32>,
}

impl Head {
    pub fn set_rights(&mut self, rights: &str) {
        let line = one_line(rights);
        if line.chars().count() <= LICENCE_MAX && !line.contains('@') {
            self.licence = line;
        }
    }
}

impl Draft {
    /// The id of the entry: its own, else its link, else its title and date; `of` is what staff call its feed.
    pub fn record(&self, of: &str) -> Id {
        let link = self.link.clone().unwrap_or_default();
        let made =
            || format!("{} {}", self.updated.map_or_else(String::new, |at| at.to_rfc3339()), one_line(&self.title));
        let own = [&self.id, &link].into_iter().map(|id| one_line(id)).find(|id| !id.is_empty());
        let name = own.unwrap_or_else(|| made().trim().to_owned());
        // Some ids are made of their author's address.
        let record = name.replace('@', "/");
        match () {
            () if name.is_empty() => Id::default(),
            () if is_unique(&name) => record_id("feed", &record),
            () => local_id("feed", of, &record),
        }
    }

    /// The article. Its problems do not cost it anything but a field.
    pub fn article(self, head: &Head, source: &str, problems: &mut Vec<Problem>) -> (Article, Vec<Picture>) {
        let id = self.record(&head.name);
        let language = self.language.as_deref().and_then(language_alone).unwrap_or_else(|| head.language.clone());
        let inline =
            first_picture(&self.text, head.base.as_ref()).or_else(|| first_picture(&self.summary, head.base.as_ref()));
        let (mut summary, mut text) = texts(&self.summary, &self.text);
        let mut title = one_line(&self.title);
        if title.is_empty() {
            title = beginning(if summary.is_empty() { &text } else { &summary });
            // A title that says it all leaves nothing to read below it.
            summary = Some(summary).filter(|summary| *summary != title).unwrap_or_default();
            text = Some(text).filter(|text| *text != title).unwrap_or_default();
        }
        let own = self.link.as_deref().or(Some(self.id.as_str()).filter(|id| id.starts_with("http")));
        let link = own.and_then(|link| absolute(link, head.base.as_ref()));
        if link.is_none() && self.link.is_some() {
            let problem = Problem::new(source, id.as_str(), "link", NO_WEB_ADDRESS);
            problems.push(problem.with_value(self.link.as_deref().unwrap_or_default()));
        }
        let localized =
            |text: String| if text.is_empty() { Localized::default() } else { Localized::one(&language, text) };
        let mut pictures: Vec<Picture> = Vec::new();
        let beside = self.pictures.into_iter().filter(|picture| picture.width.is_none_or(|width| width >= WIDTH_MIN));
        let within = inline.map(|inline| DraftPicture { url: inline.url, alt: inline.alt, ..DraftPicture::default() });
        for picture in beside.chain(within) {
            let Some(url) = absolute(&picture.url, head.base.as_ref()) else { continue };
            if pictures.is_empty() {
                let credit = one_line(&picture.credit);
                pictures.push(Picture {
                    url,
                    alt: localized(one_line(&picture.alt)),
                    credit: if credit.is_empty() { head.credit.clone() } else { credit },
                    licence: head.licence.clone(),
                });
            }
        }
        let common = Common {
            id,
            title: localized(title),
            summary: localized(summary),
            text: localized(text),
            tags: tags(&self.tags),
            link: localized(link.unwrap_or_default()),
            provenance: vec![Provenance {
                source: SOURCE.to_owned(),
                licence: head.licence.clone(),
                credit: head.credit.clone(),
                updated: self.updated,
                confidence: None,
            }],
            ..Common::default()
        };
        (Article { common, section: Section::Notice, related: Vec::new() }, pictures)
    }
}

/// Whether no other feed has this id: an address, a tag (RFC 4151) or a UUID. Else many have a 42.
fn is_unique(id: &str) -> bool {
    ["https://", "http://", "tag:", "urn:"].iter().any(|scheme| id.starts_with(scheme))
}

/// Summary and long text; a summary that only begins what the text says says nothing more.
fn texts(summary: &str, text: &str) -> (String, String) {
    let mut text = without_trailer(paragraphs(text));
    let mut summary = without_trailer(paragraphs(summary));
    let short = without_links(&summary);
    let cut = short.trim_end_matches([' ', '.', '…', '[', ']', '&', 'h', 'e', 'l', 'i', 'p', ';']);
    if text.is_empty() && (summary.contains("\n\n") || !is_summary(&short)) {
        text = std::mem::take(&mut summary);
    } else if one_line(&text).starts_with(cut) {
        summary = String::new();
    } else if !is_summary(&short) {
        text = format!("{}\n\n{text}", std::mem::take(&mut summary));
    }
    (without_links(&summary), text)
}

/// The words of a text on one line: a summary has no room for codes to scan.
fn without_links(text: &str) -> String {
    one_line(&text.lines().filter(|line| link_of(line).is_none()).collect::<Vec<_>>().join("\n"))
}

/// The text without its last line where that says where the article stood first, or holds the words of a link: some
/// programs end each article so.
fn without_trailer(text: String) -> String {
    let trailers = ["est apparu en premier sur", "appeared first on", "erschien zuerst auf", "se publicó primero en"];
    let links =
        ["lire la suite", "read more", "weiterlesen", "leer más", "leggi tutto", "lees meer", "continue reading"];
    // The links of a paragraph stand below it.
    let end = text.lines().rev().take_while(|line| line.is_empty() || link_of(line).is_some());
    let body = text.lines().count() - end.count();
    let last = body.checked_sub(1).and_then(|at| text.lines().nth(at)).unwrap_or_default();
    let words = last.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_trailer = trailers.iter().any(|trailer| last.contains(trailer)) || links.contains(&words.as_str());
    if is_trailer { text.lines().take(body - 1).collect::<Vec<_>>().join("\n").trim_end().to_owned() } else { text }
}

fn tags(words: &[String]) -> Vec<String> {
    distinct(words.iter().map(|word| one_line(word)).filter(|word| !word.contains("://")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_does_not_repeat_the_text() {
        let words = "mot ".repeat(100);
        let long = "<p>Un premier paragraphe.</p><p>Un second.</p>";
        for (summary, text, read) in [
            ("Court.", long, ("Court.", "Un premier paragraphe.\n\nUn second.")),
            ("Un premier para [&#8230;]", long, ("", "Un premier paragraphe.\n\nUn second.")),
            ("Court.", "", ("Court.", "")),
            (long, "", ("", "Un premier paragraphe.\n\nUn second.")),
            ("<p>Court.</p><p>The post X appeared first on Y.</p>", "", ("Court.", "")),
            ("<p>Court.</p><p><a href='x'>Lire la suite…</a></p>", "", ("Court.", "")),
            (&format!("<p>{words}</p>"), "<p>Autre.</p>", ("", &format!("{}\n\nAutre.", words.trim()))),
            (
                "<p>Court.</p><p>L’article <a href='https://v.example/a'>X</a> est apparu en premier sur <a href='https://v.example'>Y</a>.</p>",
                long,
                ("Court.", "Un premier paragraphe.\n\nUn second."),
            ),
            (
                "<p>Voir <a href='https://v.example/a'>ici</a>.</p>",
                long,
                ("Voir ici.", "Un premier paragraphe.\n\nUn second."),
            ),
            ("", "", ("", "")),
        ] {
            assert_eq!(texts(summary, text), (read.0.to_owned(), read.1.to_owned()), "{summary}");
        }
    }
}
