use url::{Origin, Url, form_urlencoded};

/// What stands in an address where the key belongs.
const PLACE: &str = "{key}";
/// The same as [`Url`] writes it in a path.
const PLACE_IN_PATH: &str = "%7Bkey%7D";
/// A text that was cut may end within the key: so many of its letters are taken for it.
const BEGINNING_MIN: usize = 4;

/// The key of a source. It is put into addresses at the moment of asking, and taken out of all that is told.
#[derive(Clone, Default)]
pub struct Key {
    /// As it was given, and as it stands in an address; empty where there is none.
    forms: [String; 2],
    /// The server that it is for.
    origin: Option<Origin>,
}

impl Key {
    pub fn new(text: &str, server: &Url) -> Self {
        let encoded = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        Self { forms: [text.to_owned(), encoded], origin: Some(server.origin()) }
    }

    /// The address with the key in its place, if it is one of the server that the key is for.
    pub fn filled(&self, url: &Url) -> Url {
        if self.forms[0].is_empty() || self.origin.as_ref() != Some(&url.origin()) || !has_place(url) {
            return url.clone();
        }
        let text = url.as_str().replace(PLACE_IN_PATH, PLACE).replace(PLACE, &self.forms[1]);
        Url::parse(&text).unwrap_or_else(|_| url.clone())
    }

    /// Whether an answer repeats the key.
    pub fn is_in(&self, answer: &[u8]) -> bool {
        let mut forms = self.forms.iter().filter(|form| !form.is_empty());
        forms.any(|form| answer.windows(form.len()).any(|part| part == form.as_bytes()))
    }

    /// A text for staff, without the key.
    pub fn hidden(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for form in self.forms.iter().filter(|form| !form.is_empty()) {
            text = text.replace(form.as_str(), PLACE);
            let beginning = (BEGINNING_MIN..form.len()).rev().filter_map(|length| form.get(..length));
            if let Some(rest) = beginning.into_iter().find_map(|beginning| text.strip_suffix(beginning)) {
                text = format!("{rest}{PLACE}");
            }
        }
        text
    }

    /// The address with the place instead of the key.
    pub fn hidden_in(&self, url: &Url) -> Url {
        Url::parse(&self.hidden(url.as_str())).unwrap_or_else(|_| url.clone())
    }
}

/// Whether the key belongs into this address.
pub fn has_place(url: &Url) -> bool {
    url.as_str().contains(PLACE) || url.as_str().contains(PLACE_IN_PATH)
}

/// An address as it may be told: what stands behind the question mark may hold a key.
pub fn told(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path().replace(PLACE_IN_PATH, PLACE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_in_an_address_only_on_its_own_server_and_in_no_text() {
        let url = Url::parse("https://example.org/flux/{key}?k={key}").unwrap();
        let key = Key::new("se/cret", &url);
        assert!(has_place(&url));
        let filled = key.filled(&url);
        assert_eq!(filled.as_str(), "https://example.org/flux/se%2Fcret?k=se%2Fcret");
        assert_eq!(key.hidden_in(&filled), url);
        assert_eq!(told(&url), "https://example.org/flux/{key}");
        let elsewhere = Url::parse("https://example.com/{key}").unwrap();
        assert_eq!(key.filled(&elsewhere), elsewhere);
        for (text, hidden) in [("a se/cret b", "a {key} b"), ("cut at se/c", "cut at {key}"), ("see", "see")] {
            assert_eq!(key.hidden(text), hidden);
        }
        assert_eq!((Key::default().hidden("a"), Key::default().filled(&url)), ("a".to_owned(), url));
    }
}
