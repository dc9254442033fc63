use crate::content::Id;
use aws_lc_rs::digest::{SHA256, digest};

/// The id of a record of a source: as the source calls it, or by its digest where that is too long.
pub fn record_id(source: &str, record: &str) -> Id {
    let whole = format!("{source}:{record}");
    if whole.len() <= Id::MAX_BYTES {
        return Id(whole);
    }
    let hashed = digest(&SHA256, record.as_bytes());
    let hex: String = hashed.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    Id(format!("{source}:{hex}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_ids_stay_apart_and_valid() {
        assert_eq!(record_id("wifi", "A 1").as_str(), "wifi:A 1");
        let long = "é".repeat(100);
        let (one, other) = (record_id("wifi", &long), record_id("wifi", &format!("{long}2")));
        assert!(one.is_valid() && other.is_valid() && one != other);
        assert_eq!(one, record_id("wifi", &long));
    }
}
