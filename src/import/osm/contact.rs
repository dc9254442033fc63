use super::names::{MAIN_LANGUAGE, localized, tidy};
use super::reading::Tags;
use crate::content::{Contact, Localized};
use crate::import::address::address_line;
use crate::import::opening_hours_text::understood;
use crate::import::public_contact::{email, phone, web};

/// A field that says something unusable: its key, why, and the value.
pub type Fault = (&'static str, &'static str, String);

/// Telephone and public e-mail address. A place without a name has no public desk, so its e-mail is somebody's own.
pub fn contact(tags: &Tags, named: bool, faults: &mut Vec<Fault>) -> Contact {
    let first = |keys: &[&'static str]| keys.iter().find_map(|key| Some((*key, tags.get(key)?)));
    let mut contact = Contact::default();
    if let Some((key, value)) = first(&["phone", "contact:phone"]) {
        let number = tidy(value.split([';', ',']).next().unwrap_or(value));
        match phone(&number) {
            Some(number) => contact.phone = number,
            None => faults.push((key, "no telephone number", value.to_owned())),
        }
    }
    if let Some((key, value)) = first(&["email", "contact:email"]).filter(|_| named) {
        let address = tidy(value.split([';', ',']).next().unwrap_or(value));
        match email(&address) {
            Some(address) => contact.email = address,
            None => faults.push((key, "no e-mail address", value.to_owned())),
        }
    }
    contact
}

/// The place's own page by language.
pub fn link(tags: &Tags, faults: &mut Vec<Fault>) -> Localized {
    for key in ["website", "contact:website", "url"] {
        let mut pages = localized(tags, key, MAIN_LANGUAGE);
        pages.0.retain(|_, page| match web(page.text.split(';').next().unwrap_or_default()) {
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

/// Opening hours, when they can be understood.
pub fn hours(tags: &Tags, faults: &mut Vec<Fault>) -> String {
    let Some(hours) = tags.get("opening_hours") else { return String::new() };
    understood(hours).unwrap_or_else(|| {
        faults.push(("opening_hours", "opening hours that cannot be understood", hours.to_owned()));
        String::new()
    })
}

/// "12 Rue Grimaldi, 98000 Monaco", as far as the tags go.
pub fn address(tags: &Tags) -> String {
    let part = |key: &str| {
        let value = tags.get(&format!("addr:{key}")).or_else(|| tags.get(&format!("contact:{key}")));
        value.map(tidy)
    };
    let street = part("street").or_else(|| part("place"));
    let number = part("housenumber").filter(|_| street.is_some());
    if street.is_none() {
        return tags.get("addr:full").or_else(|| tags.get("address")).map(tidy).unwrap_or_default();
    }
    let lines = [number, street].into_iter().flatten().collect::<Vec<_>>().join(" ");
    address_line([lines], &part("postcode").unwrap_or_default(), &part("city").unwrap_or_default())
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
    fn an_address_is_only_what_the_tags_say() {
        let all = [("addr:housenumber", "12"), ("addr:street", "Rue Grimaldi"), ("addr:city", "Monaco")];
        assert_eq!(address(&tags(&all)), "12 Rue Grimaldi, Monaco");
        assert_eq!(address(&tags(&all[..1])), "");
        assert_eq!(address(&tags(&all[2..])), "");
    }
}
