//! XML that may be hostile: no document type declaration, so no entities of its own and nothing to fetch; bounded in
//! depth and number. Names are taken without their prefixes, since feeds bind any prefix to a namespace or none.

use super::decoding::{decoded, xml_encoding};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// How deep elements may lie in one another.
const DEPTH_MAX: usize = 64;
/// Elements and attributes in one document.
const NODES_MAX: usize = 500_000;

/// One element with all that is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Without its prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// The text that stands in it itself, not in its children.
    pub text: String,
}

impl Element {
    pub fn children_named<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// What stands in a child, unless there is none or nothing in it.
    pub fn text_of<'e>(&'e self, name: &'e str) -> Option<&'e str> {
        self.texts_of(name).next()
    }

    /// What stands in each child of this name that is not empty.
    pub fn texts_of<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e str> {
        self.children_named(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// The nearest elements of this name below this one, in the order of the document.
    pub fn below<'e>(&'e self, name: &str) -> Vec<&'e Self> {
        let mut found = Vec::new();
        let mut left: Vec<&Self> = self.children.iter().rev().collect();
        while let Some(element) = left.pop() {
            if element.name == name {
                found.push(element);
            } else {
                left.extend(element.children.iter().rev());
            }
        }
        found
    }
}

/// What there was to read.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The name of the outermost element, without its prefix.
    pub root: String,
    /// Why the document breaks off, if it does.
    pub broken_off: Option<String>,
}

/// Hands over every outermost element with one of these names, once it is complete. What lies in none is not kept.
///
/// # Errors
/// In words, when this is no XML, or XML with a document type declaration.
pub fn read(bytes: &[u8], wanted: &[&str], found: &mut dyn FnMut(Element)) -> Result<Outcome, String> {
    let text = decoded(bytes, xml_encoding(bytes));
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    let mut walk = Walk { wanted, found, root: None, depth: 0, nodes: 0, open: Vec::new() };
    let broken_off = loop {
        let step = match reader.read_event() {
            Ok(Event::Eof) if walk.depth > 0 => Err("it ends in the middle".to_owned()),
            Ok(Event::Eof) => break None,
            Ok(Event::DocType(_)) => return Err(DOCTYPE.to_owned()),
            Ok(event) => walk.step(event),
            Err(error) => Err(error.to_string()),
        };
        if let Err(reason) = step {
            break Some(reason);
        }
    };
    match (walk.root, broken_off) {
        (Some(root), broken_off) => Ok(Outcome { root, broken_off }),
        (None, Some(reason)) => Err(format!("not XML: {reason}")),
        (None, None) => Err("not XML: there is no element in it".to_owned()),
    }
}

const DOCTYPE: &str =
    "it has a document type declaration (DOCTYPE), with which a document can make its reader open other files";

struct Walk<'w> {
    wanted: &'w [&'w str],
    found: &'w mut dyn FnMut(Element),
    root: Option<String>,
    depth: usize,
    nodes: usize,
    /// The elements around here, from the outermost wanted one on.
    open: Vec<Element>,
}

impl Walk<'_> {
    fn step(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(start) => self.enter(&start),
            Event::End(_) => {
                self.leave();
                Ok(())
            }
            Event::Text(text) => {
                self.text(&text.xml10_content());
                Ok(())
            }
            Event::CData(text) => {
                self.text(&text.xml10_content());
                Ok(())
            }
            Event::GeneralRef(entity) => {
                self.text(&character(&entity));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn enter(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        self.depth += 1;
        self.nodes += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("elements lie more than {DEPTH_MAX} deep in one another"));
        }
        let name = start.local_name().as_ref().to_owned();
        if self.root.is_none() {
            self.root = Some(name.clone());
        }
        let mut element = Element { name, ..Element::default() };
        let is_kept = !self.open.is_empty() || self.wanted.contains(&element.name.as_str());
        // Whether a name comes twice is not looked at: that takes quadratic time.
        for attribute in start.attributes().with_checks(false) {
            self.nodes += 1;
            if self.nodes > NODES_MAX {
                break;
            }
            let attribute = attribute.map_err(|error| error.to_string())?;
            if is_kept {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or(attribute.value.clone());
                element.attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
            }
        }
        if self.nodes > NODES_MAX {
            return Err(format!("more than {NODES_MAX} elements and attributes"));
        }
        if is_kept {
            self.open.push(element);
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(around) => around.children.push(element),
            None => (self.found)(element),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(text);
        }
    }
}

