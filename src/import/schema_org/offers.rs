use super::graph::word;
use super::record::Record;
use crate::content::{Localized, Registration, Tri};
use crate::import::plain_text::one_line;

/// The most prices that are shown of one event.
const OFFERS_MAX: usize = 12;

/// What an event costs, and where to book.
#[derive(Debug, Default)]
pub struct Cost {
    pub conditions: Localized,
    pub free: Tri,
    pub registration: Vec<Registration>,
    /// Whether there is no seat left.
    pub is_sold_out: bool,
}

/// Reads `offers` and `isAccessibleForFree`.
pub fn cost(record: &mut Record<'_>) -> Cost {
    let mut cost = Cost::default();
    let mut lines: Vec<String> = Vec::new();
    let colon = if record.language == "fr" { "\u{a0}: " } else { ": " };
    let point = if matches!(record.language.as_str(), "en" | "zh") { "." } else { "," };
    let (mut prices, mut sold_out) = (Vec::new(), Vec::new());
    for offer in record.node.nodes("offers").into_iter().take(OFFERS_MAX) {
        let low = offer.number("price").or_else(|| offer.number("lowPrice"));
        let high = offer.number("highPrice");
        if let Some(text) = offer.text("price").filter(|_| low.is_none()) {
            record.problem("offers.price", "a number is expected", &text);
        }
        prices.extend(low.into_iter().chain(high));
        let currency = offer.text("priceCurrency").unwrap_or_default();
        let name = offer.text("name").map(|name| one_line(&name)).unwrap_or_default();
        let amount = low.filter(|low| *low > 0.0 || high.is_some()).map(|low| amounts(low, high, &currency, point));
        let line = match (name.is_empty(), amount) {
            (true, amount) => amount.unwrap_or_default(),
            (false, Some(amount)) => format!("{name}{colon}{amount}"),
            (false, None) => name,
        };
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
        if let Some(url) = offer.text("url").and_then(|url| record.site.absolute(&url)) {
            let way = Registration { kind: "link".to_owned(), value: url };
            if !cost.registration.contains(&way) {
                cost.registration.push(way);
            }
        }
        sold_out.push(offer.texts("availability").iter().any(|state| word(state) == "SoldOut"));
    }
    cost.is_sold_out = !sold_out.is_empty() && sold_out.iter().all(|is| *is);
    let is_priced = prices.iter().any(|price| *price > 0.0);
    let said = record.node.text("isAccessibleForFree").map(|said| word(&said).to_ascii_lowercase());
    // False is also what stands there when nobody has filled it in.
    cost.free = match said.as_deref() {
        _ if is_priced => Tri::No,
        Some("true" | "yes" | "1") => Tri::Yes,
        _ if !prices.is_empty() => Tri::Yes,
        _ => Tri::Unknown,
    };
    if !lines.is_empty() {
        cost.conditions = Localized::one(&record.language, lines.join("\n\n"));
    }
    cost
}

/// `8–12,50 €`
fn amounts(low: f64, high: Option<f64>, currency: &str, point: &str) -> String {
    let number = |amount: f64| match amount.fract() == 0.0 {
        true => format!("{amount:.0}"),
        false => format!("{amount:.2}").replace('.', point),
    };
    let sign = match currency.trim() {
        "EUR" | "" => "€",
        "GBP" => "£",
        "USD" => "$",
        other => other,
    };
    match high.filter(|high| *high > low) {
        Some(high) => format!("{}–{}\u{a0}{sign}", number(low), number(high)),
        None => format!("{}\u{a0}{sign}", number(low)),
    }
}
