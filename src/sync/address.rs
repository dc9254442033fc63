//! Where a publication lies on the web, and that nothing asked for below it leads out of it.

use super::FetchFault;
use reqwest::Url;
use std::fmt::Write;

/// The address that everything of a publication lies below.
#[derive(Clone, Debug)]
pub struct Address {
    /// Its path ends in `/`.
    base: Url,
}

impl Address {
    /// Reads an address such as `https://town.example/publication/`, with or without the `/` at the end.
    ///
    /// # Errors
    /// Why it is none, in words for town IT.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut base = Url::parse(text.trim()).map_err(|error| format!("{text}: {error}"))?;
        if !["http", "https"].contains(&base.scheme()) {
            return Err(format!("{text}: an address begins with https:// or http://"));
        }
        if base.query().is_some() || base.fragment().is_some() {
            return Err(format!("{text}: an address has no ? and no #"));
        }
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        Ok(Self { base })
    }

    pub fn is_encrypted(&self) -> bool {
        self.base.scheme() == "https"
    }

    /// The address of a file of the publication. What a URL cannot hold is escaped; what is escaped already stays.
    ///
    /// # Errors
    /// [`FetchFault::NoPath`] for what [`is_path`] refuses.
    pub fn below(&self, path: &str) -> Result<Url, FetchFault> {
        let no_path = || FetchFault::NoPath(path.to_owned());
        if !is_path(path) {
            return Err(no_path());
        }
        let url = Url::parse(&format!("{}{}", self.base, escaped(path))).map_err(|_| no_path())?;
        if self.holds(&url) { Ok(url) } else { Err(no_path()) }
    }

    /// Whether a URL lies below this address, at the same server.
    pub fn holds(&self, url: &Url) -> bool {
        self.base.origin() == url.origin() && url.path().starts_with(self.base.path())
    }
}

/// Whether this is the path of one file of a publication: parts between single `/`, none of which leads upwards, however
/// it is escaped.
pub fn is_path(path: &str) -> bool {
    let is_part = |part: &str| !["", ".", ".."].contains(&part.to_ascii_lowercase().replace("%2e", ".").as_str());
    path.len() <= 1024 && !path.contains(|c: char| c == '\\' || c.is_control()) && path.split('/').all(is_part)
}

fn escaped(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut escaped = String::with_capacity(bytes.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let is_escape =
            byte == b'%' && bytes[at + 1..].iter().take(2).filter(|digit| digit.is_ascii_hexdigit()).count() == 2;
        if is_escape || byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn below(base: &str, path: &str) -> String {
        Address::parse(base).unwrap().below(path).unwrap().to_string()
    }

    #[test]
    fn files_lie_below_the_address_with_or_without_its_last_slash() {
        for base in ["https://town.example/a", "https://town.example/a/"] {
            assert_eq!(below(base, "metadata/1.root.json"), "https://town.example/a/metadata/1.root.json");
        }
        assert_eq!(below("http://[::1]:8080", "root.json"), "http://[::1]:8080/root.json");
        assert_eq!(below("http://me:secret@h/", "x"), "http://me:secret@h/x");
    }

    #[test]
    fn what_a_url_cannot_hold_is_escaped_once() {
        assert_eq!(below("http://h/", "targets/a b?c#d%zz\u{e9}"), "http://h/targets/a%20b%3Fc%23d%25zz%C3%A9");
        assert_eq!(below("http://h/", "metadata/1.%2Frole.json"), "http://h/metadata/1.%2Frole.json");
        assert_eq!(below("http://h/", "metadata/1...%2Frole.json"), "http://h/metadata/1...%2Frole.json");
        assert_eq!(below("http://h/", "http:/x/%4"), "http://h/http:/x/%254");
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        let address = Address::parse("http://h/a/b/").unwrap();
        for path in [
            "",
            "/",
            "/x",
            "x/",
            "../x",
            "x/../../y",
            "./x",
            "x//y",
            "//other/x",
            "%2e%2E/x",
            ".%2e/x",
            "%2e",
            "x\\..\\y",
            "x\ny",
            "x\0",
        ] {
            assert_eq!(address.below(path).err(), Some(FetchFault::NoPath(path.to_owned())), "{path:?}");
        }
        for other in ["http://h/a/", "http://h/a/bc", "http://h:81/a/b/x", "https://h/a/b/x", "http://other/a/b/x"] {
            assert!(!address.holds(&Url::parse(other).unwrap()), "{other}");
        }
        assert!(address.holds(&Url::parse("http://H:80/a/b/x").unwrap()));
    }

    #[test]
    fn an_address_is_one_of_the_web() {
        for text in ["", "town.example", "ftp://h/", "file:///x", "https://", "https://h/?a=b", "https://h/#a"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_path_leads_out(path in "([a-c./%2eE\\\\?#:@ ]|\\PC){0,20}") {
            let address = Address::parse("https://h.example/a/").unwrap();
            if let Ok(url) = address.below(&path) {
                prop_assert!(url.as_str().starts_with("https://h.example/a/"), "{url}");
                prop_assert_eq!(url.path().split('/').count(), path.split('/').count() + 2);
                prop_assert!(url.query().is_none() && url.fragment().is_none());
            }
        }
    }
}
