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
}
