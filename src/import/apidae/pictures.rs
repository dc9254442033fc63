use super::labels::texts;
use crate::import::Picture;
use crate::import::french_originals::french;
use crate::import::json_node::Node;
use crate::import::notes::Notes;
use crate::import::pictures::names_open_licence;
use crate::import::plain_text::one_line;
use crate::import::public_contact::web;
use crate::import::seasons::date;
use chrono::NaiveDate;

/// Its pictures (`illustrations`), as far as they may still be published.
pub fn pictures(object: Node<'_>, maker: &str, today: NaiveDate, notes: &mut Notes<'_>) -> Vec<Picture> {
    let mut all: Vec<Picture> = Vec::new();
    for shown in object.nodes("illustrations") {
        if shown.text("type").is_some_and(|kind| kind != "IMAGE") {
            continue;
        }
        let Some(address) = shown.nodes("traductionFichiers").find_map(|file| file.text("url")) else { continue };
        let Some(url) = web(address) else {
            notes.problem("illustrations", "no address of a picture on the web", address);
            continue;
        };
        if shown.text("dateLimiteDePublication").and_then(date).is_some_and(|last| last < today) {
            notes.problem("illustrations", "a picture that may no longer be published is not shown", &url);
        } else if all.iter().all(|known| known.url != url) {
            all.push(picture(url, shown, maker));
        }
    }
    all
}

fn picture(url: String, shown: Node<'_>, maker: &str) -> Picture {
    let credit = texts(shown.node("copyright"), one_line);
    let licence = shown.text("licence").map(one_line);
    let licence = licence.unwrap_or_else(|| french(&texts(shown.node("licence"), one_line)).to_owned());
    // Many write the licence where the credit belongs.
    let stated = if licence.is_empty() && names_open_licence(french(&credit)) { french(&credit) } else { &licence };
    Picture {
        alt: texts(shown.node("legende"), one_line),
        credit: if credit.is_empty() { maker.to_owned() } else { french(&credit).to_owned() },
        licence: stated.to_owned(),
        url,
    }
}
