use super::series::{Colour, Run, Series, number};
use crate::content::Problem;
use crate::import::{Settings, local_time};
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The domain that stands for all of France: a sum, no place.
const COUNTRY: &str = "FRA";
/// The longest code of a domain.
const CODE_MAX: usize = 16;

/// A department's code, or that of its coast, and a phenomenon's number.
pub type Key = (String, u64);

/// What a file says of the departments that are asked for, over all its days.
#[derive(Debug, Default)]
pub struct Bulletin {
    pub updated: Option<DateTime<Utc>>,
    pub series: BTreeMap<Key, Series>,
    /// Departments with a colour that none of their phenomena has: what they are warned of is not said.
    pub unexplained: BTreeMap<String, Colour>,
    /// What stands where a department's code should.
    pub nameless: Vec<String>,
    pub domains: BTreeSet<String>,
    /// Whether there is a day that cannot be read.
    pub lacks_a_day: bool,
    /// Until when the last of its days holds.
    pub holds_until: Option<DateTime<Utc>>,
}

/// Reads the days of a file, and says in problems what cannot be understood.
pub struct Reader<'r> {
    settings: &'r Settings,
    source: &'r str,
    /// The department and phenomenon that are read.
    record: String,
    pub bulletin: Bulletin,
    pub problems: Vec<Problem>,
}

/// One day, as far as it holds.
struct Day {
    begin: DateTime<Utc>,
    end: DateTime<Utc>,
    is_outdated: bool,
}

impl<'r> Reader<'r> {
    pub fn new(settings: &'r Settings, source: &'r str) -> Self {
        let (bulletin, problems) = Default::default();
        Self { settings, source, record: String::new(), bulletin, problems }
    }

    /// Reads `product`.
    ///
    /// # Errors
    /// In words, when there are no days in it.
    pub fn product(&mut self, product: &Value) -> Result<(), String> {
        let periods = product.get("periods").and_then(Value::as_array).filter(|periods| !periods.is_empty());
        let periods = periods.ok_or("there are no periods in it")?;
        self.bulletin.updated = self.instant(product, "update_time");
        for period in periods {
            self.record.clear();
            let begin = self.instant(period, "begin_validity_time");
            let end = self.instant(period, "end_validity_time");
            let Some((begin, end)) = begin.zip(end).filter(|(begin, end)| begin < end) else {
                self.note("periods", "a day needs its begin_validity_time and, after it, its end_validity_time", None);
                self.bulletin.lacks_a_day = true;
                continue;
            };
            self.bulletin.holds_until = self.bulletin.holds_until.max(Some(end));
            let day = Day { begin, end, is_outdated: end <= self.settings.now };
            for domain in list(period.get("timelaps").and_then(|timelaps| timelaps.get("domain_ids"))) {
                self.domain(domain, &day);
            }
        }
        if self.bulletin.holds_until.is_none() {
            return Err("none of its periods says from when to when it holds".to_owned());
        }
        Ok(())
    }

    fn note(&mut self, field: &str, reason: &str, value: Option<&Value>) {
        let value = value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let problem = Problem::new(self.source, self.record.as_str(), field, reason);
        self.problems.push(problem.with_value(&value.unwrap_or_default()));
    }

    fn instant(&mut self, of: &Value, field: &str) -> Option<DateTime<Utc>> {
        let value = of.get(field)?;
        let instant = value.as_str().and_then(|text| local_time::instant(text, self.settings.zone));
        if instant.is_none() {
            self.note(field, "a date, time and offset is expected", Some(value));
        }
        instant.map(|instant| instant.to_utc())
    }

    fn domain(&mut self, domain: &Value, day: &Day) {
        let code = match domain.get("domain_id") {
            Some(Value::String(code)) => code.trim().to_uppercase(),
            // A leading zero does not survive in a number.
            Some(Value::Number(number)) => format!("{:0>2}", number.to_string()),
            _ => String::new(),
        };
        if code.is_empty() || code.len() > CODE_MAX {
            return self.bulletin.nameless.push(code);
        }
        let wanted = &self.settings.codes;
        let is_wanted = if wanted.is_empty() {
            code != COUNTRY
        } else {
            wanted.iter().any(|wanted| wanted.trim().to_uppercase() == code)
        };
        if !is_wanted {
            return;
        }
        let mut gravest = Colour::Green;
        for phenomenon in list(domain.get("phenomenon_items")) {
            gravest = gravest.max(self.phenomenon(&code, phenomenon, day));
        }
        let colour = domain.get("max_color_id").and_then(Colour::read).unwrap_or(Colour::Green);
        if colour >= Colour::Orange && gravest < colour && !day.is_outdated {
            self.bulletin.unexplained.insert(code.clone(), colour);
        }
        self.bulletin.domains.insert(code);
    }

    /// Returns the gravest colour that the phenomenon has on this day.
    fn phenomenon(&mut self, code: &str, item: &Value, day: &Day) -> Colour {
        self.record = code.to_owned();
        let phenomenon = item.get("phenomenon_id").and_then(number);
        if phenomenon.is_none() {
            self.note("phenomenon_id", "a phenomenon needs its number", item.get("phenomenon_id"));
        }
        // Danger of an unsaid kind is danger.
        let phenomenon = phenomenon.unwrap_or(0);
        self.record = format!("{code}:{phenomenon}");
        let mut runs = Vec::new();
        for part in list(item.get("timelaps_items")) {
            runs.extend(self.run(part, day));
        }
        let of_parts = runs.iter().map(|run: &Run| run.colour).max().unwrap_or(Colour::Green);
        let whole = item.get("phenomenon_max_color_id");
        let colour = whole.and_then(Colour::read).unwrap_or(of_parts);
        if let Some(value) = whole.filter(|value| Colour::read(value).is_none()) {
            self.note("phenomenon_max_color_id", "a colour is 1, 2, 3 or 4", Some(value));
        }
        // What is graver than any of its hours is taken for the whole day rather than for nothing.
        if colour > of_parts {
            if !runs.is_empty() {
                self.note("timelaps_items", "none has the colour of the day: taken for the whole day", whole);
            }
            runs.push(Run { colour, begin: day.begin, end: day.end });
        }
        let series = self.bulletin.series.entry((code.to_owned(), phenomenon)).or_default();
        if day.is_outdated {
            series.outdated = series.outdated.max(colour).max(of_parts);
        } else {
            series.runs.append(&mut runs);
        }
        colour.max(of_parts)
    }

    fn run(&mut self, part: &Value, day: &Day) -> Option<Run> {
        let colour = part.get("color_id").and_then(Colour::read);
        if colour.is_none() {
            self.note("color_id", "a colour is 1, 2, 3 or 4", part.get("color_id"));
        }
        let begin = self.instant(part, "begin_time").unwrap_or(day.begin);
        let end = self.instant(part, "end_time").unwrap_or(day.end);
        let colour = colour?;
        if begin >= end {
            self.note("end_time", "it is not after begin_time: taken for the whole day", part.get("end_time"));
            return Some(Run { colour, begin: day.begin, end: day.end });
        }
        Some(Run { colour, begin, end })
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
