use super::choice::{Choice, Fact, YesNo};
use super::record::{Record, caseless};
use super::template::{Template, Texts};
use super::when::{Moment, When};
use super::written::{DeskField, PictureField, Type};
use super::{Mapping, event, itinerary, live, place};
use crate::content::{
    AccessFact, AccessFacts, Alert, Article, Common, Desk, Id, Item, Localized, Problem, Provenance, Service, Tri,
    Validity,
};
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::public_contact::web;
use crate::import::record_id::local_id;
use crate::import::web_address::{NO_WEB_ADDRESS, is_web};
use crate::import::{Picture, Settings};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// A record that becomes no item.
pub struct Left {
    pub id: String,
    pub field: String,
    pub reason: String,
    pub value: String,
}

/// One record being read.
pub struct Reading<'r> {
    pub mapping: &'r Mapping,
    pub record: &'r Record<'r>,
    pub settings: &'r Settings,
    pub zone: Tz,
    pub id: Id,
    pub updated: Option<DateTime<Utc>>,
    source: &'r str,
    problems: &'r mut Vec<Problem>,
}

/// Reads one record as the mapping says.
pub fn read<'r>(
    mapping: &'r Mapping,
    record: &'r Record<'r>,
    settings: &'r Settings,
    source: &'r str,
    problems: &'r mut Vec<Problem>,
) -> Result<(Item, Vec<Picture>), Left> {
    let written = &mapping.written;
    let parts: Vec<_> = written.id.0.iter().map(|field| record.text(field)).collect();
    let known: Vec<&str> = parts.iter().flatten().map(AsRef::as_ref).collect();
    let shown = known.join(" ");
    let left = |field: &str, reason: &str, value: &str| Left {
        id: shown.clone(),
        field: field.to_owned(),
        reason: reason.to_owned(),
        value: value.to_owned(),
    };
    if known.len() < parts.len() {
        return Err(left(&written.id.0.join(", "), "without it a record has no id", ""));
    }
    for (field, values) in &written.only {
        let value = record.text(field).unwrap_or_default();
        if !values.iter().any(|one| caseless(one) == caseless(&value)) {
            let reason = format!("the mapping takes only rows where {field} is {}", values.join(" or "));
            return Err(left(field, &reason, &value));
        }
    }
    if let Some(field) = written.needed.iter().find(|field| record.value(field).is_none()) {
        return Err(left(field, "the mapping needs it", ""));
    }
    let zone = written.zone.map_or(settings.zone, |zone| zone.0);
    let of = if mapping.is_unique { "" } else { &settings.name };
    let id = local_id(&mapping.name, of, &known.join("-"));
    let mut reading = Reading { mapping, record, settings, zone, id, updated: None, source, problems };
    reading.updated = written.updated.as_ref().and_then(|when| reading.begin(when));
    let common = reading.common();
    if common.title.is_empty() {
        let field = written.title.fields().find(|field| record.value(field).is_none()).unwrap_or("title");
        return Err(left(field, "without it there is no title", ""));
    }
    if let (Some(from), Some(until)) = (common.valid.from, common.valid.until)
        && until <= from
    {
        return Err(left("valid", "the time in which it is shown ends before it begins", &until.to_rfc3339()));
    }
    if written.kind_of_item == Type::Alert && common.valid.until.is_none() {
        return Err(left("valid.until", "a warning needs a readable end: without one it would never go", ""));
    }
    let pictures = written.pictures.iter().filter_map(|picture| reading.picture(picture, &common.title)).collect();
    let item = match written.kind_of_item {
        Type::Place => Item::Place(place::place(&mut reading, common)),
        Type::Event => Item::Event(event::event(&mut reading, common)?),
        Type::Article => Item::Article(reading.article(common)),
        Type::Service => Item::Service(reading.service(common)),
        Type::Alert => Item::Alert(reading.alert(common)),
        Type::Itinerary => Item::Itinerary(itinerary::itinerary(&mut reading, common)),
        Type::Live => Item::Live(live::live(&mut reading, common)?),
    };
    Ok((item, pictures))
}

