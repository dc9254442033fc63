use crate::content::{AccessFact, AccessFacts, Tri};
use std::cmp::Reverse;

/// One need's statements of several sources, in order of trust, made one; where they contradict each other, staff are
/// told in words.
///
/// The newest statement that says yes or no wins; where two are equally new, no: who is told no loses a visit, who is
/// wrongly told yes is stranded. Of the statements that agree with it the newest with details is taken, unless it is
/// older than one that contradicts it. A statement is taken whole, with its source and date: details never stand beside
/// another's yes or no.
fn fact(all: &[&AccessFact]) -> (AccessFact, Option<String>) {
    let known = || all.iter().filter(|fact| fact.value != Tri::Unknown);
    let Some(newest) = known().enumerate().max_by_key(|(at, fact)| (fact.date, fact.value == Tri::No, Reverse(*at)))
    else {
        let details = all.iter().filter(|fact| !fact.is_unknown()).enumerate();
        let newest = details.max_by_key(|(at, fact)| (fact.date, Reverse(*at)));
        return (newest.map(|(_, fact)| (*fact).clone()).unwrap_or_default(), None);
    };
    let newest = newest.1;
    let against = known().filter(|fact| fact.value != newest.value).max_by_key(|fact| fact.date);
    let agrees = |fact: &&&&AccessFact| {
        fact.value == newest.value
            && !fact.details.is_empty()
            && against.is_none_or(|against| fact.date >= against.date && (fact.date.is_some() || newest.date.is_none()))
    };
    let detailed = known().filter(|fact| agrees(&fact)).enumerate().max_by_key(|(at, fact)| (fact.date, Reverse(*at)));
    let taken = detailed.map_or(newest, |(_, fact)| fact);
    let told = against.map(|against| format!("{}, but {}: the first is shown", said(newest), said(against)));
    ((**taken).clone(), told)
}

fn said(fact: &AccessFact) -> String {
    let source = if fact.source.is_empty() { "a source" } else { fact.source.as_str() };
    let value = if fact.value == Tri::Yes { "yes" } else { "no" };
    let date = fact.date.map_or_else(|| "without a date".to_owned(), |date| date.to_string());
    format!("{source} says {value} ({date})")
}

/// The statements of several sources, in order of trust, need by need; and what contradicts, by need.
pub fn united(all: &[&AccessFacts]) -> (AccessFacts, Vec<(&'static str, String)>) {
    let mut contradictions = Vec::new();
    let mut need = |name: &'static str, of: fn(&AccessFacts) -> &AccessFact| {
        let statements: Vec<&AccessFact> = all.iter().map(|facts| of(facts)).collect();
        let (fact, told) = fact(&statements);
        contradictions.extend(told.map(|told| (name, told)));
        fact
    };
    let united = AccessFacts {
        wheelchair: need("wheelchair", |facts| &facts.wheelchair),
        walking: need("walking", |facts| &facts.walking),
        hearing: need("hearing", |facts| &facts.hearing),
        sight: need("sight", |facts| &facts.sight),
        understanding: need("understanding", |facts| &facts.understanding),
        children: need("children", |facts| &facts.children),
    };
    (united, contradictions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Localized;

    fn says(value: Tri, date: &str, details: &str) -> AccessFact {
        let details = if details.is_empty() { Localized::default() } else { Localized::one("fr", details) };
        AccessFact { value, details, source: format!("S{date}"), date: date.parse().ok() }
    }

    #[test]
    fn the_newest_statement_wins_and_the_more_telling_one_of_those_that_agree() {
        use Tri::{No, Unknown, Yes};
        let all = [
            says(Yes, "2020-01-01", "Rampe"),
            says(Yes, "2024-01-01", ""),
            says(No, "2022-01-01", "Trois marches"),
            says(Yes, "", "Oui"),
            says(No, "2024-01-01", ""),
            says(Unknown, "2026-01-01", "Appelez"),
        ];
        for (given, taken, told) in [
            (&[0, 1][..], 0, false),
            (&[1, 0], 0, false),
            // The details are older than what contradicts them.
            (&[0, 1, 2], 1, true),
            (&[2, 0], 2, true),
            (&[0, 2], 2, true),
            (&[3, 0], 0, false),
            (&[3, 2], 2, true),
            // Of two equally new ones, no.
            (&[1, 4], 4, true),
            (&[5, 0], 0, false),
            (&[5], 5, false),
        ] {
            let statements: Vec<&AccessFact> = given.iter().map(|at| &all[*at]).collect();
            let (fact, contradiction) = fact(&statements);
            assert_eq!((&fact, contradiction.is_some()), (&all[taken], told), "{given:?} {contradiction:?}");
        }
        assert!(fact(&[&AccessFact::default()]).0.is_unknown());
    }
}
