//! The kiosk's on-screen keyboards, as data: which keys, in which rows, and what each does to the text.
//!
//! Letters with accents, umlauts and hamza carriers that search folds away are left out: fewer keys are
//! larger keys. Digits stand on a layout of their own one touch away, because few searches need them and the
//! touchable belt of a totem is only 300 to 400 mm high. Chinese is typed as pinyin.

use super::MAX_TEXT_CHARS;
use unicode_segmentation::UnicodeSegmentation;

/// One key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// Types this character; the face may show it as a capital.
    Letter(char),
    Space,
    /// Takes back the last thing a reader sees as one character.
    Delete,
    /// Empties the text.
    Clear,
    /// Brings up another layout.
    Switch(Layout),
    /// From the digits back to the letters of the visitor's language.
    Letters,
}

impl Key {
    /// How many letter keys wide it is, the gaps between them included; a space bar is at least so wide and may
    /// take what its row has left.
    pub fn columns(self) -> u8 {
        match self {
            Self::Letter(_) => 1,
            Self::Delete | Self::Clear | Self::Switch(_) | Self::Letters => 2,
            Self::Space => 3,
        }
    }

    /// The Fluent message with the key's name for eyes and ears; a letter is its own name.
    pub fn message(self) -> Option<&'static str> {
        match self {
            Self::Letter(_) => None,
            Self::Space => Some("key-space"),
            Self::Delete => Some("key-delete"),
            Self::Clear => Some("key-clear"),
            Self::Switch(Layout::Digits) => Some("key-digits"),
            Self::Switch(Layout::Arabic) => Some("key-arabic"),
            Self::Switch(Layout::Latin) => Some("key-latin"),
            Self::Switch(_) | Self::Letters => Some("key-letters"),
        }
    }
}

/// A set of keys that are on screen together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    Azerty,
    Qwerty,
    Qwertz,
    Arabic,
    /// Latin letters reached from [`Layout::Arabic`], with a key back to it.
    Latin,
    Digits,
}

impl Layout {
    pub const ALL: [Self; 6] = [Self::Azerty, Self::Qwerty, Self::Qwertz, Self::Arabic, Self::Latin, Self::Digits];

    /// What readers of this language know from their own keyboards; QWERTY for languages not known here.
    pub fn of_language(tag: &str) -> Self {
        match tag.split(['-', '_']).next().unwrap_or_default() {
            "fr" => Self::Azerty,
            "de" => Self::Qwertz,
            "ar" => Self::Arabic,
            _ => Self::Qwerty,
        }
    }

    /// The layout to show after `key` was pressed by a visitor whose language has the layout `home`.
    #[must_use]
    pub fn after(self, key: Key, home: Self) -> Self {
        match key {
            Key::Switch(layout) => layout,
            Key::Letters => home,
            Key::Letter(_) | Key::Space | Key::Delete | Key::Clear => self,
        }
    }
}

/// The rows of keys of one layout, from the top; each row is centred, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyboard {
    pub rows: &'static [&'static [Key]],
}

impl Keyboard {
    /// So many letter keys fit beside each other: with gaps of 8 mm they are 48 mm wide on a portrait totem's
    /// 613 mm and 20 mm on a counter's 300 mm.
    pub const MAX_COLUMNS: u8 = 11;

    pub fn of(layout: Layout) -> Self {
        let rows = match layout {
            Layout::Azerty => AZERTY,
            Layout::Qwerty => QWERTY,
            Layout::Qwertz => QWERTZ,
            Layout::Arabic => ARABIC,
            Layout::Latin => LATIN,
            Layout::Digits => DIGITS,
        };
        Self { rows }
    }

    /// How many letter keys wide the widest row is.
    pub fn columns(&self) -> u8 {
        let row = |row: &&[Key]| row.iter().map(|key| key.columns()).sum();
        self.rows.iter().map(row).max().unwrap_or(0)
    }
}

