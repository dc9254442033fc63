//! What a slide says, whatever it is drawn with: named texts, pictures and icons, and rows of the same.

use crate::content::MediaRef;
use crate::language::Language;
use crate::player::media::PictureSpec;
use crate::player::scene::{Scene, Shown};
use crate::player::theme::Ink;
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// A slide of the panel in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    pub language: Language,
    /// The colour that goes with what it is about.
    pub accent: Ink,
    /// The ink on a plane of that colour.
    pub on_accent: Ink,
    texts: BTreeMap<&'static str, Shown>,
    pictures: BTreeMap<&'static str, Hanging>,
    icons: BTreeMap<&'static str, char>,
    pub rows: Vec<Slide>,
    pub mark: Option<Mark>,
}

/// What has to be known about a slide before it is believed: that nobody has signed it, that a machine translated it,
/// that it is an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub words: String,
    pub ink: Ink,
    pub plane: Ink,
}

/// A picture, and what it shows in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Hanging {
    pub spec: PictureSpec,
    pub alt: String,
}

impl Slide {
    pub fn new(language: Language, accent: Ink) -> Self {
        Self {
            language,
            accent,
            on_accent: Ink::Paper,
            texts: BTreeMap::new(),
            pictures: BTreeMap::new(),
            icons: BTreeMap::new(),
            rows: Vec::new(),
            mark: None,
        }
    }

    /// A text in the slide's language; an empty one is none.
    #[must_use]
    pub fn tell(self, field: &'static str, text: impl Into<String>) -> Self {
        self.shown(field, Some(Shown { text: text.into(), ..Shown::default() }))
    }

    /// A text that may be in another language.
    #[must_use]
    pub fn shown(mut self, field: &'static str, text: Option<Shown>) -> Self {
        if let Some(text) = text.filter(|text| !text.text.trim().is_empty()) {
            self.texts.insert(field, text);
        }
        self
    }

    #[must_use]
    pub fn icon(mut self, field: &'static str, icon: lucide_icons::Icon) -> Self {
        self.icons.insert(field, icon.unicode());
        self
    }

    #[must_use]
    pub fn hang(mut self, field: &'static str, spec: PictureSpec, alt: impl Into<String>) -> Self {
        self.pictures.insert(field, Hanging { spec, alt: alt.into() });
        self
    }

    /// A photograph and who made it.
    #[must_use]
    pub fn photograph(self, scene: &Scene<'_>, media: &MediaRef) -> Self {
        let spec = PictureSpec::Media { path: media.path.clone(), crop: media.crop, focal: media.focal };
        let attribution = media.attribution();
        let credit = match attribution.is_empty() {
            true => String::new(),
            false => scene.words().say_with("mark-picture-credit", &[("credit", attribution.into())]),
        };
        self.hang("picture", spec, scene.plain(&media.alt)).tell("credit", credit)
    }

    #[must_use]
    pub fn rows(mut self, rows: Vec<Self>) -> Self {
        self.rows = rows;
        self
    }

    /// With what has to be known about it.
    #[must_use]
    pub fn marked(mut self, scene: &Scene<'_>) -> Self {
        let with_rows = || std::iter::once(&self).chain(&self.rows);
        let is_machine = with_rows().any(|slide| slide.texts.values().any(|shown| shown.machine));
        let is_sample = with_rows().any(|slide| slide.has("sample"));
        let marks = [(scene.preview, "mark-preview"), (is_sample, "mark-sample"), (is_machine, "mark-machine")];
        let words: Vec<String> = marks.into_iter().filter(|(is, _)| *is).map(|(_, key)| scene.say(key)).collect();
        let (ink, plane) = if scene.preview { (Ink::OnAlarm, Ink::Alarm) } else { (Ink::Quiet, Ink::Paper) };
        self.mark = (!words.is_empty()).then(|| Mark { words: words.join(" · "), ink, plane });
        self
    }

    pub fn text(&self, field: &str) -> Option<&Shown> {
        self.texts.get(field)
    }

    pub fn picture(&self, field: &str) -> Option<&Hanging> {
        self.pictures.get(field)
    }

    pub fn icon_of(&self, field: &str) -> Option<char> {
        self.icons.get(field).copied()
    }

    /// Whether it says anything under this name.
    pub fn has(&self, field: &str) -> bool {
        self.texts.contains_key(field)
            || self.pictures.contains_key(field)
            || self.icons.contains_key(field)
            || (field == "rows" && !self.rows.is_empty())
    }

    /// All its own texts.
    pub fn words(&self) -> String {
        let texts: Vec<&str> = self.texts.values().map(|shown| shown.text.as_str()).collect();
        texts.join(" / ")
    }

    /// The same without the last so many words of its text and, when that has none left, of its title.
    #[must_use]
    pub fn shortened(&self, words: usize) -> Self {
        let mut slide = self.clone();
        let mut left = words;
        for field in ["text", "title"] {
            let Some(shown) = slide.texts.get_mut(field) else { continue };
            let starts: Vec<usize> = shown.text.unicode_word_indices().map(|(start, _)| start).collect();
            let kept = starts.len().saturating_sub(left);
            left = left.saturating_sub(starts.len());
            if let Some(end) = starts.get(kept) {
                shown.text.truncate(*end);
            }
            if kept == 0 {
                slide.texts.remove(field);
            }
        }
        slide
    }

    /// The same with at most so many words of each text, and with words broken that are longer than a line: addresses.
    #[must_use]
    pub fn beginning(&self, words: usize) -> Self {
        // Of a word, and the space after it.
        const LETTERS: usize = 8;
        let mut slide = self.clone();
        for shown in slide.texts.values_mut() {
            let word = shown.text.unicode_word_indices().nth(words).map(|(end, _)| end);
            let letter = shown.text.grapheme_indices(true).nth(words.saturating_mul(LETTERS)).map(|(end, _)| end);
            if let Some(end) = [word, letter].into_iter().flatten().min() {
                shown.text.truncate(end);
                shown.text.push('…');
            }
            shown.text = broken(&shown.text);
        }
        slide
    }

    /// How many words its text and its title have.
    pub fn length(&self) -> usize {
        let texts = ["text", "title"].into_iter().filter_map(|field| self.texts.get(field));
        texts.map(|shown| shown.text.unicode_words().count()).sum()
    }

    /// Those of its files that are drawn as pictures.
    pub fn stills(&self) -> impl Iterator<Item = &str> {
        self.pictures.values().filter_map(|hanging| match &hanging.spec {
            PictureSpec::Media { path, .. } => Some(path.as_str()),
            PictureSpec::Film { still, .. } => still.as_deref(),
            _ => None,
        })
    }

    /// Files below `media/` that it needs.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.pictures.values().flat_map(|hanging| match &hanging.spec {
            PictureSpec::Media { path, .. } => vec![path.as_str()],
            PictureSpec::Film { path, still } => std::iter::once(path).chain(still).map(String::as_str).collect(),
            _ => Vec::new(),
        })
    }
}
/// With places to break in words that no line holds (zero width space, UAX #14).
fn broken(text: &str) -> String {
    const WORD_MAX: usize = 30;
    const EVERY: usize = 10;
    let breaks = |word: &str| -> String {
        let letters: Vec<&str> = word.graphemes(true).collect();
        if letters.len() <= WORD_MAX {
            return word.to_owned();
        }
        letters.chunks(EVERY).map(<[&str]>::concat).collect::<Vec<_>>().join("\u{200b}")
    };
    text.split_inclusive(char::is_whitespace).map(breaks).collect()
}
