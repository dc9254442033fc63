use crate::content::Id;
use aws_lc_rs::digest::{SHA256, digest};

/// The room that an id leaves for what tells the parts of one record apart, in bytes: `/` and a number.
const PART_MAX: usize = 11;
/// The longest name of a source, in bytes: it leaves room for what its records are called.
const NAME_MAX: usize = 32;

/// Whether a source can be called so: small letters, digits and hyphens, since ids and files begin with it.
pub fn is_source_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=NAME_MAX).contains(&name.len()) && name.bytes().all(plain)
}

/// The id of a record that its source tells from all records anywhere: `<source>:<record>`. What is too long for an id,
/// or holds control characters, goes by its digest.
pub fn record_id(source: &str, record: &str) -> Id {
    let id = Id(format!("{source}:{record}"));
    if id.is_valid() && id.0.len() + PART_MAX <= Id::MAX_BYTES { id } else { digest_id(source, record) }
}

/// The id of a record whose own shall not be written out.
pub fn digest_id(source: &str, record: &str) -> Id {
    Id(format!("{source}:sha256-{}", digits_of(record, 32)))
}

/// The id of a record that is told from others only within its own file or feed: what staff call that one stands in it,
/// `<source>:<name>:<record>`. An empty name stands for none.
pub fn local_id(source: &str, name: &str, record: &str) -> Id {
    if name.is_empty() { record_id(source, record) } else { record_id(&format!("{source}:{name}"), record) }
}

/// The id of one of several items of a record: with the record all of them are withdrawn.
pub fn part_id(record: &Id, number: u32) -> Id {
    Id(format!("{record}/{number}"))
}

/// The first hexadecimal digits of the digest of what shall not be written out, at most 64.
pub fn digits_of(text: impl AsRef<[u8]>, digits: usize) -> String {
    let mut all: String = digest(&SHA256, text.as_ref()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    all.truncate(digits);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_has_an_id_of_its_own_that_stays() {
        assert_eq!(record_id("wifi", "A 1").as_str(), "wifi:A 1");
        let long = "é".repeat(100);
        let (one, other) = (record_id("wifi", &long), record_id("wifi", &format!("{long}2")));
        assert!(one.is_valid() && other.is_valid() && one != other);
        assert_eq!(one, record_id("wifi", &long));
        assert!(record_id("wifi", "a\nb").is_valid());
    }

    #[test]
    fn what_only_its_own_file_tells_apart_bears_the_name_of_that() {
        assert_eq!(local_id("gtfs", "bus", "1").as_str(), "gtfs:bus:1");
        assert_eq!(local_id("gtfs", "", "1"), record_id("gtfs", "1"));
        let (long, name) = ("x".repeat(200), "n".repeat(NAME_MAX));
        assert!(is_source_name(&name) && !is_source_name(&format!("{name}n")) && !is_source_name("A"));
        assert!(part_id(&local_id(&name, &name, &long), u32::MAX).is_valid());
        assert!(part_id(&record_id("a", &"x".repeat(115)), u32::MAX).is_valid());
    }
}
