use super::typo::OneEdit;
use fst::{IntoStreamer, Map, Streamer};
use std::collections::HashMap;

/// Where in an item a word stands. What a thing is called outweighs what is said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Title,
    OtherName,
    Kind,
    Keyword,
    Location,
    Address,
    Summary,
    Text,
}

impl Field {
    const ALL: [Self; 8] = [
        Self::Title,
        Self::OtherName,
        Self::Kind,
        Self::Keyword,
        Self::Location,
        Self::Address,
        Self::Summary,
        Self::Text,
    ];
}

/// One occurrence of a word: which item, in which field, in which language, in how long a text. Four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting(u32);

impl Posting {
    /// Items with a higher number cannot be found.
    pub const MAX_ITEMS: usize = 1 << 20;
    /// Languages are numbered 1 to here; 0 stands for none in particular.
    pub const MAX_LANGUAGE: u8 = 63;
    const MAX_WORDS: usize = 7;

    /// `item` must be below [`Posting::MAX_ITEMS`], `language` at most [`Posting::MAX_LANGUAGE`].
    pub fn new(item: usize, field: Field, language: u8, words: usize) -> Self {
        let words = words.min(Self::MAX_WORDS) as u32;
        Self((item as u32) << 12 | (field as u32) << 9 | u32::from(language) << 3 | words)
    }

    pub fn item(self) -> usize {
        (self.0 >> 12) as usize
    }

    pub fn field(self) -> Field {
        Field::ALL[(self.0 >> 9 & 7) as usize]
    }

    pub fn language(self) -> u8 {
        (self.0 >> 3 & 63) as u8
    }

    /// How many words the text has in which the word stands; 7 means 7 or more.
    pub fn words(self) -> usize {
        (self.0 & 7) as usize
    }
}

/// Folded words and where each of them stands.
#[derive(Default)]
pub struct Lexicon {
    /// Word to its rank in the alphabet.
    ranks: Map<Vec<u8>>,
    /// By rank, where its postings begin; one more at the end.
    begins: Vec<u32>,
    /// By rank, the length of the word in bytes.
    lengths: Vec<u8>,
    postings: Vec<Posting>,
}

impl Lexicon {
    /// Where exactly this word stands.
    pub fn exact(&self, word: &str) -> &[Posting] {
        self.ranks.get(word).map(|rank| self.at(rank)).unwrap_or_default()
    }

    /// Calls `found` with the length in bytes and the places of each word that begins with `begin`, that one included.
    ///
    /// In the alphabet they are neighbours: two look-ups, however many there are.
    pub fn starting(&self, begin: &str, found: &mut impl FnMut(usize, &[Posting])) {
        // No UTF-8 text has a byte 0xff, so this comes after all that begins so.
        let after = [begin.as_bytes(), &[0xff]].concat();
        for rank in self.rank_from(begin.as_bytes())..self.rank_from(&after) {
            found(self.lengths.get(rank as usize).copied().map_or(0, usize::from), self.at(rank));
        }
    }

    /// The rank of the first word not before `bound`.
    fn rank_from(&self, bound: &[u8]) -> u64 {
        let first = self.ranks.range().ge(bound).into_stream().next().map(|(_, rank)| rank);
        first.unwrap_or(self.ranks.len() as u64)
    }

    /// Calls `found` with each word at most one edit away from `word`, or that begins so.
    pub fn near(&self, word: &str, begins: bool, found: &mut impl FnMut(&str, &[Posting])) {
        let mut stream = self.ranks.search(OneEdit::new(word, begins)).into_stream();
        while let Some((word, rank)) = stream.next() {
            if let Ok(word) = std::str::from_utf8(word) {
                found(word, self.at(rank));
            }
        }
    }

    fn at(&self, rank: u64) -> &[Posting] {
        let begin = |rank: u64| self.begins.get(rank as usize).map_or(0, |begin| *begin as usize);
        self.postings.get(begin(rank)..begin(rank + 1)).unwrap_or_default()
    }

    pub fn words(&self) -> usize {
        self.ranks.len()
    }

    pub fn bytes(&self) -> usize {
        self.ranks.as_fst().as_bytes().len()
            + self.begins.len() * size_of::<u32>()
            + self.lengths.len()
            + self.postings.len() * size_of::<Posting>()
    }
}

