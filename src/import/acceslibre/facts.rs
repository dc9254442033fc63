//! What a record's answers mean for each need. The rules stand in ARCHITECTURE.md.

use super::SOURCE;
use super::answers::Answers;
use crate::content::{AccessFact, AccessFacts, Localized, Origin, Tri};
use crate::import::sentences::{in_every_language, joined};
use chrono::NaiveDate;

/// The narrowest entrance that a wheelchair passes without doubt, in centimetres.
const WIDTH_MIN: u32 = 80;
const FRENCH: &str = "fr";

/// What a field must answer for its sentence to be said.
#[derive(Clone, Copy)]
enum If {
    Yes,
    No,
    Says(&'static [&'static str]),
}

/// A field, the answer, the sentence.
type Line = (&'static str, If, &'static str);

const ENTRANCE: &[Line] = &[
    ("entree_plain_pied", If::Yes, "erp-entrance-level"),
    ("entree_marches_rampe", If::Says(&["fixe"]), "erp-entrance-ramp"),
    ("entree_marches_rampe", If::Says(&["amovible"]), "erp-entrance-ramp-removable"),
    ("entree_marches_rampe", If::Says(&["aucun"]), "erp-entrance-no-ramp"),
    ("entree_ascenseur", If::Yes, "erp-entrance-lift"),
    ("entree_ascenseur_pmr", If::No, "erp-lift-narrow"),
    ("entree_pmr", If::Yes, "erp-entrance-other"),
];
const WAY: &[Line] = &[
    ("cheminement_ext_plain_pied", If::Yes, "erp-path-level"),
    ("cheminement_ext_terrain_stable", If::Yes, "erp-path-firm"),
    ("cheminement_ext_terrain_stable", If::No, "erp-path-loose"),
    ("cheminement_ext_retrecissement", If::Yes, "erp-path-narrow"),
    ("cheminement_ext_pente_degre_difficulte", If::Says(&["importante"]), "erp-path-steep"),
    ("cheminement_ext_pente_degre_difficulte", If::Says(&["légère", "legere"]), "erp-path-slope"),
    ("accueil_cheminement_plain_pied", If::Yes, "erp-inside-level"),
];
const WHEELCHAIR: &[Line] = &[
    ("accueil_retrecissement", If::Yes, "erp-inside-narrow"),
    ("sanitaires_adaptes", If::Yes, "place-toilets-wheelchair"),
    ("sanitaires_adaptes", If::No, "place-toilets-no-wheelchair"),
    ("stationnement_pmr", If::Yes, "erp-parking"),
    ("stationnement_ext_pmr", If::Yes, "erp-parking-near"),
    ("entree_dispositif_appel", If::Yes, "erp-bell"),
    ("entree_aide_humaine", If::Yes, "erp-help"),
];
const WALKING: &[Line] = &[
    ("entree_marches_main_courante", If::Yes, "erp-handrail"),
    ("entree_aide_humaine", If::Yes, "erp-help"),
    ("transport_station_presence", If::Yes, "erp-stop-near"),
];
const LOOP_FIXED: &[&str] = &["bim", "boucle à induction magnétique fixe"];
const LOOP_PORTABLE: &[&str] = &["bmp", "boucle à induction magnétique portative"];
const HEARING: &[Line] = &[
    ("accueil_equipements_malentendants", If::Says(LOOP_FIXED), "place-hearing-loop"),
    ("accueil_equipements_malentendants", If::Says(LOOP_PORTABLE), "erp-hearing-loop-portable"),
    ("accueil_equipements_malentendants", If::Says(&["lsf", "langue des signes"]), "erp-sign-language"),
    ("accueil_equipements_malentendants", If::Says(&["lpc", "langue française parlée"]), "erp-cued-speech"),
    ("accueil_equipements_malentendants", If::Says(&["sts", "sous-titrage"]), "erp-subtitles"),
    ("accueil_equipements_malentendants", If::Says(&["autres"]), "erp-hearing-other"),
    ("accueil_equipements_malentendants_presence", If::No, "erp-no-hearing-equipment"),
];
const SIGHT: &[Line] = &[
    ("accueil_audiodescription_presence", If::Yes, "erp-audio-description"),
    ("cheminement_ext_bande_guidage", If::Yes, "erp-guide-strip"),
    ("entree_balise_sonore", If::Yes, "erp-sound-beacon"),
    ("entree_vitree_vitrophanie", If::No, "erp-glass-unmarked"),
    ("entree_marches_reperage", If::Yes, "erp-steps-marked"),
    ("accueil_visibilite", If::Yes, "erp-reception-visible"),
];
const UNDERSTANDING: &[Line] = &[
    ("accueil_personnels", If::Says(&["formés", "personnels sensibilisés"]), "erp-staff-trained"),
    ("accueil_signaletique_interieure", If::Yes, "erp-signs-clear"),
    ("cheminement_ext_signaletique_exterieure", If::Yes, "erp-signs-clear"),
];

