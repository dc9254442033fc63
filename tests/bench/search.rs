//! How long a keystroke in the search takes: 10,000 items in eight languages, 300 queries typed letter by letter.
//!
//! `cargo bench --bench search --no-default-features`. Everything is made from one seed, so two runs type the same.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark prints figures and stops at anything odd"
)]

use parvis::content::{
    Article, Catalog, Common, Event, EventKind, Id, Item, Localized, Location, Origin, Place, PlaceKind, Service, Town,
};
use parvis::search::{Index, Results};
use std::time::{Duration, Instant};

const ITEMS: usize = 10_000;
const QUERIES: usize = 300;
const LIMIT: Duration = Duration::from_millis(5);
/// Each keystroke is asked so often and its quickest answer counts, so that the figure is the search's and not that
/// of what else the machine was doing.
const ROUNDS: usize = 3;
/// As many results as a screen asks for.
const SHOWN: usize = 50;

/// A kind of thing in French, English, Italian, German, Spanish, Dutch, Arabic, Chinese.
const KINDS: [[&str; 8]; 16] = [
    ["Musée", "Museum", "Museo", "Museum", "Museo", "Museum", "متحف", "博物馆"],
    ["Pharmacie", "Pharmacy", "Farmacia", "Apotheke", "Farmacia", "Apotheek", "صيدلية", "药店"],
    ["Plage", "Beach", "Spiaggia", "Strand", "Playa", "Strand", "شاطئ", "海滩"],
    ["Église", "Church", "Chiesa", "Kirche", "Iglesia", "Kerk", "كنيسة", "教堂"],
    ["Bibliothèque", "Library", "Biblioteca", "Bibliothek", "Biblioteca", "Bibliotheek", "مكتبة", "图书馆"],
    ["Boulangerie", "Bakery", "Panetteria", "Bäckerei", "Panadería", "Bakkerij", "مخبز", "面包店"],
    ["Restaurant", "Restaurant", "Ristorante", "Restaurant", "Restaurante", "Restaurant", "مطعم", "餐厅"],
    ["Concert", "Concert", "Concerto", "Konzert", "Concierto", "Concert", "حفلة موسيقية", "音乐会"],
    ["Exposition", "Exhibition", "Mostra", "Ausstellung", "Exposición", "Tentoonstelling", "معرض", "展览"],
    ["Atelier", "Workshop", "Laboratorio", "Werkstatt", "Taller", "Werkplaats", "ورشة عمل", "工作坊"],
    ["Marché", "Market", "Mercato", "Markt", "Mercado", "Markt", "سوق", "市场"],
    ["Théâtre", "Theatre", "Teatro", "Theater", "Teatro", "Theater", "مسرح", "剧院"],
    ["Jardin", "Garden", "Giardino", "Garten", "Jardín", "Tuin", "حديقة", "花园"],
    ["Stationnement", "Car park", "Parcheggio", "Parkhaus", "Aparcamiento", "Parkeergarage", "موقف سيارات", "停车场"],
    ["Banque", "Bank", "Banca", "Bank", "Banco", "Bank", "بنك", "银行"],
    ["Arrêt de bus", "Bus stop", "Fermata", "Haltestelle", "Parada", "Bushalte", "موقف حافلات", "公交站"],
];
const LANGUAGES: [&str; 8] = ["fr", "en", "it", "de", "es", "nl", "ar", "zh"];
const LINKS: [&str; 6] = [" de l'", " du ", " Saint-", " d’", " des ", " "];
const ONSETS: [&str; 24] = [
    "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "br", "cr", "tr", "pr", "gr", "ch", "mar", "cas",
    "lar", "fon", "mon",
];
const RIMES: [&str; 20] = [
    "a", "e", "i", "o", "ou", "an", "on", "é", "è", "œu", "ier", "elle", "ette", "age", "in", "er", "al", "and", "eau",
    "ü",
];
const SENTENCE: [&str; 24] = [
    "visite",
    "guidée",
    "ouvert",
    "tous",
    "les",
    "jours",
    "entrée",
    "libre",
    "terrasse",
    "vue",
    "mer",
    "enfants",
    "musique",
    "ancienne",
    "soirée",
    "famille",
    "découverte",
    "patrimoine",
    "accès",
    "ascenseur",
    "réservation",
    "quartier",
    "marché",
    "histoire",
];
const CHINESE: [&str; 20] = [
    "海", "洋", "王", "宫", "圣", "山", "东", "西", "南", "北", "大", "小", "新", "老", "红", "白", "金", "月", "光",
    "花",
];
const ARABIC: [&str; 12] = [
    "القديم",
    "الجديد",
    "البحر",
    "المدينة",
    "الأمير",
    "النور",
    "الشمس",
    "الحديقة",
    "الكبير",
    "الصغير",
    "الشرق",
    "الغرب",
];

/// SplitMix64: small, and good enough to pick words.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) as usize % end
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        for _ in 0..2 + self.below(2) {
            name += self.pick(&ONSETS);
            name += self.pick(&RIMES);
        }
        name[..1].to_uppercase() + &name[1..]
    }

    fn sentence(&mut self) -> String {
        let mut words: Vec<String> = (0..14).map(|_| self.pick(&SENTENCE).to_owned()).collect();
        words.push(self.name());
        words.join(" ")
    }
}

