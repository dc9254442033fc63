//! Whose certificates a web server may show, and when.
//!
//! A publication is signed by the town; TLS only keeps it from being read and delayed on the way. So a clock that no
//! time source sets (a board without a battery begins in 1970) does not keep a display from its town: then the
//! certificates are held against a moment at which they were good, if there is one. Issuer, name and signature are held
//! as ever. What nobody signs, the receipts of a hub, is held against the clock in any case.

use rustls::ClientConfig;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The largest file of certificates that is read, in bytes.
const CA_BYTES_MAX: u64 = 4 << 20;

/// A chain has few certificates, and the time of each may have to be met.
const MOMENTS_MAX: usize = 8;

/// The certificates of a file (PEM), in words for town IT where it cannot be used.
pub(super) fn read_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let in_words = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let length = fs::metadata(path).map_err(|error| in_words(&error))?.len();
    if length > CA_BYTES_MAX {
        return Err(format!("{}: larger than {} MiB", path.display(), CA_BYTES_MAX >> 20));
    }
    let pem = fs::read(path).map_err(|error| in_words(&error))?;
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let certificates = read.map_err(|error| in_words(&error))?;
    if certificates.is_empty() {
        return Err(format!("{}: holds no certificate (PEM)", path.display()));
    }
    Ok(certificates)
}

/// TLS with the certificates of this system and `more`, for these protocols over it. `is_clock_set` says whether a time
/// source sets the clock.
pub(super) fn tls(
    more: Vec<CertificateDer<'static>>,
    protocols: &[&str],
    is_clock_set: fn() -> bool,
) -> Result<ClientConfig, Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let inner = Verifier::new_with_extra_roots(more, provider.clone())?;
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let verifier = Arc::new(InItsTime { inner, is_clock_set });
    let mut config = builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_owned()).collect();
    Ok(config)
}

#[derive(Debug)]
struct InItsTime {
    inner: Verifier,
    is_clock_set: fn() -> bool,
}

impl ServerCertVerifier for InItsTime {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verify = |at| self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, at);
        let mut verified = verify(now);
        for _ in 0..MOMENTS_MAX {
            let at = match &verified {
                Err(Error::InvalidCertificate(CertificateError::NotValidYetContext { not_before, .. })) => *not_before,
                Err(Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => *not_after,
                _ => return verified,
            };
            if (self.is_clock_set)() {
                return verified;
            }
            verified = verify(at);
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
