//! What town IT sets of the hub: `kiosk-config/hub.toml`, a file like it, the environment.

use super::signed::Strangers;
use crate::import::fetch::Allowed;
use serde::Deserialize;
use std::fmt;
use toml::{Table, Value};

/// The commented settings file: also the defaults.
pub const HUB_CONFIG: &str = include_str!("../../kiosk-config/hub.toml");

/// What the names of variables of the environment begin with.
const PREFIX: &str = "PARVIS_HUB_";

/// All of it; kiosk-config/hub.toml says what each is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub listen: String,
    pub data: String,
    /// Empty: nobody has said how browsers reach it.
    pub address: String,
    /// Empty: a signer is started beside.
    pub signer: String,
    /// Empty: those that ship.
    pub services: String,
    /// Empty: `parvis` beside the hub's own program; `none`: nothing is drawn.
    pub renderer: String,
    pub source_hosts: Vec<String>,
    pub records_mib: u32,
    pub upload_mib: u32,
    pub upload_idle_secs: u32,
    pub poster_secs: u32,
    /// "never", "until-enrolled" or "always".
    pub strangers: String,
    pub silent_minutes: u32,
    /// Empty: no mail is sent.
    pub smtp: Secret,
    pub mail_from: String,
    /// One address or several, with commas between.
    pub mail_to: String,
}

/// A setting that may hold a password: it is never printed.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "unset" } else { "set" })
    }
}

impl Settings {
    /// Reads a file, then the environment, over the defaults. Variables of other names are for others.
    ///
    /// # Errors
    /// What is not understood, in a sentence.
    pub fn read(file: &str, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self, String> {
        let mut all: Table = HUB_CONFIG.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let given: Table = file.parse().map_err(|error: toml::de::Error| error.to_string())?;
        for (name, value) in given {
            let known = all.get_mut(&name).ok_or_else(|| format!("there is no setting \"{name}\""))?;
            *known = value;
        }
        for (name, value) in environment {
            let Some(name) = name.strip_prefix(PREFIX).map(str::to_ascii_lowercase) else { continue };
            if let Some(known) = all.get_mut(&name) {
                *known = match known {
                    Value::Integer(_) => {
                        let number = value.trim().parse();
                        Value::Integer(
                            number.map_err(|_| format!("{PREFIX}{}: a number is expected", name.to_uppercase()))?,
                        )
                    }
                    Value::Array(_) => {
                        let all = value.split(',').map(str::trim).filter(|one| !one.is_empty());
                        Value::Array(all.map(|one| Value::String(one.to_owned())).collect())
                    }
                    _ => Value::String(value),
                };
            }
        }
        let read: Self = Value::Table(all).try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
        let is_address = ["https://", "http://"].iter().any(|begin| read.address.starts_with(begin));
        if !read.address.is_empty() && !is_address {
            return Err(format!("address: \"{}\" is none: write it like https://parvis.example.fr", read.address));
        }
        Allowed::parse(read.source_hosts.iter().map(String::as_str)).map_err(|why| format!("source_hosts: {why}"))?;
        if Strangers::parse(&read.strangers).is_none() {
            return Err(format!("strangers: \"{}\" is none of never, until-enrolled, always", read.strangers));
        }
        // A display reports every minute, and one report may be lost.
        if read.silent_minutes < 2 {
            return Err("silent_minutes: at least 2".to_owned());
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, environment: &[(&str, &str)]) -> Result<Settings, String> {
        Settings::read(file, environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_environment_wins_over_the_file_and_both_over_the_defaults() {
        let usual = read("", &[("PATH", "/bin"), ("PARVIS_HUB_OPENAGENDA_KEY", "secret")]).unwrap();
        assert_eq!((usual.listen.as_str(), usual.records_mib), ("127.0.0.1:8080", 1024));
        let file = "listen = \"0.0.0.0:80\"\ndata = \"/srv/hub\"";
        let own = read(file, &[("PARVIS_HUB_LISTEN", "[::1]:9"), ("PARVIS_HUB_RECORDS_MIB", "5")]).unwrap();
        let hosts = read("source_hosts = [\"10.0.0.5\"]", &[("PARVIS_HUB_SOURCE_HOSTS", "10.0.0.7:8080, *.ville.lan")]);
        assert_eq!(hosts.unwrap().source_hosts, ["10.0.0.7:8080", "*.ville.lan"]);
        assert_eq!((own.listen.as_str(), own.data.as_str(), own.records_mib), ("[::1]:9", "/srv/hub", 5));
    }

    #[test]
    fn a_password_is_read_and_never_printed() {
        let own = read("", &[("PARVIS_HUB_SMTP", "smtps://hub:hemlich@mail.ville.fr")]).unwrap();
        assert_eq!(own.smtp.0, "smtps://hub:hemlich@mail.ville.fr");
        assert!(!format!("{own:?}").contains("hemlich"));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (file, environment, says) in [
            ("listn = \"a\"", &[][..], "there is no setting \"listn\""),
            ("records_mib = \"many\"", &[], "invalid type"),
            ("listen = ", &[], "expected"),
            ("source_hosts = [\"http://a.fr/\"]", &[], "source_hosts: http://a.fr/: a host like"),
            ("address = \"ville.fr\"", &[], "https://parvis.example.fr"),
            ("strangers = \"often\"", &[], "strangers: \"often\" is none of never, until-enrolled, always"),
            ("silent_minutes = 0", &[], "silent_minutes: at least 2"),
            ("", &[("PARVIS_HUB_RECORDS_MIB", "many")], "PARVIS_HUB_RECORDS_MIB: a number is expected"),
        ] {
            let said = read(file, environment).unwrap_err();
            assert!(said.contains(says), "{says}: {said}");
        }
    }
}
