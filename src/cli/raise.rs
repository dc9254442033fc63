use super::alert::{Where, local, severity, town, unlock};
use super::delegated::tidy_now_and_then;
use super::passphrase::PassphraseFrom;
use crate::content::{
    Alert, AlertArea, Circle, Document, Id, Imported, Item, Localized, Origin, Position, Provenance, Severity, Town,
    Urgency, Validity, language_tag, read_document,
};
use crate::hub::{self, ALERTS, DELEGATED_BYTES_MAX, Keyring, Signing, Site};
use anyhow::{Context, anyhow, bail};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::{SignedDuration, Timestamp};
use std::fs;
use std::path::PathBuf;

/// How long a warning holds where nobody says so: a display that is cut off must not show it for ever.
const HOURS: i64 = 24;

const EXAMPLES: &str = "\
Examples, with `--publication out --keys keys --passphrase-file passphrase` each:
  parvis-hub alert list
  parvis-hub alert raise --prepared pack:flood --for 6h --text 'Valley road closed'
  parvis-hub alert raise --title 'Bridge closed' --instruction 'Cross at the mill' --lang en
  parvis-hub alert raise --prepared pack:evacuation --group square --drill --for 30m
  parvis-hub alert clear pack:flood";

/// Raises a warning, or says anew what one that stands says
///
/// Displays show it as soon as they hear of it: kiosks and signage, with everything else taken off the screen. It joins
/// what stands, and replaces what stands under its id. It ends after 24 hours unless --for or --until say otherwise, on
/// displays without a network too, or when it is cleared.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("what").required(true), after_help = EXAMPLES)]
pub struct Raise {
    /// A warning that was prepared and published, by its id; for the groups that have it unless --group says otherwise
    #[arg(long, value_name = "ID", group = "what")]
    prepared: Option<String>,
    /// What happens, in a few words
    #[arg(long, value_name = "WORDS", group = "what")]
    title: Option<String>,
    /// A content document of one or more warnings
    #[arg(long, value_name = "FILE.json", group = "what")]
    file: Option<PathBuf>,
    /// More about it; with --prepared one line beside what is prepared
    #[arg(long, value_name = "WORDS", conflicts_with = "file")]
    text: Option<String>,
    /// What to do, verb first
    #[arg(long, value_name = "WORDS", conflicts_with = "file")]
    instruction: Option<String>,
    /// The language of these words; without it the town's first
    #[arg(long, value_name = "TAG", conflicts_with = "file", value_parser = language)]
    lang: Option<String>,
    /// How grave it is; without it as prepared or in the file, else severe
    #[arg(long, value_parser = PossibleValuesParser::new(["minor", "moderate", "severe", "extreme"]))]
    severity: Option<String>,
    /// When it ends: 2026-05-01T18:00:00+02:00
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    until: Option<DateTime<Utc>>,
    /// How long it holds: 2h, 90m
    #[arg(long = "for", value_name = "TIME", conflicts_with = "until")]
    lasts: Option<SignedDuration>,
    /// The display group that gets it, may be given more than once; without it every group
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
    /// An exercise: only on displays that are set to show drills
    #[arg(long)]
    drill: bool,
    /// Only on displays within so many kilometres of a point, may be given more than once; without it as prepared or in
    /// the file, else everywhere
    #[arg(long = "area", value_name = "LAT,LON,KM", value_parser = circle, allow_hyphen_values = true)]
    areas: Vec<Circle>,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    passphrase: PassphraseFrom,
}

impl Raise {
    /// # Errors
    /// When there is no such warning, it would have ended already, does not fit, a key is missing, and those of the disk;
    /// then what stands is as it was.
    pub fn run(mut self) -> anyhow::Result<()> {
        let (ring, site) = self.place.open()?;
        let now = Utc::now().trunc_subsecs(0);
        let town = town(&ring, &site);
        let mut alerts = self.alerts(&ring, &site, &town)?;
        for alert in &mut alerts {
            self.complete(alert, &town, now)?;
        }
        let wordings = [alerts.clone(), titles_of(&alerts)];
        let unlocked = unlock(&ring, &self.passphrase)?;
        let signing = Signing { ring: &ring, unlocked: &unlocked, site: &site, now: Timestamp::now() };
        // Only what is prepared can be told in fewer words: the others are on the displays.
        let wordings = if self.prepared.is_some() { &wordings[..] } else { &wordings[..1] };
        let raised = hub::raise(&signing, wordings, &self.groups)?;
        if raised.wording > 0 {
            eprintln!(
                "there was no room for what to do in {DELEGATED_BYTES_MAX} bytes: displays to which the prepared warning has \
                 not come show its title alone"
            );
        }
        for alert in &alerts {
            let (id, severity) = (&alert.common.id, severity(alert.severity));
            let until = alert.common.valid.until.map(|until| local(until, &town)).unwrap_or_default();
            let drill = if alert.drill { "a drill, on displays that show drills: " } else { "" };
            println!("{drill}{id} ({severity}) raised for {} until {until}", raised.groups.join(", "));
            let Where { publication, keys } = &self.place;
            let (publication, keys) = (publication.display(), keys.display());
            println!("to end it: parvis-hub alert clear {id} --publication {publication} --keys {keys}");
        }
        tidy_now_and_then(&site, raised.versions.get(ALERTS))
    }

