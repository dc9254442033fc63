use super::{Language, Words};
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use icu::calendar::{Date, Gregorian};
use icu::datetime::fieldsets::{E, M, MDE, T, YMD, YMDE};
use icu::datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::list::ListFormatter;
use icu::list::options::{ListFormatterOptions, ListLength};
use icu::locale::Locale;
use icu::time::Time;

type Calendar<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// Half the way around the Earth: nothing is farther.
const FARTHEST_METERS: f64 = 20_100_000.0;

/// How one language writes dates, times, numbers and lists. A formatter that could not be made is `None`, and ISO forms
/// stand in for it.
pub(super) struct Dates {
    date: Option<Calendar<MDE>>,
    date_short: Option<Calendar<MDE>>,
    date_with_year: Option<Calendar<YMDE>>,
    date_of_record: Option<Calendar<YMD>>,
    weekday: Option<Calendar<E>>,
    weekday_short: Option<Calendar<E>>,
    month: Option<Calendar<M>>,
    month_short: Option<Calendar<M>>,
    time: Option<NoCalendarFormatter<T>>,
    number: Option<DecimalFormatter>,
    list: Option<ListFormatter>,
}

impl Dates {
    pub(super) fn new(language: Language) -> Self {
        let locale: Locale = language.icu_tag().parse().unwrap_or(Locale::UNKNOWN);
        let list = ListFormatterOptions::default().with_length(ListLength::Wide);
        Self {
            date: Calendar::try_new((&locale).into(), MDE::long()).ok(),
            date_short: Calendar::try_new((&locale).into(), MDE::medium()).ok(),
            date_with_year: Calendar::try_new((&locale).into(), YMDE::long()).ok(),
            date_of_record: Calendar::try_new((&locale).into(), YMD::long()).ok(),
            weekday: Calendar::try_new((&locale).into(), E::long()).ok(),
            weekday_short: Calendar::try_new((&locale).into(), E::medium()).ok(),
            month: Calendar::try_new((&locale).into(), M::long()).ok(),
            month_short: Calendar::try_new((&locale).into(), M::medium()).ok(),
            time: NoCalendarFormatter::try_new((&locale).into(), T::hm()).ok(),
            number: DecimalFormatter::try_new((&locale).into(), Default::default()).ok(),
            list: ListFormatter::try_new_and((&locale).into(), list).ok(),
        }
    }
}

fn gregorian(date: NaiveDate) -> Option<Date<Gregorian>> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Date::try_new_gregorian(date.year(), month, day).ok()
}

macro_rules! written {
    ($self:expr, $formatter:ident, $date:expr, $iso:expr) => {
        $self
            .dates
            .$formatter
            .as_ref()
            .zip(gregorian($date))
            .map_or_else(|| $date.format($iso).to_string(), |(formatter, date)| formatter.format(&date).to_string())
    };
}

impl Words {
    /// "samedi 21 novembre"
    pub fn date(&self, date: NaiveDate) -> String {
        self.ordinal(date, written!(self, date, date, "%Y-%m-%d"))
    }

    /// "samedi 2 janvier 2027"
    pub fn date_with_year(&self, date: NaiveDate) -> String {
        self.ordinal(date, written!(self, date_with_year, date, "%Y-%m-%d"))
    }

    /// "2 janvier 2027": when something was stated; no weekday helps there.
    pub fn date_of_record(&self, date: NaiveDate) -> String {
        let written = written!(self, date_of_record, date, "%Y-%m-%d");
        let is_first = self.language() == Language::Fr && date.day() == 1;
        if is_first { written.replacen("1 ", "1er ", 1) } else { written }
    }

    /// "sam. 21 nov."
    pub fn date_short(&self, date: NaiveDate) -> String {
        self.ordinal(date, written!(self, date_short, date, "%m-%d"))
    }

