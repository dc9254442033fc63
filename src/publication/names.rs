//! What things are called in a publication and at its delegated roles.

/// The display group that always exists.
pub const DEFAULT_GROUP: &str = "default";

/// The delegated role that may sign `<group>/alerts.json` and nothing else.
pub const ALERTS: &str = "alerts";

/// The delegated role that may sign `<group>/live.json` and nothing else.
pub const LIVE: &str = "live";

/// The largest target of a delegated role, in bytes.
pub const DELEGATED_BYTES_MAX: u64 = 32 << 10;

/// What a root is for that its field `x-parvis-for` calls this: publications on a USB stick.
pub const BUNDLE: &str = "bundle";

/// The field of `timestamp.json` that says when it was signed (RFC 3339): what a display's clock is held against.
pub const SIGNED_AT: &str = "x-parvis-signed";

/// Whether a display group may be called that: 1 to 64 lower-case letters, digits and `-`, beginning with a letter.
pub fn is_group_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The target that lists what a group shows.
pub fn revision_target(group: &str) -> String {
    format!("{group}/revision.json")
}

/// The one target that a delegated role may sign for a group.
pub fn delegated_target(group: &str, role: &str) -> String {
    format!("{group}/{role}.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn group_names_are_plain() {
        for good in ["default", "totem-2", "a"] {
            assert!(is_group_name(good), "{good}");
        }
        for bad in ["", "2a", "-a", "A", "a/b", "..", "a.b", "a b", "é", &"a".repeat(65)] {
            assert!(!is_group_name(bad), "{bad}");
        }
    }
}
