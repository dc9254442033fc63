use super::kinds::Kinds;
use super::lexicon::{Field, Lexicon, LexiconBuilder, Posting};
use super::pinyin::{Spelling, spellings};
use super::words::Cut;
use crate::content::{Catalog, Common, Event, Id, ItemRef, Localized, Place, PlaceKind, Service, link_of};

/// A name longer than this is cut.
const MAX_NAME_WORDS: usize = 32;
/// A summary or a long text is looked at so far.
const MAX_TEXT_WORDS: usize = 300;
/// Keywords, names and steps of one item are looked at so far.
const MAX_VALUES: usize = 64;

/// Everything that can be found in a catalog, ready to be asked. Build it off the main thread.
///
/// It holds ids, not items, so that it never keeps an old catalog alive; an id that is gone is simply not shown.
#[derive(Default)]
pub struct Index {
    pub(super) items: Vec<Id>,
    languages: Vec<String>,
    pub(super) words: Lexicon,
    /// Chinese names spelled out: "bowuguan".
    pub(super) spelled: Lexicon,
    /// Their first letters: "bwg".
    pub(super) initials: Lexicon,
}

impl Index {
    pub fn build(catalog: &Catalog) -> Self {
        let mut builder = IndexBuilder { kinds: Kinds::shipped(), ..IndexBuilder::default() };
        for item in catalog.items().take(Posting::MAX_ITEMS) {
            builder.add(catalog, item);
        }
        Self {
            items: builder.items,
            languages: builder.languages,
            words: builder.words.build(),
            spelled: builder.spelled.build(),
            initials: builder.initials.build(),
        }
    }

    /// How many items can be found.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many different words it knows, spellings of Chinese included.
    pub fn words(&self) -> usize {
        self.words.words() + self.spelled.words() + self.initials.words()
    }

    /// The memory it holds, in bytes.
    pub fn bytes(&self) -> usize {
        let items = self.items.iter().map(|id| size_of::<Id>() + id.0.len()).sum::<usize>();
        items + self.words.bytes() + self.spelled.bytes() + self.initials.bytes()
    }

    /// The number that a language has in postings; 0 when nothing is written in it.
    pub(super) fn language(&self, tag: &str) -> u8 {
        let primary = primary(tag);
        self.languages.iter().position(|known| known == primary).map_or(0, |at| at as u8 + 1)
    }
}

/// "zh-Hans" and "zh" are one language to a reader.
pub(super) fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// What an item's title tells of it.
fn title_field(item: ItemRef<'_>) -> Field {
    match item {
        // What it is, as its kind does, and what it stands near.
        ItemRef::Place(place) if !place.named => Field::Location,
        ItemRef::Place(place) if is_named_after(place.kind) => Field::OtherName,
        ItemRef::Place(_) | ItemRef::Event(_) | ItemRef::Article(_) | ItemRef::Service(_) => Field::Title,
    }
}

/// Who types the name of a palace wants the palace, not its stop.
fn is_named_after(kind: PlaceKind) -> bool {
    use PlaceKind::{BicycleParking, BicycleRental, Lift, Parking, Stop, Taxi};
    matches!(kind, Stop | Parking | BicycleParking | BicycleRental | Lift | Taxi)
}

#[derive(Default)]
struct IndexBuilder {
    kinds: Kinds,
    items: Vec<Id>,
    languages: Vec<String>,
    words: LexiconBuilder,
    spelled: LexiconBuilder,
    initials: LexiconBuilder,
}

impl IndexBuilder {
    fn add(&mut self, catalog: &Catalog, item: ItemRef<'_>) {
        self.items.push(item.common().id.clone());
        self.add_common(item.common(), title_field(item));
        let kinds = std::mem::take(&mut self.kinds);
        // What goes on somewhere is of a kind; what is written about is only sorted under one.
        let kind = match item {
            ItemRef::Place(_) | ItemRef::Event(_) => Field::Kind,
            ItemRef::Article(_) | ItemRef::Service(_) => Field::Keyword,
        };
        kinds.of(item).for_each(|word| self.name(kind, "", word));
        kinds.species_of(item).for_each(|word| self.name(Field::OtherName, "", word));
        if kind == Field::Keyword {
            kinds.topics_of(&item.common().title).for_each(|word| self.name(Field::OtherName, "", word));
        }
        self.kinds = kinds;
        match item {
            ItemRef::Place(place) => self.add_place(place),
            ItemRef::Event(event) => self.add_event(catalog, event),
            ItemRef::Article(article) => self.add_long(&article.common),
            ItemRef::Service(service) => self.add_service(service),
        }
    }

    fn add_common(&mut self, common: &Common, title: Field) {
        self.names(title, &common.title);
        for tag in common.tags.iter().take(MAX_VALUES) {
            match other_name(tag) {
                Some((language, name)) => self.name(Field::OtherName, language, name),
                None => self.name(Field::Keyword, "", tag),
            }
        }
        self.texts(Field::Summary, &common.summary);
    }

    fn add_place(&mut self, place: &Place) {
        self.text(Field::Address, "", &place.address);
    }

    fn add_event(&mut self, catalog: &Catalog, event: &Event) {
        let Some(location) = &event.location else { return };
        self.name(Field::Location, "", &location.name);
        self.text(Field::Address, "", &location.address);
        if let Some(place) = location.place.as_ref().and_then(|id| catalog.place(id)) {
            self.names(Field::Location, &place.common.title);
        }
    }

