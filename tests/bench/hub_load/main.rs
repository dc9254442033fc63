//! What a hub costs that many displays listen to, and how long staff of a large town wait.
//!
//! `cargo run --profile dist --no-default-features --features sync,hub --example hub-load` after the same with
//! `build --bin parvis-hub`. `parvis-hub serve` runs as a program of its own with its own signer, in a folder of its own;
//! this program is its displays and its staff, over HTTP on one machine. It prints each figure beside the aim.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(
    clippy::disallowed_methods,
    reason = "it measures by the machine's clock, and stays away as staff and displays do"
)]

mod displays;
mod house;
mod staff;

use displays::Displays;
use house::{House, Outcome};
use staff::Staff;
use std::time::{Duration, Instant};

const ITEMS: usize = 10_000;
const DISPLAYS: usize = 2_000;
/// How often a page is asked for.
const ASKED: usize = 300;
/// How long displays listen and report before and after news, in seconds.
const LISTEN_SECS: u64 = 90;
/// How often something is published while they listen.
const PUBLISHED: usize = 5;

fn main() -> Outcome<()> {
    let mut house = House::new()?;
    house.begin()?;
    house.start()?;
    let mut staff = Staff::signed_in(&house)?;
    staff.wait_for_set_up()?;
    std::thread::sleep(Duration::from_secs(5));
    let (hub, signer) = house.memory()?;
    println!("idle: hub {hub:.0} MiB (aim: at most 60), its signer {signer:.0} MiB");
    house.stop()?;

    let keys = house.fill(ITEMS, DISPLAYS)?;
    house.start()?;
    let mut staff = Staff::signed_in(&house)?;
    large_town(&house, &mut staff)?;
    many_displays(&house, &mut staff, keys)?;
    house.stop()
}

fn large_town(house: &House, staff: &mut Staff) -> Outcome<()> {
    let began = Instant::now();
    staff.publish()?;
    println!("{ITEMS} items: published at once in {:.2} s (aim: at most 10)", began.elapsed().as_secs_f64());
    let pages = [
        ("list", "/staff/items"),
        ("list, filtered", "/staff/items?kind=event&state=published"),
        ("list, last page", "/staff/items?page=200"),
        ("search, one word", "/staff/items?text=concert"),
        ("search, few found", "/staff/items?text=concert+4711"),
        ("search, none found", "/staff/items?text=xylophone"),
    ];
    for (name, path) in pages {
        let took = (0..ASKED).map(|_| staff.timed(path)).collect::<Outcome<Vec<Duration>>>()?;
        println!("{name}: {} (aim: p99 at most 50 ms)", Spread(took));
    }
    let took = (0..ASKED / 30)
        .map(|change| {
            house.change(change)?;
            let began = Instant::now();
            staff.publish()?;
            Ok(began.elapsed())
        })
        .collect::<Outcome<Vec<Duration>>>()?;
    println!("one change published: {} (aim: at most 1 s)", Spread(took));
    Ok(())
}

fn many_displays(house: &House, staff: &mut Staff, keys: Vec<displays::Identity>) -> Outcome<()> {
    let displays = Displays::connect(&house.address, keys)?;
    let (began, cpu) = (Instant::now(), house.cpu()?);
    std::thread::sleep(Duration::from_secs(LISTEN_SECS));
    let share = (house.cpu()? - cpu) / began.elapsed().as_secs_f64() * 100.0;
    let (hub, _) = house.memory()?;
    let (reports, failed) = displays.reports();
    println!(
        "{DISPLAYS} displays that listen and report every 60 s: {share:.1} % of one core, {hub:.0} MiB, {reports} reports \
         in {LISTEN_SECS} s, {failed} not answered; a report: {}",
        Spread(displays.report_times())
    );
    let mut waited = Vec::new();
    for change in 0..PUBLISHED {
        house.change(100 + change)?;
        staff.publish()?;
        let published = house.published_at()?;
        waited.extend(
            displays
                .heard(Duration::from_secs(30))?
                .into_iter()
                .map(|at| at.duration_since(published).unwrap_or_default()),
        );
    }
    println!("a publication is heard of, {} times: {} (aim: p99 at most 2 s)", waited.len(), Spread(waited));
    Ok(())
}

/// Of durations: the median, p99 and the longest, in ms.
struct Spread(Vec<Duration>);

impl std::fmt::Display for Spread {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut sorted: Vec<f64> = self.0.iter().map(|took| took.as_secs_f64() * 1000.0).collect();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| sorted.get((((sorted.len() as f64) * share).ceil() as usize).saturating_sub(1));
        let (median, p99, longest) = (at(0.5), at(0.99), at(1.0));
        let ms = |value: Option<&f64>| value.copied().unwrap_or(f64::NAN);
        write!(to, "median {:.1} ms, p99 {:.1} ms, longest {:.1} ms", ms(median), ms(p99), ms(longest))
    }
}
