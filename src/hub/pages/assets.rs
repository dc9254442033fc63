//! What pages are dressed with: style and letters, from the program itself.

use super::{Answer, Refusal};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;

const FILES: [(&str, &str, &[u8]); 7] = [
    ("hub.css", "text/css; charset=utf-8", include_bytes!("../../../assets/hub/hub.css")),
    ("preview.js", "text/javascript; charset=utf-8", include_bytes!("../../../assets/hub/preview.js")),
    ("focal.js", "text/javascript; charset=utf-8", include_bytes!("../../../assets/hub/focal.js")),
    ("upload.js", "text/javascript; charset=utf-8", include_bytes!("../../../assets/hub/upload.js")),
    ("parvis.svg", "image/svg+xml", include_bytes!("../../../assets/hub/parvis.svg")),
    ("regular.ttf", "font/ttf", include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf")),
    ("bold.ttf", "font/ttf", include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf")),
];

pub async fn file(Path(name): Path<String>) -> Answer {
    let found = FILES.iter().find(|(known, ..)| *known == name);
    let (_, kind, bytes) = found.ok_or_else(Refusal::not_found)?;
    Ok(([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "public, max-age=3600")], *bytes).into_response())
}
