//! What a screen is made of: plain data, measured in millimetres.
//!
//! A screen's view becomes blocks; blocks become Bevy nodes *and* the spoken tree, so that the
//! picture and the words cannot disagree.

use super::action::Action;
use super::media::PictureSpec;
use super::theme::{Ink, Lettering, Reach};

/// How the children of a block flow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Flow {
    #[default]
    Column,
    Row,
    /// Rows of this many equally wide columns.
    Grid(u16),
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Length {
    #[default]
    Auto,
    Mm(f32),
    /// All that is left, shared by weight.
    Fill(f32),
    Percent(f32),
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Align {
    Start,
    Centre,
    End,
    #[default]
    Stretch,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Justify {
    #[default]
    Start,
    Centre,
    End,
    Between,
}

/// Inner margins in mm; `start` is where reading starts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pad {
    pub start: f32,
    pub end: f32,
    pub top: f32,
    pub bottom: f32,
}

/// A place relative to the parent's edges, in mm, out of the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pin {
    pub start: Option<f32>,
    pub end: Option<f32>,
    pub top: Option<f32>,
    pub bottom: Option<f32>,
}

/// A line around or along a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// All round.
    Frame(Ink, f32),
    /// All round, in dashes: *nobody has said*.
    Dashed(Ink),
    Above(Ink),
    Below(Ink),
    /// A thick bar where reading starts.
    Bar(Ink, f32),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Style {
    pub flow: Flow,
    pub width: Length,
    pub height: Length,
    pub min_height_mm: f32,
    pub max_width_mm: Option<f32>,
    pub gap_mm: f32,
    pub pad: Pad,
    pub align: Align,
    pub justify: Justify,
    pub wrap: bool,
    pub plane: Option<Ink>,
    pub rule: Option<Rule>,
    pub radius_mm: f32,
    pub pin: Option<Pin>,
    pub clip: bool,
}

/// How text that does not fit is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Fit {
    /// Wraps and takes the height it needs.
    #[default]
    Wrap,
    /// Steps the type down to the legible minimum until it fits this box in mm.
    Shrink { width_mm: f32, height_mm: f32 },
    /// As [`Fit::Shrink`], then cuts at a word with an ellipsis: for list cards only.
    Cut { width_mm: f32, height_mm: f32 },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub text: String,
    pub lettering: Lettering,
    pub ink: Ink,
    pub bold: bool,
    pub centred: bool,
    pub fit: Fit,
    /// The height of its capitals, where that was measured to fit.
    pub cap_mm: Option<f32>,
}

impl Text {
    /// Line height as a multiple of the type size.
    pub fn line_height(&self) -> f32 {
        self.lettering.line_height(Reach::of(&self.text))
    }
}

/// What an element is to someone who hears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Heading,
    Button,
    Link,
    /// On or off.
    Switch(bool),
    /// One of several.
    Choice(bool),
    Text,
    Image,
    List,
    Status,
    /// A public warning: said at once, whatever is being said.
    Alert,
    SearchBox,
}

impl Role {
    pub fn word(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Button => "button",
            Self::Link => "link",
            Self::Switch(_) => "switch",
            Self::Choice(_) => "radio",
            Self::Text => "text",
            Self::Image => "image",
            Self::List => "list",
            Self::Status => "status",
            Self::Alert => "alert",
            Self::SearchBox => "searchbox",
        }
    }

    pub fn state(self) -> &'static str {
        match self {
            Self::Switch(true) => "on",
            Self::Switch(false) => "off",
            Self::Choice(true) => "selected",
            _ => "",
        }
    }
}

/// A list of which only the rows in sight exist.
#[derive(Clone, Debug, PartialEq)]
pub struct Scroll {
    /// Names the scroll position in the visitor's page.
    pub key: &'static str,
    /// Height in mm of everything above the first row that exists.
    pub before_mm: f32,
    /// Height in mm of everything below the last.
    pub after_mm: f32,
    /// Height in mm of a row and the gap below it; `None` where text flows.
    pub row_mm: Option<f32>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Group(Vec<Block>),
    Scroll(Scroll, Vec<Block>),
    Text(Text),
    /// One glyph of the icon font, `em` mm high.
    Icon(char, Ink, f32),
    Picture(PictureSpec),
}

/// One element of a screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub style: Style,
    pub body: Body,
    /// `None`: not spoken itself; its children are.
    pub role: Option<Role>,
    /// What is spoken; empty means the texts inside.
    pub name: String,
    /// BCP 47 tag when the text is not in the visitor's language.
    pub language: Option<String>,
    /// What a touch does.
    pub action: Option<Action>,
    /// Drawn but not spoken.
    pub silent: bool,
}

impl Block {
    fn new(body: Body) -> Self {
        Self {
            style: Style::default(),
            body,
            role: None,
            name: String::new(),
            language: None,
            action: None,
            silent: false,
        }
    }

    pub fn column(children: Vec<Self>) -> Self {
        Self::new(Body::Group(children))
    }

    pub fn row(children: Vec<Self>) -> Self {
        let mut block = Self::new(Body::Group(children));
        block.style.flow = Flow::Row;
        block.style.align = Align::Centre;
        block
    }

    pub fn grid(columns: u16, children: Vec<Self>) -> Self {
        let mut block = Self::new(Body::Group(children));
        block.style.flow = Flow::Grid(columns);
        block
    }

    /// An empty stretch that takes what is left.
    pub fn space() -> Self {
        Self::column(Vec::new()).fill()
    }

