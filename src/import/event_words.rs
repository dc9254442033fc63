use crate::content::EventKind;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Beginnings of words, French and English, that tell what an event is about. One that ends in a space is a whole word.
///
/// Written with its accents a beginning matches only so ("marché" is not "marche"); without, it matches both.
const STEMS: &[(EventKind, &[&str])] = &[
    (
        EventKind::Music,
        &[
            "concert ",
            "concerts ",
            "music",
            "musiq",
            "jazz",
            "opera ",
            "operas ",
            "choral",
            "choeur",
            "choir ",
            "recital",
            "orchestr",
            "symphon",
            "chanson",
            "chanteu",
            "singer",
            "fanfare",
            "quartet",
            "quatuor",
            "piano",
            "guitar",
            "blues ",
            "electro ",
            "karaok",
            "philharmon",
        ],
    ),
    (
        EventKind::Stage,
        &[
            "theatr",
            "spectacle",
            "danse",
            "dance",
            "cirque",
            "circus",
            "humour",
            "humorist",
            "comedie",
            "comedy",
            "conte ",
            "contes ",
            "conteu",
            "marionn",
            "puppet",
            "ballet",
            "clown",
            "scene nationale",
            "magie ",
            "magicien",
            "one man show",
            "stand up",
            "improvisation",
        ],
    ),
    (EventKind::Exhibition, &["exposition", "expo ", "exhibit", "vernissage", "galerie", "retrospective"]),
    (
        EventKind::Cinema,
        &[
            "cinema",
            "cine ",
            "film",
            "movie",
            "projection",
            "documentaire",
            "court metrage",
            "screening",
            "avant premiere",
        ],
    ),
    (
        EventKind::Talk,
        &[
            "conferenc",
            "debat",
            "rencontre",
            "causerie",
            "lecture",
            "dedicace",
            "table ronde",
            "talk ",
            "talks ",
            "colloque",
            "seminaire",
            "seminar",
            "universite",
            "groupe de parole",
            "reunion publique",
            "concertation",
        ],
    ),
    (EventKind::Workshop, &["atelier", "workshop", "stage ", "stages ", "initiation", "cours de ", "masterclass"]),
    (
        EventKind::Festival,
        &[
            "festival",
            "fête ",
            "fete de ",
            "feria",
            "carnaval",
            "carnival",
            "feu d artifice",
            "feux d artifice",
            "bal ",
            "fireworks",
        ],
    ),
    (
        EventKind::Market,
        &["marché", "brocante", "vide grenier", "vide dressing", "foire", "bourse aux ", "market", "marche de noel"],
    ),
    (
        EventKind::Sport,
        &[
            "sport",
            "match ",
            "matchs ",
            "course ",
            "courses ",
            "trail",
            "rugby",
            "football",
            "basket",
            "handball",
            "tournoi",
            "yoga",
            "marathon",
            "triathlon",
            "cyclis",
            "petanque",
            "regate",
            "gym ",
            "gymnast",
            "tennis",
            "grand prix",
            "championn",
        ],
    ),
    (
        EventKind::Nature,
        &[
            "nature ",
            "randonn",
            "balade",
            "jardin",
            "botani",
            "oiseau",
            "biodivers",
            "hike",
            "hiking",
            "garden",
            "marche nordique",
        ],
    ),
    (
        EventKind::Family,
        &[
            "enfant",
            "famille",
            "family",
            "jeune public",
            "tout petit",
            "tout petits",
            "bebe",
            "kids ",
            "children",
            "ludotheque",
        ],
    ),
];

/// The kind that most words speak for; a keyword counts twice a word of the summary, the title three times.
pub fn event_kind(title: &str, keywords: &[String], summary: &str) -> EventKind {
    let weighed: Vec<(Words, u32)> = std::iter::once((title, 3))
        .chain(keywords.iter().map(|keyword| (keyword.as_str(), 2)))
        .chain(std::iter::once((summary, 1)))
        .map(|(text, weight)| (Words::new(text), weight))
        .collect();
    let mut best = (0, EventKind::Other);
    for (kind, stems) in STEMS {
        let score = weighed.iter().map(|(words, weight)| weight * words.matches(stems)).sum();
        if score > best.0 {
            best = (score, *kind);
        }
    }
    best.1
}

/// The words of a text in small letters, each between spaces.
struct Words {
    accented: String,
    bare: String,
}

impl Words {
    fn new(text: &str) -> Self {
        let lower = text.nfc().collect::<String>().to_lowercase().replace('œ', "oe").replace('æ', "ae");
        let apart: String = lower.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let words: Vec<&str> = apart.split_whitespace().collect();
        let accented = format!(" {} ", words.join(" "));
        let bare = accented.nfd().filter(|c| !is_combining_mark(*c)).collect();
        Self { accented, bare }
    }

    /// How many of the stems begin a word.
    fn matches(&self, stems: &[&str]) -> u32 {
        let begins = |stem: &&&str| {
            let text = if stem.is_ascii() { &self.bare } else { &self.accented };
            text.contains(&format!(" {stem}"))
        };
        stems.iter().filter(begins).count().try_into().unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_title_and_keywords_tell_the_kind() {
        for (title, keyword, kind) in [
            ("Grand concert d'été", "", EventKind::Music),
            ("Un soir", "Chœur", EventKind::Music),
            ("Marché de Noël", "", EventKind::Market),
            ("Marche nordique", "", EventKind::Nature),
            ("Le Malade imaginaire", "théâtre", EventKind::Stage),
            ("La métamorphose", "", EventKind::Other),
            ("Atelier poterie", "enfants", EventKind::Workshop),
            ("L’exposition", "", EventKind::Exhibition),
            ("Fête de la ville", "", EventKind::Festival),
            ("La fiancée dans la salle des fêtes", "", EventKind::Other),
            ("Concert'", "", EventKind::Music),
            ("Opération contemporaine", "", EventKind::Other),
        ] {
            assert_eq!(event_kind(title, &[keyword.to_owned()], ""), kind, "{title}");
        }
    }
}
