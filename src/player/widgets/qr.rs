use super::{language_mark, set_mm};
use crate::content::Localized;
use crate::language::Arg;
use crate::player::block::{Align, Block, Fit, Role};
use crate::player::media::PictureSpec;
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};

/// Side of a code in mm, with the white rim that it brings; the code itself is at least 40.
const SIDE_MM: f32 = 64.0;

/// A code that carries a link in the visitor's language, beside what it is for; `None` without a link.
///
/// `label` says what to do: "Scan to book". `width_mm` is what both may take.
pub fn qr(scene: &Scene<'_>, label: String, link: &Localized, width_mm: f32) -> Option<Block> {
    let shown = scene.pick(link).filter(|shown| !shown.text.is_empty())?;
    let spoken = scene.words().say_with("qr-spoken", &[("address", Arg::from(shown.text.clone()))]);
    let code = Block::picture(PictureSpec::Qr(shown.text.clone()), spoken).plane(Ink::White);
    let code = code.width(SIDE_MM).height(SIDE_MM).round(3.0);
    let text_mm = width_mm - SIDE_MM - 6.0;
    let host_mm = scene.lines_mm(Lettering::Smallest, 2);
    let host = host(&shown.text);
    let is_long = set_mm(&host, scene.cap_mm(Lettering::Smallest)) > text_mm;
    let host = Block::text(if is_long { in_parts(&host) } else { host }, Lettering::Smallest)
        .ink(Ink::Quiet)
        .fit(Fit::Shrink { width_mm: text_mm, height_mm: host_mm });
    let mut lines = vec![Block::text(label, Lettering::Body).bold().role(Role::Text), host];
    lines.extend(language_mark(scene, &shown));
    let words = Block::column(lines).gap(3.0).fill();
    Some(Block::row(vec![code, words]).gap(6.0).align(Align::Centre))
}

/// What is said of a link that leads to a page; a picture or a recording is none.
pub fn scan_words(scene: &Scene<'_>, link: &Localized) -> String {
    scene.say(if leads_to_page(&scene.plain(link)) { "qr-scan-page" } else { "qr-scan" })
}

fn leads_to_page(link: &str) -> bool {
    const NO_PAGES: [&str; 10] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "tif", "tiff", "mp3", "mp4"];
    let path = link.split(['?', '#']).next().unwrap_or(link);
    let ending = path.rsplit_once('/').and_then(|(_, name)| name.rsplit_once('.'));
    ending.is_none_or(|(_, ending)| !NO_PAGES.contains(&ending.to_ascii_lowercase().as_str()))
}

/// The part of an address that people know: `https://www.example.org/a/b` is `example.org`.
fn host(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// An address that may go on in the next line, behind a dot and nowhere else.
fn in_parts(host: &str) -> String {
    host.replace('.', ".\u{200b}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_picture_is_no_page() {
        for (link, is_page) in [
            ("https://www.example.org/car-park.JPG?width=3", false),
            ("https://example.org/a.png#x", false),
            ("https://example.org/a.jpg/about", true),
            ("https://example.org", true),
            ("https://example.org/hours.html", true),
            ("https://jpg", true),
        ] {
            assert_eq!(super::leads_to_page(link), is_page, "{link}");
        }
    }

    #[test]
    fn an_address_is_told_by_its_host() {
        for (link, host) in [
            ("https://www.example.org/a/b?c", "example.org"),
            ("http://example.org", "example.org"),
            ("example.org/a", "example.org"),
        ] {
            assert_eq!(super::host(link), host);
        }
    }
}