    pub fn text(text: impl Into<String>, lettering: Lettering) -> Self {
        let role = if lettering.is_heading() { Role::Heading } else { Role::Text };
        let text = Text {
            text: text.into(),
            lettering,
            ink: Ink::Ink,
            bold: lettering.is_bold(),
            centred: false,
            fit: Fit::Wrap,
            cap_mm: None,
        };
        Self::new(Body::Text(text)).role(role)
    }

    /// Text of which everything is decided.
    pub fn written(text: Text) -> Self {
        let role = if text.lettering.is_heading() { Role::Heading } else { Role::Text };
        Self::new(Body::Text(text)).role(role)
    }

    /// An icon of the given height in mm; always beside a word.
    pub fn icon(glyph: char, ink: Ink, height_mm: f32) -> Self {
        Self::new(Body::Icon(glyph, ink, height_mm)).silent()
    }

    pub fn picture(spec: PictureSpec, name: impl Into<String>) -> Self {
        Self::new(Body::Picture(spec)).role(Role::Image).named(name)
    }

    /// A scroll area whose children are the rows in sight.
    pub fn scroll(scroll: Scroll, children: Vec<Self>) -> Self {
        Self::new(Body::Scroll(scroll, children)).fill()
    }

    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.role = Some(role);
        self
    }

    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    #[must_use]
    pub fn in_language(mut self, tag: Option<String>) -> Self {
        self.language = tag;
        self
    }

    /// Makes it something to touch.
    #[must_use]
    pub fn touch(mut self, action: Action) -> Self {
        self.action = Some(action);
        if self.role.is_none() {
            self.role = Some(Role::Button);
        }
        self
    }

    #[must_use]
    pub fn silent(mut self) -> Self {
        self.silent = true;
        self
    }

    #[must_use]
    pub fn width(mut self, mm: f32) -> Self {
        self.style.width = Length::Mm(mm);
        self
    }

    #[must_use]
    pub fn height(mut self, mm: f32) -> Self {
        self.style.height = Length::Mm(mm);
        self
    }

    #[must_use]
    pub fn min_height(mut self, mm: f32) -> Self {
        self.style.min_height_mm = mm;
        self
    }

    #[must_use]
    pub fn max_width(mut self, mm: f32) -> Self {
        self.style.max_width_mm = Some(mm);
        self
    }

    /// Takes what is left along its parent's flow.
    #[must_use]
    pub fn fill(self) -> Self {
        self.weight(1.0)
    }

    /// Takes this share of what is left along its parent's flow.
    #[must_use]
    pub fn weight(mut self, share: f32) -> Self {
        self.style.width = Length::Fill(share);
        self.style.height = Length::Fill(share);
        self
    }

    #[must_use]
    pub fn gap(mut self, mm: f32) -> Self {
        self.style.gap_mm = mm;
        self
    }

    #[must_use]
    pub fn pad(mut self, across_mm: f32, along_mm: f32) -> Self {
        self.style.pad = Pad { start: across_mm, end: across_mm, top: along_mm, bottom: along_mm };
        self
    }

    #[must_use]
    pub fn align(mut self, align: Align) -> Self {
        self.style.align = align;
        self
    }

    #[must_use]
    pub fn justify(mut self, justify: Justify) -> Self {
        self.style.justify = justify;
        self
    }

    #[must_use]
    pub fn wrap(mut self) -> Self {
        self.style.wrap = true;
        self
    }

    #[must_use]
    pub fn plane(mut self, ink: Ink) -> Self {
        self.style.plane = Some(ink);
        self
    }

    #[must_use]
    pub fn rule(mut self, rule: Rule) -> Self {
        self.style.rule = Some(rule);
        self
    }

    #[must_use]
    pub fn round(mut self, radius_mm: f32) -> Self {
        self.style.radius_mm = radius_mm;
        self
    }

    #[must_use]
    pub fn pin(mut self, pin: Pin) -> Self {
        self.style.pin = Some(pin);
        self
    }

    #[must_use]
    pub fn clip(mut self) -> Self {
        self.style.clip = true;
        self
    }

    #[must_use]
    pub fn ink(mut self, ink: Ink) -> Self {
        if let Body::Text(text) = &mut self.body {
            text.ink = ink;
        }
        self
    }

    #[must_use]
    pub fn bold(mut self) -> Self {
        if let Body::Text(text) = &mut self.body {
            text.bold = true;
        }
        self
    }

    #[must_use]
    pub fn centred(mut self) -> Self {
        if let Body::Text(text) = &mut self.body {
            text.centred = true;
        }
        self
    }

    #[must_use]
    pub fn fit(mut self, fit: Fit) -> Self {
        if let Body::Text(text) = &mut self.body {
            text.fit = fit;
        }
        self
    }

    pub fn children(&self) -> &[Self] {
        match &self.body {
            Body::Group(children) | Body::Scroll(_, children) => children,
            _ => &[],
        }
    }

    /// All that would be spoken of this block when its own name is empty.
    pub fn words(&self) -> String {
        match &self.body {
            _ if self.silent => String::new(),
            _ if !self.name.is_empty() => self.name.clone(),
            Body::Text(text) => text.text.clone(),
            _ => {
                let parts: Vec<String> =
                    self.children().iter().map(Self::words).filter(|words| !words.is_empty()).collect();
                parts.join(", ")
            }
        }
    }
}

/// A whole screen: the three regions of the panel, and what lies over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Warnings in force, above the window.
    pub band: Option<Block>,
    /// One picture or map and one title, about the thing in hand.
    pub window: Block,
    /// Every control.
    pub belt: Block,
    /// What is worth seeing below the controls; nothing is only here.
    pub foot: Block,
    /// Over everything: the idle prompt.
    pub overlay: Option<Block>,
}
