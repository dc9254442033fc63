use super::MAX_TEXT_CHARS;
use super::index::{Index, primary};
use super::lexicon::{Field, Lexicon, Posting};
use super::words::{Term, terms};
use crate::content::Id;
use std::cmp::Reverse;

/// Words of a query that are looked at.
const MAX_TERMS: usize = 8;
/// A word this long may have a typo; the shorter of what was typed and what was meant may be one letter less.
const TYPO_CHARS: usize = 5;
/// The same in Arabic, which writes no short vowels and whose words are looked up without the article.
const ARABIC_TYPO_CHARS: usize = 4;
/// A word this long may be a begin wherever it stands, when nothing else is found.
const BEGIN_CHARS: usize = 3;

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// The best ones, best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// Nothing has all the words: these have the most of them.
    pub partial: bool,
}

/// One item found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub id: Id,
    /// Higher is better; it compares within one query only.
    pub score: u32,
}

/// How a word of the index is like a word of the query. The better likeness always wins within the same field:
/// the bonuses for language and brevity together never lift one over the next.
#[derive(Clone, Copy, Debug)]
enum Likeness {
    Exact,
    /// Begins with it; the share of the word that is typed, in tenths.
    Begins(u32),
    Initials,
    Typo,
    TypoBegins,
}

impl Likeness {
    fn points(self) -> u32 {
        match self {
            Self::Exact => 80,
            Self::Begins(tenths) => 50 + tenths,
            Self::Initials => 32,
            Self::Typo => 17,
            Self::TypoBegins => 2,
        }
    }

    /// `length` is the word's, in bytes.
    fn begins(typed: &str, length: usize) -> Self {
        if length <= typed.len() { Self::Exact } else { Self::Begins((typed.len() * 10 / length) as u32) }
    }
}

/// Added where the text is in the reader's language.
const OWN_LANGUAGE: u32 = 6;

/// A word that only holds a sentence together counts for one part in so many.
const OPTIONAL: u32 = 32;

/// Added by how many words the text has, 7 standing for more: "Port Hercule" before the port's office.
const BREVITY: [u32; 8] = [8, 8, 6, 4, 3, 2, 1, 0];

/// The same for what a kind is called, where half a name means little: who types "parking" rarely means "bicycle parking".
const KIND_BREVITY: [u32; 8] = [8, 8, 2, 0, 0, 0, 0, 0];

/// How hard to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effort {
    /// Words as typed, the last one as a begin; a typo only in a word that no name contains.
    Strict,
    /// Every word may be a begin or have a typo.
    Lenient,
}

/// The best points of each item for one word of the query; 0 is no match.
type Points = Vec<u16>;

impl Index {
    /// Finds what has all words of `text`, best first, for a reader of `lang_tag`; at most `limit` of them are returned.
    ///
    /// The last word counts as a begin until a space follows. When nothing has all the words, each may be misspelt
    /// or unfinished; when still nothing has them all, what has the most of them is returned as `partial`.
    pub fn query(&self, text: &str, lang_tag: &str, limit: usize) -> Results {
        let text: String = text.chars().take(MAX_TEXT_CHARS).collect();
        let terms = terms(&text, MAX_TERMS);
        if terms.is_empty() || self.is_empty() {
            return Results::default();
        }
        let reader = Reader { language: self.language(lang_tag), chinese: primary(lang_tag) == "zh" };
        let required = terms.iter().filter(|term| !term.optional).count();
        let mut points: Vec<Points> = terms.iter().map(|term| self.look_up(term, reader, Effort::Strict)).collect();
        let mut found = self.having(&terms, &points, required);
        let mut partial = false;
        if found.is_empty() {
            for (term, points) in terms.iter().zip(&mut points).filter(|(term, _)| !term.optional) {
                *points = self.look_up(term, reader, Effort::Lenient);
            }
            for least in (1..=required).rev() {
                found = self.having(&terms, &points, least);
                partial = least < required;
                if !found.is_empty() {
                    break;
                }
            }
        }
        self.best(found, limit, partial)
    }

    /// The items that match at least `least` required words, with their scores.
    fn having(&self, terms: &[Term], points: &[Points], least: usize) -> Vec<(u32, usize)> {
        let mut found = Vec::new();
        for at in 0..self.items.len() {
            let matched = terms.iter().zip(points).filter(|(term, points)| !term.optional && points[at] > 0).count();
            if matched < least {
                continue;
            }
            let share = |term: &Term| if term.optional { OPTIONAL } else { 1 };
            let score = terms.iter().zip(points).map(|(term, points)| u32::from(points[at]) / share(term)).sum();
            found.push((score, at));
        }
        found
    }

