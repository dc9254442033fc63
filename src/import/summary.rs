//! Which of a source's texts stands as a summary, and as a title where there is none.

use crate::content::Localized;

/// The longest text that is a summary, in characters: one or two sentences.
const SUMMARY_MAX: usize = 300;
/// The longest title that is made of a text, in characters.
const TITLE_MAX: usize = 90;

/// Whether a text is a summary rather than the whole of what there is to read: short, and in one paragraph.
pub fn is_summary(text: &str) -> bool {
    !text.contains('\n') && text.chars().count() <= SUMMARY_MAX
}

/// The only text of a source as summary or as long text, by its length in all of its languages; the other is empty.
pub fn summary_or_text(text: Localized) -> (Localized, Localized) {
    let is_short = text.0.values().all(|translation| is_summary(&translation.text));
    if is_short { (text, Localized::default()) } else { (Localized::default(), text) }
}

/// The first line of a text, as a title: whole words of it.
pub fn beginning(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_start_matches(['#', '-', ' ']);
    let Some((end, _)) = line.char_indices().nth(TITLE_MAX) else { return line.to_owned() };
    let cut = &line[..end];
    let whole = cut.rfind(' ').and_then(|at| cut.get(..at)).unwrap_or(cut);
    format!("{}…", whole.trim_end_matches([' ', ',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Origin;

    #[test]
    fn one_long_translation_makes_the_text_long() {
        let mut text = Localized::one("fr", "Court.");
        assert_eq!(summary_or_text(text.clone()), (text.clone(), Localized::default()));
        text.insert("en", "long ".repeat(100), Origin::Original);
        assert_eq!(summary_or_text(text.clone()), (Localized::default(), text));
        let paragraphs = Localized::one("fr", "Un.\n\nDeux.");
        assert_eq!(summary_or_text(paragraphs.clone()), (Localized::default(), paragraphs));
    }

    #[test]
    fn a_title_is_made_of_whole_words() {
        assert_eq!(beginning("## Court\n\nSuite"), "Court");
        assert_eq!(beginning(&format!("{}été", "é".repeat(TITLE_MAX))), format!("{}…", "é".repeat(TITLE_MAX)));
        let long = beginning(&"mot, ".repeat(50));
        assert!(long.ends_with("mot…") && long.chars().count() <= TITLE_MAX + 1, "{long}");
    }
}
