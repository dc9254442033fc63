use crate::import::web_address::absolute;
use html5gum::{Token, Tokenizer};
use url::Url;

/// A picture within an article's text.
#[derive(Debug, PartialEq)]
pub struct Inline {
    pub url: String,
    pub alt: String,
}

/// The narrowest picture that is one, in pixels: what is narrower counts readers or decorates.
pub const WIDTH_MIN: u32 = 150;

/// How much of a text is looked through for its first picture, in bytes.
const REACH: usize = 64 << 10;

/// The first picture of a text in HTML.
pub fn first_picture(html: &str, base: Option<&Url>) -> Option<Inline> {
    let near = &html[..html.floor_char_boundary(REACH)];
    Tokenizer::new(near).filter_map(Result::ok).find_map(|token| {
        let Token::StartTag(tag) = token else { return None };
        if *tag.name != b"img" {
            return None;
        }
        let value = |name: &[u8]| {
            let found = tag.attributes.iter().find(|(key, _)| key.as_slice() == name);
            found.map(|(_, value)| String::from_utf8_lossy(value).trim().to_owned()).unwrap_or_default()
        };
        let is_small = |name| value(name).trim_end_matches("px").parse().is_ok_and(|size: u32| size < WIDTH_MIN);
        if is_small(b"width") || is_small(b"height") {
            return None;
        }
        let url = absolute(&value(b"src"), base)?;
        Some(Inline { url, alt: value(b"alt") })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_picture_worth_showing_is_found() {
        let base = Url::parse("https://exemple.test/a/b").unwrap();
        let html = "<p>Un <!-- <img src='no.png'> --> <img src=count.gif width=1 height=1><IMG alt='Le &eacute;t&eacute;' \
                    src='../c.jpg?x=1&amp;y=2'> <img src=d.jpg>";
        let found = first_picture(html, Some(&base)).unwrap();
        assert_eq!((found.url.as_str(), found.alt.as_str()), ("https://exemple.test/c.jpg?x=1&y=2", "Le été"));
        assert_eq!(first_picture("<img src='data:image/png;base64,AA'><img src=e.jpg>", None), None);
        assert_eq!(first_picture("no picture < > <im", None), None);
    }
}
