use crate::content::Fields;
use std::borrow::Cow;

/// Reads only the fields of an object that are looked at, by where they stand. The rest, most of its 130 to 500 KB, is
/// skipped unread: the same region's name in seven languages on every address, and the people behind every
/// organisation.
///
/// A field is called the same in every edition of the format: prefixes and `@` are cut off (`schema:geo`, `geo`;
/// `@fr`, `fr`), and the first letter is small.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sieve {
    /// An object, or what holds objects.
    Object,
    /// What a page of the catalogue says of itself.
    Page,
    /// An organisation that made or publishes the object: its name is all that may be shown.
    Maker,
    /// Whoever owns the place: only to tell whether its register number is the place's own.
    Owner,
    /// A day of the week, a type of file: its name in the vocabulary says all.
    Term,
}

/// A field's name as it is called here.
pub fn field_name(key: &str) -> Cow<'_, str> {
    let bare = key.strip_prefix('@').unwrap_or(key);
    let bare = bare.rsplit(':').next().unwrap_or(bare);
    match bare.chars().next() {
        Some(first) if first.is_ascii_uppercase() => {
            let rest = bare.get(1..).unwrap_or_default();
            Cow::Owned(format!("{}{rest}", first.to_ascii_lowercase()))
        }
        _ => Cow::Borrowed(bare),
    }
}

/// Whether a field of an object is looked at: one of those named here, or a text's language.
#[rustfmt::skip]
pub fn is_read(name: &str) -> bool {
    matches!(name,
        "id" | "uri" | "uuid" | "key" | "value" | "type" | "identifier" | "label" | "comment" | "sameAs" | "siret"
        | "lastUpdate" | "lastUpdateDatatourisme" | "hasBeenCreatedBy" | "hasBeenPublishedBy" | "isOwnedBy"
        | "hasDescription" | "description" | "shortDescription"
        | "hasTranslatedProperty" | "language" | "predicate" | "contributor"
        | "isLocatedAt" | "geo" | "latitude" | "longitude" | "name"
        | "address" | "streetAddress" | "postalCode" | "addressLocality" | "hasAddressCity"
        | "openingHoursSpecification" | "textOpeningHoursSpecification" | "additionalInformation"
        | "validFrom" | "validThrough" | "opens" | "closes" | "dayOfWeek"
        | "takesPlaceAt" | "startDate" | "endDate" | "startTime" | "endTime" | "appliesOnDay"
        | "hasContact" | "hasBookingContact" | "telephone" | "email" | "homepage"
        | "hasMainRepresentation" | "hasRepresentation" | "hasAnnotation" | "isCoveredBy" | "title" | "credits"
        | "rightsStartDate" | "rightsEndDate" | "hasRelatedResource" | "locator" | "hasMimeType"
        | "offers" | "priceSpecification" | "textPriceSpecification" | "price" | "minPrice" | "maxPrice"
        | "priceCurrency" | "hasEligiblePolicy"
        | "reducedMobilityAccess" | "hasReview" | "hasReviewValue" | "hasFeature" | "features" | "isEquippedWith"
        | "hasTheme" | "hasArchitecturalStyle" | "providesCuisineOfType"
        | "objects" | "graph" | "meta"
        | "tourDistance" | "duration" | "positiveCumulDifference" | "hasTourType"
    ) || is_language(name)
}

fn is_language(name: &str) -> bool {
    let (language, rest) = name.split_once('-').unwrap_or((name, ""));
    language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase()) && rest.len() <= 8
}

impl Fields for Sieve {
    const VALUES_MAX: usize = 100_000;
    const TEXT_MAX: usize = 2 << 20;

    fn field(self, key: &str) -> Option<(Cow<'_, str>, Self)> {
        let name = field_name(key);
        match self {
            Self::Maker => (name == "legalName").then_some((name, self)),
            Self::Owner => matches!(&*name, "legalName" | "siret").then_some((name, self)),
            Self::Term => matches!(&*name, "id" | "key").then_some((name, self)),
            Self::Page => matches!(&*name, "next" | "total").then_some((name, self)),
            Self::Object if !is_read(&name) => None,
            Self::Object => {
                let inside = match &*name {
                    "hasBeenCreatedBy" | "hasBeenPublishedBy" => Self::Maker,
                    "isOwnedBy" => Self::Owner,
                    "dayOfWeek" | "appliesOnDay" | "hasMimeType" => Self::Term,
                    "meta" => Self::Page,
                    _ => self,
                };
                Some((name, inside))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Bounded;
    use serde::de::DeserializeSeed;
    use serde_json::{Value, json};

    fn sifted(json: &str) -> (Value, bool) {
        let mut sieve = Bounded::of(Sieve::Object);
        let value = (&mut sieve).deserialize(&mut serde_json::Deserializer::from_str(json)).unwrap();
        (value, sieve.exceeded)
    }

    #[test]
    fn only_what_is_looked_at_is_kept_under_one_name() {
        let json = json!({
            "@id": "x", "rdfs:label": {"@fr": "A", "en": ["B"]}, "COVID19SpecialMeasures": {"fr": ["no"]},
            "hasContact": [{"schema:telephone": ["05"], "schema:givenName": "Paul"}],
            "hasBeenCreatedBy": {"schema:legalName": "OT", "schema:email": ["paul@ot.fr"]},
            "isOwnedBy": [{"siret": "1", "schema:telephone": ["06"]}],
            "TextPriceSpecification": {"fr": ["2 €"]},
        });
        let kept = json!({
            "id": "x", "label": {"fr": "A", "en": ["B"]}, "hasContact": [{"telephone": ["05"]}],
            "hasBeenCreatedBy": {"legalName": "OT"}, "isOwnedBy": [{"siret": "1"}],
            "textPriceSpecification": {"fr": ["2 €"]},
        });
        assert_eq!(sifted(&json.to_string()), (kept, false));
    }

    #[test]
    fn what_is_larger_than_any_object_is_not_held() {
        let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
        let wide = format!("[{}0]", "0,".repeat(Sieve::VALUES_MAX));
        let long = format!("\"{}\"", "x".repeat(Sieve::TEXT_MAX + 1));
        for json in [deep, wide, long] {
            assert!(sifted(&json).1);
        }
    }
}
