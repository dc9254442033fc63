/// A field of a form, and where it lies in the item.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its key in the item as JSON; its words are `field-<key>`.
    pub key: &'static str,
    pub holds: Holds,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A line in each of the town's languages.
    Line,
    /// A text of several lines in each of them.
    Text,
    /// One of these; the words of a choice are `<key>-<choice>`.
    Choice { choices: &'static [&'static str], usual: &'static str },
    /// When an event takes place.
    Timings,
    /// From when and until when it is shown.
    Validity,
    /// Names, separated by commas.
    Names,
    /// The name and the address of where it takes place.
    Location,
    /// Letters that are the same in every language.
    Plain,
    /// Pictures and films of the library, the first one first.
    Media,
    /// What is known of access, by need: yes or no, in which words, who says so and since when.
    Access,
    /// Latitude and longitude.
    Position,
    /// How the public reaches an organisation: these parts, each a line.
    Parts(&'static [&'static str]),
    /// Ways to book: what kind, and the number or address.
    Ways { kinds: &'static [&'static str] },
    /// The youngest and the oldest age.
    Ages,
    /// Lines in each language, each an entry of its own.
    Lines,
}