    fn best(&self, mut found: Vec<(u32, usize)>, limit: usize, partial: bool) -> Results {
        let total = found.len();
        let order = |&(score, at): &(u32, usize)| (Reverse(score), at);
        if limit == 0 {
            found.clear();
        } else if limit < total {
            found.select_nth_unstable_by_key(limit - 1, order);
            found.truncate(limit);
        }
        found.sort_unstable_by_key(order);
        let hits = found.into_iter().map(|(score, at)| Hit { id: self.items[at].clone(), score }).collect();
        Results { hits, total, partial: partial && total > 0 }
    }

    fn look_up(&self, term: &Term, reader: Reader, effort: Effort) -> Points {
        let mut tally = Tally { points: vec![0; self.items.len()], reader, any: false };
        let known = tally.words(&self.words, term, effort);
        // To everybody else a few Latin letters rarely mean Chinese: only when they mean nothing else.
        if reader.chinese || !tally.any {
            tally.spelled(&self.spelled, &self.initials, term, known, effort);
        }
        tally.points
    }
}

/// Who asks.
#[derive(Clone, Copy)]
struct Reader {
    /// As numbered by the index.
    language: u8,
    chinese: bool,
}

/// Gathers the points of one word of the query.
struct Tally {
    points: Points,
    reader: Reader,
    any: bool,
}

impl Tally {
    /// Returns whether some name has the word just so.
    fn words(&mut self, words: &Lexicon, term: &Term, effort: Effort) -> bool {
        let typed = term.text.as_str();
        let exact = words.exact(typed);
        self.add(Likeness::Exact, exact);
        let mut begun = false;
        if term.open || (effort == Effort::Lenient && typed.chars().count() >= BEGIN_CHARS) {
            words.starting(typed, &mut |length, at| {
                begun = true;
                self.add(Likeness::begins(typed, length), at);
            });
        }
        let known = exact.iter().any(|posting| is_name(posting.field()));
        if effort == Effort::Lenient || !known {
            self.typos(words, typed, (term.open && !begun) || effort == Effort::Lenient);
        }
        known
    }

    /// Chinese names by their sound.
    fn spelled(&mut self, spelled: &Lexicon, initials: &Lexicon, term: &Term, known: bool, effort: Effort) {
        let typed = term.text.as_str();
        if !typed.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return;
        }
        let mut begun = false;
        // Always as a begin: a visitor ends a word where Chinese has no end.
        spelled.starting(typed, &mut |length, at| {
            begun = true;
            self.add(Likeness::begins(typed, length), at);
        });
        if typed.len() > 1 {
            initials.starting(typed, &mut |_, at| self.add(Likeness::Initials, at));
        }
        if effort == Effort::Lenient || !(begun || known) {
            self.typos(spelled, typed, true);
        }
    }

    /// `begins`: also words that begin with something one edit away.
    fn typos(&mut self, words: &Lexicon, typed: &str, begins: bool) {
        let length = typed.chars().count();
        // One digit off is another number, not a typo; a pair of Chinese characters is another word.
        let arabic = typed.starts_with(|c| ('\u{600}'..='\u{6ff}').contains(&c));
        let least = if arabic { ARABIC_TYPO_CHARS } else { TYPO_CHARS };
        if length + 1 < least || typed.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        words.near(typed, begins && length >= least, &mut |word, at| {
            let meant = word.chars().count();
            if length.max(meant) >= least {
                self.add(if meant > length + 1 { Likeness::TypoBegins } else { Likeness::Typo }, at);
            }
        });
    }

    fn add(&mut self, likeness: Likeness, postings: &[Posting]) {
        let points = likeness.points();
        for posting in postings {
            self.any = true;
            let language = posting.language();
            // A kind is called something in every language.
            let own = (language == self.reader.language && language != 0) || posting.field() == Field::Kind;
            let own = if own { OWN_LANGUAGE } else { 0 };
            let weighed = ((points + own + brevity(*posting)) * weight(posting.field()) / 10) as u16;
            if let Some(best) = self.points.get_mut(posting.item()) {
                *best = weighed.max(*best);
            }
        }
    }
}

fn brevity(posting: Posting) -> u32 {
    let points = if posting.field() == Field::Kind { &KIND_BREVITY } else { &BREVITY };
    points[posting.words()]
}

/// In hundredths. A thing's kind outweighs its title, so that all of one kind are alike, whatever they are called in
/// whichever language, and the nearest of them can come first.
fn weight(field: Field) -> u32 {
    match field {
        Field::Kind => 105,
        Field::Title => 100,
        Field::OtherName => 95,
        Field::Keyword => 60,
        Field::Location => 55,
        Field::Address => 35,
        Field::Summary => 30,
        Field::Text => 15,
    }
}

fn is_name(field: Field) -> bool {
    matches!(field, Field::Title | Field::OtherName | Field::Kind | Field::Keyword | Field::Location)
}
