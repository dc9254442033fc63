use super::{Job, Progress};
use crate::import::ImportError;
use crate::import::fetch::{Ask, FetchError, Fetched, told};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use url::Url;

/// What an import reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A file or a folder.
    Path(PathBuf),
    Web(Url),
}

impl Input {
    /// An address where the text begins like one, else a path.
    ///
    /// # Errors
    /// In words, where it begins like an address and is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("http://") || text.starts_with("https://") {
            Url::parse(text).map(Self::Web).map_err(|error| format!("{text}: not an address: {error}"))
        } else {
            Ok(Self::Path(PathBuf::from(text)))
        }
    }

    /// What problems call it where staff have no name for it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Path(path) => file_name(path),
            Self::Web(url) => {
                let address = told(url);
                address.split_once("://").map_or(address.as_str(), |(_, address)| address).to_owned()
            }
        }
    }

    /// Who is named beside what names nobody: the server or the file.
    pub(super) fn credit(&self) -> String {
        match self {
            Self::Path(path) => file_name(path),
            Self::Web(url) => url.host_str().unwrap_or_default().to_owned(),
        }
    }
}

impl std::fmt::Display for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(f),
            Self::Web(url) => f.write_str(&told(url)),
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

impl Job<'_> {
    /// The file to read, fetched first where it lies on the web; `None` where it has not changed since the last time.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub fn file(&mut self, accept: &str) -> Result<Option<PathBuf>, ImportError> {
        match self.input {
            Input::Path(path) => Ok(Some(path.clone())),
            Input::Web(url) => {
                let ask = Ask { accept, bytes_max: self.settings.bytes_max, ..Ask::default() };
                let progress = &mut *self.progress;
                let fetched = self
                    .web
                    .download(url, &ask, &mut |done, total| progress(Progress { doing: "fetching", done, total }));
                Ok(fetched?)
            }
        }
    }

    /// The whole input in memory, for formats that are never large; `None` where it has not changed.
    ///
    /// # Errors
    /// When it cannot be read or fetched, or is larger than `bytes_max`.
    pub fn bytes(&mut self, accept: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, ImportError> {
        match self.input {
            Input::Path(path) => Ok(Some(self.read(path, bytes_max)?)),
            Input::Web(url) => {
                let ask = Ask { accept, bytes_max, ..Ask::default() };
                Ok(self.web.get(url, &ask)?.map(|page: Fetched| page.bytes))
            }
        }
    }

    /// A file as a whole.
    ///
    /// # Errors
    /// When it cannot be read or is larger than `bytes_max`.
    pub fn read(&self, path: &Path, bytes_max: u64) -> Result<Vec<u8>, ImportError> {
        let unreadable = |error| ImportError::Unreadable { path: path.to_owned(), error };
        let length = fs::metadata(path).map_err(unreadable)?.len();
        if length > bytes_max {
            return Err(self.not_this(format!("larger than {} MiB", bytes_max >> 20)));
        }
        let mut bytes = Vec::new();
        // Whoever writes to it meanwhile does not make it larger than what was allowed.
        File::open(path).map_err(unreadable)?.take(bytes_max).read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }

    /// Fetches one page that may lie here from an earlier run; see [`Web::get_kept`].
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub fn kept_page(&mut self, url: &Url, ask: &Ask<'_>, mark: &str) -> Result<Fetched, ImportError> {
        Ok(self.web.get_kept(url, ask, mark)?)
    }

    /// Fetches one page of an interface, whatever was fetched before.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub fn page(&mut self, url: &Url, ask: &Ask<'_>) -> Result<Fetched, ImportError> {
        let ask = Ask { always: true, ..ask.clone() };
        self.web.get(url, &ask)?.ok_or_else(|| FetchError::unasked(url).into())
    }
}
