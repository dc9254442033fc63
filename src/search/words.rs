use super::folding::{fold, is_apostrophe};
use super::function_words::is_function_word;

/// A word is cut here, so that a wall of letters costs no more than a long German noun.
const MAX_WORD_CHARS: usize = 32;

/// Parts of a compound that are also indexed written as one: "monte-carlo" as "montecarlo".
const MAX_GLUED_PARTS: usize = 4;

/// What stands before an apostrophe and is no word by itself: French and Italian elisions.
const ELISIONS: &[&str] =
    &["qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "all", "nell", "dall", "sull", "un", "quest", "quell"];

/// Words that maps and people write short. The long form is also found by the short one, and the other way.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("saint", "st"),
    ("sainte", "ste"),
    ("boulevard", "bd"),
    ("boulevard", "blvd"),
    ("avenue", "av"),
    ("avenue", "ave"),
    ("place", "pl"),
    ("strasse", "str"),
    ("piazza", "pza"),
];

/// Written together with the Arabic word after it: the article, alone or with a particle.
const ARTICLES: &[&str] = &["وال", "بال", "كال", "فال", "ال", "لل"];

/// A run of one kind of writing.
#[derive(Clone, Debug, PartialEq)]
enum Chunk {
    /// A script that parts words by spaces: the parts of a compound, each with the joiner before it.
    Compound(Vec<(Joiner, String)>),
    /// Chinese or kana, written without spaces.
    Run(Vec<char>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Joiner {
    None,
    Apostrophe,
    Hyphen,
    Dot,
}

/// A text cut into words once, for all that the index wants of it.
pub struct Cut {
    chunks: Vec<Chunk>,
    /// How many words it has; each Chinese character counts as one.
    pub words: usize,
}

impl Cut {
    /// At most about `max_words` are looked at.
    pub fn new(text: &str, max_words: usize) -> Self {
        let mut words = 0;
        let mut chunks = chunks(text, max_words * MAX_WORD_CHARS);
        let enough = chunks.iter().position(|chunk| {
            words += match chunk {
                Chunk::Compound(parts) if is_dotted(parts) => 1,
                Chunk::Compound(parts) => without_elisions(parts).count(),
                Chunk::Run(run) => run.len(),
            };
            words >= max_words
        });
        chunks.truncate(enough.map_or(chunks.len(), |last| last + 1));
        Self { chunks, words }
    }

    /// Calls `emit` with every form under which a word of the text can be found.
    pub fn forms(&self, emit: &mut impl FnMut(&str)) {
        for chunk in &self.chunks {
            match chunk {
                Chunk::Compound(parts) => {
                    if let Some(glued) = glued(parts) {
                        emit(&glued);
                    }
                    for part in without_elisions(parts).filter(|_| !is_dotted(parts)) {
                        emit(part);
                        other_forms(part).for_each(&mut *emit);
                    }
                }
                Chunk::Run(run) => {
                    pairs(run).for_each(|pair| emit(&pair));
                    if let Some(last) = run.last() {
                        emit(last.encode_utf8(&mut [0; 4]));
                    }
                }
            }
        }
    }

    /// How many words it has, taking those that are written together as one.
    pub fn spaced(&self) -> usize {
        self.chunks.len()
    }

    /// The runs of Chinese characters, in order.
    pub fn runs(&self) -> impl Iterator<Item = &[char]> {
        self.chunks.iter().filter_map(|chunk| match chunk {
            Chunk::Run(run) => Some(run.as_slice()),
            Chunk::Compound(_) => None,
        })
    }
}

/// One word that a visitor asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub text: String,
    /// Whether more may follow: the last word while typing, and a single Chinese character always.
    pub open: bool,
    /// Helps to rank, never excludes.
    pub optional: bool,
}

/// The words of a query, at most `max_terms`.
pub fn terms(text: &str, max_terms: usize) -> Vec<Term> {
    let mut terms = Vec::new();
    for chunk in chunks(text, text.len()) {
        match chunk {
            Chunk::Compound(parts) if is_dotted(&parts) => terms.extend(glued(&parts).map(closed)),
            Chunk::Compound(parts) => terms.extend(without_elisions(&parts).map(|part| closed(bare(part).to_owned()))),
            Chunk::Run(run) if run.len() == 1 => {
                terms.push(Term { text: run.iter().collect(), open: true, optional: false });
            }
            Chunk::Run(run) => terms.extend(pairs(&run).map(closed)),
        }
    }
    terms.truncate(max_terms);
    if let Some(last) = terms.last_mut() {
        last.open |= text.chars().next_back().is_some_and(|c| !c.is_whitespace());
    }
    if terms.iter().any(|term| !is_function_word(&term.text)) {
        for term in &mut terms {
            term.optional = is_function_word(&term.text);
        }
    }
    terms
}

fn closed(text: String) -> Term {
    Term { text, open: false, optional: false }
}

/// Every two neighbours: Chinese has no spaces, and pairs are words often enough.
fn pairs(run: &[char]) -> impl Iterator<Item = String> {
    run.windows(2).map(|pair| pair.iter().collect())
}

/// A compound as one word, as people type it who skip apostrophes and hyphens.
fn glued(parts: &[(Joiner, String)]) -> Option<String> {
    let dotted = parts.iter().skip(1).any(|(joiner, _)| *joiner == Joiner::Dot);
    if !(is_dotted(parts) || (!dotted && (2..=MAX_GLUED_PARTS).contains(&parts.len()))) {
        return None;
    }
    Some(parts.iter().flat_map(|(_, part)| part.chars()).take(MAX_WORD_CHARS).collect())
}

/// Letters with dots between them, like "S.N.C.F.".
fn is_dotted(parts: &[(Joiner, String)]) -> bool {
    parts.len() > 1
        && parts.iter().all(|(_, part)| part.chars().count() == 1)
        && parts.iter().skip(1).all(|(joiner, _)| *joiner == Joiner::Dot)
}

/// The words of a compound less "l'", "dell'" and the like before an apostrophe and the English "'s" after one.
fn without_elisions(parts: &[(Joiner, String)]) -> impl Iterator<Item = &str> {
    parts.iter().enumerate().filter_map(|(at, (joiner, part))| {
        let before = parts.get(at + 1).is_some_and(|(next, _)| *next == Joiner::Apostrophe);
        let elided = before && (part.chars().count() == 1 || ELISIONS.contains(&part.as_str()));
        let genitive = *joiner == Joiner::Apostrophe && part == "s";
        (!elided && !genitive).then_some(part.as_str())
    })
}

fn other_forms(word: &str) -> impl Iterator<Item = &str> {
    let abbreviations = ABBREVIATIONS.iter().filter_map(move |(long, short)| match word {
        _ if word == *long => Some(*short),
        _ if word == *short => Some(*long),
        _ => None,
    });
    let bare = bare(word);
    abbreviations.chain((bare != word).then_some(bare))
}

/// An Arabic word less its article, when at least two letters are left: "الم" may yet become "المتحف".
fn bare(word: &str) -> &str {
    let rest = ARTICLES.iter().find_map(|article| word.strip_prefix(article));
    rest.filter(|rest| rest.chars().count() >= 2).unwrap_or(word)
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
        || matches!(c, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn joiner(c: char) -> Option<Joiner> {
    match c {
        _ if is_apostrophe(c) => Some(Joiner::Apostrophe),
        '-' | '‐' | '‑' => Some(Joiner::Hyphen),
        '.' => Some(Joiner::Dot),
        _ => None,
    }
}

/// Cuts a text into chunks, looking at no more than its first `max_chars` characters.
fn chunks(text: &str, max_chars: usize) -> Vec<Chunk> {
    let mut cutter = Cutter::default();
    for c in text.chars().take(max_chars) {
        if c.is_ascii_alphanumeric() {
            cutter.take(c.to_ascii_lowercase());
            continue;
        }
        // Before folding: some apostrophes decompose into a space and an accent.
        if let Some(joiner) = joiner(c) {
            cutter.join(joiner);
        } else if !c.is_alphanumeric() && fold(c.encode_utf8(&mut [0; 4])).any(|folded| !folded.is_alphanumeric()) {
            cutter.end();
        } else {
            fold(c.encode_utf8(&mut [0; 4])).for_each(|folded| cutter.take(folded));
        }
    }
    cutter.end();
    cutter.chunks
}

#[derive(Default)]
struct Cutter {
    chunks: Vec<Chunk>,
    parts: Vec<(Joiner, String)>,
    /// Letters in the last part.
    letters: usize,
    run: Vec<char>,
    /// A joiner whose second half is still to come.
    pending: Option<Joiner>,
}

impl Cutter {
    fn take(&mut self, c: char) {
        if !c.is_alphanumeric() {
            return self.end();
        }
        if is_unspaced(c) {
            if !self.parts.is_empty() {
                self.end();
            }
            return self.run.push(c);
        }
        if !self.run.is_empty() {
            self.end();
        }
        if self.parts.is_empty() || self.pending.is_some() {
            self.parts.push((self.pending.take().unwrap_or(Joiner::None), String::new()));
            self.letters = 0;
        }
        if let Some((_, part)) = self.parts.last_mut()
            && self.letters < MAX_WORD_CHARS
        {
            part.push(c);
            self.letters += 1;
        }
    }

    /// Two joiners in a row, or one after a space, join nothing.
    fn join(&mut self, joiner: Joiner) {
        if self.parts.is_empty() || self.pending.is_some() {
            self.end();
        } else {
            self.pending = Some(joiner);
        }
    }

    fn end(&mut self) {
        self.pending = None;
        if !self.parts.is_empty() {
            self.chunks.push(Chunk::Compound(std::mem::take(&mut self.parts)));
        }
        if !self.run.is_empty() {
            self.chunks.push(Chunk::Run(std::mem::take(&mut self.run)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn indexed(text: &str) -> String {
        let mut all = Vec::new();
        Cut::new(text, 100).forms(&mut |word| all.push(word.to_owned()));
        all.join(" ")
    }

    fn asked(text: &str) -> String {
        let show = |term: &Term| {
            let (open, optional) = (if term.open { "*" } else { "" }, if term.optional { "?" } else { "" });
            format!("{}{open}{optional}", term.text)
        };
        terms(text, 8).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_form_under_which_a_text_is_found() {
        for (text, words) in [
            ("Musée de la Mer", "musee de la mer"),
            ("L’Opéra", "lopera opera"),
            ("Côte d'Azur", "cote dazur azur"),
            ("qu'est", "quest est"),
            ("dell'Arte", "dellarte arte"),
            ("Prince's Palace", "princes prince palace"),
            ("Aujourd'hui", "aujourdhui aujourd hui"),
            ("Monte-Carlo", "montecarlo monte carlo"),
            ("S.N.C.F. gare", "sncf gare"),
            ("St. Martin", "st saint martin"),
            ("Bd Saint-Michel", "bd boulevard saintmichel saint st michel"),
            ("P+R (nord)", "p r nord"),
            ("المتحف البحري", "المتحف متحف البحري بحري"),
            ("ماء", "ما"),
            ("海洋博物馆", "海洋 洋博 博物 物馆 馆"),
            ("Café咖啡2号", "cafe 咖啡 啡 2 号"),
            ("- ' .", ""),
            ("a--b", "a b"),
        ] {
            assert_eq!(indexed(text), words, "{text}");
        }
    }

    #[test]
    fn what_a_query_asks_for() {
        for (text, words) in [
            ("musee", "musee*"),
            ("Musée ", "musee"),
            ("musee de la mer", "musee de? la? mer*"),
            ("musée de", "musee de*?"),
            ("de", "de*"),
            ("l'opéra", "opera*"),
            ("l opera", "l? opera*"),
            ("l'", "l*"),
            ("المتحف", "متحف*"),
            ("الم", "الم*"),
            ("ال", "ال*"),
            ("博物馆", "博物 物馆*"),
            ("博", "博*"),
            ("博 ", "博*"),
            ("s.n.c.f", "sncf*"),
            ("", ""),
            ("?!", ""),
        ] {
            assert_eq!(asked(text), words, "{text}");
        }
    }

    #[test]
    fn long_words_and_long_texts_are_cut() {
        assert_eq!(indexed(&"x".repeat(500)).len(), MAX_WORD_CHARS);
        let mut count = 0;
        let cut = Cut::new(&"mot ".repeat(10_000), 20);
        cut.forms(&mut |_| count += 1);
        assert_eq!((cut.words, count), (20, 20));
        assert_eq!(terms(&"a b c d e f g h i j".repeat(3), 8).len(), 8);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_into_folded_words(text in "\\PC{0,60}") {
            Cut::new(&text, 50).forms(&mut |word| {
                assert!(!word.is_empty() && word.chars().all(char::is_alphanumeric), "{word:?}");
                assert!(word.chars().count() <= MAX_WORD_CHARS);
            });
            prop_assert!(terms(&text, 8).len() <= 8);
        }
    }
}
