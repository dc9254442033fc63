use super::choice::{Choice, Fact, YesNo};
use super::itinerary::{Duration, Length};
use super::live::{Figure, MINUTES_MAX};
use super::record::Record;
use super::template::{Template, Texts};
use super::when::{When, check_formats};
use crate::content::{EventKind, EventStatus, ItineraryMode, LiveKind, PlaceKind, Section, Severity};
use crate::import::public_contact::{email, phone, web};
use chrono_tz::Tz;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};

/// What kind of item the rows become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    Place,
    Event,
    Article,
    Service,
    Alert,
    Itinerary,
    Live,
}

/// One field or several, whose values together make the id.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "toml::Value")]
pub struct Names(pub Vec<String>);

impl TryFrom<toml::Value> for Names {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        match value {
            toml::Value::String(name) => Ok(Self(vec![name])),
            toml::Value::Array(names) if !names.is_empty() => {
                let names: Option<Vec<String>> = names.iter().map(|name| name.as_str().map(str::to_owned)).collect();
                names.map(Self).ok_or_else(|| "names of fields are expected".to_owned())
            }
            _ => Err("the name of a field, or a list of names, is expected".to_owned()),
        }
    }
}

/// A time zone by its IANA name.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Zone(pub Tz);

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse().map(Self).map_err(|_| format!("{name}: a time zone like Europe/Paris is expected"))
    }
}

/// Where the position stands: a field with both numbers, or more exactly in a table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Where {
    pub lat: Option<String>,
    pub lon: Option<String>,
    /// One field with both: "43.9, 2.1", an object, a list or a GeoJSON geometry.
    pub field: Option<String>,
    /// Which of the two stands first in a text or a list.
    #[serde(default)]
    pub first: First,
}

/// The name of a field alone is that of the one with both numbers.
fn position<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Where>, D::Error> {
    match toml::Value::deserialize(from)? {
        toml::Value::String(field) => Ok(Some(Where { lat: None, lon: None, field: Some(field), first: First::Lat })),
        table => Where::deserialize(table).map(Some).map_err(D::Error::custom),
    }
}

/// Which of latitude and longitude stands first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum First {
    #[default]
    Lat,
    Lon,
}

/// Where a place's contact stands.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub phone: Option<Template>,
    pub email: Option<Template>,
}

/// How fields tell about access, for each need.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Access {
    pub wheelchair: Option<YesNo>,
    pub walking: Option<YesNo>,
    pub hearing: Option<YesNo>,
    pub sight: Option<YesNo>,
    pub understanding: Option<YesNo>,
    pub children: Option<YesNo>,
}

impl Access {
    /// All of them, with the names that problems call them by.
    pub fn all(&self) -> [(&'static str, Option<&YesNo>); 6] {
        [
            ("access.wheelchair", self.wheelchair.as_ref()),
            ("access.walking", self.walking.as_ref()),
            ("access.hearing", self.hearing.as_ref()),
            ("access.sight", self.sight.as_ref()),
            ("access.understanding", self.understanding.as_ref()),
            ("access.children", self.children.as_ref()),
        ]
    }
}

/// From when until when an item is shown.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Valid {
    pub from: Option<When>,
    pub until: Option<When>,
}

/// When an event is: from one instant or day to another, or a day and times of day.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timings {
    pub begin: When,
    pub end: Option<When>,
    pub begin_time: Option<String>,
    pub end_time: Option<String>,
}

/// Where a picture stands.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureField {
    pub url: Template,
    pub alt: Option<Texts>,
    pub credit: Template,
    pub licence: Option<Template>,
}

/// Where a service's desk stands.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskField {
    pub name: Texts,
    pub phone: Option<Template>,
    pub address: Option<Template>,
    pub hours: Option<Template>,
}

