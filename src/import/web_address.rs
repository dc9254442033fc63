use url::Url;

/// The longest address that is taken, in bytes: longer ones fit into no code to scan.
const BYTES_MAX: usize = 2000;

/// What problems say of an address that cannot be one.
pub const NO_WEB_ADDRESS: &str = "an address that begins with https:// is expected";

/// Whether a text as it stands is an address on the web.
pub fn is_web(text: &str) -> bool {
    let is_http = text.starts_with("https://") || text.starts_with("http://");
    is_http && text.len() <= BYTES_MAX && !text.contains(char::is_whitespace)
}

/// An address on the web, resolved against where it stands.
pub fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    let url = match base {
        Some(base) => base.join(address),
        None => Url::parse(address),
    };
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https") && !address.is_empty()).map(String::from)
}

/// Whether a text ends like the name of a picture's file; what follows a question mark or # is not looked at.
pub fn has_image_ending(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or(text).to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_addresses_on_the_web_are_some() {
        assert!(is_web("https://a.fr/b?c#d") && is_web("http://a.fr"));
        for text in ["", "a.fr", "ftp://a.fr", "https://a.fr b", "mailto:a@b.fr", " https://a.fr"] {
            assert!(!is_web(text), "{text}");
        }
        assert!(!is_web(&format!("https://a.fr/{}", "a".repeat(2000))));
    }

    #[test]
    fn relative_addresses_are_resolved() {
        let base = Url::parse("https://a.fr/b/c").unwrap();
        assert_eq!(absolute(" d?e ", Some(&base)).as_deref(), Some("https://a.fr/b/d?e"));
        assert_eq!(absolute("//z.fr/", Some(&base)).as_deref(), Some("https://z.fr/"));
        assert_eq!(absolute("d", None), None);
        for address in ["", "mailto:a@b.fr", "javascript:alert(1)"] {
            assert_eq!(absolute(address, Some(&base)), None, "{address}");
        }
    }

    #[test]
    fn pictures_are_told_by_their_ending() {
        assert!(has_image_ending("https://a.fr/b.JPG?v=2") && has_image_ending("c.webp#x"));
        assert!(!has_image_ending("https://a.fr/b.pdf?c.jpg") && !has_image_ending("jpg"));
    }
}
