use serde::{Deserialize, Deserializer};

/// A colour by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    Paper,
    /// A plane a shade away from paper: tiles, cards, plates.
    Plane,
    /// The plane under a finger.
    Pressed,
    Ink,
    Quiet,
    /// Lines between things.
    Rule,
    Town,
    OnTown,
    Lake,
    Terracotta,
    Moss,
    Plum,
    Ochre,
    /// Behind a warning: cancelled, full.
    Alarm,
    OnAlarm,
    /// Behind a public warning, by how grave it is, and the ink on it.
    Minor,
    OnMinor,
    Moderate,
    OnModerate,
    Severe,
    OnSevere,
    Extreme,
    OnExtreme,
    /// Always white and black: QR codes.
    White,
    Black,
}

/// `[red, green, blue]`, sRGB.
pub type Rgb = [u8; 3];

/// One set of colours of a theme, written `"#RRGGBB"` in its file.
#[derive(Clone, Debug, Deserialize)]
pub struct Colours {
    #[serde(deserialize_with = "hex")]
    pub paper: Rgb,
    #[serde(deserialize_with = "hex")]
    pub plane: Rgb,
    #[serde(deserialize_with = "hex")]
    pub pressed: Rgb,
    #[serde(deserialize_with = "hex")]
    pub ink: Rgb,
    #[serde(deserialize_with = "hex")]
    pub quiet: Rgb,
    #[serde(deserialize_with = "hex")]
    pub rule: Rgb,
    #[serde(deserialize_with = "hex")]
    pub town: Rgb,
    #[serde(deserialize_with = "hex")]
    pub on_town: Rgb,
    #[serde(deserialize_with = "hex")]
    pub lake: Rgb,
    #[serde(deserialize_with = "hex")]
    pub terracotta: Rgb,
    #[serde(deserialize_with = "hex")]
    pub moss: Rgb,
    #[serde(deserialize_with = "hex")]
    pub plum: Rgb,
    #[serde(deserialize_with = "hex")]
    pub ochre: Rgb,
    #[serde(deserialize_with = "hex")]
    pub alarm: Rgb,
    #[serde(deserialize_with = "hex")]
    pub on_alarm: Rgb,
    #[serde(deserialize_with = "hex")]
    pub minor: Rgb,
    #[serde(deserialize_with = "hex")]
    pub on_minor: Rgb,
    #[serde(deserialize_with = "hex")]
    pub moderate: Rgb,
    #[serde(deserialize_with = "hex")]
    pub on_moderate: Rgb,
    #[serde(deserialize_with = "hex")]
    pub severe: Rgb,
    #[serde(deserialize_with = "hex")]
    pub on_severe: Rgb,
    #[serde(deserialize_with = "hex")]
    pub extreme: Rgb,
    #[serde(deserialize_with = "hex")]
    pub on_extreme: Rgb,
}

fn hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Rgb, D::Error> {
    let text = String::deserialize(deserializer)?;
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
    let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let value =
        value.ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is no colour; write it \"#RRGGBB\"")))?;
    let [_, red, green, blue] = value.to_be_bytes();
    Ok([red, green, blue])
}

impl Colours {
    pub fn of(&self, ink: Ink) -> Rgb {
        match ink {
            Ink::Paper => self.paper,
            Ink::Plane => self.plane,
            Ink::Pressed => self.pressed,
            Ink::Ink => self.ink,
            Ink::Quiet => self.quiet,
            Ink::Rule => self.rule,
            Ink::Town => self.town,
            Ink::OnTown => self.on_town,
            Ink::Lake => self.lake,
            Ink::Terracotta => self.terracotta,
            Ink::Moss => self.moss,
            Ink::Plum => self.plum,
            Ink::Ochre => self.ochre,
            Ink::Alarm => self.alarm,
            Ink::OnAlarm => self.on_alarm,
            Ink::Minor => self.minor,
            Ink::OnMinor => self.on_minor,
            Ink::Moderate => self.moderate,
            Ink::OnModerate => self.on_moderate,
            Ink::Severe => self.severe,
            Ink::OnSevere => self.on_severe,
            Ink::Extreme => self.extreme,
            Ink::OnExtreme => self.on_extreme,
            Ink::White => [255; 3],
            Ink::Black => [0; 3],
        }
    }
}

impl Ink {
    /// By its name in a theme or a template; `white` and `black` have one too.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "paper" => Self::Paper,
            "plane" => Self::Plane,
            "ink" => Self::Ink,
            "quiet" => Self::Quiet,
            "rule" => Self::Rule,
            "town" => Self::Town,
            "on_town" => Self::OnTown,
            "lake" => Self::Lake,
            "terracotta" => Self::Terracotta,
            "moss" => Self::Moss,
            "plum" => Self::Plum,
            "ochre" => Self::Ochre,
            "alarm" => Self::Alarm,
            "on_alarm" => Self::OnAlarm,
            "white" => Self::White,
            "black" => Self::Black,
            _ => return None,
        })
    }
}
