//! Made-up towns for the tests: their schedules, alerts and displays, at hours that are hard.

use super::{Dimming, Display, Offer, Power, Stock};
use crate::content::*;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// What a slot shows depends on the time alone: some are empty for a while, filters find now more, now less.
pub struct Changing;

impl Stock for Changing {
    fn offer(&self, item: &PlaylistItem, nth: usize, at: DateTime<Utc>) -> Option<Offer> {
        let nr = i64::from(item.common.id.0.bytes().next_back()?);
        let (every_while, slides) = ((at.timestamp() / 700 + nr) % 4, (at.timestamp() / 900 + nr) % 4);
        let slides = if matches!(item.show, Show::Events { .. }) { slides } else { 1 };
        (every_while != 0 && slides > 0 && item.template != "missing").then(|| Offer {
            slides: slides as usize,
            which: nth.checked_rem(slides as usize).unwrap_or(0),
            secs: item.duration_secs.unwrap_or(8),
        })
    }

    fn alert_secs(&self, alert: &Alert, _: &str) -> u32 {
        alert.common.title.languages().count() as u32 * 7
    }
}

/// Every slot can always be shown, for as long as it says.
pub struct Plenty;

impl Stock for Plenty {
    fn offer(&self, item: &PlaylistItem, nth: usize, _: DateTime<Utc>) -> Option<Offer> {
        Some(Offer { slides: 3, which: nth % 3, secs: item.duration_secs.unwrap_or(10) })
    }

    fn alert_secs(&self, _: &Alert, _: &str) -> u32 {
        10
    }
}

#[derive(Clone, Debug)]
pub struct SampleTown {
    pub schedule: Schedule,
    pub alerts: Vec<Alert>,
    pub display: Display,
    /// A midnight of the town's clock.
    pub start: DateTime<Utc>,
}

pub fn common(id: &str) -> Common {
    Common { id: Id(id.to_owned()), title: Localized::one("fr", id), ..Common::default() }
}

pub fn item(id: &str, secs: u32) -> PlaylistItem {
    PlaylistItem { common: common(id), duration_secs: Some(secs), ..PlaylistItem::default() }
}

pub fn playlist(id: &str, slots: &[&str]) -> Playlist {
    Playlist { common: common(id), slots: slots.iter().map(|id| Id((*id).to_owned())).collect(), ..Playlist::default() }
}

pub fn entry(id: &str, playlist: &str) -> ScheduleEntry {
    ScheduleEntry { common: common(id), playlist: Id(playlist.to_owned()), ..ScheduleEntry::default() }
}

pub fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

pub fn daily(from: &str, until: &str) -> Recurrence {
    Recurrence { dayparts: vec![Daypart { from: time(from), until: time(until) }], ..Recurrence::default() }
}

pub fn display(zone: Tz) -> Display {
    Display {
        name: "hall-1".to_owned(),
        groups: vec!["halls".to_owned()],
        position: Position::new(43.93, 2.15),
        codes: vec![AreaCode { scheme: "INSEE".to_owned(), value: "81004".to_owned() }],
        zone,
        languages: vec!["fr".to_owned()],
        alert_languages: vec!["fr".to_owned(), "en".to_owned()],
        shows_drills: false,
        is_portrait: false,
        power: Power::default(),
        advertising_rests: Vec::new(),
    }
}

/// Nights in which a clock is put forward or back, at midnight too, a leap day, a new year, and an ordinary day.
const EVES: [(&str, &str); 12] = [
    ("Europe/Paris", "2026-03-28"),
    ("Europe/Paris", "2026-10-24"),
    ("America/St_Johns", "2026-03-07"),
    ("America/St_Johns", "2026-10-31"),
    ("America/St_Johns", "2010-11-06"),
    ("America/St_Johns", "2010-03-13"),
    ("Pacific/Chatham", "2026-04-04"),
    ("Pacific/Chatham", "2026-09-26"),
    ("Africa/Casablanca", "2026-02-14"),
    ("Africa/Casablanca", "2026-03-21"),
    ("Europe/Paris", "2028-02-28"),
    ("Africa/Casablanca", "2026-12-31"),
];

