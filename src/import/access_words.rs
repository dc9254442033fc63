use crate::content::{AccessFact, AccessFacts, Localized, Tri};
use chrono::NaiveDate;

/// Whom a statement about access is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whom {
    Wheelchair,
    /// By wheelchair and on foot alike: what labels call "moteur".
    Moving,
    Hearing,
    Sight,
    Understanding,
    Children,
}
use Whom::{Children, Hearing, Moving, Sight, Understanding, Wheelchair};

/// What French tourism offices call what they offer, in small letters, and what it says. The first row that fits
/// counts: what is special stands before what is general. What helps but does not make a place accessible is no yes.
const SAID: &[(&[&str], Whom, Tri)] = &[
    (&["non accessible", "inaccessible", "pas accessible"], Wheelchair, Tri::No),
    (&["alarme visuelle", "flash lumineux"], Hearing, Tri::Unknown),
    (&["boucle magnétique", "boucle à induction", "langue des signes", "lsf"], Hearing, Tri::Yes),
    (&["braille", "audiodescription", "non-voyant", "non voyant", "malvoyant"], Sight, Tri::Yes),
    (&["facile à lire", "falc"], Understanding, Tri::Yes),
    (&["handicap auditif", "handicap : auditif", "pictogramme auditif", "déficience auditive"], Hearing, Tri::Yes),
    (&["handicap visuel", "handicap : visuel", "pictogramme visuel", "déficience visuelle"], Sight, Tri::Yes),
    (&["handicap mental", "handicap : mental", "pictogramme mental"], Understanding, Tri::Yes),
    (&["handicap moteur", "handicap : moteur", "pictogramme moteur"], Moving, Tri::Yes),
    (&["fauteuil roulant avec aide", "accompagnant", "avec accompagnement"], Wheelchair, Tri::Unknown),
    (&["accessible en fauteuil roulant", "accessible aux fauteuils roulants"], Wheelchair, Tri::Yes),
    (&["fauteuil", "mobilité réduite", "pmr", "handicap", "plain-pied", "plain pied"], Wheelchair, Tri::Unknown),
    (&["entrée accessible", "ascenseur", "revêtement dur", "barre d'appui"], Wheelchair, Tri::Unknown),
    (&["table à langer", "chaise haute", "matériel bébé", "équipement bébé", "lit bébé"], Children, Tri::Yes),
    (&["jeux pour enfants", "aire de jeux", "jeux enfants"], Children, Tri::Yes),
];

/// Details go on no longer than somebody listens, in bytes.
const DETAILS_MAX: usize = 1000;

/// Adds what a label says, if it says anything about access; `words` are the label in every language known.
pub fn add_label(facts: &mut AccessFacts, french: &str, words: &Localized) -> bool {
    let text = french.to_lowercase().replace('’', "'");
    let is_word = |stem: &str| match stem {
        // Three letters also stand within other words.
        "pmr" | "lsf" | "falc" => text.split(|c: char| !c.is_alphanumeric()).any(|word| word == stem),
        stem => text.contains(stem),
    };
    let Some((_, whom, value)) = SAID.iter().find(|(stems, ..)| stems.iter().any(|stem| is_word(stem))) else {
        return false;
    };
    // "Ne convient pas", "sans": whatever is meant, it is no yes.
    let is_denied = *value == Tri::Yes
        && ["pas ", "non ", "sans "].iter().any(|no| text.starts_with(no) || text.contains(&format!(" {no}")));
    let value = if is_denied { Tri::Unknown } else { *value };
    match whom {
        Wheelchair => add(&mut facts.wheelchair, value, words),
        Moving => {
            add(&mut facts.wheelchair, value, words);
            add(&mut facts.walking, value, words);
        }
        Hearing => add(&mut facts.hearing, value, words),
        Sight => add(&mut facts.sight, value, words),
        Understanding => add(&mut facts.understanding, value, words),
        Children => add(&mut facts.children, value, words),
    }
    true
}

/// Adds a statement: a no counts more than a yes, for whoever comes in vain comes once.
pub fn add(fact: &mut AccessFact, value: Tri, words: &Localized) {
    fact.value = match (fact.value, value) {
        (Tri::No, _) | (_, Tri::No) => Tri::No,
        (Tri::Yes, _) | (_, Tri::Yes) => Tri::Yes,
        _ => Tri::Unknown,
    };
    for (language, translation) in &words.0 {
        let text = translation.text.trim();
        if text.is_empty() {
            continue;
        }
        let stop = if text.ends_with(['.', '!', '?', '…', '。']) { "" } else { "." };
        let entry = fact
            .details
            .0
            .entry(language.clone())
            .or_insert_with(|| crate::content::Translation { text: String::new(), origin: translation.origin });
        let sentence = format!("{text}{stop}");
        if entry.text.len() < DETAILS_MAX && !entry.text.contains(&sentence) {
            let gap = if entry.text.is_empty() { "" } else { " " };
            entry.text = format!("{}{gap}{sentence}", entry.text);
        }
    }
}

/// Names the source and the day of every statement.
pub fn signed(mut facts: AccessFacts, source: &str, date: Option<NaiveDate>) -> AccessFacts {
    let AccessFacts { wheelchair, walking, hearing, sight, understanding, children } = &mut facts;
    for fact in [wheelchair, walking, hearing, sight, understanding, children] {
        if !fact.is_unknown() {
            source.clone_into(&mut fact.source);
            fact.date = date;
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(labels: &[&str]) -> AccessFacts {
        let mut facts = AccessFacts::default();
        for label in labels {
            add_label(&mut facts, label, &Localized::one("fr", *label));
        }
        facts
    }

    #[test]
    fn labels_say_yes_only_where_they_say_so() {
        assert_eq!(facts(&["Accessible en fauteuil roulant en autonomie"]).wheelchair.value, Tri::Yes);
        let aided = facts(&["Accessible en fauteuil roulant avec aide", "Place réservée PMR"]).wheelchair;
        assert_eq!(aided.value, Tri::Unknown);
        assert_eq!(
            aided.details.exact("fr").unwrap().text,
            "Accessible en fauteuil roulant avec aide. Place réservée PMR."
        );
        assert_eq!(facts(&["Boucle magnétique disponible à l’accueil"]).hearing.value, Tri::Yes);
        assert_eq!(facts(&["Alarme visuelle avec flash lumineux"]).hearing.value, Tri::Unknown);
        let label = facts(&["Tourisme & Handicap : moteur", "Tourisme & Handicap : mental"]);
        assert_eq!(
            (label.wheelchair.value, label.walking.value, label.understanding.value),
            (Tri::Yes, Tri::Yes, Tri::Yes)
        );
        assert_eq!(
            facts(&["Non accessible en fauteuil roulant", "Accessible en fauteuil roulant"]).wheelchair.value,
            Tri::No
        );
        assert_eq!(facts(&["Pas de braille"]).sight.value, Tri::Unknown);
        assert_eq!(facts(&["Table à langer"]).children.value, Tri::Yes);
        assert!(facts(&["Parking", "Salsfalco", "Ascension"]).is_unknown());
    }
}
