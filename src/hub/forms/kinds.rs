use super::field::{Field, Holds};

/// The kinds of content that have forms, as `type` in a document.
pub const KINDS: [&str; 4] = ["event", "place", "article", "service"];

const TRI: Holds = Holds::Choice { choices: &["yes", "no", "unknown"], usual: "unknown" };

const BOOKING: Holds = Holds::Ways { kinds: &["phone", "email", "link"] };

const fn field(key: &'static str, holds: Holds) -> Field {
    Field { key, holds }
}

const EVENT: &[Field] = &[
    field("title", Holds::Line),
    field("timings", Holds::Timings),
    field("location", Holds::Location),
    field(
        "kind",
        Holds::Choice {
            choices: &[
                "music",
                "stage",
                "exhibition",
                "cinema",
                "talk",
                "workshop",
                "festival",
                "market",
                "sport",
                "nature",
                "family",
                "other",
            ],
            usual: "other",
        },
    ),
    field("summary", Holds::Line),
    field("text", Holds::Text),
    field("easy", Holds::Text),
    field("media", Holds::Media),
    field("free", TRI),
    field("conditions", Holds::Line),
    field("registration", BOOKING),
    field("link", Holds::Line),
    field("ages", Holds::Ages),
    field("access", Holds::Access),
    field(
        "status",
        Holds::Choice {
            choices: &["scheduled", "rescheduled", "moved_online", "postponed", "full", "cancelled"],
            usual: "scheduled",
        },
    ),
    field("valid", Holds::Validity),
    field("tags", Holds::Names),
    field("groups", Holds::Names),
];

const ARTICLE: &[Field] = &[
    field("title", Holds::Line),
    field("summary", Holds::Line),
    field("text", Holds::Text),
    field("easy", Holds::Text),
    field("media", Holds::Media),
    field("link", Holds::Line),
    field("valid", Holds::Validity),
    field("tags", Holds::Names),
    field("groups", Holds::Names),
];

const SERVICE: &[Field] = &[
    field("title", Holds::Line),
    field("summary", Holds::Line),
    field("text", Holds::Text),
    field("easy", Holds::Text),
    field("steps", Holds::Lines),
    field("documents", Holds::Lines),
    field("cost", Holds::Line),
    field("delay", Holds::Line),
    field("online", Holds::Line),
    field("payment", Holds::Line),
    field("link", Holds::Line),
    field("desk", Holds::Parts(&["phone", "address", "hours"])),
    field("media", Holds::Media),
    field("valid", Holds::Validity),
    field("tags", Holds::Names),
    field("groups", Holds::Names),
];

const PLACE: &[Field] = &[
    field("title", Holds::Line),
    field("address", Holds::Plain),
    field("position", Holds::Position),
    field("hours", Holds::Plain),
    field("contact", Holds::Parts(&["phone", "email"])),
    field("fee", TRI),
    field("summary", Holds::Line),
    field("text", Holds::Text),
    field("easy", Holds::Text),
    field("media", Holds::Media),
    field("link", Holds::Line),
    field("changing_table", TRI),
    field("access", Holds::Access),
    field("valid", Holds::Validity),
    field("tags", Holds::Names),
    field("groups", Holds::Names),
];

/// The fields of a kind of content; `None` where it has no form.
pub fn fields(kind: &str) -> Option<&'static [Field]> {
    match kind {
        "event" => Some(EVENT),
        "place" => Some(PLACE),
        "article" => Some(ARTICLE),
        "service" => Some(SERVICE),
        _ => None,
    }
}
