//! The pages of the kiosk, by name.

use crate::content::Id;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    #[default]
    Attract,
    Home,
    Near,
    Agenda,
    Event(Id),
    Places,
    Place(Id),
    Guide,
    Article(Id),
    Services,
    Service(Id),
    Search,
    Languages,
    Access,
    About,
}

impl Screen {
    /// The name used on the command line and in counts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Attract => "attract",
            Self::Home => "home",
            Self::Near => "near",
            Self::Agenda => "agenda",
            Self::Event(_) => "event",
            Self::Places => "places",
            Self::Place(_) => "place",
            Self::Guide => "guide",
            Self::Article(_) => "article",
            Self::Services => "services",
            Self::Service(_) => "service",
            Self::Search => "search",
            Self::Languages => "languages",
            Self::Access => "access",
            Self::About => "about",
        }
    }

    pub const NAMES: [&'static str; 15] = [
        "attract",
        "home",
        "near",
        "agenda",
        "event",
        "places",
        "place",
        "guide",
        "article",
        "services",
        "service",
        "search",
        "languages",
        "access",
        "about",
    ];

    /// The screen that shows an item of this kind, or the plain screen of that name.
    pub fn parse(name: &str, id: Option<Id>) -> Option<Self> {
        Some(match (name, id) {
            ("attract", _) => Self::Attract,
            ("home", _) => Self::Home,
            ("near", _) => Self::Near,
            ("agenda", _) => Self::Agenda,
            ("event", Some(id)) => Self::Event(id),
            ("places", _) => Self::Places,
            ("place", Some(id)) => Self::Place(id),
            ("guide", _) => Self::Guide,
            ("article", Some(id)) => Self::Article(id),
            ("service" | "services", Some(id)) => Self::Service(id),
            ("services", None) => Self::Services,
            ("search", _) => Self::Search,
            ("languages", _) => Self::Languages,
            ("access", _) => Self::Access,
            ("about", _) => Self::About,
            _ => return None,
        })
    }

    /// The item it is about.
    pub fn item(&self) -> Option<&Id> {
        match self {
            Self::Event(id) | Self::Place(id) | Self::Article(id) | Self::Service(id) => Some(id),
            _ => None,
        }
    }
}
