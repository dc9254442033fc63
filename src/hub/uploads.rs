//! Files that staff send: let in only with a form of ours, written to the disk as they come, and never waited for by
//! anybody else.

use super::app::{Shared, Visitor};
use super::pages::Refusal;
use axum::body::Bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::{Extension, RequestExt};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;
use tokio::time::{Instant, timeout};

/// Files that come in at once, from everybody.
pub const UPLOADS_MAX: usize = 16;
/// Files and fields of one form.
const FILES_MAX: usize = 50;
const FIELDS_MAX: usize = 100;
/// A field that is no file, in bytes.
const TEXT_BYTES_MAX: usize = 64 << 10;
const NAME_CHARS_MAX: usize = 200;
/// The slowest that a whole form may come, in bytes a second.
const SLOWEST: u64 = 4096;

/// How much may come, and how slowly.
#[derive(Clone, Copy, Debug)]
pub struct UploadLimits {
    /// One file, in bytes.
    pub file_bytes: u64,
    /// One form with all its files, in bytes.
    pub form_bytes: u64,
    /// The longest that nothing comes.
    pub idle: Duration,
}

/// A file that lies on the disk while this lives.
#[derive(Debug)]
pub struct Upload {
    path: PathBuf,
    /// What the browser called it, for people only: it never becomes a path.
    pub name: String,
    /// It was more than a file may be, and only its beginning is there.
    pub is_too_large: bool,
}

impl Upload {
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // What does not go now goes at the next start.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The fields and files of a form that was given to this browser. Its token stands before everything else, so that nothing
/// is kept of a form that is not.
pub struct Uploaded {
    pub fields: Vec<(String, String)>,
    pub files: Vec<Upload>,
}

impl Uploaded {
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }
}

/// Why a form did not come whole.
enum Broken {
    Refused(Refusal),
    /// The rest of the form is not worth waiting for.
    Slow,
    Unreadable,
    TooLarge,
    Disk(io::Error),
}

impl From<MultipartError> for Broken {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Unreadable }
    }
}

impl From<Broken> for Refusal {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Refused(refusal) => refusal,
            Broken::Slow => Self::new(StatusCode::REQUEST_TIMEOUT, "refused-slow"),
            Broken::Unreadable => Self::unreadable(),
            Broken::TooLarge => Self::new(StatusCode::PAYLOAD_TOO_LARGE, "refused-too-large"),
            Broken::Disk(error) => Self::of_disk(&error),
        }
    }
}

impl FromRequest<Shared> for Uploaded {
    type Rejection = Refusal;

    async fn from_request(mut request: Request, hub: &Shared) -> Result<Self, Refusal> {
        let visitor: Extension<Visitor> =
            request.extract_parts().await.map_err(|_| Refusal::new(StatusCode::FORBIDDEN, "refused-form"))?;
        let busy = || Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "refused-busy");
        let _place = hub.uploads.try_acquire().map_err(|_| busy())?;
        let form = Multipart::from_request(request, hub).await.map_err(|_| Refusal::unreadable())?;
        let mut coming = Coming { hub, begun: Instant::now(), bytes: 0 };
        Ok(coming.read(form, &visitor.form_token).await?)
    }
}

/// A form that comes in.
struct Coming<'a> {
    hub: &'a Shared,
    begun: Instant,
    /// So far, in bytes.
    bytes: u64,
}

impl Coming<'_> {
    async fn read(&mut self, mut form: Multipart, form_token: &str) -> Result<Uploaded, Broken> {
        let idle = self.hub.upload_limits.idle;
        let mut uploaded = Uploaded { fields: Vec::new(), files: Vec::new() };
        let mut is_ours = false;
        loop {
            let field = timeout(idle, form.next_field()).await.map_err(|_| Broken::Slow)??;
            let Some(field) = field else { break };
            let name = field.name().unwrap_or_default().to_owned();
            if !is_ours {
                if name != "form" || self.text(field).await? != form_token {
                    return Err(Broken::Refused(Refusal::new(StatusCode::FORBIDDEN, "refused-form")));
                }
                is_ours = true;
            } else if field.file_name().is_some() {
                if uploaded.files.len() >= FILES_MAX {
                    return Err(Broken::TooLarge);
                }
                uploaded.files.extend(self.file(field).await?);
            } else {
                if uploaded.fields.len() >= FIELDS_MAX {
                    return Err(Broken::TooLarge);
                }
                let value = self.text(field).await?;
                uploaded.fields.push((name, value));
            }
        }
        if is_ours { Ok(uploaded) } else { Err(Broken::Refused(Refusal::new(StatusCode::FORBIDDEN, "refused-form"))) }
    }

    async fn piece(&mut self, field: &mut Field<'_>) -> Result<Option<Bytes>, Broken> {
        let limits = self.hub.upload_limits;
        let piece = timeout(limits.idle, field.chunk()).await.map_err(|_| Broken::Slow)??;
        self.bytes += piece.as_ref().map_or(0, |piece| piece.len() as u64);
        if self.bytes > limits.form_bytes {
            return Err(Broken::TooLarge);
        }
        // A little now and then is as good as nothing: nobody keeps a place with it.
        let is_due = self.begun.elapsed() > limits.idle * 4 + Duration::from_secs(self.bytes / SLOWEST);
        if is_due { Err(Broken::Slow) } else { Ok(piece) }
    }

    async fn text(&mut self, mut field: Field<'_>) -> Result<String, Broken> {
        let mut text = Vec::new();
        while let Some(piece) = self.piece(&mut field).await? {
            if text.len() + piece.len() > TEXT_BYTES_MAX {
                return Err(Broken::TooLarge);
            }
            text.extend_from_slice(&piece);
        }
        String::from_utf8(text).map_err(|_| Broken::Unreadable)
    }

    /// A file, written as it comes. None for the field of a form in which none was chosen.
    async fn file(&mut self, mut field: Field<'_>) -> Result<Option<Upload>, Broken> {
        let limits = self.hub.upload_limits;
        let name = plain_name(field.file_name().unwrap_or_default());
        let path = self.hub.files.new_upload();
        let opened = OpenOptions::new().write(true).create_new(true).open(&path).await;
        let mut file: File = opened.map_err(Broken::Disk)?;
        let mut upload = Upload { path, name, is_too_large: false };
        let mut bytes = 0;
        while let Some(piece) = self.piece(&mut field).await? {
            bytes += piece.len() as u64;
            upload.is_too_large = bytes > limits.file_bytes;
            // The rest still comes, so that the answer finds a browser that reads it; nothing of it is kept.
            if !upload.is_too_large {
                file.write_all(&piece).await.map_err(Broken::Disk)?;
            }
        }
        file.flush().await.map_err(Broken::Disk)?;
        Ok((bytes > 0 || !upload.name.is_empty()).then_some(upload))
    }
}

/// The last part of what the browser calls a file, without anything that is not written.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(NAME_CHARS_MAX).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_is_for_reading_and_leads_nowhere() {
        for (name, plain) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\Anne\\été 2026.jpg", "été 2026.jpg"),
            ("/", ""),
            ("a\0b\nc.png", "abc.png"),
            ("..", ".."),
        ] {
            assert_eq!(plain_name(name), plain);
        }
        assert_eq!(plain_name(&"x".repeat(500)).len(), 200);
    }
}
