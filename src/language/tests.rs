use super::*;
use chrono::{NaiveDate, NaiveTime};
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each key with the variables in its sentence.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn locales() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales")
}

fn files(language: Language) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(locales().join(language.tag())).unwrap();
    folder.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|ext| ext == "ftl")).collect()
}

fn keys(language: Language) -> Keys {
    let mut keys = Keys::new();
    let mut key = String::new();
    for text in files(language).iter().map(|path| std::fs::read_to_string(path).unwrap()) {
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) =
                line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                key = name.to_owned();
                assert!(keys.insert(key.clone(), BTreeSet::new()).is_none(), "{language:?}: {key} twice");
            }
            let names = line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect::<String>()
            });
            keys.entry(key.clone()).or_default().extend(names);
        }
    }
    keys
}

#[test]
fn every_file_is_whole_and_embedded() {
    for language in Language::ALL {
        for path in files(language) {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(FluentResource::try_new(text).is_ok(), "{}", path.display());
        }
        for key in keys(language).keys() {
            assert!(Words::of(language).has(key), "{language:?} {key}: not in the binary; build again");
        }
    }
}

#[test]
fn every_key_stands_in_all_languages_with_the_same_variables() {
    let english = keys(Language::En);
    for language in Language::ALL {
        let here = keys(language);
        for (key, variables) in &english {
            assert_eq!(here.get(key), Some(variables), "{language:?}: {key}");
        }
        let extra: Vec<_> = here.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(extra.is_empty(), "{language:?} has keys that English lacks: {extra:?}");
    }
}

#[test]
fn every_key_said_in_the_code_exists() {
    let english = keys(Language::En);
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut missing = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                // The pages of staff have their own words.
                folders.extend(Some(path).filter(|path| !path.ends_with("src/hub")));
            } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("language/tests.rs") {
                let code = std::fs::read_to_string(&path).unwrap();
                missing.extend(said(&code).filter(|key| !english.contains_key(key)).map(|key| (path.clone(), key)));
            }
        }
    }
    assert!(missing.is_empty(), "said but not written: {missing:#?}");
}

fn said(code: &str) -> impl Iterator<Item = String> {
    let calls = code.split(".say(").skip(1).chain(code.split(".say_with(").skip(1));
    calls.filter_map(|rest| Some(rest.trim_start().strip_prefix('"')?.split('"').next()?.to_owned()))
}

#[test]
fn nobody_is_told_of_machine_troubles() {
    let words = ["error", "erreur", "errore", "fehler", "fout", "null", "no results", "aucun résultat", "خطأ", "错误"];
    for language in Language::ALL {
        for path in files(language) {
            let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
            for word in words {
                let said = text.match_indices(word).any(|(at, _)| {
                    let next_to = [text[..at].chars().next_back(), text[at + word.len()..].chars().next()];
                    !next_to.into_iter().flatten().any(char::is_alphanumeric) || !word.is_ascii()
                });
                assert!(!said, "{}: {word}", path.display());
            }
        }
    }
}

#[test]
fn each_language_writes_dates_its_own_way() {
    let date = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let leap = NaiveDate::from_ymd_opt(2028, 2, 29).unwrap();
    let expected = [
        (Language::Fr, "samedi 21 novembre", "sam. 21 nov.", "mardi 29 février 2028", "novembre"),
        (Language::En, "Saturday 21 November", "Sat 21 Nov", "Tuesday, 29 February 2028", "November"),
        (Language::It, "sabato 21 novembre", "sab 21 nov", "martedì 29 febbraio 2028", "novembre"),
        (Language::De, "Samstag, 21. November", "Sa., 21. Nov.", "Dienstag, 29. Februar 2028", "November"),
        (Language::Es, "sábado, 21 de noviembre", "sáb, 21 nov", "martes, 29 de febrero de 2028", "noviembre"),
        (Language::Nl, "zaterdag 21 november", "za 21 nov", "dinsdag 29 februari 2028", "november"),
        (Language::Ar, "السبت، 21 نوفمبر", "السبت، 21 نوفمبر", "الثلاثاء، 29 فبراير 2028", "نوفمبر"),
        (Language::Zh, "11月21日星期六", "11月21日周六", "2028年2月29日星期二", "十一月"),
    ];
    for (language, long, short, year, month) in expected {
        let words = Words::of(language);
        assert_eq!(words.date(date), long);
        assert_eq!(words.date_short(date), short);
        assert_eq!(words.date_with_year(leap), year);
        assert_eq!(words.month(date), month);
        assert_eq!(words.day_number(date), "21");
    }
}

