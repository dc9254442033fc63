use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text of a file, whatever encoding it is in: as its byte order mark says, else as `declared`, else UTF-8 where
/// it is that, else Windows-1252, which holds Latin-1. The mark does not become part of the text.
pub fn decoded(bytes: &[u8], declared: Option<&str>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    let named = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // Many a file declares what it was before an editor saved it: what is valid UTF-8 beyond ASCII is UTF-8.
    match named.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) if bytes.is_ascii() || std::str::from_utf8(bytes).is_err() => {
            encoding.decode(bytes).0.into_owned()
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    }
}

/// The encoding that an XML declaration names (XML 1.0, 4.3.3).
pub fn xml_encoding(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(200)];
    let end = head.windows(2).position(|two| two == b"?>")?;
    let declaration = std::str::from_utf8(head.get(..end)?).ok()?.trim_start();
    let after =
        declaration.strip_prefix("<?xml")?.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_that_towns_send_is_read() {
        for (bytes, declared, text) in [
            (&b"\xEF\xBB\xBFcaf\xC3\xA9"[..], None, "café"),
            (b"caf\xE9", None, "café"),
            (b"caf\xE9 \x80", Some("iso-8859-1"), "café €"),
            (b"caf\xC3\xA9", Some("iso-8859-1"), "café"),
            (b"caf\xC3\xA9", Some("no-such"), "café"),
            (b"\xA1", Some("iso-8859-2"), "Ą"),
            (b"\xFF\xFEc\0a\0f\0\xE9\0", Some("utf-8"), "café"),
            (b"\xFE\xFF\0c\0a\0f\0\xE9", None, "café"),
            (b"", None, ""),
        ] {
            assert_eq!(decoded(bytes, declared), text, "{bytes:?}");
        }
    }

    #[test]
    fn an_xml_declaration_names_its_encoding() {
        assert_eq!(xml_encoding(b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>"), Some("ISO-8859-1"));
        assert_eq!(xml_encoding(b"<?xml version=\"1.0\" encoding = \"utf-8\" ?>"), Some("utf-8"));
        assert_eq!(xml_encoding(b"<?xml version=\"1.0\"?><a encoding='x'/>"), None);
        assert_eq!(xml_encoding(b"<a/>"), None);
        assert_eq!(xml_encoding(b"<?xml encoding=?>"), None);
    }
}
