//! Python with python-tuf, the reference implementation of TUF, in an environment of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What is installed, so that a test of today is a test of tomorrow.
const PACKAGES: [&str; 3] = ["tuf==7.0.1", "securesystemslib==1.6.0", "cryptography==50.0.2"];

/// Its Python, made once beside what is compiled.
pub fn python_with_tuf() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python-tuf");
        let python = folder.join("bin/python");
        let has_tuf = |python: &Path| {
            let asked = Command::new(python).args(["-c", "import tuf.api.metadata, cryptography"]).output();
            asked.is_ok_and(|output| output.status.success())
        };
        if !has_tuf(&python) {
            let made = Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder).status().unwrap();
            assert!(made.success(), "python3 -m venv: is python3-venv installed?");
            let installed =
                Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES).status().unwrap();
            assert!(installed.success() && has_tuf(&python), "python-tuf could not be installed from PyPI");
        }
        python
    })
}
