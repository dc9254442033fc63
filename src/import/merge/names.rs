use super::kinds::kind_of_word;
use crate::content::PlaceKind;
use std::collections::{BTreeSet, HashSet};

pub use crate::import::folded::folded;

/// Words that say nothing about which of two things is meant.
const SMALL_WORDS: [&str; 40] = [
    "a", "al", "am", "an", "and", "au", "aux", "chez", "d", "das", "de", "del", "della", "der", "des", "di", "die",
    "du", "el", "en", "et", "het", "i", "il", "in", "l", "la", "las", "le", "les", "lo", "los", "of", "s", "sur",
    "the", "un", "une", "van", "y",
];

/// What an event is, where its title begins with it: "Concert : ..." and the rest of the title mean the same.
const EVENT_WORDS: [&str; 21] = [
    "atelier",
    "animation",
    "balade",
    "cinema",
    "concert",
    "conference",
    "cours",
    "exposition",
    "expo",
    "festival",
    "film",
    "jeu",
    "lecture",
    "marche",
    "projection",
    "rencontre",
    "spectacle",
    "stage",
    "theatre",
    "visite",
    "vernissage",
];

/// Words and letters that are compared at most: a longer title is compared by its beginning.
const WORDS_MAX: usize = 12;
const LETTERS_MAX: usize = 80;

/// A name or title as it is compared with others. The names of a whole town are held at once, so it is kept small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// All words but the small ones, in one.
    whole: Box<str>,
    /// Those without the word for what it is, unless that is all; apart by a space.
    words: Box<str>,
    /// The same in one.
    pub core: Box<str>,
    /// Those of its words that have a digit in them, sorted, apart by a space.
    numbers: Box<str>,
    /// The word for what it is, which stands in front.
    head: Option<Box<str>>,
    /// The kind of place that this word is for.
    pub kind: Option<PlaceKind>,
}

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Place,
    Event,
}

impl Name {
    /// `None` when nothing is left of it.
    pub fn new(text: &str, of: Of) -> Option<Self> {
        // A town hall takes no guests.
        let folded = folded(text).replace("hotel de ville", "mairie");
        let all: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let telling: Vec<&str> = all.iter().copied().filter(|word| !SMALL_WORDS.contains(word)).collect();
        let words = if telling.is_empty() { all } else { telling };
        let words = &words[..words.len().min(WORDS_MAX)];
        let is_head = |word: &&&str| match of {
            Of::Place => kind_of_word(word).is_some(),
            Of::Event => EVENT_WORDS.contains(*word),
        };
        let heads = words.iter().take_while(is_head).count();
        let head = words.first().filter(|_| heads > 0).map(|word| (*word).into());
        let core = if heads < words.len() { &words[heads..] } else { words };
        let has_digit = |word: &&&str| word.chars().any(char::is_numeric);
        let mut numbers: Vec<&str> = core.iter().filter(has_digit).copied().collect();
        numbers.sort_unstable();
        let cut = |words: &[&str]| words.concat().chars().take(LETTERS_MAX).collect::<String>().into();
        Some(Self {
            whole: cut(words),
            core: cut(core),
            numbers: numbers.join(" ").into(),
            words: core.join(" ").into(),
            kind: head.as_deref().filter(|_| of == Of::Place).and_then(kind_of_word),
            head,
        })
        .filter(|name| !name.whole.is_empty())
    }
}

impl Name {
    fn words(&self) -> impl Iterator<Item = &str> {
        self.words.split(' ')
    }

    /// The name without the town's at its end, which one source adds and the other does not; none where nothing else
    /// tells it.
    pub fn without_town(&self, towns: &HashSet<String>) -> Option<Self> {
        let words: Vec<&str> = self.words().collect();
        let rest = words.iter().rposition(|word| !towns.contains(*word)).map_or(0, |last| last + 1);
        let (words, town) = words.split_at(rest);
        let tells = words.iter().any(|word| word.chars().count() > 2);
        let core = words.concat();
        let whole = self.whole.strip_suffix(&town.concat()).unwrap_or(&core).into();
        let shorter = || Self { whole, words: words.join(" ").into(), core: core.into(), ..self.clone() };
        (tells && !town.is_empty()).then(shorter)
    }
}

/// The first letters of the words of all these names and of each as a whole, and its last ones: names that are alike
/// share at least one, also where one letter is wrong.
pub fn edges(names: &[Name]) -> Vec<String> {
    /// More words are no name.
    const EDGES_MAX: usize = 16;
    const LETTERS: usize = 4;
    let first = |word: &str| word.chars().take(LETTERS).collect::<String>();
    let last = |name: &Name| name.core.chars().rev().take(LETTERS).chain(['$']).collect::<String>();
    let words = names.iter().flat_map(|name| name.words().chain([&*name.core]));
    let edges: BTreeSet<String> = words.map(first).chain(names.iter().map(last)).collect();
    edges.into_iter().take(EDGES_MAX).collect()
}

