use crate::content::EventKind;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Beginnings of words, French and English, that tell what an event is about.
///
/// Written with its accents a beginning matches only so ("marché" is not "marche"); without, it matches both.
const STEMS: &[(EventKind, &[&str])] = &[
    (
        EventKind::Music,
        &[
            "concert",
            "music",
            "musiq",
            "jazz",
            "opera",
            "choral",
            "choeur",
            "choir",
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
            "blues",
            "electro",
            "karaok",
            "philharmon",
        ],
    ),
    (
        EventKind::Stage,
        &[
            "theatr",
            "spectacle",
            "dans",
            "dance",
            "cirqu",
            "circus",
            "humour",
            "comedy",
            "comedi",
            "conte",
            "marionn",
            "puppet",
            "ballet",
            "clown",
            "scene nationale",
            "magie",
            "magic",
            "mise en scene",
            "one man show",
            "stand-up",
        ],
    ),
    (EventKind::Exhibition, &["expo", "exhibit", "vernissage", "galerie", "retrospective", "installation artistique"]),
    (
        EventKind::Cinema,
        &["cine", "film", "movie", "projection", "documentaire", "court-metrage", "screening", "avant-premiere"],
    ),
    (
        EventKind::Talk,
        &[
            "conferenc",
            "debat",
            "debate",
            "rencontre",
            "causerie",
            "lecture",
            "dedicace",
            "table ronde",
            "talk",
            "colloque",
            "seminaire",
            "seminar",
            "universite",
            "groupe de parole",
            "reunion publique",
        ],
    ),
    (EventKind::Workshop, &["atelier", "workshop", "stage", "initiation", "formation", "cours de", "masterclass"]),
    (EventKind::Festival, &["festival", "fête", "feria", "carnaval", "carnival", "feu d'artifice", "bal", "fireworks"]),
    (
        EventKind::Market,
        &[
            "marché",
            "brocante",
            "vide-grenier",
            "vide grenier",
            "vide-dressing",
            "foire",
            "bourse aux",
            "market",
            "puces",
        ],
    ),
    (
        EventKind::Sport,
        &[
            "sport",
            "match",
            "course",
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
            "gym",
            "tennis",
            "grand prix",
            "championn",
        ],
    ),
    (
        EventKind::Nature,
        &[
            "nature",
            "randonn",
            "balade",
            "jardin",
            "botani",
            "oiseau",
            "biodivers",
            "hike",
            "hiking",
            "garden",
            "marche",
        ],
    ),
    (
        EventKind::Family,
        &[
            "enfant",
            "famill",
            "family",
            "jeune public",
            "tout-petit",
            "tout petit",
            "bebe",
            "kids",
            "children",
            "ludotheque",
        ],
    ),
];

/// The kind that most words speak for; a keyword counts twice a word of the summary, the title three times.
pub fn event_kind(title: &str, keywords: &[String], summary: &str) -> EventKind {
    let weighed: Vec<(String, u32)> = std::iter::once((title, 3))
        .chain(keywords.iter().map(|keyword| (keyword.as_str(), 2)))
        .chain(std::iter::once((summary, 1)))
        .map(|(text, weight)| (lower(text), weight))
        .collect();
    let mut best = (0, EventKind::Other);
    for (kind, stems) in STEMS {
        let score = weighed.iter().map(|(text, weight)| weight * matches(text, stems)).sum();
        if score > best.0 {
            best = (score, *kind);
        }
    }
    best.1
}

/// How many of the stems begin a word of the text.
fn matches(text: &str, stems: &[&str]) -> u32 {
    let bare = folded(text);
    let begins = |stem: &&&str| {
        let text = if stem.is_ascii() { bare.as_str() } else { text };
        text.match_indices(**stem).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
    };
    stems.iter().filter(begins).count().try_into().unwrap_or(u32::MAX)
}

fn lower(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase().replace('’', "'")
}

fn folded(text: &str) -> String {
    text.replace('œ', "oe").replace('æ', "ae").nfd().filter(|c| !is_combining_mark(*c)).collect()
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
            ("Fête du sport", "fete", EventKind::Festival),
        ] {
            assert_eq!(event_kind(title, &[keyword.to_owned()], ""), kind, "{title}");
        }
    }
}