impl Reading<'_> {
    /// Something in the row that cannot be understood.
    pub fn problem(&mut self, field: &str, reason: &str, value: &str) {
        self.problems.push(Problem::new(self.source, self.id.as_str(), field, reason).with_value(value));
    }

    /// Why the row becomes no item.
    pub fn left(&self, field: &str, reason: &str, value: &str) -> Left {
        let (field, reason, value) = (field.to_owned(), reason.to_owned(), value.to_owned());
        Left { id: self.id.as_str().to_owned(), field, reason, value }
    }

    /// Templates filled in each of their languages; `plain` takes the markup out.
    pub fn texts(&self, texts: Option<&Texts>, plain: fn(&str) -> String) -> Localized {
        let fill =
            |texts: &Texts| texts.fill(self.record, &self.settings.language, &self.mapping.written.machine, plain);
        texts.map(fill).unwrap_or_default()
    }

    /// A template filled, on one line; empty without one.
    pub fn line(&self, template: Option<&Template>) -> String {
        template.map(|template| one_line(&template.fill(self.record))).unwrap_or_default()
    }

    /// The date of a field; one that cannot be read is a problem.
    pub fn moment(&mut self, when: &When) -> Option<Moment> {
        match when.of(self.record, &self.mapping.written.dates, self.zone) {
            Ok(moment) => moment,
            Err(value) => {
                let reason = "this is no date: say in `dates` how they are written, like %d/%m/%Y";
                self.problem(&when.field, reason, &value);
                None
            }
        }
    }

    /// The instant at which the date of a field begins.
    pub fn begin(&mut self, when: &When) -> Option<DateTime<Utc>> {
        let zone = self.zone;
        self.moment(when)?.begin(zone).map(|instant| instant.to_utc())
    }

    /// What a field stands for; a value that the mapping has no word for is a problem.
    pub fn choice<T: serde::de::DeserializeOwned + Copy>(&mut self, choice: Option<&Choice<T>>) -> Option<T> {
        match choice?.of(self.record) {
            Ok(value) => value,
            Err((field, value)) => {
                let field = field.to_owned();
                self.problem(
                    &field,
                    "the mapping has no word for this value: add it to `values`, or an `else`",
                    &value,
                );
                None
            }
        }
    }

    /// Yes, no or unknown, as the mapping's lists have it; a value in none of them is a problem.
    pub fn tri(&mut self, words: &YesNo) -> Tri {
        words.of(self.record).unwrap_or_else(|value| {
            let reason = "it stands in none of the mapping's lists yes, no and unknown: it stays unknown";
            self.problem(&words.field, reason, &value);
            Tri::Unknown
        })
    }

    /// Yes, no or unknown: as the mapping says for every row, or as a field says.
    pub fn fact(&mut self, fact: Option<&Fact>) -> Tri {
        match fact {
            None => Tri::Unknown,
            Some(Fact::Always(value)) => *value,
            Some(Fact::By(words)) => self.tri(words),
        }
    }

    /// What the row says about access.
    pub fn access(&mut self) -> AccessFacts {
        let written = &self.mapping.written;
        let mut facts = written.access.all().map(|(_, words)| match words {
            None => AccessFact::default(),
            Some(words) => self.access_fact(words),
        });
        let mut next = facts.iter_mut().map(std::mem::take);
        let mut one = || next.next().unwrap_or_default();
        AccessFacts {
            wheelchair: one(),
            walking: one(),
            hearing: one(),
            sight: one(),
            understanding: one(),
            children: one(),
        }
    }

    fn access_fact(&mut self, words: &YesNo) -> AccessFact {
        let fact = AccessFact {
            value: self.tri(words),
            details: self.texts(words.details.as_ref(), one_line),
            source: self.mapping.written.credit.clone(),
            date: self.updated.map(|updated| updated.with_timezone(&self.zone).date_naive()),
        };
        if fact.is_unknown() { AccessFact::default() } else { fact }
    }

    fn common(&mut self) -> Common {
        let written = &self.mapping.written;
        let valid = Validity {
            from: written.valid.from.as_ref().and_then(|when| self.begin(when)),
            until: written.valid.until.as_ref().and_then(|when| {
                let zone = self.zone;
                self.moment(when)?.end(zone).map(|instant| instant.to_utc())
            }),
        };
        let mut tags: Vec<String> = Vec::new();
        for filled in written.tags.iter().map(|tag| one_line(&tag.fill(self.record))) {
            // A field that is a list comes with commas.
            for tag in filled.split(',').map(str::trim) {
                if !tag.is_empty() && !tags.iter().any(|other| other == tag) {
                    tags.push(tag.to_owned());
                }
            }
        }
        let mut text = self.texts(written.text.as_ref(), paragraphs);
        let summary = self.texts(written.summary.as_ref(), one_line);
        text.0.retain(|tag, long| summary.0.get(tag).is_none_or(|short| short.text != long.text));
        Common {
            id: self.id.clone(),
            title: self.texts(Some(&written.title), one_line),
            summary,
            text,
            easy: self.texts(written.easy.as_ref(), paragraphs),
            tags,
            valid,
            link: self.links(written.link.as_ref(), "link"),
            provenance: vec![Provenance {
                source: self.mapping.name.clone(),
                licence: written.licence.clone(),
                credit: written.credit.clone(),
                updated: self.updated,
                confidence: None,
            }],
            ..Common::default()
        }
    }

    /// Web pages by language; what is none is told.
    fn links(&mut self, texts: Option<&Texts>, field: &str) -> Localized {
        let mut all = Localized::default();
        for (tag, translation) in self.texts(texts, one_line).0 {
            match web(&translation.text) {
                Some(url) => all.insert(&tag, url, translation.origin),
                None => self.problem(field, "this is no web address", &translation.text),
            }
        }
        all
    }

    fn picture(&mut self, picture: &PictureField, title: &Localized) -> Option<Picture> {
        let url = self.line(Some(&picture.url));
        if url.is_empty() {
            return None;
        }
        // "p2.jpg" is a file somewhere, and no server's name.
        if !is_web(&url) {
            self.problem("pictures", NO_WEB_ADDRESS, &url);
            return None;
        }
        let credit = self.line(Some(&picture.credit));
        let licence = self.line(picture.licence.as_ref());
        let alt = self.texts(picture.alt.as_ref(), one_line);
        let alt = if alt.is_empty() { title.clone() } else { alt };
        Some(Picture { url, alt, credit, licence })
    }

    fn article(&mut self, common: Common) -> Article {
        let section = self.choice(self.mapping.choices.section.as_ref()).unwrap_or_default();
        Article { common, section, related: Vec::new() }
    }

    fn alert(&mut self, common: Common) -> Alert {
        let severity = self.choice(self.mapping.choices.severity.as_ref()).unwrap_or_default();
        Alert {
            common,
            severity,
            instruction: self.texts(self.mapping.written.instruction.as_ref(), paragraphs),
            ..Alert::default()
        }
    }

    fn service(&mut self, common: Common) -> Service {
        let written = &self.mapping.written;
        let list = |texts: &[Texts]| {
            let lines = texts.iter().map(|text| self.texts(Some(text), one_line));
            lines.filter(|line| !line.is_empty()).collect::<Vec<_>>()
        };
        let (steps, documents) = (list(&written.steps), list(&written.documents));
        Service {
            common,
            steps,
            documents,
            cost: self.texts(written.cost.as_ref(), one_line),
            delay: self.texts(written.delay.as_ref(), one_line),
            online: self.links(written.online.as_ref(), "online"),
            desk: written.desk.as_ref().map(|desk| self.desk(desk)).filter(|desk| *desk != Desk::default()),
            ..Service::default()
        }
    }

    fn desk(&mut self, desk: &DeskField) -> Desk {
        Desk {
            name: self.texts(Some(&desk.name), one_line),
            phone: place::phone(self, desk.phone.as_ref(), "desk.phone"),
            address: self.line(desk.address.as_ref()),
            hours: place::hours(self, desk.hours.as_ref(), "desk.hours"),
            ..Desk::default()
        }
    }
}
