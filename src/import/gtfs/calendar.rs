use super::clock;
use super::reader::Reader;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The most services that are read.
const MAX: usize = 1_000_000;

/// On which of the days around the moment each service runs.
#[derive(Debug)]
pub struct Calendar {
    /// Two days back, for what runs past midnight, to tomorrow.
    pub days: [NaiveDate; 4],
    /// A bit for each of the days.
    services: HashMap<String, u8>,
    /// The last day on which anything runs.
    pub last: Option<NaiveDate>,
}

impl Calendar {
    /// Reads calendar.txt and calendar_dates.txt, of which a feed may have one or both.
    pub fn read(reader: &mut Reader<'_>, today: NaiveDate) -> Self {
        let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let days = [back(2), back(1), today, today.succ_opt().unwrap_or(today)];
        let mut calendar = Self { days, services: HashMap::new(), last: None };
        let weeks = calendar.read_weeks(reader);
        let dates = calendar.read_dates(reader);
        if !weeks && !dates {
            let reason = "neither calendar.txt nor calendar_dates.txt is there: nobody knows when anything runs";
            reader.problem("calendar.txt", "", reason, "");
        }
        calendar
    }

    fn read_weeks(&mut self, reader: &mut Reader<'_>) -> bool {
        let columns = [
            "service_id",
            "start_date",
            "end_date",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ];
        reader.optional("calendar.txt", columns, 3, &mut |row, [id, start, end, week @ ..], faults| {
            let Some((first, last)) = clock::date(row.at(start)).zip(clock::date(row.at(end))) else {
                let value = format!("{} {}", row.word(start), row.word(end));
                faults.row(row.line, "start_date", "dates like 20260501 are expected", &value);
                return ControlFlow::Continue(());
            };
            let runs = week.map(|day| row.at(day) == b"1");
            let on = |day: NaiveDate| runs.get(day.weekday().num_days_from_monday() as usize) == Some(&true);
            let mut bits = 0;
            for (bit, day) in self.days.iter().enumerate() {
                if (first..=last).contains(day) && on(*day) {
                    bits |= 1 << bit;
                }
            }
            if runs.contains(&true) {
                self.last = self.last.max(Some(last));
            }
            self.set(row.text(id), |known| known | bits)
        })
    }

    fn read_dates(&mut self, reader: &mut Reader<'_>) -> bool {
        let columns = ["service_id", "date", "exception_type"];
        reader.optional("calendar_dates.txt", columns, 3, &mut |row, [id, date, kind], faults| {
            let Some(date) = clock::date(row.at(date)) else {
                faults.row(row.line, "date", "a date like 20260501 is expected", &row.word(date));
                return ControlFlow::Continue(());
            };
            let bit = self.days.iter().position(|day| *day == date).map_or(0, |bit| 1 << bit);
            match row.at(kind) {
                b"1" => {
                    self.last = self.last.max(Some(date));
                    self.set(row.text(id), |known| known | bit)
                }
                b"2" => self.set(row.text(id), |known| known & !bit),
                _ => {
                    faults.row(row.line, "exception_type", "1 or 2 is expected", &row.word(kind));
                    ControlFlow::Continue(())
                }
            }
        })
    }

    fn set(&mut self, service: String, change: impl Fn(u8) -> u8) -> ControlFlow<()> {
        let known = self.services.entry(service).or_default();
        *known = change(*known);
        if self.services.len() >= MAX { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// The days around the moment on which a service runs.
    pub fn runs(&self, service: &str) -> impl Iterator<Item = NaiveDate> {
        let bits = self.services.get(service).copied().unwrap_or(0);
        self.days.into_iter().enumerate().filter(move |(bit, _)| bits & (1 << bit) != 0).map(|(_, day)| day)
    }
}
