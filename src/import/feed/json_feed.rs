//! JSON Feed 1.0 and 1.1.

use super::article::{Draft, DraftPicture, Head};
use crate::content::{Id, language_alone};
use crate::import::json_fields::Fields;
use crate::import::json_records::Shape;
use crate::import::plain_text::one_line;
use serde_json::{Map, Value};

/// A JSON Feed (1.1), whose articles are its `items`.
pub const FEED: Shape = Shape {
    what: "a JSON Feed",
    lists: &["items"],
    wrapped: "item",
    alone: &["content_html", "content_text"],
    ..Shape::PLAIN
};

/// What a feed says about itself.
pub fn head(map: &Map<String, Value>, usual: &Head) -> Head {
    let text = |key: &str| map.get(key).and_then(Value::as_str).map(one_line).filter(|text| !text.is_empty());
    let base = text("home_page_url").or_else(|| text("feed_url")).and_then(|url| url.parse().ok());
    Head {
        name: usual.name.clone(),
        credit: text("title").filter(|title| !title.contains('@')).unwrap_or_else(|| usual.credit.clone()),
        language: text("language").and_then(|tag| language_alone(&tag)).unwrap_or_else(|| usual.language.clone()),
        base: base.or_else(|| usual.base.clone()),
        licence: String::new(),
    }
}

/// One item of a feed; its authors are not looked at.
pub fn draft(map: &Map<String, Value>, of: &str, source: &str, problems: &mut Vec<crate::content::Problem>) -> Draft {
    let text = |key: &str| match map.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let own = |key: &str| Some(text(key)).filter(|text| !text.trim().is_empty());
    let mut draft = Draft {
        id: text("id"),
        title: text("title"),
        summary: text("summary"),
        text: own("content_html").unwrap_or_else(|| text("content_text")),
        language: own("language"),
        link: own("url").or_else(|| own("external_url")),
        ..Draft::default()
    };
    let id: Id = draft.record(of);
    let mut fields = Fields { map, part: "", source, language: "", id: &id, problems };
    draft.updated = fields.instant("date_modified").or_else(|| fields.instant("date_published"));
    draft.tags = fields.words("tags");
    let named = [own("image"), own("banner_image")].into_iter().flatten();
    let attached = map.get("attachments").and_then(Value::as_array).into_iter().flatten().filter_map(|attached| {
        let is_picture = attached.get("mime_type")?.as_str()?.starts_with("image/");
        attached.get("url")?.as_str().filter(|_| is_picture).map(str::to_owned)
    });
    draft.pictures = named.chain(attached).map(|url| DraftPicture { url, ..DraftPicture::default() }).collect();
    draft
}
