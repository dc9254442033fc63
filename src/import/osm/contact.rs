use super::names::{MAIN_LANGUAGE, localized, tidy};
use super::reading::Tags;
use crate::content::{Contact, Localized};

/// Longest opening hours that are read, in bytes: OpenStreetMap allows 255 characters.
const HOURS_MAX: usize = 1024;

/// A field that says something unusable: its key, why, and the value.
pub type Fault = (&'static str, &'static str, String);

/// Telephone and public e-mail address. A place without a name has no public desk, so its e-mail is somebody's own.
pub fn contact(tags: &Tags, named: bool, faults: &mut Vec<Fault>) -> Contact {
    let first = |keys: &[&'static str]| keys.iter().find_map(|key| Some((*key, tags.get(key)?)));
    let mut contact = Contact::default();
    if let Some((key, value)) = first(&["phone", "contact:phone"]) {
        let number = tidy(value.split([';', ',']).next().unwrap_or(value));
        if is_phone(&number) {
            contact.phone = number;
        } else {
            faults.push((key, "no telephone number", value.to_owned()));
        }
    }
    if let Some((key, value)) = first(&["email", "contact:email"]).filter(|_| named) {
        let address = tidy(value.split([';', ',']).next().unwrap_or(value));
        if is_email(&address) {
            contact.email = address;
        } else {
            faults.push((key, "no e-mail address", value.to_owned()));
        }
    }
    contact
}

fn is_phone(number: &str) -> bool {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    (3..=15).contains(&digits) && number.chars().all(|letter| letter.is_ascii_digit() || " +()-./".contains(letter))
}

fn is_email(address: &str) -> bool {
    let whole = !address.contains(char::is_whitespace);
    address.split_once('@').is_some_and(|(user, host)| whole && !user.is_empty() && host.contains('.'))
}

/// The place's own page by language.
pub fn link(tags: &Tags, faults: &mut Vec<Fault>) -> Localized {
    for key in ["website", "contact:website", "url"] {
        let mut pages = localized(tags, key, MAIN_LANGUAGE);
        pages.0.retain(|_, page| match address_of(&page.text) {
            Some(address) => {
                page.text = address;
                true
            }
            None => {
                faults.push((key, "no web address", page.text.clone()));
                false
            }
        });
        if !pages.is_empty() {
            return pages;
        }
    }
    Localized::default()
}

fn address_of(text: &str) -> Option<String> {
    let first = text.split(';').next().unwrap_or(text).trim();
    let (scheme, rest) = first.split_once("://").unwrap_or(("https", first));
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let fits = first.len() <= 2000 && host.contains('.') && !first.contains(char::is_whitespace);
    (fits && matches!(scheme, "http" | "https")).then(|| format!("{scheme}://{rest}"))
}

/// Opening hours, when they can be understood.
pub fn hours(tags: &Tags, faults: &mut Vec<Fault>) -> String {
    let Some(hours) = tags.get("opening_hours") else { return String::new() };
    // Word processors turn the hyphen between two times into a dash.
    let with_hyphens = hours.replace(['–', '—'], "-");
    if hours.len() <= HOURS_MAX && with_hyphens.parse::<opening_hours::OpeningHours>().is_ok() {
        return with_hyphens;
    }
    faults.push(("opening_hours", "opening hours that cannot be understood", hours.to_owned()));
    String::new()
}

/// "12 Rue Grimaldi, 98000 Monaco", as far as the tags go.
pub fn address(tags: &Tags) -> String {
    let part = |key: &str| {
        let value = tags.get(&format!("addr:{key}")).or_else(|| tags.get(&format!("contact:{key}")));
        value.map(tidy)
    };
    let join = |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let street = part("street").or_else(|| part("place"));
    let number = part("housenumber").filter(|_| street.is_some());
    let lines = [join([number, street.clone()]), join([part("postcode"), part("city")])];
    let full = || tags.get("addr:full").or_else(|| tags.get("address")).map(tidy).unwrap_or_default();
    if street.is_none() {
        return full();
    }
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        Tags(pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect())
    }

    #[test]
    fn unusable_values_are_left_out_and_said() {
        let mut faults = Vec::new();
        let tags = tags(&[
            ("phone", "ask inside"),
            ("email", "nobody"),
            ("website", "see facebook"),
            ("opening_hours", "when the sun shines"),
        ]);
        assert!(contact(&tags, true, &mut faults).is_empty());
        assert!(link(&tags, &mut faults).is_empty());
        assert_eq!(hours(&tags, &mut faults), "");
        let fields: Vec<_> = faults.iter().map(|fault| fault.0).collect();
        assert_eq!(fields, ["phone", "email", "website", "opening_hours"]);
    }

    #[test]
    fn the_first_of_several_numbers_is_called() {
        let tags = tags(&[("contact:phone", "+377 93 30 12 83; +377 93 30 00 00"), ("email", "a@b.mc")]);
        let contact = contact(&tags, false, &mut Vec::new());
        assert_eq!(contact.phone, "+377 93 30 12 83");
        assert_eq!(contact.email, "");
    }

    #[test]
    fn web_addresses_get_their_scheme() {
        assert_eq!(address_of("www.nmnm.mc").as_deref(), Some("https://www.nmnm.mc"));
        assert_eq!(address_of("http://nmnm.mc/a").as_deref(), Some("http://nmnm.mc/a"));
        assert_eq!(address_of("javascript://x.y"), None);
    }

    #[test]
    fn an_address_is_only_what_the_tags_say() {
        let all = [("addr:housenumber", "12"), ("addr:street", "Rue Grimaldi"), ("addr:city", "Monaco")];
        assert_eq!(address(&tags(&all)), "12 Rue Grimaldi, Monaco");
        assert_eq!(address(&tags(&all[..1])), "");
        assert_eq!(address(&tags(&all[2..])), "");
    }
}
