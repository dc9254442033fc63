use crate::content::Id;
use serde::Serialize;
use std::fmt;

/// By what two items were found to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum By {
    /// An equal id or alias.
    #[serde(rename = "id")]
    Id,
    /// Staff said so.
    #[serde(rename = "staff")]
    Staff,
    /// The number of a French establishment.
    #[serde(rename = "siret")]
    Siret,
    #[serde(rename = "wikidata")]
    Wikidata,
    /// One names the other's id.
    #[serde(rename = "named by the other")]
    Named,
    #[serde(rename = "link")]
    Link,
    #[serde(rename = "name and distance")]
    NameAndDistance,
    #[serde(rename = "name and address")]
    NameAndAddress,
    #[serde(rename = "kind and distance")]
    KindAndDistance,
    #[serde(rename = "title, time and place")]
    TitleTimeAndPlace,
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "id",
            Self::Staff => "staff",
            Self::Siret => "siret",
            Self::Wikidata => "wikidata",
            Self::Named => "named by the other",
            Self::Link => "link",
            Self::NameAndDistance => "name and distance",
            Self::NameAndAddress => "name and address",
            Self::KindAndDistance => "kind and distance",
            Self::TitleTimeAndPlace => "title, time and place",
        })
    }
}

/// One item that was joined to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Joined {
    /// The id that both have now.
    pub kept: Id,
    /// The id that is an alias now.
    pub joined: Id,
    pub by: By,
    /// In percent.
    pub confidence: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
}

/// Two items that may be one: staff say `same` or `apart`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    pub items: [Id; 2],
    pub titles: [String; 2],
    pub by: By,
    pub confidence: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
    /// Why they were not joined.
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Why {
    #[serde(rename = "not sure enough")]
    NotSure,
    #[serde(rename = "another is as likely")]
    OneOfSeveral,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSure => "not sure enough",
            Self::OneOfSeveral => "another is as likely",
        })
    }
}
