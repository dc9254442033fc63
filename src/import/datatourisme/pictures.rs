use super::texts::{field, key};
use crate::content::Localized;
use crate::import::Picture;
use crate::import::french_originals::french;
use crate::import::json_node::Node;
use crate::import::notes::Notes;
use crate::import::plain_text::one_line;
use crate::import::public_contact::web;
use crate::import::seasons::date;
use chrono::NaiveDate;

/// Its pictures, the main one first.
pub fn pictures(object: Node<'_>, maker: &str, today: NaiveDate, notes: &mut Notes<'_>) -> Vec<Picture> {
    let mut all: Vec<Picture> = Vec::new();
    for shown in object.nodes("hasMainRepresentation").chain(object.nodes("hasRepresentation")) {
        let about = shown.node("hasAnnotation");
        let right = |name: &str| about.and_then(|about| about.text(name)).and_then(date);
        let is_over = right("rightsEndDate").is_some_and(|end| end < today);
        let is_early = right("rightsStartDate").is_some_and(|begin| begin > today);
        for resource in shown.nodes("hasRelatedResource") {
            for locator in resource.texts("locator") {
                if !is_picture(resource) {
                    notes.problem("hasRepresentation", "a file that is no picture is not shown", locator);
                    continue;
                }
                let Some(url) = web(locator) else {
                    notes.problem("hasRepresentation.locator", "no address of a picture on the web", locator);
                    continue;
                };
                if is_over || is_early {
                    notes.problem("hasRepresentation", "a picture whose rights do not cover today is not shown", &url);
                } else if all.iter().all(|known| known.url != url) {
                    all.push(picture(url, about, maker));
                }
            }
        }
    }
    all
}

fn picture(url: String, about: Option<Node<'_>>, maker: &str) -> Picture {
    let credits: Vec<String> = about.into_iter().flat_map(|about| about.texts("credits")).map(one_line).collect();
    let licence = about.map(licence).unwrap_or_default();
    let alt = about.map(|about| field(about, "title", one_line)).unwrap_or_default();
    Picture {
        url,
        alt: if describes(&alt) { alt } else { Localized::default() },
        credit: if credits.is_empty() { maker.to_owned() } else { credits.join(", ") },
        licence,
    }
}

/// The licence as a text, or as a term of a vocabulary.
fn licence(about: Node<'_>) -> String {
    let term = || {
        let term = about.node("isCoveredBy")?;
        let label = field(term, "label", one_line);
        Some(if label.is_empty() { key(term).to_owned() } else { french(&label).to_owned() })
    };
    about.text("isCoveredBy").map(one_line).or_else(term).unwrap_or_default()
}

/// Whether a title tells what is to be seen: many are the name of a file.
fn describes(alt: &Localized) -> bool {
    let text = french(alt);
    let lower = text.to_lowercase();
    let is_file = [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|end| lower.contains(end));
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    words >= 2 && !is_file && !text.contains(['_', '(', '@', '©'])
}

fn is_picture(resource: Node<'_>) -> bool {
    let mime = resource.nodes("hasMimeType").map(key).chain(resource.texts("hasMimeType")).next().unwrap_or_default();
    let kinds = ["jpeg", "jpg", "png", "gif", "webp", "image"];
    let lower = mime.to_lowercase();
    let url = resource.text("locator").unwrap_or_default().to_lowercase();
    let is_other =
        [".pdf", ".mp3", ".mp4", ".gpx", ".kml", ".zip", ".doc", ".docx"].iter().any(|end| url.ends_with(end));
    !is_other && (mime.is_empty() || kinds.iter().any(|kind| lower.contains(kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_describes_nothing() {
        for (title, tells) in [
            ("La cathédrale Sainte-Cécile vue du pont", true),
            ("Activités sports nature-Escapade (6)_1", false),
            ("DSC 0001.JPG", false),
            ("cathedrale", false),
            ("Photo ©Paul", false),
        ] {
            assert_eq!(describes(&Localized::one("fr", title)), tells, "{title}");
        }
    }
}
