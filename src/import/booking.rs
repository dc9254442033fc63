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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_books_where_bookings_are_taken_else_where_one_asks() {
        let contact = Contact { phone: "05 63 00 00 00".to_owned(), email: String::new() };
        let told = |ways: Ways| -> Vec<String> {
            ways.or_with(&contact).into_iter().map(|way| format!("{} {}", way.kind, way.value)).collect()
        };
        assert_eq!(told(Ways::default()), ["phone 05 63 00 00 00"]);
        let mut ways = Ways::default();
        for value in [None, Some(""), Some("https://v.example"), Some("https://v.example")] {
            ways.add("link", value.map(str::to_owned));
        }
        assert_eq!(told(ways), ["link https://v.example"]);
        let mut many = Ways::default();
        (0..20).for_each(|number| many.add("phone", Some(number.to_string())));
        assert_eq!(told(many).len(), WAYS_MAX);
    }
}