    /// Articles and services are few and written for the town: there every word counts.
    fn add_long(&mut self, common: &Common) {
        for (tag, text) in common.text.0.iter().chain(&common.easy.0).take(MAX_VALUES) {
            let words: Vec<&str> =
                text.text.lines().map(|line| link_of(line).map_or(line, |(_, words)| words)).collect();
            self.text(Field::Text, tag, &words.join("\n"));
        }
    }

    fn add_service(&mut self, service: &Service) {
        self.add_long(&service.common);
        for text in service.steps.iter().chain(&service.documents).take(MAX_VALUES) {
            self.texts(Field::Text, text);
        }
    }

    fn names(&mut self, field: Field, names: &Localized) {
        for (tag, name) in names.0.iter().take(MAX_VALUES) {
            self.name(field, tag, &name.text);
        }
    }

    fn texts(&mut self, field: Field, texts: &Localized) {
        for (tag, text) in texts.0.iter().take(MAX_VALUES) {
            self.text(field, tag, &text.text);
        }
    }

    /// Something that an item is called: found by its spelling in Latin letters too.
    fn name(&mut self, field: Field, tag: &str, name: &str) {
        let cut = Cut::new(name, MAX_NAME_WORDS);
        let posting = self.write(field, tag, &cut);
        for run in cut.runs() {
            spellings(run, &mut |spelling| match spelling {
                Spelling::Whole(text) => self.spelled.add(text, posting),
                Spelling::Initials(text) => self.initials.add(text, posting),
            });
        }
    }

    fn text(&mut self, field: Field, tag: &str, text: &str) {
        self.write(field, tag, &Cut::new(text, MAX_TEXT_WORDS));
    }

    fn write(&mut self, field: Field, tag: &str, cut: &Cut) -> Posting {
        let language = self.language(tag);
        // What a kind is called in Chinese is one word, however many characters it has.
        let words = if field == Field::Kind { cut.spaced() } else { cut.words };
        let posting = Posting::new(self.items.len() - 1, field, language, words);
        cut.forms(&mut |word| self.words.add(word, posting));
        posting
    }

    fn language(&mut self, tag: &str) -> u8 {
        let primary = primary(tag);
        if primary.is_empty() {
            return 0;
        }
        if let Some(at) = self.languages.iter().position(|known| known == primary) {
            return at as u8 + 1;
        }
        if self.languages.len() >= usize::from(Posting::MAX_LANGUAGE) {
            return 0;
        }
        self.languages.push(primary.to_owned());
        self.languages.len() as u8
    }
}

/// The language, if given, and the name in a tag `name:Le Rocher`, `name:en=The Rock` or `name:en:The Rock`.
fn other_name(tag: &str) -> Option<(&str, &str)> {
    let rest = tag.strip_prefix("name:")?;
    let language =
        |tag: &str| (2..=3).contains(&primary(tag).len()) && primary(tag).bytes().all(|b| b.is_ascii_lowercase());
    Some(match rest.split_once(['=', ':']) {
        Some((tag, name)) if language(tag) => (tag, name),
        _ => ("", rest),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Item, Town};

    fn index(items: Vec<Item>) -> Index {
        Index::build(&Catalog::new(Town::default(), items).0)
    }

    fn place(id: &str, title: &str) -> Place {
        let common = Common { id: Id(id.to_owned()), title: Localized::one("fr", title), ..Common::default() };
        Place { common, named: true, ..Place::default() }
    }

    #[test]
    fn an_index_can_be_built_beside_and_asked_from_anywhere() {
        fn shared<T: Send + Sync>() {}
        shared::<Index>();
    }

    #[test]
    fn an_empty_catalog_makes_an_empty_index() {
        let index = index(Vec::new());
        assert!(index.is_empty());
        assert_eq!((index.len(), index.words(), index.language("fr")), (0, 0, 0));
    }

    #[test]
    fn languages_are_known_by_their_first_subtag() {
        let index = index(vec![Item::Place(place("a", "Gare"))]);
        assert_eq!(index.language("fr-MC"), index.language("fr"));
        assert_ne!(index.language("fr"), 0);
        assert_eq!(index.language("xx"), 0);
    }

    #[test]
    fn more_languages_than_numbers_are_still_found() {
        let mut many = place("a", "Gare");
        for first in 'a'..='z' {
            for second in 'a'..='d' {
                many.common.title.insert(&format!("{first}{second}"), "Gare", crate::content::Origin::Human);
            }
        }
        let index = index(vec![Item::Place(many)]);
        assert_eq!(index.languages.len(), usize::from(Posting::MAX_LANGUAGE));
        assert!(!index.words.exact("gare").is_empty());
    }

    #[test]
    fn tags_tell_other_names_from_keywords() {
        assert_eq!(other_name("name:Le Rocher"), Some(("", "Le Rocher")));
        assert_eq!(other_name("name:en=The Rock"), Some(("en", "The Rock")));
        assert_eq!(other_name("name:zh-Hans:岩石"), Some(("zh-Hans", "岩石")));
        assert_eq!(other_name("name:Bar: chez Jo"), Some(("", "Bar: chez Jo")));
        assert_eq!(other_name("theme"), None);
    }

    #[test]
    fn endless_text_is_cut() {
        let mut endless = place("a", "Gare");
        let text: String = (0..20_000).map(|at| format!("mot{at} ")).collect();
        endless.common.summary = Localized::one("fr", text.clone());
        endless.common.title = Localized::one("fr", text);
        let index = index(vec![Item::Place(endless)]);
        assert!(index.words() <= MAX_TEXT_WORDS + MAX_NAME_WORDS, "{}", index.words());
    }
}
