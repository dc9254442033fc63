use encoding_rs::WINDOWS_1252;

/// Replaces the HTML entities of a text by what they stand for; what is no known entity stays as it is.
pub fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let name = rest.bytes().take(LONGEST + 1).position(|byte| byte == b';').map(|end| &rest[..end]);
        match name.and_then(|name| Some((name, character(name)?))) {
            Some((name, character)) => {
                out.push(character);
                rest = &rest[name.len() + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

const LONGEST: usize = 8;

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).map(of_windows)
}

/// The character of Windows-1252 for a control character from U+0080 to U+009F, which nobody means (HTML, 13.2.5.80);
/// any other is itself.
pub fn of_windows(c: char) -> char {
    let byte = u8::try_from(u32::from(c)).ok().filter(|byte| (0x80..0xa0).contains(byte));
    byte.and_then(|byte| WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()).unwrap_or(c)
}

/// Those of HTML 4 that western European texts use.
#[rustfmt::skip]
const NAMED: &[(&str, char)] = &[
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}'), ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'), ("thinsp", '\u{2009}'), ("shy", '\u{ad}'), ("iexcl", '¡'), ("cent", '¢'), ("pound", '£'),
    ("euro", '€'), ("yen", '¥'), ("sect", '§'), ("copy", '©'), ("reg", '®'), ("trade", '™'), ("deg", '°'),
    ("plusmn", '±'), ("sup2", '²'), ("sup3", '³'), ("micro", 'µ'), ("para", '¶'), ("middot", '·'), ("ordm", 'º'),
    ("ordf", 'ª'), ("laquo", '«'), ("raquo", '»'), ("frac14", '¼'), ("frac12", '½'), ("frac34", '¾'), ("iquest", '¿'),
    ("times", '×'), ("divide", '÷'), ("ndash", '–'), ("mdash", '—'), ("lsquo", '‘'), ("rsquo", '’'), ("sbquo", '‚'),
    ("ldquo", '“'), ("rdquo", '”'), ("bdquo", '„'), ("lsaquo", '‹'), ("rsaquo", '›'), ("bull", '•'), ("hellip", '…'),
    ("prime", '′'), ("Prime", '″'), ("larr", '←'), ("rarr", '→'), ("uarr", '↑'), ("darr", '↓'), ("hearts", '♥'),
    ("curren", '¤'), ("brvbar", '¦'), ("uml", '¨'), ("not", '¬'), ("macr", '¯'), ("sup1", '¹'), ("acute", '´'),
    ("cedil", '¸'), ("dagger", '†'), ("permil", '‰'), ("minus", '−'), ("infin", '∞'), ("asymp", '≈'), ("ne", '≠'),
    ("le", '≤'), ("ge", '≥'), ("rArr", '⇒'), ("spades", '♠'), ("clubs", '♣'), ("diams", '♦'), ("circ", 'ˆ'),
    ("tilde", '˜'), ("Dagger", '‡'), ("fnof", 'ƒ'), ("oline", '‾'), ("hArr", '⇔'),
    ("harr", '↔'), ("lArr", '⇐'), ("loz", '◊'), ("alpha", 'α'), ("beta", 'β'), ("pi", 'π'), ("Omega", 'Ω'),
    ("lrm", '\u{200e}'), ("rlm", '\u{200f}'), ("zwj", '\u{200d}'), ("zwnj", '\u{200c}'),
    ("star", '☆'), ("check", '✓'), ("oelig", 'œ'), ("OElig", 'Œ'), ("scaron", 'š'), ("Scaron", 'Š'), ("Yuml", 'Ÿ'),
    ("AElig", 'Æ'), ("Aacute", 'Á'), ("Acirc", 'Â'), ("Agrave", 'À'), ("Aring", 'Å'), ("Atilde", 'Ã'), ("Auml", 'Ä'),
    ("Ccedil", 'Ç'), ("ETH", 'Ð'), ("Eacute", 'É'), ("Ecirc", 'Ê'), ("Egrave", 'È'), ("Euml", 'Ë'), ("Iacute", 'Í'),
    ("Icirc", 'Î'), ("Igrave", 'Ì'), ("Iuml", 'Ï'), ("Ntilde", 'Ñ'), ("Oacute", 'Ó'), ("Ocirc", 'Ô'), ("Ograve", 'Ò'),
    ("Oslash", 'Ø'), ("Otilde", 'Õ'), ("Ouml", 'Ö'), ("THORN", 'Þ'), ("Uacute", 'Ú'), ("Ucirc", 'Û'), ("Ugrave", 'Ù'),
    ("Uuml", 'Ü'), ("Yacute", 'Ý'), ("aacute", 'á'), ("acirc", 'â'), ("aelig", 'æ'), ("agrave", 'à'), ("aring", 'å'),
    ("atilde", 'ã'), ("auml", 'ä'), ("ccedil", 'ç'), ("eacute", 'é'), ("ecirc", 'ê'), ("egrave", 'è'), ("eth", 'ð'),
    ("euml", 'ë'), ("iacute", 'í'), ("icirc", 'î'), ("igrave", 'ì'), ("iuml", 'ï'), ("ntilde", 'ñ'), ("oacute", 'ó'),
    ("ocirc", 'ô'), ("ograve", 'ò'), ("oslash", 'ø'), ("otilde", 'õ'), ("ouml", 'ö'), ("szlig", 'ß'), ("thorn", 'þ'),
    ("uacute", 'ú'), ("ucirc", 'û'), ("ugrave", 'ù'), ("uuml", 'ü'), ("yacute", 'ý'), ("yuml", 'ÿ'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_entities_are_decoded_and_all_else_stays() {
        for (text, read) in [
            ("Caf&eacute; &amp; th&#233;&#xE2;tre&nbsp;!", "Café & théâtre\u{a0}!"),
            ("R&D; a && b &; &unknown; &#xD800; &#99999999; &", "R&D; a && b &; &unknown; &#xD800; &#99999999; &"),
            ("d&#39;&Eacute;t&eacute;", "d'Été"),
            ("18&nbsp;&le;&#x20;&#156;uvre&#133;&#x81;", "18\u{a0}≤ œuvre…\u{81}"),
        ] {
            assert_eq!(decode_entities(text), read);
        }
    }
}