/// What visitors can be told, by need.
pub fn access(answers: &Answers<'_>, date: Option<NaiveDate>) -> AccessFacts {
    let entrance: Vec<Localized> = steps(answers).into_iter().chain(lines(answers, ENTRANCE)).collect();
    let way = lines(answers, WAY);
    let wheels = entrance.iter().cloned().chain(width(answers)).chain(way.clone()).chain(lines(answers, WHEELCHAIR));
    let feet = entrance.iter().cloned().chain(way).chain(lines(answers, WALKING));
    let fact = |value, sentences: Vec<Localized>, family, against: bool| {
        let label = label(answers, family);
        let value = if value == Tri::Unknown && label.is_some() && !against { Tri::Yes } else { value };
        let details = once_each(label.into_iter().chain(sentences));
        let fact = AccessFact { value, details: joined(&details), source: SOURCE.to_owned(), date };
        if fact.is_unknown() { AccessFact::default() } else { fact }
    };
    let heard = lines(answers, &HEARING[..HEARING.len() - 1]);
    let hearing = if heard.is_empty() { Tri::Unknown } else { Tri::Yes };
    let sight = if answers.is("accueil_audiodescription_presence") { Tri::Yes } else { Tri::Unknown };
    let is_unheard = answers.is_not("accueil_equipements_malentendants_presence");
    let is_unseen = answers.is_not("entree_vitree_vitrophanie");
    AccessFacts {
        wheelchair: fact(wheelchair(answers), wheels.collect(), "moteur", stops_wheels(answers)),
        walking: fact(walking(answers), feet.collect(), "moteur", hinders_walking(answers)),
        hearing: fact(hearing, lines(answers, HEARING), "auditif", is_unheard),
        sight: fact(sight, lines(answers, SIGHT), "visuel", is_unseen),
        understanding: fact(Tri::Unknown, lines(answers, UNDERSTANDING), "mental", false),
        children: AccessFact::default(),
    }
}

/// Yes where one surely gets in, no where one surely does not, and unknown for all that lies between.
fn wheelchair(answers: &Answers<'_>) -> Tri {
    let entrance = entrance(answers);
    if entrance == Tri::No || path(answers) == Tri::No {
        return Tri::No;
    }
    if entrance == Tri::Yes && !stops_wheels(answers) { Tri::Yes } else { Tri::Unknown }
}

fn entrance(answers: &Answers<'_>) -> Tri {
    if answers.is("entree_pmr") {
        return Tri::Yes;
    }
    passable(answers, "entree_plain_pied", "entree_marches", "entree_marches_rampe", "entree_ascenseur")
}

fn path(answers: &Answers<'_>) -> Tri {
    passable(
        answers,
        "cheminement_ext_plain_pied",
        "cheminement_ext_nombre_marches",
        "cheminement_ext_rampe",
        "cheminement_ext_ascenseur",
    )
}

/// Whether anything is stated that may stop a wheelchair at the entrance, on the path or inside.
fn stops_wheels(answers: &Answers<'_>) -> bool {
    let inside = passable(
        answers,
        "accueil_cheminement_plain_pied",
        "accueil_cheminement_nombre_marches",
        "accueil_cheminement_rampe",
        "accueil_cheminement_ascenseur",
    );
    let is_stepped = |level: &str, steps: &str, passable: Tri| {
        let counted = answers.number(steps).is_some_and(|count| count > 0);
        passable != Tri::Yes && (answers.is_not(level) || counted)
    };
    let narrow = answers.number("entree_largeur_mini").is_some_and(|width| width < WIDTH_MIN);
    narrow
        || is_stepped("entree_plain_pied", "entree_marches", entrance(answers))
        || is_stepped("cheminement_ext_plain_pied", "cheminement_ext_nombre_marches", path(answers))
        || is_stepped("accueil_cheminement_plain_pied", "accueil_cheminement_nombre_marches", inside)
        || answers.is_not("cheminement_ext_terrain_stable")
        || answers.is("cheminement_ext_retrecissement")
        || answers.is("accueil_retrecissement")
        || answers.says("cheminement_ext_pente_degre_difficulte", &["importante"])
}