fn title(random: &mut Random) -> Localized {
    let kind = KINDS[random.below(KINDS.len())];
    let name = format!("{}{}", random.pick(&LINKS), random.name());
    let mut title = Localized::default();
    for (lang, word) in LANGUAGES.iter().zip(kind) {
        let text = match *lang {
            "zh" => format!("{}{}{}{word}", random.pick(&CHINESE), random.pick(&CHINESE), random.pick(&CHINESE)),
            "ar" => format!("{word} {}", random.pick(&ARABIC)),
            _ => format!("{word}{name}"),
        };
        title.insert(lang, text, Origin::Human);
    }
    title
}

fn common(random: &mut Random, at: usize) -> Common {
    let mut summary = Localized::default();
    for lang in &LANGUAGES[..1 + random.below(3)] {
        summary.insert(lang, random.sentence(), Origin::Human);
    }
    Common {
        id: Id(format!("bench:{at:05}")),
        title: title(random),
        summary,
        tags: vec![random.pick(&SENTENCE).to_owned(), format!("name:{}", random.name())],
        ..Common::default()
    }
}

fn catalog(random: &mut Random) -> Catalog {
    let places = [PlaceKind::Museum, PlaceKind::Pharmacy, PlaceKind::Beach, PlaceKind::Toilets, PlaceKind::Restaurant];
    let items = (0..ITEMS).map(|at| {
        let common = common(random, at);
        match at % 20 {
            0..11 => Item::Place(Place {
                common,
                kind: places[random.below(places.len())],
                named: random.below(3) != 0,
                address: format!("{} rue {}", random.below(200), random.name()),
                ..Place::default()
            }),
            11..18 => Item::Event(Event {
                common,
                kind: EventKind::ALL[random.below(EventKind::ALL.len())],
                location: Some(Location { name: random.name(), ..Location::default() }),
                ..Event::default()
            }),
            18 => Item::Article(Article { common, ..Article::default() }),
            _ => Item::Service(Service { common, ..Service::default() }),
        }
    });
    Catalog::new(Town::default(), items.collect()).0
}

/// What a visitor means to type: a title or a word of it, in some language, every third time with a slip.
fn queries(random: &mut Random, catalog: &Catalog) -> Vec<(&'static str, String)> {
    let titles: Vec<&Localized> = catalog.items().map(|item| &item.common().title).collect();
    let mut queries = Vec::new();
    while queries.len() < QUERIES {
        let lang = random.pick(&LANGUAGES);
        let Some(title) = titles[random.below(titles.len())].exact(lang) else { continue };
        let words: Vec<&str> = title.text.split_whitespace().collect();
        let from = random.below(words.len());
        let mut letters: Vec<char> = words[from..].join(" ").to_lowercase().chars().collect();
        if lang == "zh" && queries.len().is_multiple_of(2) {
            letters =
                ["bowuguan", "yinhang", "haiyang", "hybwg", "tushuguan", "jaotang"][random.below(6)].chars().collect();
        }
        if queries.len().is_multiple_of(3) && letters.len() > 4 {
            let at = 1 + random.below(letters.len() - 2);
            match random.below(3) {
                0 => letters.swap(at, at + 1),
                1 => drop(letters.remove(at)),
                _ => letters[at] = 'x',
            }
        }
        queries.push((lang, letters.into_iter().collect()));
    }
    queries
}

/// What the system says this process holds in memory, in MiB; 0 where it does not say.
fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn main() {
    let mut random = Random(2026);
    let catalog = catalog(&mut random);
    let queries = queries(&mut random, &catalog);
    let before = resident_mib();
    let start = Instant::now();
    let index = Index::build(&catalog);
    let built = start.elapsed();
    println!("items {}, words {}, build {:.0} ms", index.len(), index.words(), ms(built));
    let held = index.bytes() as f64 / (1024.0 * 1024.0);
    println!("memory: index {held:.1} MiB; resident {before:.1} MiB before the build, {:.1} MiB after", resident_mib());

    let mut keystrokes: Vec<(Duration, String)> = Vec::new();
    let mut without = 0;
    for (lang, query) in &queries {
        let mut results = Results::default();
        for (end, c) in query.char_indices() {
            let typed = &query[..end + c.len_utf8()];
            let round = || {
                let start = Instant::now();
                results = index.query(typed, lang, SHOWN);
                start.elapsed()
            };
            let quickest = std::iter::repeat_with(round).take(ROUNDS).min().unwrap_or_default();
            keystrokes.push((quickest, format!("{lang} {typed}")));
        }
        without += usize::from(results.hits.is_empty());
    }
    keystrokes.sort();
    let at = |share: f64| &keystrokes[((keystrokes.len() - 1) as f64 * share) as usize];
    println!("queries {}, without result {without}, keystrokes {}", queries.len(), keystrokes.len());
    for (name, (duration, typed)) in [("p50", at(0.5)), ("p99", at(0.99)), ("max", at(1.0))] {
        println!("{name} {:.3} ms ({typed})", ms(*duration));
    }
    let verdict = if at(0.99).0 <= LIMIT { "kept" } else { "MISSED" };
    println!("limit p99 {:.0} ms: {verdict}", ms(LIMIT));
}
