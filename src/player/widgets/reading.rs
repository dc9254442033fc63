//! Long texts: paragraphs apart by an empty line, `## ` heads, `- ` lists and `=> ` links, nothing else.

use super::qr::qr;
use crate::content::{Common, Localized, link_of};
use crate::player::action::Action;
use crate::player::block::{Align, Block, Justify, Role, Scroll};
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{CAP_HEIGHT, Ink, Lettering};
use crate::player::visitor::Mode;
use lucide_icons::Icon;

/// One part of a long text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    Head(String),
    Paragraph(String),
    Items(Vec<String>),
    Link { address: String, words: String },
}

/// Splits a text into its passages. A single line break stays inside its paragraph.
pub fn passages(text: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut apart = true;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            apart = true;
            continue;
        }
        if let Some((address, words)) = link_of(line) {
            passages.push(Passage::Link { address: address.to_owned(), words: words.to_owned() });
        } else if let Some(head) = line.strip_prefix("## ") {
            passages.push(Passage::Head(head.trim().to_owned()));
        } else if let Some(item) = line.strip_prefix("- ") {
            match passages.last_mut() {
                Some(Passage::Items(items)) => items.push(item.trim().to_owned()),
                _ => passages.push(Passage::Items(vec![item.trim().to_owned()])),
            }
        } else {
            match passages.last_mut() {
                Some(Passage::Paragraph(paragraph)) if !apart => {
                    paragraph.push('\n');
                    paragraph.push_str(line);
                }
                _ => passages.push(Passage::Paragraph(line.to_owned())),
            }
        }
        apart = false;
    }
    passages
}

/// The long text of an item as this visitor reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub shown: Shown,
    /// The easy-to-read version is shown.
    pub easy: bool,
    /// There is an easy-to-read version that this visitor reads as well as the full one.
    pub has_easy: bool,
}

/// The easy version when the visitor wants it and it is not further from their language than the full text: easy
/// words in a foreign language are not easy.
pub fn reading(scene: &Scene<'_>, common: &Common) -> Option<Reading> {
    let easy = scene.pick(&common.easy);
    let full = scene.pick(&common.text).or_else(|| scene.pick(&common.summary));
    let as_near = easy
        .as_ref()
        .is_some_and(|easy| easy.language.is_none() || full.as_ref().is_none_or(|full| full.language.is_some()));
    let wants_easy = as_near && scene.visitor.has(Mode::Easy);
    let shown = if wants_easy { easy } else { full.or(easy) }?;
    Some(Reading { shown, easy: wants_easy, has_easy: as_near })
}

/// Width in mm of a line of sixty characters.
pub fn sixty_characters_mm(scene: &Scene<'_>, lettering: Lettering) -> f32 {
    const MEAN_ADVANCE_EM: f32 = 0.5;
    60.0 * MEAN_ADVANCE_EM * scene.cap_mm(lettering) / CAP_HEIGHT
}

/// The passages as blocks, in lines of at most sixty characters.
pub fn reading_blocks(scene: &Scene<'_>, shown: &Shown) -> Vec<Block> {
    let width_mm = sixty_characters_mm(scene, Lettering::Body);
    let plain =
        |text: String| Block::text(text, Lettering::Body).max_width(width_mm).in_language(shown.language.clone());
    let mut blocks = Vec::new();
    for passage in passages(&shown.text) {
        match passage {
            Passage::Head(text) => blocks.push(head(text).max_width(width_mm).in_language(shown.language.clone())),
            Passage::Paragraph(text) => blocks.push(plain(text)),
            Passage::Items(items) => blocks.extend(items.into_iter().map(|text| item(plain(text)))),
            Passage::Link { address, words } => {
                let address = Localized::one(scene.visitor.language.tag(), address);
                blocks.extend(qr(scene, words, &address, width_mm));
            }
        }
    }
    blocks
}

/// A head inside a text.
pub fn head(text: String) -> Block {
    Block::text(text, Lettering::Card).role(Role::Heading)
}

/// One line of a list, behind its dot.
pub fn item(text: Block) -> Block {
    let dot = Block::text("•", Lettering::Body).ink(Ink::Town).bold().silent();
    Block::row(vec![dot, text.fill()]).gap(5.0).align(Align::Start)
}

