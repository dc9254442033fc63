//! What the pages say, in French and English: `assets/hub/locales`.

use crate::language::{Language, Words};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    Fr,
    En,
}

impl Tongue {
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }

    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tongue| tongue.tag() == tag)
    }

    /// The first of `Accept-Language` that the hub speaks; else French.
    pub fn accepted(header: &str) -> Self {
        let tags = header.split(',').filter_map(|part| part.split([';', '-']).next());
        tags.filter_map(|tag| Self::parse(tag.trim())).next().unwrap_or(Self::Fr)
    }

    fn source(self) -> &'static str {
        match self {
            Self::Fr => include_str!("../../assets/hub/locales/fr.ftl"),
            Self::En => include_str!("../../assets/hub/locales/en.ftl"),
        }
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static ALL: [OnceLock<FluentBundle<FluentResource>>; 2] = [const { OnceLock::new() }; 2];
        ALL[self as usize].get_or_init(|| {
            let mut bundle = FluentBundle::new_concurrent(self.tag().parse().into_iter().collect());
            // What stands between the words is already marked as text of a page.
            bundle.set_use_isolating(false);
            let read = FluentResource::try_new(self.source().to_owned());
            bundle.add_resource_overriding(read.unwrap_or_else(|(resource, _)| resource));
            bundle
        })
    }

    /// A moment by a town's clock, as staff read it.
    pub fn moment(self, at: DateTime<Utc>, zone: Tz) -> String {
        let language = match self {
            Self::Fr => Language::Fr,
            Self::En => Language::En,
        };
        let (words, local) = (Words::of(language), at.with_timezone(&zone));
        format!("{}, {}", words.date_short(local.date_naive()), words.time(local.time()))
    }

    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    /// The words for `key`; the key itself where there are none, which a test does not let happen.
    pub fn say(self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// Like [`Tongue::say`], for a sentence with values in it.
    pub fn say_with(self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        let args: FluentArgs<'_> = values.iter().cloned().collect();
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}