fn half_hour() -> impl Strategy<Value = NaiveTime> {
    // Mostly about the hours in which clocks change.
    prop_oneof![3 => 0..8_u32, 1 => 0..48_u32, 1 => 44..48_u32]
        .prop_map(|halves| NaiveTime::from_hms_opt(halves / 2, halves % 2 * 30, 0).unwrap())
}

fn daypart() -> impl Strategy<Value = Daypart> {
    (half_hour(), half_hour()).prop_map(|(from, until)| Daypart { from, until })
}

fn recurrence(eve: NaiveDate) -> impl Strategy<Value = Recurrence> {
    let near = move |days: std::ops::Range<i64>| days.prop_map(move |days| eve + TimeDelta::days(days));
    let start = option::weighted(0.3, (near(-20..2), half_hour()));
    let end = option::weighted(0.3, (near(0..4), half_hour()));
    let weekday = (0..7_u8).prop_map(|day| Weekday::try_from(day).unwrap());
    let weekdays = prop_oneof![2 => Just(Vec::new()), 1 => vec(weekday, 1..7)];
    let dates = (vec(near(0..3), 0..2), vec(near(-1..3), 0..2));
    let weeks = prop_oneof![3 => Just(1_u8), 1 => 2..4_u8];
    (start, end, vec(daypart(), 0..3), weekdays, weeks, dates).prop_map(
        |(start, end, dayparts, weekdays, every_weeks, (except, also))| Recurrence {
            start: start.map(|(date, time)| date.and_time(time)),
            end: end.map(|(date, time)| date.and_time(time)),
            dayparts,
            weekdays,
            every_weeks,
            except: if also.is_empty() { Vec::new() } else { except },
            also,
        },
    )
}

/// Limits to the second.
fn validity(start: DateTime<Utc>) -> impl Strategy<Value = Validity> {
    let instant = (0..40_000_i64).prop_map(move |secs| start + TimeDelta::seconds(secs));
    let length = (1..20_000_i64).prop_map(TimeDelta::seconds);
    (option::of(instant), option::of(length))
        .prop_map(move |(from, length)| Validity { from, until: length.map(|length| from.unwrap_or(start) + length) })
}

fn limited(start: DateTime<Utc>) -> impl Strategy<Value = (Vec<String>, Validity)> {
    let groups = prop_oneof![4 => Just(""), 1 => Just("halls"), 1 => Just("streets")];
    let groups = groups.prop_map(|group| Vec::from_iter((!group.is_empty()).then(|| group.to_owned())));
    (groups, prop_oneof![3 => Just(Validity::default()), 1 => validity(start)])
}

fn ids(kind: &'static str, count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Id>> {
    vec((0..7_usize).prop_map(move |nr| Id(format!("{kind}:{nr}"))), count)
}

fn items(eve: NaiveDate, start: DateTime<Utc>) -> impl Strategy<Value = Vec<PlaylistItem>> {
    let times = prop_oneof![3 => Just(Recurrence::default()), 1 => recurrence(eve)];
    let one = (limited(start), times, 1..60_u32, any::<[bool; 2]>(), 0..4_u8);
    vec(one, 7).prop_map(|all| {
        let made = all.into_iter().enumerate().map(|(nr, ((groups, valid), times, secs, [sells, events], count))| {
            let show = Show::Events { filter: EventFilter::default(), count: count.max(1) };
            PlaylistItem {
                common: Common { groups, valid, ..common(&format!("i:{nr}")) },
                show: if events { show } else { Show::Notice },
                template: if count == 0 { "missing".to_owned() } else { String::new() },
                duration_secs: Some(secs),
                advertising: sells,
                times,
            }
        });
        made.collect()
    })
}

