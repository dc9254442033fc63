use super::texts::{field, key, term};
use crate::content::{Localized, Origin, Tri};
use crate::import::entrance_fee::free_in_words;
use crate::import::french_originals::ORIGINAL;
use crate::import::json_node::Node;
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::sentences::in_language;
use crate::language::{Arg, Language};

/// What it costs.
#[derive(Debug, Default)]
pub struct Prices {
    pub words: Localized,
    pub free: Tri,
}

/// The most prices that are told.
const LINES_MAX: usize = 12;

/// Reads `offers`: what it costs, and whether it is free.
pub fn prices(object: Node<'_>) -> Prices {
    let mut words = Localized::default();
    let (mut lines, mut free) = (Vec::new(), Vec::new());
    for offer in object.nodes("offers") {
        for (language, text) in field(offer, "textPriceSpecification", paragraphs).0 {
            words.0.entry(language).or_insert(text);
        }
        for price in offer.nodes("priceSpecification") {
            let amount = Amount::of(price);
            let (label, is_gratis) = label(price);
            free.extend(amount.is_free().or(is_gratis.then_some(true)));
            if !amount.is_empty() && lines.len() < LINES_MAX && !lines.contains(&(label.clone(), amount.clone())) {
                lines.push((label, amount));
            }
        }
    }
    let in_words = words.exact(ORIGINAL).map_or(Tri::Unknown, |text| free_in_words(&text.text));
    let free = match (free.contains(&false), free.contains(&true)) {
        (true, _) => Tri::No,
        (false, true) => Tri::Yes,
        (false, false) => in_words,
    };
    for language in languages(&words, &lines) {
        let listed: Vec<String> = lines.iter().filter_map(|(label, amount)| line(&language, label, amount)).collect();
        let is_machine =
            lines.iter().any(|(label, _)| label.exact(&language).is_some_and(|one| one.origin == Origin::Machine));
        // Where the source says it in sentences, the list only says it again.
        if words.exact(&language).is_none() && !listed.is_empty() {
            let origin = if is_machine { Origin::Machine } else { Origin::Original };
            words.insert(&language, listed.join("\n"), origin);
        }
    }
    Prices { words, free }
}

/// The languages that prices are told in: that of the originals, and those that say more of them than an amount.
fn languages(words: &Localized, lines: &[(Localized, Amount)]) -> Vec<String> {
    let labels = lines.iter().flat_map(|(label, _)| label.languages());
    let mut all: Vec<String> = words.languages().chain(labels).map(str::to_owned).collect();
    if !lines.is_empty() {
        all.push(ORIGINAL.to_owned());
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// "- Nuitée : 90–98 €"; nothing where the label is in other languages only.
fn line(language: &str, label: &Localized, amount: &Amount) -> Option<String> {
    let amount = amount.in_words(language);
    if label.is_empty() {
        return Some(format!("- {amount}"));
    }
    let label = &label.exact(language)?.text;
    let colon = if language == "fr" { "\u{a0}:" } else { ":" };
    Some(format!("- {label}{colon} {amount}"))
}

/// What a price is for, and whether that alone says that it is none.
fn label(price: Node<'_>) -> (Localized, bool) {
    let policy = price.node("hasEligiblePolicy");
    let name =
        ["name", "additionalInformation"].iter().map(|name| field(price, name, one_line)).find(|name| !name.is_empty());
    let of_policy = || policy.map(term).unwrap_or_default();
    let is_gratis = policy.is_some_and(|policy| matches!(key(policy), "Free" | "FreeOfCharge" | "FreeEntrance"));
    (name.unwrap_or_else(of_policy), is_gratis)
}

#[derive(Clone, Debug, PartialEq)]
struct Amount {
    least: Option<f64>,
    most: Option<f64>,
    currency: String,
}

impl Amount {
    /// The amount of a price: its two ends may stand the wrong way round, and a single price is both.
    fn of(price: Node<'_>) -> Self {
        let number = |name: &str| price.number(name).filter(|number| (0.0..1e6).contains(number));
        let single = number("price");
        let (least, most) = (number("minPrice").or(single), number("maxPrice").or(single));
        let swapped = least.zip(most).is_some_and(|(least, most)| most < least);
        let (least, most) = if swapped { (most, least) } else { (least, most) };
        let currency = price.text("priceCurrency").unwrap_or("EUR");
        Self { least, most, currency: if currency == "EUR" { "€".to_owned() } else { one_line(currency) } }
    }

    fn is_empty(&self) -> bool {
        self.least.is_none() && self.most.is_none()
    }

    /// Whether nothing is paid; `None` where no price is given.
    fn is_free(&self) -> Option<bool> {
        let highest = self.most.or(self.least)?;
        Some(highest <= 0.0)
    }

    fn in_words(&self, language: &str) -> String {
        let say = |key: &str, args: &[(&'static str, Arg<'_>)]| {
            in_language(Language::parse(language).unwrap_or(Language::En), key, args)
        };
        let number = |number: f64| {
            let text =
                if (number - number.round()).abs() < 0.005 { format!("{number:.0}") } else { format!("{number:.2}") };
            if matches!(language, "en" | "zh" | "ar") { text } else { text.replace('.', ",") }
        };
        let money = |value: f64| format!("{}\u{a0}{}", number(value), self.currency);
        match (self.least, self.most) {
            (Some(least), Some(most)) if most <= 0.0 && least <= 0.0 => say("price-free", &[]),
            (Some(least), Some(most)) if (most - least).abs() < 0.005 => money(most),
            (Some(least), Some(most)) => format!("{}–{}", number(least), money(most)),
            (Some(least), None) if least <= 0.0 => say("price-free", &[]),
            (Some(least), None) => say("price-from", &[("price", money(least).into())]),
            (None, Some(most)) => say("price-to", &[("price", money(most).into())]),
            (None, None) => String::new(),
        }
    }
}