    /// French says "1er" for the first of a month, which its date patterns do not.
    fn ordinal(&self, date: NaiveDate, written: String) -> String {
        if self.language() == Language::Fr && date.day() == 1 { written.replacen(" 1 ", " 1er ", 1) } else { written }
    }

    /// "samedi"
    pub fn weekday(&self, date: NaiveDate) -> String {
        written!(self, weekday, date, "%Y-%m-%d")
    }

    /// "sam."
    pub fn weekday_short(&self, date: NaiveDate) -> String {
        written!(self, weekday_short, date, "%m-%d")
    }

    /// "novembre", standing alone
    pub fn month(&self, date: NaiveDate) -> String {
        written!(self, month, date, "%m")
    }

    /// "nov."
    pub fn month_short(&self, date: NaiveDate) -> String {
        written!(self, month_short, date, "%m")
    }

    /// "21": the large numeral of a poster.
    pub fn day_number(&self, date: NaiveDate) -> String {
        date.day().to_string()
    }

    /// "20:30"; in French "20 h 30" and "20 h", as public signs there write it.
    pub fn time(&self, time: NaiveTime) -> String {
        if self.language() == Language::Fr {
            return match time.minute() {
                0 => format!("{}\u{a0}h", time.hour()),
                minute => format!("{}\u{a0}h\u{a0}{minute:02}", time.hour()),
            };
        }
        let (hour, minute) = (time.hour() as u8, time.minute() as u8);
        let icu_time = Time::try_new(hour, minute, 0, 0).ok();
        self.dates
            .time
            .as_ref()
            .zip(icu_time)
            .map_or_else(|| time.format("%H:%M").to_string(), |(formatter, time)| formatter.format(&time).to_string())
    }

    /// Like [`Words::time`] for an end: midnight has its word, "minuit".
    pub fn end_time(&self, time: NaiveTime) -> String {
        if time == NaiveTime::MIN { self.say("time-midnight") } else { self.time(time) }
    }

    /// What stands between the parts of an enumeration: ", ".
    pub(super) fn comma(&self) -> &'static str {
        match self.language() {
            Language::Ar => "، ",
            Language::Zh => "、",
            _ => ", ",
        }
    }

    /// A whole number with the language's grouping: "12 500", "12,500".
    pub fn number(&self, number: i64) -> String {
        self.decimal(&Decimal::from(number))
    }

    fn decimal(&self, number: &Decimal) -> String {
        let text = self
            .dates
            .number
            .as_ref()
            .map_or_else(|| number.to_string(), |formatter| formatter.format(number).to_string());
        // The narrow no-break space stands in few fonts, the plain one in all.
        text.replace('\u{202f}', "\u{a0}")
    }

    /// "a, b et c"
    pub fn list(&self, items: &[String]) -> String {
        self.dates
            .list
            .as_ref()
            .map_or_else(|| items.join(", "), |formatter| formatter.format(items.iter()).to_string())
    }

    /// "120 m" to ten metres, from one kilometre "1,2 km", from ten "12 km".
    pub fn distance(&self, meters: f64) -> String {
        let meters = meters.clamp(0.0, FARTHEST_METERS);
        let tens = (meters / 10.0).round() as i64;
        if tens < 100 {
            return self.say_with("unit-meters", &[("number", self.number(tens.max(1) * 10).into())]);
        }
        let mut kilometers = Decimal::from((meters / 100.0).round() as i64);
        kilometers.multiply_pow10(-1);
        if meters >= 9_950.0 {
            kilometers.round(0);
        }
        kilometers.absolute.trim_end_if_integer();
        self.say_with("unit-kilometers", &[("number", self.decimal(&kilometers).into())])
    }

    /// "3 min"; never less than one.
    pub fn minutes(&self, minutes: u32) -> String {
        self.say_with("unit-minutes", &[("number", self.number(i64::from(minutes.max(1))).into())])
    }
}

impl std::fmt::Debug for Dates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dates").finish_non_exhaustive()
    }
}