fn layout() -> Layout {
    let region = |name: &str, x, width, main| Region { name: name.to_owned(), x, y: 0.0, width, height: 1.0, main };
    Layout {
        common: common("l:0"),
        landscape: vec![region("side", 0.0, 0.3, false), region("large", 0.3, 0.7, true)],
        portrait: Vec::new(),
    }
}

fn schedule(eve: NaiveDate, start: DateTime<Utc>) -> impl Strategy<Value = Schedule> {
    let playlists = vec((limited(start), ids("i", 0..5), any::<bool>(), any::<bool>()), 0..4).prop_map(|all| {
        let made = all.into_iter().enumerate().map(|(nr, ((groups, _), slots, divided, default))| Playlist {
            common: Common { groups, ..common(&format!("p:{nr}")) },
            slots,
            layout: divided.then(|| Id("l:0".to_owned())),
            regions: [("side".to_owned(), Id("p:1".to_owned()))].into(),
            default,
            ..Playlist::default()
        });
        made.collect::<Vec<_>>()
    });
    let entry = (limited(start), recurrence(eve), 0..4_usize, any::<bool>(), -2..3_i8, 0..8_u8);
    let entries = vec(entry, 0..5).prop_map(|all| {
        let made = all.into_iter().enumerate().map(|(nr, ((groups, valid), times, playlist, urgent, priority, to))| {
            ScheduleEntry {
                common: Common { groups, valid, ..common(&format!("s:{nr}")) },
                displays: if to == 0 { vec!["hall-2".to_owned()] } else { Vec::new() },
                level: if urgent && to % 2 == 0 { Level::Interrupt } else { Level::Scheduled },
                priority,
                times,
                ..entry_of(playlist)
            }
        });
        made.collect::<Vec<_>>()
    });
    let campaign = (limited(start), recurrence(eve), ids("i", 0..3), 1..70_u8, any::<bool>());
    let campaigns = vec(campaign, 0..3).prop_map(|all| {
        let made =
            all.into_iter().enumerate().map(|(nr, ((groups, valid), times, slots, share, advertising))| Campaign {
                common: Common { groups, valid, ..common(&format!("c:{nr}")) },
                slots,
                share,
                advertising,
                times,
            });
        made.collect::<Vec<_>>()
    });
    (items(eve, start), playlists, entries, campaigns, curfews(start)).prop_map(
        |(items, playlists, entries, campaigns, curfews)| Schedule {
            layouts: vec![layout()],
            templates: Vec::new(),
            playlists,
            items,
            entries,
            campaigns,
            curfews,
        },
    )
}

fn curfews(start: DateTime<Utc>) -> impl Strategy<Value = Vec<AdvertisingCurfew>> {
    vec((limited(start), validity(start)), 0..2).prop_map(|all| {
        let made = all.into_iter().enumerate().map(|(nr, ((groups, _), valid))| AdvertisingCurfew {
            common: Common { groups, valid, ..common(&format!("k:{nr}")) },
        });
        made.filter(|it| it.common.valid.until.is_some()).collect()
    })
}

fn entry_of(playlist: usize) -> ScheduleEntry {
    entry("", &format!("p:{playlist}"))
}