/// What a reference stands for; one that XML itself does not know stays as it is written.
fn character(entity: &BytesRef<'_>) -> String {
    match entity.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => {
            let known = quick_xml::escape::resolve_predefined_entity(entity);
            known.map_or_else(|| format!("&{};", &**entity), str::to_owned)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::hostile_input::damaged_copies;
    use proptest::prelude::*;

    fn elements(xml: &[u8], wanted: &[&str]) -> Result<(Vec<Element>, Option<String>), String> {
        let mut all = Vec::new();
        let outcome = read(xml, wanted, &mut |element| all.push(element))?;
        Ok((all, outcome.broken_off))
    }

    const SAMPLE: &str = "<?xml version='1.0' encoding='utf-8'?><!-- one --><f:feed xmlns:f='urn:f' xmlns='urn:g'>\
        <entry a='1 &amp; 2' x:b=\"\"><title>Un &lt;b&gt; &#233;t&#xE9; &eacute; R&D</title><![CDATA[<raw>]]></entry>\
        <other><entry><x:title>Deux</x:title></entry></other></f:feed>";

    #[test]
    fn elements_come_with_their_texts_and_without_prefixes() {
        let (all, broken_off) = elements(SAMPLE.as_bytes(), &["entry"]).unwrap();
        assert_eq!((all.len(), broken_off), (2, None));
        assert_eq!(all[0].text_of("title"), Some("Un <b> été &eacute; R&D"));
        assert_eq!(
            (all[0].attribute("a"), all[0].attribute("b"), all[0].text.as_str()),
            (Some("1 & 2"), None, "<raw>")
        );
        assert_eq!(all[1].text_of("title"), Some("Deux"));
        let (whole, _) = elements(SAMPLE.as_bytes(), &["feed"]).unwrap();
        assert_eq!(whole[0].below("entry"), all.iter().collect::<Vec<_>>());
        assert_eq!(whole[0].below("none"), Vec::<&Element>::new());
    }

    #[test]
    fn the_encoding_is_the_documents_own() {
        for xml in [
            &b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9t\xE9</a>"[..],
            b"\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a>\xC3\xA9t\xC3\xA9</a>",
            b"\xFE\xFF\0<\0a\0>\0\xE9\0t\0\xE9\0<\0/\0a\0>",
        ] {
            assert_eq!(elements(xml, &["a"]).unwrap().0[0].text, "été");
        }
    }

    #[test]
    fn no_document_makes_its_reader_open_or_repeat_anything() {
        for doctype in [
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE a [<!ENTITY x \"xxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;\">]>",
            "<!doctype html>",
        ] {
            let reason = elements(format!("{doctype}<a>&x;&y;</a>").as_bytes(), &["a"]).unwrap_err();
            assert!(reason.contains("DOCTYPE"), "{reason}");
        }
        assert_eq!(elements(b"<a>&x;</a>", &["a"]).unwrap().0[0].text, "&x;");
    }

    #[test]
    fn what_is_complete_before_a_document_breaks_off_is_taken() {
        for (rest, reason) in [("<b>two", "middle"), ("<b>two</c>", "</c>"), ("</a", "")] {
            let (all, broken_off) = elements(format!("<a><b>one</b>{rest}").as_bytes(), &["b"]).unwrap();
            assert_eq!(all.len(), 1);
            assert!(broken_off.unwrap().contains(reason), "{rest}");
        }
        for none in ["", "{}", "plain", "<?xml version='1.0'?>", "<"] {
            assert!(elements(none.as_bytes(), &["a"]).is_err(), "{none}");
        }
    }

    #[test]
    fn limits_stop_the_reading() {
        let deep = "<a>".repeat(1_000_000);
        let many = format!("<a>{}</a>", "<b/>".repeat(NODES_MAX + 1));
        let wide = format!("<a {}/>", "b='' ".repeat(NODES_MAX + 1));
        for xml in [deep, many, wide] {
            assert!(elements(xml.as_bytes(), &["a"]).unwrap().1.is_some());
        }
    }

    proptest! {
        #[test]
        fn any_input_is_read_without_harm(xml in damaged_copies(SAMPLE.as_bytes())) {
            drop(elements(&xml, &["entry"]));
        }
    }
}
