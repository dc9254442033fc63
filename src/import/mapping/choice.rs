use super::record::{Record, caseless};
use super::template::Texts;
use crate::content::Tri;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// A value out of a fixed list of words: always the same, or by what a field says.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice<T> {
    Always(T),
    By { field: String, values: BTreeMap<String, T>, otherwise: Option<T> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    field: String,
    values: BTreeMap<String, toml::Value>,
    #[serde(rename = "else")]
    otherwise: Option<toml::Value>,
}

impl<T: DeserializeOwned + Copy> Choice<T> {
    /// # Errors
    /// In words, when it is no word of the list, nor a table by field.
    pub fn read(value: &toml::Value) -> Result<Self, String> {
        let word = |value: &toml::Value| T::deserialize(value.clone()).map_err(|error| error.message().to_owned());
        if !value.is_table() {
            return word(value).map(Self::Always);
        }
        let table: Table = value.clone().try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
        let values = table.values.iter().map(|(text, value)| Ok((caseless(text), word(value)?)));
        let values = values.collect::<Result<_, String>>()?;
        let otherwise = table.otherwise.as_ref().map(word).transpose()?;
        Ok(Self::By { field: table.field, values, otherwise })
    }

    /// What holds for a record; an error is the field and the value that the table does not have.
    pub fn of(&self, record: &Record<'_>) -> Result<Option<T>, (&str, String)> {
        match self {
            Self::Always(value) => Ok(Some(*value)),
            Self::By { field, values, otherwise } => {
                let Some(text) = record.text(field) else { return Ok(*otherwise) };
                match values.get(&caseless(&text)).or(otherwise.as_ref()) {
                    Some(value) => Ok(Some(*value)),
                    None => Err((field, text.into_owned())),
                }
            }
        }
    }
}

/// Yes, no or unknown by the words of a field. A word that is in no list is unknown, and told.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YesNo {
    pub field: String,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    #[serde(default)]
    unknown: Vec<String>,
    /// A sentence beside it.
    pub details: Option<Texts>,
}

impl YesNo {
    /// # Errors
    /// In words, when a word is in two lists.
    pub fn check(&self) -> Result<(), String> {
        let mut all: Vec<String> =
            [&self.yes, &self.no, &self.unknown].into_iter().flatten().map(|w| caseless(w)).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        if all.len() < count {
            return Err(format!("{}: the same word stands twice among yes, no and unknown", self.field));
        }
        Ok(())
    }

    /// An error is the value that stands in no list.
    pub fn of(&self, record: &Record<'_>) -> Result<Tri, String> {
        let Some(text) = record.text(&self.field) else { return Ok(Tri::Unknown) };
        let word = caseless(&text);
        let has = |list: &[String]| list.iter().any(|other| caseless(other) == word);
        match () {
            () if has(&self.yes) => Ok(Tri::Yes),
            () if has(&self.no) => Ok(Tri::No),
            () if has(&self.unknown) => Ok(Tri::Unknown),
            () => Err(text.into_owned()),
        }
    }
}

/// Yes or no for all, or by a field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "toml::Value")]
pub enum Fact {
    Always(Tri),
    By(YesNo),
}

impl TryFrom<toml::Value> for Fact {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        let words = |error: toml::de::Error| error.message().to_owned();
        match value {
            toml::Value::String(_) => value.try_into().map(Self::Always).map_err(words),
            other => other.try_into().map(Self::By).map_err(words),
        }
    }
}