/// Areas whose names say whether the display of [`display`] stands in them.
fn area() -> impl Strategy<Value = AlertArea> {
    let point = |lat, lon| Position { lat, lon };
    let circle = |lat, lon| Circle::new(point(lat, lon), 10.0).into_iter().collect();
    let square = |lat: f64, lon: f64| {
        let corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)];
        Outline::new(corners.map(|(up, right)| point(lat + up, lon + right)).into()).into_iter().collect()
    };
    let code = |scheme: &str, value: &str| vec![AreaCode { scheme: scheme.to_owned(), value: value.to_owned() }];
    let named = |name: &str| AlertArea { name: Localized::one("fr", name), ..AlertArea::default() };
    proptest::sample::select(vec![
        named(NEAR),
        AlertArea { circles: circle(43.9, 2.1), ..named(NEAR) },
        AlertArea { polygons: square(43.5, 2.0), ..named(NEAR) },
        AlertArea { codes: code("INSEE", "81004"), ..named(NEAR) },
        // A list of areas that the display does not know.
        AlertArea { codes: code("ISO3166-2", "FR-35"), ..named(NEAR) },
        AlertArea { circles: circle(48.8, 2.3), codes: code("INSEE", "81004"), ..named(NEAR) },
        AlertArea { polygons: square(43.5, 2.0), codes: code("INSEE", "35238"), ..named(NEAR) },
        AlertArea { circles: circle(48.8, 2.3), ..named("far") },
        AlertArea { polygons: square(-43.5, 2.0), ..named("far") },
        AlertArea { codes: code("INSEE", "35238"), ..named("far") },
        AlertArea { circles: circle(48.8, 2.3), codes: code("INSEE", "35238"), ..named("far") },
    ])
}

const NEAR: &str = "near";

/// Whether a sample's warning is for a display, its time aside: by its groups, its areas' names, and as a drill.
pub fn is_warned(display: &Display, alert: &Alert) -> bool {
    let is_near = |area: &AlertArea| area.name.exact("fr").is_some_and(|name| name.text == NEAR);
    let here = display.position.is_none() || alert.areas.is_empty() || alert.areas.iter().any(is_near);
    let groups = &alert.common.groups;
    here && (groups.is_empty() || groups.contains(&display.groups[0])) && (display.shows_drills || !alert.drill)
}

pub fn alerts(start: DateTime<Utc>) -> impl Strategy<Value = Vec<Alert>> {
    let severity = prop_oneof![Just(Severity::Minor), Just(Severity::Severe), Just(Severity::Extreme)];
    let one = (limited(start), validity(start), severity, any::<[bool; 2]>(), vec(area(), 0..3));
    vec(one, 0..7).prop_map(|all| {
        let made = all.into_iter().enumerate().map(|(nr, ((groups, _), valid, severity, [english, drill], areas))| {
            let mut common = Common { groups, valid, ..common(&format!("w:{nr}")) };
            if english {
                common.title.insert("en", "warning", Origin::Human);
            }
            Alert { common, severity, drill, areas, ..Alert::default() }
        });
        made.filter(|alert| alert.common.valid.until.is_some()).collect()
    })
}

fn power(eve: NaiveDate) -> impl Strategy<Value = Power> {
    let on = prop_oneof![2 => Just(Vec::new()), 1 => vec(recurrence(eve), 1..3)];
    let dimmed = vec((recurrence(eve), 1..100_u8), 0..3);
    (on, dimmed).prop_map(|(on, dimmed)| Power {
        on,
        dimmed: dimmed.into_iter().map(|(times, percent)| Dimming { percent, times }).collect(),
    })
}

/// A town at the midnight before something hard happens.
pub fn sample_town() -> impl Strategy<Value = SampleTown> {
    (0..EVES.len()).prop_flat_map(|nr| {
        let (zone, eve) = EVES[nr];
        let (zone, eve): (Tz, NaiveDate) = (zone.parse().unwrap(), eve.parse().unwrap());
        let midnight = eve.and_time(NaiveTime::MIN) + TimeDelta::days(1);
        let start = crate::calendar::instant(midnight, zone).to_utc();
        let alerts = prop_oneof![Just(Vec::new()), alerts(start)];
        (schedule(eve, start), alerts, power(eve), any::<[bool; 2]>(), curfews(start)).prop_map(
            move |(schedule, alerts, power, [shows_drills, is_lost], curfews)| {
                let told = Bulletin { curfews, ..Bulletin::default() };
                let mut display = Display { power, shows_drills, ..display(zone) }.informed_by(&told);
                if is_lost {
                    (display.position, display.codes) = (None, Vec::new());
                }
                SampleTown { schedule, alerts, display, start }
            },
        )
    })
}