/// How alike two names are: 1 for names that people hold to be the same, 0 for those that share nothing.
pub fn likeness(a: &Name, b: &Name) -> f64 {
    if a.whole == b.whole {
        return 1.0;
    }
    // Gate 2 and gate 3 differ by one letter.
    if a.numbers != b.numbers && !a.numbers.is_empty() && !b.numbers.is_empty() {
        return 0.0;
    }
    let core = if a.core == b.core { 1.0 } else { by_words(a, b).max(by_letters(&a.core, &b.core)).min(0.99) };
    match (&a.head, &b.head) {
        // "Bar du Port" and "Restaurant du Port".
        (Some(head), Some(other)) if head != other => core - 0.2,
        (Some(_), Some(_)) | (None, None) => core,
        _ => core - 0.02,
    }
}

/// The likeness of the two most similar names.
pub fn best_likeness(all: &[Name], others: &[Name]) -> f64 {
    let pairs = all.iter().flat_map(|a| others.iter().map(move |b| likeness(a, b)));
    pairs.fold(0.0, f64::max)
}

fn by_letters(a: &str, b: &str) -> f64 {
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    // Much longer is never much alike; and this is the only costly step.
    if short * 2 < long { 0.0 } else { strsim::normalized_damerau_levenshtein(a, b) }
}

/// Shared words by their length; or how much of the longer name the shorter one is, where it lies in it as a whole.
fn by_words(a: &Name, b: &Name) -> f64 {
    let (short, long) = if a.words().count() <= b.words().count() { (a, b) } else { (b, a) };
    let mut left: Vec<&str> = long.words().collect();
    let mut shared = 0;
    for word in short.words() {
        if let Some(at) = left.iter().position(|other| same_word(word, other)) {
            left.swap_remove(at);
            shared += word.len();
        }
    }
    let letters = |name: &Name| name.words().map(str::len).sum::<usize>();
    let (of_short, of_long) = (letters(short), letters(long));
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let dice = share(2 * shared, of_short + of_long);
    let within = if shared == of_short && of_short >= 5 { 0.68 + 0.22 * share(of_short, of_long) } else { 0.0 };
    dice.max(within)
}

fn same_word(a: &str, b: &str) -> bool {
    a == b || (a.len().min(b.len()) >= 5 && a.len().abs_diff(b.len()) <= 2 && strsim::osa_distance(a, b) <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str, of: Of) -> f64 {
        likeness(&Name::new(a, of).unwrap(), &Name::new(b, of).unwrap())
    }

    #[test]
    fn names_that_people_hold_to_be_the_same_are_nearly_one() {
        for (a, b) in [
            ("Hôtel Mercure", "HOTEL MERCURE"),
            ("Café de l'Œuvre", "cafe de l’oeuvre"),
            ("Restaurant Le Port", "Le Port"),
            ("Pharmacie de la République", "Pharmacie République"),
            ("Boulangerie Dupont", "Boulangerie Dupond"),
            ("Musée Toulouse-Lautrec", "musée Toulouse Lautrec"),
            ("Straße", "STRASSE"),
        ] {
            assert!(alike(a, b, Of::Place) > 0.8, "{a} {b} {}", alike(a, b, Of::Place));
            assert!((alike(a, b, Of::Place) - alike(b, a, Of::Place)).abs() < 1e-9);
        }
        for (a, b) in [
            ("Concert : Ensemble Vocal d'Albi", "ENSEMBLE VOCAL D'ALBI"),
            ("Fête de la musique 2026", "Fête de la musique"),
        ] {
            assert!(alike(a, b, Of::Event) > 0.83, "{a} {b} {}", alike(a, b, Of::Event));
        }
    }

    #[test]
    fn names_of_different_things_are_not() {
        for (a, b) in [
            ("Parking 1", "Parking 2"),
            ("Bar du Port", "Restaurant du Port"),
            ("Café du Théâtre", "Théâtre"),
            ("École Jean Moulin", "École Jean Jaurès"),
            ("Le Comptoir", "Le Comptoir du Port de plaisance"),
        ] {
            assert!(alike(a, b, Of::Place) < 0.83, "{a} {b} {}", alike(a, b, Of::Place));
        }
        for (a, b) in [
            ("Visite guidée", "Visite guidée en anglais"),
            ("Atelier poterie", "Exposition poterie"),
            ("Concert", "Conférence"),
        ] {
            assert!(alike(a, b, Of::Event) < 0.83, "{a} {b} {}", alike(a, b, Of::Event));
        }
    }

    #[test]
    fn the_town_at_the_end_says_nothing() {
        let towns = HashSet::from(["albi".to_owned()]);
        let without = |name| Name::new(name, Of::Place).unwrap().without_town(&towns).map(|name| name.core);
        assert_eq!(without("Cinéma Arcé d'Albi").as_deref(), Some("arce"));
        for name in ["Cinéma Arcé", "Albi", "Cinéma d'Albi", "Albi Sport"] {
            assert_eq!(without(name), None, "{name}");
        }
    }

    #[test]
    fn what_stands_in_front_tells_the_kind() {
        let kind = |name| Name::new(name, Of::Place).unwrap().kind;
        assert_eq!(kind("Café du Théâtre"), Some(PlaceKind::Cafe));
        assert_eq!(kind("Le Théâtre du Café"), Some(PlaceKind::Theatre));
        assert_eq!(kind("L'Hôtel de Ville"), Some(PlaceKind::TownHall));
        assert_eq!(kind("Chez Marie"), None);
        assert_eq!(Name::new("… !", Of::Place), None);
    }
}
