use crate::content::{Contact, Registration};

/// The most ways to book one thing.
const WAYS_MAX: usize = 10;

/// The ways to book something, each once.
#[derive(Debug, Default)]
pub struct Ways(Vec<Registration>);

impl Ways {
    /// Adds one of this kind ([`Registration::kind`]), if it is one.
    pub fn add(&mut self, kind: &str, value: Option<String>) {
        let way = value.filter(|value| !value.is_empty()).map(|value| Registration { kind: kind.to_owned(), value });
        if let Some(way) = way.filter(|way| self.0.len() < WAYS_MAX && !self.0.contains(way)) {
            self.0.push(way);
        }
    }

    /// All of them; where there is none, one books with whom one asks.
    pub fn or_with(mut self, contact: &Contact) -> Vec<Registration> {
        if self.0.is_empty() {
            self.add("phone", Some(contact.phone.clone()));
            self.add("email", Some(contact.email.clone()));
        }
        self.0
    }
}