/// What a key does to the text. Returns whether the text changed.
///
/// The text never grows beyond [`MAX_TEXT_CHARS`] and has no space at its begin nor two in a row, so that every
/// press that changes something is seen to.
pub fn press(text: &mut String, key: Key) -> bool {
    let typed = match key {
        Key::Letter(letter) => letter,
        Key::Space if text.is_empty() || text.ends_with(' ') => return false,
        Key::Space => ' ',
        Key::Delete => {
            let Some((start, _)) = text.grapheme_indices(true).next_back() else { return false };
            text.truncate(start);
            return true;
        }
        Key::Clear => {
            let changed = !text.is_empty();
            text.clear();
            return changed;
        }
        Key::Switch(_) | Key::Letters => return false,
    };
    let fits = text.chars().count() < MAX_TEXT_CHARS;
    if fits {
        text.push(typed);
    }
    fits
}

/// Expands `[a b c; Delete]` to letter keys followed by named keys.
macro_rules! row {
    ($($letter:literal)* $(; $($key:expr),+)?) => { &[$(Key::Letter($letter),)* $($($key,)+)?] };
}

const LAST: &[Key] = row![; Key::Switch(Layout::Digits), Key::Space, Key::Clear];

const AZERTY: &[&[Key]] = &[
    row!['a' 'z' 'e' 'r' 't' 'y' 'u' 'i' 'o' 'p'],
    row!['q' 's' 'd' 'f' 'g' 'h' 'j' 'k' 'l' 'm'],
    row!['w' 'x' 'c' 'v' 'b' 'n' '\'' '-'; Key::Delete],
    LAST,
];

const QWERTY_LETTERS: [&[Key]; 3] = [
    row!['q' 'w' 'e' 'r' 't' 'y' 'u' 'i' 'o' 'p'],
    row!['a' 's' 'd' 'f' 'g' 'h' 'j' 'k' 'l'],
    row!['z' 'x' 'c' 'v' 'b' 'n' 'm' '\'' '-'; Key::Delete],
];

const QWERTY: &[&[Key]] = &[QWERTY_LETTERS[0], QWERTY_LETTERS[1], QWERTY_LETTERS[2], LAST];

const QWERTZ: &[&[Key]] = &[
    row!['q' 'w' 'e' 'r' 't' 'z' 'u' 'i' 'o' 'p'],
    row!['a' 's' 'd' 'f' 'g' 'h' 'j' 'k' 'l'],
    row!['y' 'x' 'c' 'v' 'b' 'n' 'm' '\'' '-'; Key::Delete],
    LAST,
];

/// The order of the keyboards sold in Arabic countries, each row from its left end; the letters that need a
/// twelfth key there (ذ and د) stand in the third row.
const ARABIC: &[&[Key]] = &[
    row!['ض' 'ص' 'ث' 'ق' 'ف' 'غ' 'ع' 'ه' 'خ' 'ح' 'ج'],
    row!['ش' 'س' 'ي' 'ب' 'ل' 'ا' 'ت' 'ن' 'م' 'ك' 'ط'],
    row!['ذ' 'ئ' 'ء' 'ؤ' 'ر' 'ى' 'ة' 'و' 'ز' 'ظ' 'د'],
    row![; Key::Switch(Layout::Latin), Key::Switch(Layout::Digits), Key::Space, Key::Delete, Key::Clear],
];

const LATIN: &[&[Key]] = &[
    QWERTY_LETTERS[0],
    QWERTY_LETTERS[1],
    QWERTY_LETTERS[2],
    row![; Key::Switch(Layout::Arabic), Key::Switch(Layout::Digits), Key::Space, Key::Clear],
];

