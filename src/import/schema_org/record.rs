use super::graph::{Node, text};
use crate::content::{Common, Id, Localized, Location, Origin, Position, Problem, Provenance, language_alone};
use crate::import::Picture;
use crate::import::address::address_line;
use crate::import::local_time::{in_zone, instant};
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::summary::summary_or_text;
use crate::import::tags::distinct;
use crate::import::web_address::{NO_WEB_ADDRESS, absolute};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use serde_json::Value;
use url::Url;

const SOURCE: &str = "schema.org";

/// What holds for everything on a page.
pub struct Site {
    /// What staff call the source.
    pub name: String,
    /// Where the page is: relative addresses start from it.
    pub base: Option<Url>,
    /// Whose page it is; empty where it does not say.
    pub credit: String,
    pub language: String,
    pub zone: Tz,
}

/// One event or place, and where its problems go.
pub struct Record<'r> {
    pub node: Node<'r>,
    pub site: &'r Site,
    pub source: &'r str,
    pub id: &'r Id,
    pub language: String,
    pub problems: &'r mut Vec<Problem>,
}

/// An instant, and whether only its day was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub at: DateTime<FixedOffset>,
    pub day: Option<NaiveDate>,
}

impl Site {
    /// An address on the web, as it stands on the page.
    pub fn absolute(&self, address: &str) -> Option<String> {
        absolute(address, self.base.as_ref())
    }
}

impl<'r> Record<'r> {
    pub fn problem(&mut self, field: &str, reason: &str, value: &str) {
        self.problems.push(Problem::new(self.source, self.id.as_str(), field, reason).with_value(value));
    }

    /// A text in its languages; `plain` takes the markup out.
    pub fn localized(&self, key: &str, plain: fn(&str) -> String) -> Localized {
        let mut all = Localized::default();
        for value in self.node.all(key) {
            let own = value.get("@language").and_then(Value::as_str).and_then(language_alone);
            let tag = own.unwrap_or_else(|| self.language.clone());
            let words = text(value).map(|text| plain(&text)).filter(|text| !text.is_empty());
            if let Some(words) = words.filter(|_| !all.0.contains_key(&tag)) {
                all.insert(&tag, words, Origin::Original);
            }
        }
        all
    }

    /// What every item has.
    pub fn common(&mut self) -> Common {
        let (summary, text) = summary_or_text(self.localized("description", paragraphs));
        let credit = self.credit();
        let licence = self.node.text("license").map(|licence| one_line(&licence)).unwrap_or_default();
        Common {
            id: self.id.clone(),
            title: self.localized("name", one_line),
            summary,
            text,
            tags: self.tags(),
            link: self.link(),
            provenance: vec![Provenance {
                source: SOURCE.to_owned(),
                licence,
                credit,
                updated: self.updated(),
                confidence: None,
            }],
            ..Common::default()
        }
    }

    fn updated(&self) -> Option<DateTime<Utc>> {
        let said = self.node.text("dateModified")?;
        let moment = moment(&said, self.site.zone)?;
        // A day is that day wherever it is read.
        Some(moment.day.map_or(moment.at.to_utc(), |day| day.and_time(NaiveTime::MIN).and_utc()))
    }

    /// The organisation behind it; a person is never named.
    fn credit(&self) -> String {
        let organizers = self.node.nodes("organizer").into_iter().chain(self.node.nodes("publisher"));
        let named = organizers.filter(|one| !one.is_a("Person") && one.map.contains_key("@type"));
        let mut names = named.filter_map(|one| one.text("name")).map(|name| one_line(&name));
        names.find(|name| !name.is_empty() && !name.contains('@')).unwrap_or_else(|| self.site.credit.clone())
    }

    fn tags(&self) -> Vec<String> {
        let keywords = self.node.texts("keywords");
        distinct(keywords.iter().flat_map(|words| words.split(',')).map(one_line))
    }

    fn link(&mut self) -> Localized {
        let Some(said) = self.node.text("url") else { return Localized::default() };
        match self.site.absolute(&said) {
            Some(url) => Localized::one(&self.language, url),
            None => {
                self.problem("url", NO_WEB_ADDRESS, &said);
                Localized::default()
            }
        }
    }

    /// Pictures with their credits: addresses, or ImageObjects.
    pub fn pictures(&self, credit: &str) -> Vec<Picture> {
        let mut all: Vec<Picture> = Vec::new();
        for value in self.node.all("image").into_iter().chain(self.node.all("photo")) {
            let node = self.node.node_of(value).filter(|node| node.map.len() > 1);
            let said = |key: &str| node.and_then(|node| node.text(key)).map(|text| one_line(&text));
            let url = said("contentUrl").or_else(|| said("url")).or_else(|| text(value));
            let Some(url) = url.and_then(|url| self.site.absolute(&url)) else { continue };
            let name = |key: &str| node?.nodes(key).first()?.text("name").map(|name| one_line(&name));
            let own = said("creditText").or_else(|| said("copyrightNotice")).or_else(|| name("creator"));
            let own = own.or_else(|| name("copyrightHolder")).filter(|own| !own.is_empty() && !own.contains('@'));
            let licence = said("license").unwrap_or_default();
            let alt = said("caption").or_else(|| said("name")).unwrap_or_default();
            if !all.iter().any(|picture| picture.url == url) {
                all.push(Picture {
                    url,
                    alt: if alt.is_empty() { Localized::default() } else { Localized::one(&self.language, alt) },
                    credit: own.unwrap_or_else(|| credit.to_owned()),
                    licence,
                });
            }
        }
        all
    }

    /// A place by name, address and position.
    pub fn location(&mut self, place: Node<'r>) -> Location {
        Location {
            name: place.text("name").map(|name| one_line(&name)).unwrap_or_default(),
            address: address(place),
            position: self.position(place),
            place: None,
        }
    }

    pub fn position(&mut self, place: Node<'r>) -> Option<Position> {
        let own = place.nodes("geo").into_iter().next().unwrap_or(place);
        if !own.map.contains_key("latitude") && !own.map.contains_key("longitude") {
            return None;
        }
        let point = own.number("latitude").zip(own.number("longitude"));
        if point == Some((0.0, 0.0)) {
            return None;
        }
        let position = point.and_then(|(lat, lon)| Position::new(lat, lon));
        if position.is_none() {
            let said = own.text("latitude").unwrap_or_default();
            self.problem("geo", "latitude and longitude are no point on Earth", &said);
        }
        position
    }
}

/// A date, or a date and time with an offset or by the clock of the zone.
pub fn moment(text: &str, zone: Tz) -> Option<Moment> {
    let text = text.trim();
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Some(Moment { at: in_zone(day.and_time(NaiveTime::MIN), zone)?, day: Some(day) });
    }
    let utc = text.strip_suffix(['Z', 'z']).map(|wall| format!("{wall}+00:00"));
    Some(Moment { at: instant(utc.as_deref().unwrap_or(text), zone)?, day: None })
}

/// PostalAddress, or an address in words.
pub fn address(place: Node<'_>) -> String {
    let Some(value) = place.all("address").into_iter().next() else { return String::new() };
    let Some(address) = place.node_of(value) else {
        return text(value).map(|text| one_line(&text)).unwrap_or_default();
    };
    postal_address(address)
}

/// What a PostalAddress says.
pub fn postal_address(address: Node<'_>) -> String {
    let part = |key: &str| address.text(key).map(|part| one_line(&part)).unwrap_or_default();
    address_line([part("streetAddress")], &part("postalCode"), &part("addressLocality"))
}
