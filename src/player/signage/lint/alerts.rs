//! Warnings, those in force and those prepared: they have the panel to themselves, and there is no other to take their turn.

use super::desk::{Desk, Subject};
use super::drawn::{compose_whole, place, too_long};
use super::finding::{Findings, Weight};
use super::items::{check_french, languages};
use crate::content::Alert;
use crate::player::look::Look;
use crate::player::profile::Profile;
use crate::player::signage::{panel::whole, slides};
use crate::player::visitor::Visitor;
use bevy::prelude::Handle;

pub fn check(subject: &Subject<'_>, profile: &Profile, desk: &mut Desk, findings: &mut Findings) {
    let catalog = subject.catalog();
    let schedule = subject.schedule();
    let all = subject.bulletin.alerts.iter().chain(&catalog.bulletin.alerts).chain(&catalog.prepared);
    let is_over = |alert: &&Alert| alert.common.valid.until.is_some_and(|until| until <= subject.now);
    // What puts a prepared warning in force has its words from there.
    for alert in all.filter(|alert| alert.activates.is_none() && !is_over(alert)) {
        let id = &alert.common.id;
        if alert.instruction.is_empty() {
            findings.add(Weight::Warning, id, "it does not say what to do: add an instruction, verb first");
        }
        check_french(subject, &alert.common, findings);
        for language in languages(subject, &alert.common) {
            let visitor = Visitor::nobody(language);
            let scene = subject.scene(profile, &visitor, subject.now);
            let slide = slides::alert(&scene, alert);
            let look = Look::new(&scene, subject.theme, false, Handle::default());
            let mut composer = desk.composer(&look);
            let mut compose = |slide: &_| compose_whole(&mut composer, &schedule, slide, whole(&scene));
            if let Err(unfit) = compose(&slide) {
                let words = too_long(&unfit, &slide, |slide| compose(slide).is_ok());
                findings.add_at(&place(&scene, ""), Weight::Refused, id, words);
            }
        }
    }
}
