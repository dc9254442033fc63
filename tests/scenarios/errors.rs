//! Counts what the kiosk logs as an error: a scenario that logs one has failed.

use bevy::log::tracing::{Event, Level, Subscriber};
use bevy::log::tracing_subscriber::layer::{Context, SubscriberExt};
use bevy::log::tracing_subscriber::{Layer, Registry};
use std::fmt::Write;
use std::sync::Mutex;

static ERRORS: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Ear;

impl<S: Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let graphics = ["wgpu", "naga"].iter().any(|part| event.metadata().target().starts_with(part));
        if *event.metadata().level() != Level::ERROR || graphics {
            return;
        }
        let mut words = event.metadata().target().to_owned();
        event.record(&mut |field: &bevy::log::tracing::field::Field, value: &dyn std::fmt::Debug| {
            if write!(words, " {field}={value:?}").is_err() {
                words.push('?');
            }
        });
        if let Ok(mut errors) = ERRORS.lock() {
            errors.push(words);
        }
    }
}

/// Listens from now on.
pub fn listen() {
    if bevy::log::tracing::subscriber::set_global_default(Registry::default().with(Ear)).is_err() {
        std::process::abort();
    }
}

/// What has been logged as an error since the last call.
pub fn take() -> Vec<String> {
    ERRORS.lock().map(|mut errors| std::mem::take(&mut *errors)).unwrap_or_default()
}