#[test]
fn times_numbers_lists_and_distances() {
    let half_past_eight = NaiveTime::from_hms_opt(20, 30, 0).unwrap();
    let (french, english) = (Words::of(Language::Fr), Words::of(Language::En));
    assert_eq!(french.time(half_past_eight), "20\u{a0}h\u{a0}30");
    assert_eq!(french.time(NaiveTime::from_hms_opt(9, 0, 0).unwrap()), "9\u{a0}h");
    for language in Language::ALL.into_iter().filter(|language| *language != Language::Fr) {
        assert_eq!(Words::of(language).time(half_past_eight), "20:30");
    }
    assert_eq!(french.number(12_500), "12\u{a0}500");
    assert_eq!(english.number(12_500), "12,500");
    let items = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
    assert_eq!(french.list(&items), "a, b et c");
    assert_eq!(Words::of(Language::Zh).list(&items), "a、b和c");
    for (meters, written) in
        [(0.0, "10"), (123.0, "120"), (994.0, "990"), (996.0, "1"), (1_234.0, "1,2"), (9_960.0, "10"), (12_345.0, "12")]
    {
        let unit = if meters < 995.0 { "m" } else { "km" };
        assert_eq!(french.distance(meters), format!("\u{2068}{written}\u{2069}\u{a0}{unit}"));
    }
}

#[test]
fn arabic_counts_in_six_forms() {
    let words = Words::of(Language::Ar);
    let forms: BTreeSet<String> = [0, 1, 2, 3, 11, 100]
        .into_iter()
        .map(|count| words.say_with("places-count", &[("count", count.into())]))
        .map(|text| text.chars().filter(|c| !c.is_ascii_digit()).collect())
        .collect();
    assert_eq!(forms.len(), 6);
}

#[test]
fn an_arabic_sentence_of_values_alone_runs_from_the_right() {
    let words = Words::of(Language::Ar);
    let range = |words: &Words| words.say_with("time-range", &[("from", "09:30".into()), ("to", "17:00".into())]);
    assert_eq!(range(words), "\u{200f}\u{2068}09:30\u{2069} – \u{2068}17:00\u{2069}");
    assert_eq!(range(Words::of(Language::En)).chars().next(), Some('\u{2068}'));
    let sentence = words.say_with("when-tonight", &[("time", "18:00".into())]);
    assert!(!sentence.starts_with('\u{200f}'), "its own letters show it");
}

#[test]
fn an_unknown_key_is_said_as_it_is() {
    assert_eq!(Words::of(Language::Ar).say("no-such-key"), "no-such-key");
}

#[test]
fn a_number_never_parts_from_its_unit() {
    for language in Language::ALL {
        let words = Words::of(language);
        let sentences =
            ["closes-in", "opens-in", "when-begins-in"].map(|key| words.say_with(key, &[("minutes", 25.into())]));
        let said = [words.distance(50.0), words.distance(1_500.0), words.minutes(12)].into_iter().chain(sentences);
        for text in said {
            let seen: String = text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{200f}')).collect();
            let after = seen.char_indices().rfind(|(_, c)| c.is_numeric());
            let after = after.and_then(|(at, c)| seen[at + c.len_utf8()..].chars().next());
            assert_eq!(after, Some('\u{a0}'), "{language:?}: {text}");
        }
    }
}