/// Between the full text and the one that is easy to read.
pub fn easy_switch(scene: &Scene<'_>) -> Block {
    let on = scene.visitor.has(Mode::Easy);
    let (plane, ink) = if on { (Ink::Town, Ink::OnTown) } else { (Ink::Plane, Ink::Ink) };
    let icon = if on { Icon::Check } else { Icon::BookOpen };
    Block::row(vec![
        Block::icon(icon.unicode(), ink, 13.0),
        Block::text(scene.say("article-easy"), Lettering::Body).ink(ink).bold(),
    ])
    .gap(6.0)
    .pad(8.0, 3.0)
    .justify(Justify::Centre)
    .min_height(scene.target_mm() + 6.0)
    .round(3.0)
    .plane(plane)
    .role(Role::Switch(on))
    .touch(Action::ToggleMode(Mode::Easy))
}

/// A scroll area for a long text.
pub fn reading_area(key: &'static str, blocks: Vec<Block>) -> Block {
    let scroll = Scroll { key, before_mm: 0.0, after_mm: 0.0, row_mm: None };
    Block::scroll(scroll, vec![Block::column(blocks).gap(7.0)])
}

/// Width in mm of what stands beside a long text; `None` where there is no room beside it.
pub fn side_mm(scene: &Scene<'_>) -> Option<f32> {
    const SIDE_MIN_MM: f32 = 190.0;
    let width_mm = scene.frame().content_width();
    let text_mm = sixty_characters_mm(scene, Lettering::Body).min(width_mm * 0.63);
    Some(width_mm - text_mm - SIDE_GAP_MM).filter(|side| *side >= SIDE_MIN_MM)
}

/// Space in mm between a long text and what stands beside it: the text's page buttons stand there.
pub const SIDE_GAP_MM: f32 = 36.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Catalog;
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;

    #[test]
    fn a_text_falls_into_heads_paragraphs_and_lists() {
        let text = "One.\nTwo.\r\n\r\nThree.\n## Head\nFour.\n- a\n-  b \n\n- c\n=> https://example.org the page\nFive.\n##no head\n";
        let paragraph = |text: &str| Passage::Paragraph(text.to_owned());
        let expected = vec![
            paragraph("One.\nTwo."),
            paragraph("Three."),
            Passage::Head("Head".to_owned()),
            paragraph("Four."),
            Passage::Items(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]),
            Passage::Link { address: "https://example.org".to_owned(), words: "the page".to_owned() },
            paragraph("Five.\n##no head"),
        ];
        assert_eq!(passages(text), expected);
        assert_eq!(passages(" \n\n"), Vec::new());
    }

    fn read(common: &Common, language: Language, easy: bool) -> Option<Reading> {
        let almanac = Almanac::new(Catalog::default(), None, 0.0);
        let mut visitor = Visitor::nobody(language);
        if easy {
            visitor.modes.insert(Mode::Easy);
        }
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let now = "2026-06-15T12:00:00Z".parse().expect("an instant");
        reading(&Scene::of(&almanac, &visitor, now, &profile), common)
    }

    #[test]
    fn easy_words_in_a_foreign_language_are_not_easy() {
        let mut text = Localized::one("fr", "plein");
        text.insert("de", "voll", crate::content::Origin::Human);
        let common = Common { text, easy: Localized::one("fr", "facile"), ..Common::default() };
        let texts =
            |language, easy| read(&common, language, easy).map(|read| (read.shown.text, read.easy, read.has_easy));
        assert_eq!(texts(Language::Fr, false), Some(("plein".to_owned(), false, true)));
        assert_eq!(texts(Language::Fr, true), Some(("facile".to_owned(), true, true)));
        assert_eq!(texts(Language::De, true), Some(("voll".to_owned(), false, false)));
        assert_eq!(texts(Language::Es, true), Some(("facile".to_owned(), true, true)), "both are foreign to them");
    }

    #[test]
    fn what_has_only_a_summary_shows_it() {
        let common = Common { summary: Localized::one("fr", "court"), ..Common::default() };
        assert_eq!(read(&common, Language::Fr, true).map(|read| read.shown.text), Some("court".to_owned()));
        assert_eq!(read(&Common::default(), Language::Fr, true), None);
    }
}
