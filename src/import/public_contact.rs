//! Telephone numbers, e-mail and web addresses that a source publishes for its visitors.

/// A telephone number, as far as it looks like one.
pub fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_number = text.chars().all(|c| c.is_ascii_digit() || " +()-./\u{a0}\u{202f}".contains(c));
    ((2..=15).contains(&digits) && is_number).then(|| text.replace(['\u{a0}', '\u{202f}'], " "))
}

/// An e-mail address, without `mailto:`; `None` for what is none.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("mailto:");
    let (user, host) = text.split_once('@')?;
    let is_plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;".contains(c));
    (is_plain && !user.is_empty() && host.contains('.') && !host.contains('@') && text.len() <= 254)
        .then(|| text.to_owned())
}

/// An address on the web, with its scheme, which many leave out.
pub fn web(text: &str) -> Option<String> {
    let text = text.trim();
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = url::Url::parse(&whole).ok()?;
    let is_public = matches!(url.scheme(), "http" | "https") && url.host_str()?.contains('.');
    let is_bare = url.username().is_empty() && url.password().is_none();
    (is_public && is_bare && whole.len() <= 2000 && !whole.contains(char::is_whitespace)).then_some(whole)
}

/// Whether the value of a field may tell how to reach a person, or who that is: it is of a field for contacts that
/// could not be read as one, or holds an e-mail address or a telephone number. Who warns the public is no secret.
pub fn may_be_personal(field: &str, value: &str) -> bool {
    let field = field.to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| field.contains(part));
    if has(&["sender", "references"]) {
        return false;
    }
    let is_for_contacts = has(&["phone", "mail", "fax", "contact", "communication", "booking", "registration"])
        && !has(&["web", "url", "link", "page"]);
    is_for_contacts || holds_email(value) || holds_phone(value)
}

fn holds_email(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || "<>()[]\",;".contains(c));
    words.any(|word| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
}

/// A number as they are written in France and to call from abroad; those in a web address are nobody's.
fn holds_phone(text: &str) -> bool {
    let plain: Vec<&str> = text.split(' ').filter(|word| !word.contains("://")).collect();
    let mut number = String::new();
    plain.join(" ").chars().chain(['\n']).any(|c| match c {
        '+' | '0'..='9' => {
            number.push(c);
            false
        }
        ' ' | '.' | '-' | '/' | '\u{a0}' | '\u{202f}' if !number.is_empty() => false,
        _ => {
            let number = std::mem::take(&mut number);
            number.len() == 10 && number.starts_with('0') || number.len() > 10 && number.starts_with('+')
        }
    })
}

/// The number of an establishment in the French register (SIRET), where its check digit fits.
pub fn siret(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Luhn; the offices of La Poste share one number and a rule of their own.
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .filter_map(|(at, c)| {
            let digit = c.to_digit(10)? * if at % 2 == 1 { 2 } else { 1 };
            Some(if digit > 9 { digit - 9 } else { digit })
        })
        .sum();
    (sum.is_multiple_of(10) || digits.starts_with("356000000")).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_called_written_to_or_opened_is_a_contact() {
        assert_eq!(phone(" +33 5\u{a0}63 00 00 00 ").as_deref(), Some("+33 5 63 00 00 00"));
        assert_eq!(phone("demander Paul"), None);
        assert_eq!(email("mailto:a@b.fr").as_deref(), Some("a@b.fr"));
        assert_eq!(email("Paul <a@b.fr>"), None);
        assert_eq!(web("www.exemple.fr/a").as_deref(), Some("https://www.exemple.fr/a"));
        for text in ["javascript:alert(1)", "ftp://exemple.fr", "http://a:b@exemple.fr", "exemple", "voir facebook"] {
            assert_eq!(web(text), None, "{text}");
        }
        for (field, value) in [
            ("telephone", "Mme Martin"),
            ("hasContact.email", "accueil(at)exemple.fr"),
            ("title", "Appelez le 06 12 34 56 78"),
            ("title", "+33 6.12.34.56.78"),
            ("summary", "Paul <paul@exemple.fr>"),
        ] {
            assert!(may_be_personal(field, value), "{field} {value}");
        }
        for (field, value) in [
            ("contact_url", "voir facebook"),
            ("sender", "alerte@prefecture.example"),
            ("timings", "2026-05-01 10:00:00"),
            ("link", "https://exemple.fr/0612345678 "),
            ("geom", "2.1480123456, 43.9277123456"),
        ] {
            assert!(!may_be_personal(field, value), "{field} {value}");
        }
        assert_eq!(siret("732 829 320 00074").as_deref(), Some("73282932000074"));
        assert_eq!(siret("73282932000075"), None);
    }
}