/// Whether wheels pass: level, by a fixed ramp or a lift; not where it is said that there are steps or a ledge and no
/// ramp. A removable ramp depends on somebody who puts it there.
fn passable(answers: &Answers<'_>, level: &str, steps: &str, ramp: &str, lift: &str) -> Tri {
    let lift_fits = answers.is(lift) && !answers.is_not(&format!("{lift}_pmr"));
    let counted = answers.number(steps).is_some_and(|count| count > 0);
    // "Level, three steps" contradicts itself.
    if answers.is(level) && !counted || answers.says(ramp, &["fixe"]) || lift_fits {
        return Tri::Yes;
    }
    let stepped = answers.is_not(level) || counted && !answers.is(level);
    let no_way = answers.says(ramp, &["aucun"]) && !answers.is(lift);
    if stepped && no_way { Tri::No } else { Tri::Unknown }
}

/// Easy only where everything on the way is said to be level or nothing is said against it.
fn walking(answers: &Answers<'_>) -> Tri {
    if answers.is("entree_plain_pied") && !hinders_walking(answers) { Tri::Yes } else { Tri::Unknown }
}

/// Whether steps, loose ground or a steep slope are stated anywhere on the way.
fn hinders_walking(answers: &Answers<'_>) -> bool {
    let stepped = ["entree_marches", "cheminement_ext_nombre_marches", "accueil_cheminement_nombre_marches"];
    let uneven = [
        "entree_plain_pied",
        "cheminement_ext_plain_pied",
        "accueil_cheminement_plain_pied",
        "cheminement_ext_terrain_stable",
    ];
    stepped.iter().any(|field| answers.number(field).is_some_and(|count| count > 0))
        || uneven.iter().any(|field| answers.is_not(field))
        || answers.says("cheminement_ext_pente_degre_difficulte", &["importante"])
}

/// The label "Tourisme & Handicap" or "Destination pour tous", whose auditors look at each family of handicap.
fn label(answers: &Answers<'_>, family: &'static str) -> Option<Localized> {
    let names: [(&[&str], &str); 2] = [
        (&["th", "tourisme & handicap"], "Tourisme & Handicap"),
        (&["dpt", "destination pour tous"], "Destination pour tous"),
    ];
    let families = [family, &format!("handicap {family}")];
    if !answers.says("labels_familles_handicap", &families) {
        return None;
    }
    let (_, name) = names.into_iter().find(|(words, _)| answers.says("labels", words))?;
    Some(in_every_language("erp-label", |_| vec![("name", name.into())]))
}

/// Steps at the entrance, on the path and inside; "not level" where nobody has counted them.
fn steps(answers: &Answers<'_>) -> Vec<Localized> {
    let all = [
        ("entree_plain_pied", "entree_marches", "erp-entrance-steps", "erp-entrance-not-level"),
        ("cheminement_ext_plain_pied", "cheminement_ext_nombre_marches", "erp-path-steps", "erp-path-not-level"),
        (
            "accueil_cheminement_plain_pied",
            "accueil_cheminement_nombre_marches",
            "erp-inside-steps",
            "erp-inside-not-level",
        ),
    ];
    let said = all.into_iter().filter_map(|(level, count, counted, uncounted)| match answers.number(count) {
        // The sentence of the source needs its subject: "Nombre de marches : 3" does not say where.
        Some(count) if count > 0 => Some(in_every_language(counted, |_| vec![("count", count.into())])),
        _ if answers.is_not(level) => Some(with_french(answers, level, uncounted)),
        _ => None,
    });
    said.collect()
}

fn width(answers: &Answers<'_>) -> Option<Localized> {
    let width = answers.number("entree_largeur_mini").filter(|width| (30..1000).contains(width))?;
    let key = if width < WIDTH_MIN { "erp-entrance-narrow" } else { "erp-entrance-width" };
    Some(in_every_language(key, |_| vec![("cm", width.into())]))
}

