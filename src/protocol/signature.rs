//! Requests that a display signs with its own key: HTTP Message Signatures (RFC 9421) with Ed25519 over the method, the
//! path below the hub's address and the body (RFC 9530). When it was signed and a random number are signed as well, so
//! that nobody who has seen a request can send it again.

use crate::publication::{Digest, PublicKey, SigningKey};
use base64::prelude::{BASE64_STANDARD, Engine};

pub const CONTENT_DIGEST: &str = "content-digest";
pub const SIGNATURE_INPUT: &str = "signature-input";
pub const SIGNATURE: &str = "signature";

/// What is signed, in this order.
const COVERED: &str = r#"("@method" "@path" "content-digest")"#;
/// How long after it was signed a request is taken, in seconds, and how far clocks may differ.
pub const VALID_SECS: i64 = 300;
/// The longest number that is remembered, in letters.
const NONCE_LETTERS: std::ops::RangeInclusive<usize> = 16..=64;

/// A request.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// In capitals.
    pub method: &'a str,
    /// Below the hub's address, with a `/` before it.
    pub path: &'a str,
    pub body: &'a [u8],
}

/// Who signed it and when, as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The display's number at this hub.
    pub display: i64,
    /// In seconds since 1970.
    pub created: i64,
    /// Chosen by chance, for this request only.
    pub nonce: String,
}

impl Signed {
    fn parameters(&self) -> String {
        let Self { display, created, nonce } = self;
        format!(r#"{COVERED};created={created};keyid="{display}";nonce="{nonce}";alg="ed25519""#)
    }

    /// The three headers, each with its name, that go with the request.
    pub fn headers(&self, request: Request<'_>, key: &SigningKey) -> [(&'static str, String); 3] {
        let parameters = self.parameters();
        let signature = BASE64_STANDARD.encode(key.signature(base(request, &parameters).as_bytes()));
        [
            (CONTENT_DIGEST, content_digest(request.body)),
            (SIGNATURE_INPUT, format!("hub={parameters}")),
            (SIGNATURE, format!("hub=:{signature}:")),
        ]
    }

    /// Reads who says to have signed; `None` for what none of our displays writes.
    pub fn parse(signature_input: &str) -> Option<Self> {
        let given = signature_input.strip_prefix("hub=")?;
        let rest = given.strip_prefix(COVERED)?.strip_prefix(";created=")?;
        let (created, rest) = rest.split_once(r#";keyid=""#)?;
        let (display, rest) = rest.split_once(r#"";nonce=""#)?;
        let (nonce, _) = rest.split_once('"')?;
        let is_nonce = NONCE_LETTERS.contains(&nonce.len()) && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let signed = Self { display: display.parse().ok()?, created: created.parse().ok()?, nonce: nonce.to_owned() };
        (is_nonce && signed.parameters() == given).then_some(signed)
    }

    /// Whether the holder of this key signed just this request, and these headers came with it.
    pub fn holds(&self, request: Request<'_>, digest: &str, signature: &str, key: PublicKey) -> bool {
        let signature = signature.strip_prefix("hub=:").and_then(|rest| rest.strip_suffix(':'));
        let Some(signature) = signature.and_then(|signature| BASE64_STANDARD.decode(signature).ok()) else {
            return false;
        };
        digest == content_digest(request.body)
            && key.has_signed(base(request, &self.parameters()).as_bytes(), &signature)
    }
}

fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", BASE64_STANDARD.encode(Digest::of(body).as_bytes()))
}

/// What is signed (RFC 9421, 2.5).
fn base(request: Request<'_>, parameters: &str) -> String {
    let Request { method, path, body } = request;
    let digest = content_digest(body);
    format!(
        "\"@method\": {method}\n\"@path\": {path}\n\"content-digest\": {digest}\n\"@signature-params\": {parameters}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: Request<'_> = Request { method: "POST", path: "/records", body: b"{}" };

    fn signed() -> Signed {
        Signed { display: 7, created: 1_780_000_000, nonce: "0123456789abcdef".to_owned() }
    }

    #[test]
    fn what_is_signed_is_written_as_the_standard_says() {
        let body = br#"{"hello": "world"}"#;
        assert_eq!(
            content_digest(body),
            "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
            "RFC 9530, appendix D"
        );
        assert_eq!(
            base(Request { method: "POST", path: "/foo", body }, &signed().parameters()),
            "\"@method\": POST\n\"@path\": /foo\n\
             \"content-digest\": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n\
             \"@signature-params\": (\"@method\" \"@path\" \"content-digest\");created=1780000000;keyid=\"7\";\
             nonce=\"0123456789abcdef\";alg=\"ed25519\""
        );
    }

    #[test]
    fn a_request_holds_as_it_was_signed_and_in_no_other_way() {
        let (key, other) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
        let [(_, digest), (_, input), (_, signature)] = signed().headers(REQUEST, &key);
        let read = Signed::parse(&input).unwrap();
        assert_eq!(read, signed());
        assert!(read.holds(REQUEST, &digest, &signature, key.public()));
        assert!(!read.holds(REQUEST, &digest, &signature, other.public()));
        for request in [
            Request { method: "PUT", ..REQUEST },
            Request { path: "/report", ..REQUEST },
            Request { body: b"{ }", ..REQUEST },
        ] {
            let digest = content_digest(request.body);
            assert!(!read.holds(request, &digest, &signature, key.public()), "{request:?}");
        }
        for changed in [
            Signed { display: 8, ..signed() },
            Signed { created: 1_780_000_001, ..signed() },
            Signed { nonce: "0123456789abcdee".to_owned(), ..signed() },
        ] {
            assert!(!changed.holds(REQUEST, &digest, &signature, key.public()), "{changed:?}");
        }
        assert!(!read.holds(REQUEST, "sha-256=:AAAA:", &signature, key.public()));
        assert!(!read.holds(REQUEST, &digest, "hub=:AAAA:", key.public()));
    }

    #[test]
    fn only_what_a_display_writes_is_read() {
        let right = format!("hub={}", signed().parameters());
        assert!(Signed::parse(&right).is_some());
        for (from, to) in [
            ("\"@path\" ", ""),
            ("hub=", "sig1="),
            ("ed25519", "hmac-sha256"),
            ("created=1780000000", "created=+1780000000"),
            ("keyid=\"7\"", "keyid=\"07\""),
            ("0123456789abcdef", "0123"),
            ("0123456789abcdef", "0123456789abcdef\\"),
            ("alg=\"ed25519\"", "alg=\"ed25519\";tag=\"x\""),
            (";alg=\"ed25519\"", ""),
        ] {
            assert_eq!(Signed::parse(&right.replace(from, to)), None, "{from} {to}");
        }
    }
}
