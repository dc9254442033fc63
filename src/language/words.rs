use super::Language;
use super::dates::Dates;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/locales");

/// A value put into a sentence: a text or a number.
#[derive(Clone, Debug)]
pub struct Arg<'a>(FluentValue<'a>);

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.into())
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self(text.as_str().into())
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

macro_rules! number_arg {
    ($($number:ty),*) => {$(
        impl From<$number> for Arg<'_> {
            fn from(number: $number) -> Self {
                Self(number.into())
            }
        }
    )*};
}

number_arg!(i32, i64, u8, u32, u64, usize, f64);

/// All interface words of one language, and how it writes dates, numbers and lists.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    pub(super) dates: Dates,
}

impl Words {
    /// Read once per language, at its first use.
    pub fn of(language: Language) -> &'static Self {
        static ALL: [OnceLock<Words>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
        ALL[language as usize].get_or_init(|| Self::load(language))
    }

    fn load(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(language.tag().parse().into_iter().collect());
        let files = LOCALES.get_dir(language.tag()).into_iter().flat_map(Dir::files);
        for text in files.filter_map(|file| file.contents_utf8()) {
            // What could be read of a damaged file is still worth saying; the tests hold the shipped files whole.
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle, dates: Dates::new(language) }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// The words for `key`; without them the English ones, without those the key itself.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// Like [`Words::say`], for a sentence with values in it.
    pub fn say_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let args: FluentArgs = args.iter().map(|(name, arg)| (*name, arg.0.clone())).collect();
        if let Some(text) = self.format(key, &args) {
            return text;
        }
        note_missing(self.language, key);
        let english = (self.language != Language::En).then(|| Self::of(Language::En));
        english.and_then(|words| words.format(key, &args)).unwrap_or_else(|| key.to_owned())
    }

    /// Whether this language itself has words for `key`.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut problems = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut problems).into_owned();
        if !problems.is_empty() {
            note_missing(self.language, key);
        }
        Some(if self.language.is_rtl() && !shows_direction(&text) { format!("\u{200f}{text}") } else { text })
    }
}

/// Whether whoever lays the text out sees that it runs from the right: values are set apart by isolates (UAX #9), and
/// what stands in them says nothing of the sentence, so "09:30 – 17:00" alone would run from the left.
fn shows_direction(text: &str) -> bool {
    let mut depth = 0_usize;
    let first = text.chars().find(|letter| {
        match letter {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (letter.is_alphabetic() || *letter == '\u{200f}')
    });
    first.is_some_and(|letter| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{200f}'))
}

/// One line per sentence that is missing or lacks a value, for whoever translates.
#[expect(clippy::print_stderr, reason = "whoever translates reads it on the terminal or in the journal")]
fn note_missing(language: Language, key: &str) {
    static NOTED: Mutex<BTreeSet<(Language, String)>> = Mutex::new(BTreeSet::new());
    let mut noted = NOTED.lock().unwrap_or_else(PoisonError::into_inner);
    if noted.insert((language, key.to_owned())) {
        eprintln!("parvis: assets/locales/{}: the words for \"{key}\" are missing or incomplete", language.tag());
    }
}