fn lines(answers: &Answers<'_>, lines: &[Line]) -> Vec<Localized> {
    let said = lines.iter().filter(|(field, when, _)| match when {
        If::Yes => answers.is(field),
        If::No => answers.is_not(field),
        If::Says(words) => answers.says(field, words),
    });
    let sentence = |(field, when, key): &Line| match when {
        // "Présence d'une rampe fixe ou amovible : Aucune" is no sentence to read aloud.
        If::Says(_) => in_every_language(key, |_| Vec::new()),
        If::Yes | If::No => with_french(answers, field, key),
    };
    said.map(sentence).collect()
}

/// The sentence in every language; in French the source's own, where it gives one.
fn with_french(answers: &Answers<'_>, field: &str, key: &str) -> Localized {
    let mut all = in_every_language(key, |_| Vec::new());
    if let Some(sentence) = answers.sentence(field) {
        all.insert(FRENCH, sentence, Origin::Original);
    }
    all
}

fn once_each(sentences: impl Iterator<Item = Localized>) -> Vec<Localized> {
    let mut all: Vec<Localized> = Vec::new();
    for sentence in sentences {
        if !all.contains(&sentence) {
            all.push(sentence);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn wheels(record: Value) -> Tri {
        wheelchair(&Answers::new(record.as_object().unwrap()))
    }

    #[test]
    fn a_wheelchair_gets_a_yes_or_a_no_only_on_evidence() {
        let yes = [
            json!({"entree_plain_pied": true}),
            json!({"entree_plain_pied": true, "entree_largeur_mini": 80, "cheminement_ext_plain_pied": true}),
            json!({"entree_plain_pied": false, "entree_marches": 3, "entree_marches_rampe": "fixe"}),
            json!({"entree_plain_pied": false, "entree_ascenseur": true}),
            json!({"entree_plain_pied": false, "entree_marches_rampe": "aucune", "entree_pmr": true}),
        ];
        let no = [
            json!({"entree_plain_pied": false, "entree_marches": 1, "entree_marches_rampe": "aucune"}),
            json!({"entree_plain_pied": false, "entree_marches_rampe": "aucune", "entree_ascenseur": false}),
            json!({"entree_plain_pied": true, "cheminement_ext_plain_pied": false, "cheminement_ext_rampe": "aucune"}),
        ];
        let unknown = [
            json!({}),
            json!({"entree_plain_pied": null, "entree_largeur_mini": 120}),
            json!({"entree_plain_pied": false}),
            json!({"entree_plain_pied": false, "entree_marches": 2}),
            json!({"entree_plain_pied": false, "entree_marches": 2, "entree_marches_rampe": "amovible"}),
            json!({"entree_plain_pied": true, "entree_largeur_mini": 79}),
            json!({"entree_plain_pied": true, "entree_marches": 3, "entree_marches_rampe": "aucune"}),
            json!({"entree_plain_pied": true, "cheminement_ext_terrain_stable": false}),
            json!({"entree_plain_pied": true, "accueil_cheminement_plain_pied": false}),
            json!({"entree_plain_pied": true, "cheminement_ext_pente_degre_difficulte": "importante"}),
            json!({"entree_ascenseur": true, "entree_ascenseur_pmr": false, "entree_plain_pied": false}),
        ];
        for (records, value) in [(yes.to_vec(), Tri::Yes), (no.to_vec(), Tri::No), (unknown.to_vec(), Tri::Unknown)] {
            for record in records {
                assert_eq!(wheels(record.clone()), value, "{record}");
            }
        }
    }

    #[test]
    fn every_sentence_is_written_in_every_language() {
        let all = [ENTRANCE, WAY, WHEELCHAIR, WALKING, HEARING, SIGHT, UNDERSTANDING];
        for (_, _, key) in all.into_iter().flatten() {
            let said = in_every_language(key, |_| Vec::new());
            assert_eq!(said.0.len(), 8, "{key}");
            assert!(said.0.values().all(|translation| !translation.text.contains(key)), "{key}");
        }
    }

    #[test]
    fn a_label_speaks_for_the_families_it_names() {
        let record = json!({"labels": "[\"th\"]", "labels_familles_handicap": "[\"auditif\", \"moteur\"]"});
        let facts = access(&Answers::new(record.as_object().unwrap()), None);
        assert_eq!((facts.wheelchair.value, facts.hearing.value), (Tri::Yes, Tri::Yes));
        assert!(facts.sight.is_unknown() && facts.understanding.is_unknown() && facts.children.is_unknown());
        assert_eq!(facts.hearing.details.exact("en").unwrap().text, "Label: Tourisme & Handicap.");
    }
}
