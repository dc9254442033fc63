/// What a line of a long text begins with that is a link: an address behind it, then the words that stand for it.
const MARK: &str = "=> ";

/// A link as a line of a long text ([`crate::content::Common::text`]).
pub fn link_line(address: &str, words: &str) -> String {
    format!("{MARK}{address} {words}").trim_end().to_owned()
}

/// The address and the words of a line that is a link; without words the address stands for itself.
pub fn link_of(line: &str) -> Option<(&str, &str)> {
    let link = line.strip_prefix(MARK)?.trim();
    let (address, words) = link.split_once(' ').unwrap_or((link, ""));
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let words = if words.trim().is_empty() { address } else { words.trim() };
    is_web.then_some((address, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_it_was_written() {
        assert_eq!(
            link_of(&link_line("https://example.org/a", "the page")),
            Some(("https://example.org/a", "the page"))
        );
        assert_eq!(link_of("=> https://example.org"), Some(("https://example.org", "https://example.org")));
        for line in
            ["=> ", "=> words alone", "=>https://example.org", "a => https://example.org", "=> mailto:a@b.example x"]
        {
            assert_eq!(link_of(line), None, "{line}");
        }
    }
}
