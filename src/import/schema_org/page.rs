use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// The most scripts of one page that are read.
const SCRIPTS_MAX: usize = 500;

/// What a page (HTML) has for machines.
#[derive(Debug, Default, PartialEq)]
pub struct Page {
    /// The texts of its `<script type="application/ld+json">`.
    pub scripts: Vec<String>,
    /// As the page says, as a BCP 47 tag.
    pub language: Option<String>,
    /// Where the page says that it is.
    pub canonical: Option<String>,
    /// Whether a script does not end.
    pub is_cut: bool,
}

/// Takes a page apart; it need not be well-formed.
pub fn read(html: &str) -> Page {
    let mut page = Page::default();
    let mut script: Option<String> = None;
    // Without this the text of a script would be read as markup.
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter).filter_map(Result::ok) {
        match token {
            Token::StartTag(tag) => {
                let value = |name: &[u8]| {
                    let found = tag.attributes.iter().find(|(key, _)| key.as_slice() == name);
                    found.map(|(_, value)| String::from_utf8_lossy(value).trim().to_owned())
                };
                match tag.name.as_slice() {
                    b"script" if is_json_ld(&value(b"type").unwrap_or_default()) => script = Some(String::new()),
                    b"html" if page.language.is_none() => page.language = value(b"lang"),
                    b"link" if value(b"rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                        page.canonical = value(b"href");
                    }
                    _ => {}
                }
            }
            Token::String(text) => {
                if let Some(script) = &mut script {
                    script.push_str(&String::from_utf8_lossy(&text));
                }
            }
            Token::EndTag(tag) if tag.name.as_slice() == b"script" => {
                page.scripts.extend(script.take().filter(|_| page.scripts.len() < SCRIPTS_MAX));
            }
            _ => {}
        }
    }
    if let Some(script) = script {
        page.is_cut = true;
        page.scripts.push(script);
    }
    page
}

fn is_json_ld(media_type: &str) -> bool {
    media_type.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("application/ld+json"))
}

/// A script without what some programs wrap around it for the sake of old browsers.
pub fn unwrapped(script: &str) -> &str {
    let script = script.trim().trim_start_matches('\u{feff}');
    let starts = ["<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"];
    let ends = ["-->", "//]]>", "]]>", "/*]]>*/"];
    let inner = starts.iter().find_map(|start| script.strip_prefix(start)).unwrap_or(script);
    let inner = ends.iter().find_map(|end| inner.strip_suffix(end)).unwrap_or(inner);
    inner.trim().trim_end_matches(';').trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_found_in_any_page() {
        let page = read(
            "<!DOCTYPE html><HTML lang='fr-FR'><link rel=canonical href=' https://exemple.test/a '><!-- <script \
             type='application/ld+json'>no</script> --><script>var a = '<script type=\"application/ld+json\">';</script>\
             <SCRIPT TYPE='application/ld+json; charset=utf-8' class=x>{\"a\": \"<b>&amp;\"}</SCRIPT>\
             <script type=\"application/ld+json\">//<![CDATA[\n[1];\n//]]></script><script type='application/ld+json'>{",
        );
        let scripts: Vec<&str> = page.scripts.iter().map(|script| unwrapped(script)).collect();
        assert_eq!(scripts, ["{\"a\": \"<b>&amp;\"}", "[1]", "{"]);
        assert_eq!(page.language.as_deref(), Some("fr-FR"));
        assert_eq!(page.canonical.as_deref(), Some("https://exemple.test/a"));
        assert!(page.is_cut);
    }
}
