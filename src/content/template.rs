use super::Common;
use super::reading::{Fields, Read, Reading, Word};
use serde::{Deserialize, Serialize};

/// How a slide is drawn: boxes in boxes, with the fields of a slide in them. Each shape of region has its own; one that
/// is left out is drawn as in landscape.
///
/// Lengths are in *units*: one is the height of the smallest capital that can be read from where people stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Template {
    #[serde(flatten)]
    pub common: Common,
    /// Which kinds of things to show it is the usual template of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usual: Vec<String>,
    pub landscape: TemplateBox,
    /// For regions that are higher than wide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portrait: Option<TemplateBox>,
    /// For regions more than four times as wide as high.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strip: Option<TemplateBox>,
}

/// A rectangle of a slide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateBox {
    /// Along the column or row it stands in.
    pub size: BoxSize,
    /// Only there when the slide has one of these fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// Only there when the slide has none of these fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// Left out, with all others that may be, where the words of a slide have no room beside it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// The colour behind it, by its name in the theme; `accent` is the slide's own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub plane: String,
    /// Free space inside its edges: beside, and above and below.
    pub pad: [f32; 2],
    /// Between its children.
    pub gap: f32,
    #[serde(flatten)]
    pub holds: Holds,
}

/// How long a box is along the column or row it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum BoxSize {
    /// What is left, shared by weight.
    Fill(f32),
    /// Of the box around it, in percent.
    Percent(f32),
    Units(f32),
    /// Of the width of the region, in percent: for squares.
    Wide(f32),
    /// In a column: as high as its words.
    Fit,
}

impl Default for BoxSize {
    fn default() -> Self {
        Self::Fill(1.0)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    #[default]
    Nothing,
    Column(Vec<TemplateBox>),
    Row(Vec<TemplateBox>),
    Words(WordStack),
    /// The picture of this field.
    Picture(String),
    /// The icon of this field, as high as the box.
    Icon(String),
    /// The same box for each of the slide's rows, one below the other.
    Rows(Box<TemplateBox>),
}

/// Lines of words, one below the other, in the largest type in which all of them fit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WordStack {
    pub lines: Vec<WordLine>,
    /// By how many steps the type may grow where there is room.
    pub grow: u8,
    /// Where the lines stand from top to bottom.
    pub stands: Stands,
    /// Where they stand across.
    pub across: Stands,
    /// Between two lines, in units of the smallest line.
    pub gap: f32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WordLine {
    /// Words with fields in braces: `{title}`. A line of which no field says anything is left out.
    pub text: String,
    /// Steps of type above the smallest; each is 1.22 times as large as the one before.
    pub step: u8,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
    /// By its name in the theme; empty is ink.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ink: String,
    /// Left out where there is no room for all, the last such line first.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    #[default]
    Start,
    Centre,
    End,
}

impl Template {
    /// The boxes for a region of this size, in any unit.
    pub fn boxes(&self, width: f32, height: f32) -> &TemplateBox {
        const STRIP: f32 = 4.0;
        let fits = if width > STRIP * height {
            self.strip.as_ref()
        } else if height > width {
            self.portrait.as_ref()
        } else {
            None
        };
        fits.unwrap_or(&self.landscape)
    }
}

impl Word for Stands {}

impl From<BoxSize> for String {
    fn from(size: BoxSize) -> Self {
        match size {
            BoxSize::Fill(weight) => weight.to_string(),
            BoxSize::Percent(percent) => format!("{percent}%"),
            BoxSize::Units(units) => format!("{units}u"),
            BoxSize::Wide(percent) => format!("{percent}w"),
            BoxSize::Fit => "fit".to_owned(),
        }
    }
}

impl TryFrom<String> for BoxSize {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const LARGEST: f32 = 1_000.0;
        if text == "fit" {
            return Ok(Self::Fit);
        }
        let number = |end: &str| text.strip_suffix(end)?.trim().parse::<f32>().ok();
        let length = |end| number(end).filter(|length| *length > 0.0 && *length <= LARGEST);
        let size = length("%").map(Self::Percent).or_else(|| length("u").map(Self::Units));
        let size = size.or_else(|| length("w").map(Self::Wide)).or_else(|| length("").map(Self::Fill));
        size.ok_or("a size like \"40%\", \"3u\", \"20w\", \"fit\" or a weight like \"1\" is expected")
    }
}

