use super::alert::{Context, stops};
use super::message::Alert;
use super::texts::localized;
use crate::content::{AccessFact, AccessFacts, Article, Common, Localized, Place, PlaceKind, Tri};
use crate::import::gtfs::{name, stop_id};
use crate::import::plain_text::one_line;
use std::collections::BTreeMap;

/// `Alert.Effect`: it is about access.
const ACCESSIBILITY_ISSUE: i32 = 11;

/// Whole words for a lift.
const LIFTS: &[&str] = &[
    "ascenseur",
    "ascenseurs",
    "lift",
    "lifts",
    "elevator",
    "elevators",
    "aufzug",
    "aufzüge",
    "aufzügen",
    "fahrstuhl",
    "ascensor",
    "ascensores",
    "ascensore",
    "ascensori",
    "liften",
    "مصعد",
    "المصعد",
];
/// What is said of one that cannot be used.
const OUT_OF_SERVICE: &[&str] = &[
    "panne",
    "hors service",
    "hors d'usage",
    "indisponib",
    "à l'arrêt",
    "à l’arrêt",
    "fermé",
    "maintenance",
    "travaux",
    "neutralis",
    "out of",
    "closed",
    "unavailable",
    "broken",
    "not working",
    "not available",
    "defekt",
    "außer betrieb",
    "gestört",
    "störung",
    "gesperrt",
    "averiad",
    "fuera de servicio",
    "guast",
    "fuori servizio",
    "buiten",
    "storing",
    "defect",
    "معطل",
    "خارج الخدمة",
];
/// What says that it works again.
const AGAIN_IN_SERVICE: &[&str] = &[
    "de nouveau en service",
    "à nouveau en service",
    "remis en service",
    "remise en service",
    "rétabli",
    "back in service",
    "again in service",
    "no longer out of",
    "working again",
    "wieder in betrieb",
    "wieder verfügbar",
    "di nuovo in servizio",
    "de nuevo en servicio",
    "weer in dienst",
    "恢复",
];
/// Chinese has no spaces between words.
const CHINESE_LIFT: &str = "电梯";
const CHINESE_OUT_OF_SERVICE: &[&str] = &["故障", "停用", "维修", "停运"];
/// The longest description that becomes the details of a fact, in characters.
const DETAILS_MAX: usize = 240;

/// Whether an alert says that a lift cannot be used, or another way in.
pub fn is_outage(alert: &Alert, article: &Article) -> bool {
    let common = &article.common;
    let texts = common.title.0.values().chain(common.text.0.values());
    alert.effect == Some(ACCESSIBILITY_ISSUE) || texts.into_iter().any(|text| speaks_of_lift(&text.text))
}

fn speaks_of_lift(text: &str) -> bool {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // Good news speaks of the same things.
    if AGAIN_IN_SERVICE.iter().any(|words| text.contains(words)) {
        return false;
    }
    let lift = text.split(|c: char| !c.is_alphanumeric()).any(|word| LIFTS.contains(&word));
    (lift && says(OUT_OF_SERVICE)) || (text.contains(CHINESE_LIFT) && says(CHINESE_OUT_OF_SERVICE))
}

/// Stops that cannot be reached by wheelchair for now, each as a place that says only that: merging joins it with the
/// stop of the timetable, which has the same id, and takes the access fact with the newest date.
#[derive(Default)]
pub struct Outages(BTreeMap<String, Place>);

/// The most stops that are marked.
const STOPS_MAX: usize = 5000;

impl Outages {
    /// Marks the stops of an alert that holds now.
    pub fn add(&mut self, alert: &Alert, article: &Article, context: &Context<'_>) {
        for stop in stops(alert) {
            if self.0.len() < STOPS_MAX && !self.0.contains_key(stop) {
                self.0.insert(stop.to_owned(), place(stop, alert, article, context));
            }
        }
    }

    pub fn places(self) -> impl Iterator<Item = Place> {
        self.0.into_values()
    }
}

fn place(stop: &str, alert: &Alert, article: &Article, context: &Context<'_>) -> Place {
    let known = context.timetable.and_then(|timetable| Some(name(&timetable.stops, timetable.stops.at(stop)?)));
    let known = known.filter(|name| !name.is_empty());
    let wheelchair = AccessFact {
        value: Tri::No,
        details: details(alert, article, &context.settings.language),
        source: context.provenance.credit.clone(),
        date: Some(context.made.with_timezone(&context.zone).date_naive()),
    };
    Place {
        kind: PlaceKind::Stop,
        named: known.is_some(),
        access: AccessFacts { wheelchair, ..AccessFacts::default() },
        common: Common {
            id: stop_id(context.settings, stop),
            title: known.unwrap_or_else(|| article.common.title.clone()),
            provenance: vec![context.provenance.clone()],
            ..Common::default()
        },
        ..Place::default()
    }
}

/// The description where it is short, else the title.
fn details(alert: &Alert, article: &Article, language: &str) -> Localized {
    let mut details = localized(alert.description.as_ref(), language, one_line);
    details.0.retain(|_, text| text.text.chars().count() <= DETAILS_MAX);
    for (tag, title) in &article.common.title.0 {
        details.0.entry(tag.clone()).or_insert_with(|| title.clone());
    }
    details
}