/// Collects words in any order.
#[derive(Default)]
pub struct LexiconBuilder {
    numbers: HashMap<Box<str>, u32>,
    entries: Vec<(u32, Posting)>,
}

impl LexiconBuilder {
    /// A catalog that would fill the machine's memory with postings is cut here, at 128 MiB.
    const MAX_POSTINGS: usize = 1 << 25;

    pub fn add(&mut self, word: &str, posting: Posting) {
        if word.is_empty() || self.entries.len() >= Self::MAX_POSTINGS {
            return;
        }
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let next = self.numbers.len() as u32;
                self.numbers.insert(word.into(), next);
                next
            }
        };
        self.entries.push((number, posting));
    }

    pub fn build(self) -> Lexicon {
        let mut words: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        words.sort_unstable();
        let mut rank_of = vec![0; words.len()];
        for (rank, (_, number)) in words.iter().enumerate() {
            rank_of[*number as usize] = rank as u32;
        }
        let mut entries = self.entries;
        for entry in &mut entries {
            entry.0 = rank_of[entry.0 as usize];
        }
        entries.sort_unstable();
        entries.dedup();

        let mut begins = vec![0; words.len() + 1];
        for (rank, _) in &entries {
            begins[*rank as usize + 1] += 1;
        }
        for rank in 0..words.len() {
            begins[rank + 1] += begins[rank];
        }
        let lengths = words.iter().map(|(word, _)| word.len().min(usize::from(u8::MAX)) as u8).collect();
        // Refused are only keys out of order or twice; these are sorted and from a map.
        let ranks =
            Map::from_iter(words.into_iter().enumerate().map(|(rank, (word, _))| (word.into_string(), rank as u64)));
        Lexicon {
            ranks: ranks.unwrap_or_default(),
            begins,
            lengths,
            postings: entries.into_iter().map(|(_, posting)| posting).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(item: usize) -> Posting {
        Posting::new(item, Field::Title, 1, 1)
    }

    fn lexicon(words: &[(&str, usize)]) -> Lexicon {
        let mut builder = LexiconBuilder::default();
        for (word, item) in words {
            builder.add(word, posting(*item));
        }
        builder.build()
    }

    #[test]
    fn a_posting_keeps_what_it_was_made_of() {
        for field in Field::ALL {
            let posting = Posting::new(Posting::MAX_ITEMS - 1, field, Posting::MAX_LANGUAGE, 5);
            assert_eq!(
                (posting.item(), posting.field(), posting.language(), posting.words()),
                (Posting::MAX_ITEMS - 1, field, Posting::MAX_LANGUAGE, 5)
            );
        }
        assert_eq!(Posting::new(3, Field::Title, 0, 1_000).words(), 7);
    }

    #[test]
    fn words_are_found_whole_by_their_begin_and_near() {
        let lexicon = lexicon(&[("port", 1), ("portier", 2), ("porte", 3), ("port", 4), ("port", 1), ("sport", 5)]);
        assert_eq!(lexicon.exact("port"), [posting(1), posting(4)]);
        assert_eq!(lexicon.exact("por"), []);
        let mut words = Vec::new();
        let mut begun = Vec::new();
        for begin in ["porti", "port", "x", ""] {
            lexicon.starting(begin, &mut |length, at| begun.push((length, at.len())));
            begun.push((0, 0));
        }
        let all = [(4, 2), (5, 1), (7, 1)];
        assert_eq!(begun, [&[(7, 1), (0, 0)], &all[..], &[(0, 0), (0, 0)], &all, &[(5, 1), (0, 0)]].concat());
        lexicon.near("port", false, &mut |word, at| words.push((word.to_owned(), at.len())));
        assert_eq!(words, [("port".to_owned(), 2), ("porte".to_owned(), 1), ("sport".to_owned(), 1)]);
        assert_eq!((lexicon.words(), lexicon.postings.len()), (4, 5));
    }

    #[test]
    fn an_empty_lexicon_finds_nothing() {
        assert_eq!(Lexicon::default().exact("port"), []);
        LexiconBuilder::default().build().starting("", &mut |length, _| panic!("{length}"));
    }
}