/// A mapping as it is written.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    #[serde(rename = "type")]
    pub kind_of_item: Type,
    pub source: Option<String>,
    #[serde(default)]
    pub credit: String,
    #[serde(default)]
    pub licence: String,
    pub id: Names,
    #[serde(default)]
    pub needed: Vec<String>,
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub empty: BTreeMap<String, Vec<String>>,
    pub zone: Option<Zone>,
    #[serde(default)]
    pub dates: Vec<String>,
    #[serde(default)]
    pub machine: Vec<String>,
    pub title: Texts,
    pub summary: Option<Texts>,
    pub text: Option<Texts>,
    pub easy: Option<Texts>,
    pub link: Option<Texts>,
    #[serde(default)]
    pub tags: Vec<Template>,
    pub updated: Option<When>,
    #[serde(default)]
    pub valid: Valid,
    #[serde(default)]
    pub pictures: Vec<PictureField>,
    pub kind: Option<toml::Value>,
    #[serde(default, deserialize_with = "position")]
    pub position: Option<Where>,
    pub address: Option<Template>,
    #[serde(default)]
    pub contact: Contact,
    pub hours: Option<Template>,
    pub fee: Option<Fact>,
    pub changing_table: Option<Fact>,
    #[serde(default)]
    pub access: Access,
    pub timings: Option<Timings>,
    /// The name of the place where an event is.
    pub place: Option<Template>,
    pub status: Option<toml::Value>,
    pub conditions: Option<Texts>,
    pub free: Option<Fact>,
    pub booking: Option<Template>,
    pub section: Option<toml::Value>,
    #[serde(default)]
    pub steps: Vec<Texts>,
    #[serde(default)]
    pub documents: Vec<Texts>,
    pub cost: Option<Texts>,
    pub delay: Option<Texts>,
    pub online: Option<Texts>,
    pub desk: Option<DeskField>,
    pub severity: Option<toml::Value>,
    pub instruction: Option<Texts>,
    /// How an itinerary is travelled.
    pub mode: Option<toml::Value>,
    pub length: Option<Length>,
    pub duration: Option<Duration>,
    pub climb: Option<Length>,
    /// When figures were measured; without it they are of the moment they are read.
    pub observed: Option<When>,
    /// How long figures hold.
    pub minutes: Option<u32>,
    #[serde(default)]
    pub figures: Vec<Figure>,
}

/// The choices of a mapping, each read for the type of its items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    pub place: Option<Choice<PlaceKind>>,
    pub event: Option<Choice<EventKind>>,
    pub status: Option<Choice<EventStatus>>,
    pub section: Option<Choice<Section>>,
    pub severity: Option<Choice<Severity>>,
    pub mode: Option<Choice<ItineraryMode>>,
    pub live: Option<Choice<LiveKind>>,
}

impl Written {
    /// # Errors
    /// In words, when one names what there is not.
    pub fn choices(&self) -> Result<Choices, String> {
        let kind_of = |wanted: Type| self.kind.as_ref().filter(|_| self.kind_of_item == wanted);
        Ok(Choices {
            place: choice("kind", kind_of(Type::Place))?,
            event: choice("kind", kind_of(Type::Event))?,
            live: choice("kind", kind_of(Type::Live))?,
            mode: choice("mode", self.mode.as_ref())?,
            status: choice("status", self.status.as_ref())?,
            section: choice("section", self.section.as_ref())?,
            severity: choice("severity", self.severity.as_ref())?,
        })
    }

    /// What only a look at several keys can tell.
    pub fn check(&self) -> Result<(), String> {
        check_formats(&self.dates)?;
        for (key, given, types) in self.keys_of_types() {
            if given && !types.contains(&self.kind_of_item) {
                return Err(format!("{key}: the type {:?} has none", self.kind_of_item).to_lowercase());
            }
        }
        if self.kind_of_item == Type::Event && self.timings.is_none() {
            return Err("timings: an event needs to say when it is".to_owned());
        }
        let holds = self.minutes.is_some_and(|minutes| (1..=MINUTES_MAX).contains(&minutes));
        if self.kind_of_item == Type::Live && (!holds || self.figures.is_empty()) {
            let expected = format!("live needs figures, and for how many minutes they hold: 1 to {MINUTES_MAX}");
            return Err(format!("minutes: {expected}"));
        }
        if let Some(place) = &self.position
            && (place.lat.is_some() != place.lon.is_some() || place.lat.is_some() == place.field.is_some())
        {
            return Err("position: either lat and lon, or field, are expected".to_owned());
        }
        self.check_contacts()?;
        let facts = [&self.fee, &self.changing_table, &self.free].into_iter().flatten();
        let by_field = facts.filter_map(|fact| if let Fact::By(words) = fact { Some(words) } else { None });
        by_field.chain(self.access.all().into_iter().filter_map(|(_, words)| words)).try_for_each(YesNo::check)
    }

    /// The name of a field without its braces would be the telephone number of every row.
    fn check_contacts(&self) -> Result<(), String> {
        let contacts = [
            ("contact.phone", &self.contact.phone),
            ("contact.email", &self.contact.email),
            ("booking", &self.booking),
        ];
        for (key, template) in contacts.into_iter().filter_map(|(key, template)| Some((key, template.as_ref()?))) {
            let said = template.fill(&Record::new(&serde_json::Map::new()));
            let is_contact = [phone, email, web].iter().any(|read| read(&said).is_some());
            if template.fields().next().is_none() && !is_contact {
                return Err(format!("{key}: a field stands in braces: {{{said}}}"));
            }
        }
        Ok(())
    }

