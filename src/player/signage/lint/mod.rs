//! What is wrong with what a town means to show on its signage, said before it is published, item by item, by the code
//! that shows it.

mod airtime;
mod alerts;
mod desk;
mod drawn;
mod films;
mod finding;
mod items;
mod references;
#[cfg(test)]
mod tests;

pub use desk::{Desk, Subject};
pub use finding::{Finding, Weight};

use crate::player::profile::Profile;
use finding::Findings;

/// All that is wrong, the gravest first.
pub fn lint(subject: &Subject<'_>, profiles: &[Profile]) -> Vec<Finding> {
    let mut findings = Findings::default();
    references::check(subject, &mut findings);
    airtime::check(subject, &mut findings);
    items::check_words(subject, &mut findings);
    films::check(subject, &mut findings);
    let mut desk = Desk::new();
    for profile in profiles {
        let profile = profile.for_audience();
        items::check(subject, &profile, &mut desk, &mut findings);
        alerts::check(subject, &profile, &mut desk, &mut findings);
        references::check_playlists(subject, &profile.name, &mut findings);
    }
    findings.sorted()
}
