use super::choices::set_mm;
use crate::player::action::Action;
use crate::player::block::{Block, Fit, Justify, Role};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// A large choice: icon, title, one live fact.
pub struct Tile {
    pub icon: Icon,
    pub ink: Ink,
    pub title: String,
    pub fact: String,
    pub action: Action,
}

/// Room for one tile.
#[derive(Clone, Copy)]
pub struct TileSize {
    pub width_mm: f32,
    pub height_mm: f32,
}

impl TileSize {
    fn pad_mm(self, tight: bool) -> f32 {
        match (self.width_mm < 100.0, tight) {
            (true, true) => 3.5,
            (true, false) => 5.0,
            (false, _) => 8.0,
        }
    }

    fn icon_mm(self, tight: bool) -> f32 {
        if tight { 11.0 } else { (self.height_mm * 0.26).clamp(13.0, 34.0) }
    }

    /// What is left for words: width and height.
    fn words_mm(self, tight: bool) -> (f32, f32) {
        let pad = self.pad_mm(tight);
        (self.width_mm - 2.0 * pad, self.height_mm - 2.0 * pad - self.icon_mm(tight) - 4.0)
    }
}

/// Tiles that stand together: their titles have one size, the largest at which each keeps its words whole and leaves
/// its fact room.
pub fn tiles(scene: &Scene<'_>, tiles: Vec<(Tile, TileSize)>) -> Vec<Block> {
    let fits = |set: &Set| tiles.iter().all(|(tile, size)| fits(scene, tile, *size, *set));
    let sets = [Lettering::Title, Lettering::Card, Lettering::Body].map(|lettering| Set { lettering, tight: false });
    let set = sets.into_iter().find(fits).unwrap_or(Set { lettering: Lettering::Body, tight: true });
    tiles.into_iter().map(|(tile, size)| draw(scene, tile, size, set)).collect()
}

/// How tiles that stand together are set.
#[derive(Clone, Copy)]
struct Set {
    lettering: Lettering,
    /// Icons give way to words.
    tight: bool,
}

fn fits(scene: &Scene<'_>, tile: &Tile, size: TileSize, Set { lettering, tight }: Set) -> bool {
    let (width_mm, height_mm) = size.words_mm(tight);
    let title = lines(&tile.title, width_mm, scene.cap_mm(lettering));
    let fact = lines(&tile.fact, width_mm, scene.cap_mm(Lettering::Smallest));
    title.zip(fact).is_some_and(|(title, fact)| {
        scene.lines_mm(lettering, title) + 2.0 + scene.lines_mm(Lettering::Smallest, fact) <= height_mm
    })
}

/// In how many lines a text is set; `None` where a word would be broken.
fn lines(text: &str, width_mm: f32, cap_mm: f32) -> Option<u8> {
    let space_mm = set_mm(" ", cap_mm);
    let (mut lines, mut at_mm) = (1_u8, 0.0);
    for word in text.split_whitespace() {
        let word_mm = set_mm(word, cap_mm);
        // A script without spaces breaks anywhere.
        if word_mm > width_mm && word.is_ascii() {
            return None;
        }
        if at_mm > 0.0 && at_mm + space_mm + word_mm > width_mm {
            lines = lines.saturating_add(1);
            at_mm = 0.0;
        }
        lines = lines.saturating_add((word_mm / width_mm) as u8);
        at_mm += space_mm + word_mm % width_mm;
    }
    Some(lines)
}

fn draw(scene: &Scene<'_>, tile: Tile, size: TileSize, Set { lettering, tight }: Set) -> Block {
    let (width_mm, height_mm) = size.words_mm(tight);
    let pad = size.pad_mm(tight);
    let title_lines = lines(&tile.title, width_mm, scene.cap_mm(lettering)).unwrap_or(2);
    let fact_lines = lines(&tile.fact, width_mm, scene.cap_mm(Lettering::Body)).unwrap_or(2);
    let title_mm = scene.lines_mm(lettering, title_lines).min(height_mm * 0.7);
    let fact_mm = scene.lines_mm(Lettering::Body, fact_lines).min(height_mm - title_mm - 2.0);
    // A title that is longer than was reckoned takes another line rather than a smaller size than its neighbours.
    let title_fit = Fit::Shrink { width_mm, height_mm: height_mm - fact_mm - 2.0 };
    let title = Block::text(tile.title, lettering).bold().role(Role::Text).fit(title_fit);
    let fact_fit = Fit::Shrink { width_mm, height_mm: fact_mm };
    let fact = Block::text(tile.fact, Lettering::Body).bold().ink(tile.ink).fit(fact_fit);
    let icon = Block::icon(tile.icon.unicode(), tile.ink, size.icon_mm(tight));
    Block::column(vec![icon, Block::column(vec![title, fact]).gap(2.0)])
        .justify(Justify::Between)
        .pad(pad, pad)
        .height(size.height_mm)
        .round(3.0)
        .plane(Ink::Plane)
        .touch(tile.action)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn words_stay_whole_and_lines_are_counted() {
        assert_eq!(lines("Town services", 200.0, 10.0), Some(1));
        assert_eq!(lines("Town services", 80.0, 10.0), Some(2));
        assert_eq!(lines("Town services", 40.0, 10.0), None, "\"services\" would be broken");
        assert_eq!(lines("城市服务", 40.0, 10.0), Some(2));
    }
}
