use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::fmt;

/// Reads only the fields of an object that are looked at. The rest, most of its 130 to 500 KB, is skipped unread: the
/// same region's name in seven languages on every address, and the people behind every organisation.
///
/// A field is called the same in every edition of the format: prefixes and `@` are cut off (`schema:geo`, `geo`;
/// `@fr`, `fr`), and the first letter is small.
pub struct Sieve {
    values_left: usize,
    text_left: usize,
    /// Whether the object is larger than any is; then what was read of it is of no use.
    pub exceeded: bool,
}

impl Default for Sieve {
    fn default() -> Self {
        Self { values_left: Self::VALUES_MAX, text_left: Self::TEXT_MAX, exceeded: false }
    }
}

impl Sieve {
    const VALUES_MAX: usize = 100_000;
    const TEXT_MAX: usize = 2 << 20;
    const DEPTH_MAX: usize = 16;

    fn takes_text(&mut self, bytes: usize) -> bool {
        match self.text_left.checked_sub(bytes) {
            Some(left) => self.text_left = left,
            None => self.exceeded = true,
        }
        !self.exceeded
    }
}

/// Which fields count, by where they stand.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Object,
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
        | "tourDistance" | "duration" | "positiveCumulDifference" | "hasTourType"
    ) || is_language(name)
}

fn is_language(name: &str) -> bool {
    let (language, rest) = name.split_once('-').unwrap_or((name, ""));
    language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase()) && rest.len() <= 8
}

fn field(key: &str, within: Within) -> Option<(Cow<'_, str>, Within)> {
    let name = field_name(key);
    match within {
        Within::Maker => (name == "legalName").then_some((name, within)),
        Within::Owner => matches!(&*name, "legalName" | "siret").then_some((name, within)),
        Within::Term => matches!(&*name, "id" | "key").then_some((name, within)),
        Within::Object if !is_read(&name) => None,
        Within::Object => {
            let inside = match &*name {
                "hasBeenCreatedBy" | "hasBeenPublishedBy" => Within::Maker,
                "isOwnedBy" => Within::Owner,
                "dayOfWeek" | "appliesOnDay" | "hasMimeType" => Within::Term,
                _ => within,
            };
            Some((name, inside))
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Sieve {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        Level { limits: self, depth: 0, within: Within::Object }.deserialize(from)
    }
}

/// The value of one field of an object that is read field by field; `None` where the field is not looked at.
pub fn read_field<'de, A: MapAccess<'de>>(
    limits: &mut Sieve,
    key: &str,
    map: &mut A,
) -> Result<Option<(String, Value)>, A::Error> {
    let Some((name, within)) = field(key, Within::Object) else {
        map.next_value::<IgnoredAny>()?;
        return Ok(None);
    };
    let value = map.next_value_seed(Level { limits, depth: 1, within })?;
    Ok(Some((name.into_owned(), value)))
}

struct Level<'l> {
    limits: &'l mut Sieve,
    depth: usize,
    within: Within,
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        if self.depth > Sieve::DEPTH_MAX || self.limits.values_left == 0 {
            self.limits.exceeded = true;
        }
        if self.limits.exceeded {
            return from.deserialize_ignored_any(IgnoredAny).map(|_| Value::Null);
        }
        self.limits.values_left -= 1;
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(if self.limits.takes_text(text.len()) { Value::String(text.to_owned()) } else { Value::Null })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Self { limits, depth, within } = self;
        let mut values = Vec::new();
        while let Some(value) = access.next_element_seed(Level { limits, depth: depth + 1, within })? {
            if !limits.exceeded {
                values.push(value);
            }
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Self { limits, depth, within } = self;
        let mut map = Map::new();
        while let Some(key) = access.next_key_seed(Key { within })? {
            let Some((name, within)) = key else {
                access.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = access.next_value_seed(Level { limits, depth: depth + 1, within })?;
            if limits.takes_text(name.len()) {
                map.entry(name).or_insert(value);
            }
        }
        Ok(Value::Object(map))
    }
}

/// A field's name, unless nobody looks at it.
struct Key {
    within: Within,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<(String, Within)>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<(String, Within)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(field(key, self.within).map(|(name, within)| (name.into_owned(), within)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sifted(json: &str) -> (Value, bool) {
        let mut sieve = Sieve::default();
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