    fn alerts(&mut self, ring: &Keyring, site: &Site, town: &Town) -> anyhow::Result<Vec<Alert>> {
        if let Some(path) = &self.file {
            return read_alerts(path);
        }
        let mut alert = match &self.prepared {
            Some(id) => self.activation(&id.clone(), ring, site)?,
            None => {
                let mut alert = Alert { severity: Severity::Severe, urgency: Urgency::Immediate, ..Alert::default() };
                // Two who raise in the same millisecond are two processes.
                let (now, process) = (Utc::now().format("%Y%m%d-%H%M%S-%3f"), std::process::id());
                alert.common.id = Id(format!("hub:{now}-{process}"));
                alert
            }
        };
        let language = self.lang.clone().or_else(|| town.fallback.first().cloned()).unwrap_or_else(|| "en".to_owned());
        let say = |words: &Option<String>, place: &mut Localized| {
            for words in words.iter().filter(|words| !words.trim().is_empty()) {
                place.insert(&language, words.trim(), Origin::Original);
            }
        };
        say(&self.title, &mut alert.common.title);
        say(&self.instruction, &mut alert.instruction);
        say(&self.text, if self.prepared.is_some() { &mut alert.common.summary } else { &mut alert.common.text });
        if alert.common.title.is_empty() {
            bail!("--title has no words");
        }
        Ok(vec![alert])
    }

    fn activation(&mut self, id: &str, ring: &Keyring, site: &Site) -> anyhow::Result<Alert> {
        let mut found = hub::prepared(ring, site, Some(id))?;
        let Some(first) = found.first() else {
            let all = hub::prepared(ring, site, None)?;
            let ids: Vec<_> = all.iter().map(|warning| warning.alert.common.id.to_string()).collect();
            let there = if ids.is_empty() { "none is".to_owned() } else { ids.join(", ") };
            bail!("no warning {id} is prepared in this publication; there are: {there}");
        };
        let activation = first.alert.activation();
        if self.groups.is_empty() {
            self.groups = found.drain(..).flat_map(|warning| warning.groups).collect();
        }
        Ok(activation)
    }

    /// What is said for all of them, and what none may be without.
    fn complete(&self, alert: &mut Alert, town: &Town, now: DateTime<Utc>) -> anyhow::Result<()> {
        alert.severity = match self.severity.as_deref() {
            Some("minor") => Severity::Minor,
            Some("moderate") => Severity::Moderate,
            Some("severe") => Severity::Severe,
            Some("extreme") => Severity::Extreme,
            _ => alert.severity,
        };
        let lasting = self.lasts.map(|lasts| {
            let length = TimeDelta::try_seconds(lasts.as_secs());
            length.and_then(|length| now.checked_add_signed(length)).context("--for: no calendar goes so far")
        });
        let said = self.until.or(lasting.transpose()?);
        let until = said.or(alert.common.valid.until).unwrap_or(now + TimeDelta::hours(HOURS));
        let from = alert.common.valid.from.unwrap_or(now);
        if until <= now || until <= from {
            bail!("{} would have ended on {}: give a later end", alert.common.id, local(until, town));
        }
        alert.common.valid = Validity { from: Some(from), until: Some(until) };
        alert.drill |= self.drill;
        if !self.areas.is_empty() {
            alert.areas = vec![AlertArea { circles: self.areas.clone(), ..AlertArea::default() }];
        }
        let name = town.fallback.first().and_then(|first| town.name.pick(first, &town.fallback));
        let name = name.map(|(_, name)| name.text.clone()).unwrap_or_default();
        if alert.sender.is_empty() {
            alert.sender.clone_from(&name);
        }
        alert.common.provenance.push(Provenance { source: name, updated: Some(now), ..Provenance::default() });
        Ok(())
    }
}

/// The same without what to do: no title, no warning.
fn titles_of(alerts: &[Alert]) -> Vec<Alert> {
    let lean =
        |alert: &Alert| Alert { instruction: Localized::default(), event: Localized::default(), ..alert.clone() };
    alerts.iter().map(lean).collect()
}

fn read_alerts(path: &PathBuf) -> anyhow::Result<Vec<Alert>> {
    let name = path.display().to_string();
    let length = fs::metadata(path).with_context(|| name.clone())?.len();
    if length > Document::BYTES_MAX as u64 {
        bail!("{name}: larger than any content document");
    }
    let Imported { items, problems, records, .. } =
        read_document(&name, &fs::read(path).with_context(|| name.clone())?);
    if items.len() != records || items.is_empty() {
        let why = problems.first().map_or_else(|| "it holds no warning".to_owned(), ToString::to_string);
        bail!("{name}: nothing was raised: {why}");
    }
    super::publish::print_problems(&problems);
    let alert = |item| match item {
        Item::Alert(alert) => Ok(alert),
        other => Err(anyhow!("{name}: {} is no warning that can be raised: nothing was", other.common().id)),
    };
    items.into_iter().map(alert).collect()
}

fn language(tag: &str) -> Result<String, String> {
    language_tag(tag).ok_or_else(|| "a language tag is expected: fr, en, zh".to_owned())
}

fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    let read = DateTime::parse_from_rfc3339(text);
    read.map(|at| at.to_utc()).map_err(|_| "a moment with its offset is expected: 2026-05-01T18:00:00+02:00".to_owned())
}

fn circle(text: &str) -> Result<Circle, String> {
    let numbers: Vec<f64> = text.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let made = match numbers[..] {
        [lat, lon, km] if lat.abs() <= 90.0 && lon.abs() <= 180.0 && text.split(',').count() == 3 => {
            Circle::new(Position { lat, lon }, km)
        }
        _ => None,
    };
    made.ok_or_else(|| "degrees north, degrees east and kilometres are expected: 43.731,7.419,1.5".to_owned())
}