const DIGITS: &[&[Key]] =
    &[row!['1' '2' '3' '4' '5'; Key::Delete], row!['6' '7' '8' '9' '0'; Key::Clear], row![; Key::Letters, Key::Space]];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const GAP_MM: f32 = 8.0;

    fn keys(layout: Layout) -> Vec<Key> {
        Keyboard::of(layout).rows.concat()
    }

    #[test]
    fn keys_are_large_enough_to_hit() {
        for layout in Layout::ALL {
            let columns = f32::from(Keyboard::of(layout).columns());
            assert!(columns <= f32::from(Keyboard::MAX_COLUMNS), "{layout:?}");
            for (area_mm, least_mm) in [(613.0, 20.0), (300.0, 12.0)] {
                let key_mm = (area_mm - (columns - 1.0) * GAP_MM) / columns;
                assert!(key_mm >= least_mm, "{layout:?}: {key_mm} mm on {area_mm} mm");
            }
        }
    }

    #[test]
    fn every_latin_layout_types_the_alphabet_and_every_arabic_letter_is_there() {
        for layout in [Layout::Azerty, Layout::Qwerty, Layout::Qwertz, Layout::Latin] {
            for letter in 'a'..='z' {
                assert!(keys(layout).contains(&Key::Letter(letter)), "{layout:?} lacks {letter}");
            }
        }
        for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي".chars() {
            assert!(keys(Layout::Arabic).contains(&Key::Letter(letter)), "{letter}");
        }
    }

    #[test]
    fn no_key_stands_twice() {
        for layout in Layout::ALL {
            let all = keys(layout);
            let names: BTreeSet<String> = all.iter().map(|key| format!("{key:?}")).collect();
            assert_eq!(names.len(), all.len(), "{layout:?}");
        }
    }

    #[test]
    fn digits_and_the_way_back_are_one_touch_away() {
        for home in Layout::ALL.into_iter().filter(|layout| *layout != Layout::Digits) {
            let there = Key::Switch(Layout::Digits);
            assert!(keys(home).contains(&there), "{home:?}");
            assert_eq!(home.after(there, home), Layout::Digits);
            assert_eq!(Layout::Digits.after(Key::Letters, home), home);
        }
        for digit in '0'..='9' {
            assert!(keys(Layout::Digits).contains(&Key::Letter(digit)), "{digit}");
        }
        assert!(keys(Layout::Digits).contains(&Key::Letters));
        assert!(keys(Layout::Arabic).contains(&Key::Switch(Layout::Latin)));
        assert!(keys(Layout::Latin).contains(&Key::Switch(Layout::Arabic)));
    }

    #[test]
    fn everywhere_one_can_correct_and_part_words() {
        for layout in Layout::ALL {
            assert!(keys(layout).contains(&Key::Delete) && keys(layout).contains(&Key::Space), "{layout:?}");
        }
    }

    #[test]
    fn languages_get_the_layout_their_readers_know() {
        for (tag, layout) in [
            ("fr", Layout::Azerty),
            ("fr-MC", Layout::Azerty),
            ("de_AT", Layout::Qwertz),
            ("en", Layout::Qwerty),
            ("it", Layout::Qwerty),
            ("es", Layout::Qwerty),
            ("nl", Layout::Qwerty),
            ("zh-Hans", Layout::Qwerty),
            ("ar", Layout::Arabic),
            ("", Layout::Qwerty),
        ] {
            assert_eq!(Layout::of_language(tag), layout, "{tag}");
        }
    }

    #[test]
    fn every_key_has_a_name() {
        for key in Layout::ALL.into_iter().flat_map(keys) {
            assert_eq!(key.message().is_none(), matches!(key, Key::Letter(_)), "{key:?}");
        }
    }

    #[test]
    fn pressing_types_and_takes_back() {
        let mut text = String::new();
        assert!(!press(&mut text, Key::Space), "no space at the begin");
        assert!(!press(&mut text, Key::Delete));
        assert!(!press(&mut text, Key::Clear));
        for key in [Key::Letter('l'), Key::Letter('e'), Key::Space] {
            assert!(press(&mut text, key));
        }
        assert!(!press(&mut text, Key::Space), "no two spaces");
        assert!(!press(&mut text, Key::Switch(Layout::Digits)));
        assert_eq!(text, "le ");
        assert!(press(&mut text, Key::Delete));
        assert_eq!(text, "le");
        assert!(press(&mut text, Key::Clear));
        assert_eq!(text, "");
    }

    #[test]
    fn delete_takes_a_whole_character_as_seen() {
        for (before, after) in [("cafe\u{301}", "caf"), ("مُ", ""), ("海洋", "海"), ("👩‍👧x", "👩‍👧"), ("👩‍👧", "")]
        {
            let mut text = before.to_owned();
            assert!(press(&mut text, Key::Delete));
            assert_eq!(text, after, "{before}");
        }
    }

    #[test]
    fn the_text_is_bounded() {
        let mut text = String::new();
        let pressed = (0..200).filter(|_| press(&mut text, Key::Letter('é'))).count();
        assert_eq!((pressed, text.chars().count()), (MAX_TEXT_CHARS, MAX_TEXT_CHARS));
        assert!(!press(&mut text, Key::Space));
        assert!(press(&mut text, Key::Delete) && press(&mut text, Key::Space));
    }
}