    fn keys_of_types(&self) -> [(&'static str, bool, &'static [Type]); 23] {
        use Type::{Alert, Article, Event, Itinerary, Live, Place, Service};
        let access = self.access.all().iter().any(|(_, words)| words.is_some());
        let contact = self.contact != Contact::default();
        [
            ("kind", self.kind.is_some(), &[Place, Event, Live]),
            ("position", self.position.is_some(), &[Place, Event, Itinerary]),
            ("address", self.address.is_some(), &[Place, Event]),
            ("contact", contact, &[Place]),
            ("hours", self.hours.is_some(), &[Place]),
            ("fee", self.fee.is_some(), &[Place]),
            ("changing_table", self.changing_table.is_some(), &[Place]),
            ("access", access, &[Place, Event, Itinerary]),
            ("timings", self.timings.is_some(), &[Event]),
            ("place", self.place.is_some(), &[Event]),
            ("status", self.status.is_some(), &[Event]),
            ("conditions", self.conditions.is_some(), &[Event]),
            ("free", self.free.is_some(), &[Event]),
            ("booking", self.booking.is_some(), &[Event]),
            ("section", self.section.is_some(), &[Article]),
            ("steps", !self.steps.is_empty() || !self.documents.is_empty(), &[Service]),
            ("cost", self.cost.is_some() || self.delay.is_some(), &[Service]),
            ("desk", self.desk.is_some() || self.online.is_some(), &[Service]),
            ("severity", self.severity.is_some(), &[Alert]),
            ("instruction", self.instruction.is_some(), &[Alert]),
            ("mode", self.mode.is_some(), &[Itinerary]),
            ("length", self.length.is_some() || self.duration.is_some() || self.climb.is_some(), &[Itinerary]),
            ("figures", !self.figures.is_empty() || self.minutes.is_some() || self.observed.is_some(), &[Live]),
        ]
    }

    /// All fields that are looked at.
    pub fn fields(&self) -> BTreeSet<&str> {
        let texts = [&self.summary, &self.text, &self.easy, &self.link, &self.conditions, &self.cost];
        let more = [&self.delay, &self.online, &self.instruction];
        let desk = self.desk.iter();
        let texts =
            texts.into_iter().chain(more).flatten().chain([&self.title]).chain(&self.steps).chain(&self.documents);
        let texts = texts.chain(desk.clone().map(|desk| &desk.name)).chain(self.pictures.iter().flat_map(|p| &p.alt));
        let one = [&self.address, &self.contact.phone, &self.contact.email, &self.hours, &self.place, &self.booking];
        let one = one.into_iter().flatten().chain(&self.tags);
        let one = one.chain(desk.flat_map(|desk| [&desk.phone, &desk.address, &desk.hours].into_iter().flatten()));
        let one =
            one.chain(self.pictures.iter().flat_map(|p| [Some(&p.url), Some(&p.credit), p.licence.as_ref()]).flatten());
        let mut all: BTreeSet<&str> = texts.flat_map(Texts::fields).chain(one.flat_map(Template::fields)).collect();
        all.extend(
            self.id.0.iter().chain(&self.needed).chain(self.only.keys()).chain(self.empty.keys()).map(String::as_str),
        );
        let times = self.timings.iter().flat_map(|timings| [Some(&timings.begin), timings.end.as_ref()]).flatten();
        let dates = [&self.updated, &self.valid.from, &self.valid.until, &self.observed].into_iter().flatten();
        all.extend(times.chain(dates).map(|when| when.field.as_str()));
        all.extend(self.timings.iter().flat_map(|t| [&t.begin_time, &t.end_time]).flatten().map(String::as_str));
        all.extend(self.position.iter().flat_map(|p| [&p.lat, &p.lon, &p.field]).flatten().map(String::as_str));
        let facts = [&self.fee, &self.changing_table, &self.free].into_iter().flatten();
        let words = facts.filter_map(|fact| if let Fact::By(words) = fact { Some(words) } else { None });
        for words in words.chain(self.access.all().into_iter().filter_map(|(_, words)| words)) {
            all.insert(&words.field);
            all.extend(words.details.iter().flat_map(Texts::fields));
        }
        let amounts = [self.length.as_ref().map(Length::parts), self.climb.as_ref().map(Length::parts)];
        let amounts = amounts.into_iter().chain([self.duration.as_ref().map(Duration::parts)]);
        all.extend(amounts.flatten().map(|(field, _)| field));
        let figures = self.figures.iter().flat_map(|figure| figure.label.iter().chain([&figure.value]));
        all.extend(figures.flat_map(Texts::fields));
        let choices = [&self.kind, &self.status, &self.section, &self.severity, &self.mode].into_iter().flatten();
        all.extend(choices.filter_map(|choice| choice.get("field")?.as_str()));
        all.remove("@id");
        all
    }
}

fn choice<T: DeserializeOwned + Copy>(key: &str, value: Option<&toml::Value>) -> Result<Option<Choice<T>>, String> {
    value.map(Choice::read).transpose().map_err(|reason| format!("{key}: {reason}"))
}
