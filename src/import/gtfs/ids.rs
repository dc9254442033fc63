use crate::content::Id;
use aws_lc_rs::digest::{SHA256, digest};
use std::fmt::Write;

/// `<source>:<record>`; a record whose id is too long or holds control characters goes by its hash.
pub fn id(source: &str, record: &str) -> Id {
    let id = Id(format!("{source}:{record}"));
    if id.is_valid() {
        return id;
    }
    let mut hashed = format!("{source}:sha256-");
    for byte in &digest(&SHA256, record.as_bytes()).as_ref()[..16] {
        // Writing to a String does not fail.
        let _ = write!(hashed, "{byte:02x}");
    }
    Id(hashed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_has_an_id_of_its_own_that_stays() {
        assert_eq!(id("gtfs", "7001").as_str(), "gtfs:7001");
        let long = "x".repeat(200);
        assert!(id("gtfs", &long).is_valid() && id("gtfs", "a\nb").is_valid());
        assert_eq!(id("gtfs", &long), id("gtfs", &long));
        assert_ne!(id("gtfs", &long), id("gtfs", &format!("{long}x")));
    }
}