impl Read for BoxSize {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let text = String::read(value, reading)?;
        Self::try_from(text).inspect_err(|reason| reading.problem(*reason, value)).ok()
    }
}

impl Read for WordStack {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            lines: fields.get("lines"),
            grow: fields.get("grow"),
            stands: fields.get("stands"),
            across: fields.get("across"),
            gap: fields.get("gap"),
        })
    }
}

impl Read for WordLine {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        const STEP_MAX: u8 = 12;
        let mut fields = reading.fields(value)?;
        Some(Self {
            text: fields.get("text"),
            step: fields.get_if("step", "0 to 12 steps are expected", |step| *step <= STEP_MAX),
            bold: fields.get("bold"),
            ink: fields.get("ink"),
            optional: fields.get("optional"),
        })
    }
}

impl TemplateBox {
    /// Whether it, or a box in it, may be left out.
    pub fn can_do_with_less(&self) -> bool {
        let in_it = match &self.holds {
            Holds::Column(boxes) | Holds::Row(boxes) => boxes.iter().any(Self::can_do_with_less),
            Holds::Rows(row) => row.can_do_with_less(),
            Holds::Nothing | Holds::Words(_) | Holds::Picture(_) | Holds::Icon(_) => false,
        };
        self.optional || in_it
    }

    /// How deep boxes may stand in boxes.
    const DEPTH_MAX: usize = 12;

    fn read_at(value: &serde_json::Value, reading: &mut Reading<'_>, depth: usize) -> Option<Self> {
        if depth > Self::DEPTH_MAX {
            reading.problem("boxes stand in boxes at most 12 deep", value);
            return None;
        }
        let mut fields = reading.fields(value)?;
        let holds = Self::read_content(&mut fields, depth);
        Some(Self {
            size: fields.get("size"),
            with: fields.get("with"),
            without: fields.get("without"),
            optional: fields.get("optional"),
            plane: fields.get("plane"),
            pad: fields.get("pad"),
            gap: fields.get("gap"),
            holds,
        })
    }

    fn read_content(fields: &mut Fields<'_, '_, '_>, depth: usize) -> Holds {
        for (key, holds) in [("column", Holds::Column as fn(_) -> _), ("row", Holds::Row as fn(_) -> _)] {
            if fields.has(key) {
                return holds(fields.each(key, |value, reading| Self::read_at(value, reading, depth + 1)));
            }
        }
        if fields.has("words") {
            return Holds::Words(fields.get("words"));
        }
        for (key, holds) in [("picture", Holds::Picture as fn(_) -> _), ("icon", Holds::Icon as fn(_) -> _)] {
            if fields.has(key) {
                return holds(fields.get(key));
            }
        }
        let row = fields.one("rows", |value, reading| Self::read_at(value, reading, depth + 1));
        row.map_or(Holds::Nothing, |row| Holds::Rows(Box::new(row)))
    }
}

impl Read for TemplateBox {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        Self::read_at(value, reading, 0)
    }
}

impl Read for Template {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        // A template that lost a box would show half a slide.
        let boxes = fields.whole(|fields| {
            let landscape = fields.needed("landscape", "a template needs its boxes");
            (landscape, fields.get("portrait"), fields.get("strip"))
        });
        let (landscape, portrait, strip) = boxes?;
        Some(Self {
            common: fields.flat(Common::from_fields),
            usual: fields.get("usual"),
            landscape: landscape?,
            portrait,
            strip,
        })
    }
}
