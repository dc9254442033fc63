//! A slide in the boxes of its template: every rectangle is known before anything is drawn, and every line of words is
//! measured. What does not fit in the smallest legible type is refused, never clipped.

use super::slide::{Mark, Slide};
use crate::content::{BoxSize, Holds, Stands, TemplateBox, WordLine, WordStack};
use crate::language::kept_together;
use crate::player::block::{Align, Block, Fit, Justify, Pad, Role, Text};
use crate::player::fit::{Ruler, px_of_cap};
use crate::player::look::Look;
use crate::player::media::PictureSpec;
use crate::player::scene::Shown;
use crate::player::theme::{Ink, Lettering};

/// A step of type is so many times as large as the one before.
const STEP: f32 = 1.22;
/// From this step on a line is a heading.
const HEADING_STEP: i32 = 2;
/// Type grows and shrinks by at most so many steps.
const STEPS_MAX: i32 = 12;
/// Rows stand apart by at most so many units.
const ROWS_APART: f32 = 1.2;

/// Who made a picture is read from near, like the small print of a poster; so is what marks a slide.
const SMALL_PRINT: i32 = -4;
/// How high the mark below a slide is.
const MARK_UNITS: f32 = 1.1;
/// Regions wider than so many times their height have no room for a mark: what stands there stands beside others.
const MARKED_SHAPE: f32 = 4.0;

/// Why a slide cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The words that have no room.
    pub words: String,
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const LETTERS_MAX: usize = 120;
        let mut words: String = self.words.chars().take(LETTERS_MAX).collect();
        if words.len() < self.words.len() {
            words.push('…');
        }
        write!(f, "too long to be read from where people stand: \"{words}\"")
    }
}

/// Puts slides into boxes.
pub struct Composer<'a> {
    pub ruler: Ruler<'a>,
    /// The height of the smallest capital that can be read, in mm.
    pub unit_mm: f32,
    pub px_per_mm: f32,
    /// Of the region, in mm.
    pub region_mm: (f32, f32),
    /// Boxes that may be left out are.
    does_with_less: bool,
}

/// How large words are set.
#[derive(Clone, Copy)]
struct Setting {
    /// Steps above what the template says, or below it; no line goes below the smallest that can be read.
    steps: i32,
    /// How many of the lines that may be left out are: the last first.
    left_out: usize,
}

impl Setting {
    /// The best first.
    fn all() -> impl Iterator<Item = Self> {
        let steps = |left_out| (-STEPS_MAX..=STEPS_MAX).rev().map(move |steps| Self { steps, left_out });
        steps(0).chain(steps(usize::MAX))
    }

    fn step(self, line: &WordLine, stack: &WordStack) -> i32 {
        if line.text == "{credit}" {
            return SMALL_PRINT;
        }
        (i32::from(line.step) + self.steps.min(i32::from(stack.grow))).max(0)
    }
}

/// A line of words with its fields filled in.
struct Line<'t> {
    plan: &'t WordLine,
    words: Shown,
}

impl<'a> Composer<'a> {
    /// For the whole panel.
    pub fn new(ruler: Ruler<'a>, look: &Look) -> Self {
        Self {
            ruler,
            unit_mm: look.smallest_cap_mm(),
            px_per_mm: look.px_per_mm,
            region_mm: look.panel_mm,
            does_with_less: false,
        }
    }

    /// The whole region.
    ///
    /// # Errors
    /// When a text has no room.
    pub fn compose(&mut self, boxes: &TemplateBox, slide: &Slide) -> Result<Block, Unfit> {
        let (width, height) = self.region_mm;
        let Some(mark) = slide.mark.as_ref().filter(|_| width <= MARKED_SHAPE * height) else {
            return self.whole(boxes, slide, (width, height));
        };
        let high = MARK_UNITS * self.unit_mm;
        let block = self.whole(boxes, slide, (width, height - high))?;
        Ok(Block::column(vec![block, self.mark(mark, (width, high))]).width(width).height(height))
    }

    /// All boxes, or those that cannot be left out.
    fn whole(&mut self, boxes: &TemplateBox, slide: &Slide, size: (f32, f32)) -> Result<Block, Unfit> {
        self.does_with_less = false;
        let block = self.fill(boxes, slide, size, None);
        if block.is_ok() || !boxes.can_do_with_less() {
            return block;
        }
        self.does_with_less = true;
        self.fill(boxes, slide, size, None)
    }

    fn is_there(&self, plan: &TemplateBox, slide: &Slide) -> bool {
        let has = |field: &String| slide.has(field);
        let is_meant = (plan.with.is_empty() || plan.with.iter().any(has)) && !plan.without.iter().any(has);
        is_meant && !(plan.optional && self.does_with_less)
    }

    /// What has to be known about a slide before it is believed, below it.
    fn mark(&self, mark: &Mark, (width, height): (f32, f32)) -> Block {
        let text = Text {
            text: mark.words.clone(),
            lettering: Lettering::Body,
            ink: mark.ink,
            bold: true,
            centred: true,
            fit: Fit::Shrink { width_mm: width, height_mm: height },
            cap_mm: Some(self.unit_mm * STEP.powi(SMALL_PRINT)),
        };
        let words = Block::column(vec![Block::written(text).width(width)]).justify(Justify::Centre);
        words.plane(mark.plane).width(width).height(height)
    }

    /// One box of this size in mm, in this setting where that is already decided.
    fn fill(
        &mut self,
        plan: &TemplateBox,
        slide: &Slide,
        (width, height): (f32, f32),
        setting: Option<Setting>,
    ) -> Result<Block, Unfit> {
        let [across, along] = plan.pad.map(|units| units * self.unit_mm);
        let inner = ((width - 2.0 * across).max(1.0), (height - 2.0 * along).max(1.0));
        let mut block = match &plan.holds {
            Holds::Nothing => Block::column(Vec::new()),
            Holds::Column(boxes) => Block::column(self.divide(boxes, plan, slide, inner, true, setting)?),
            Holds::Row(boxes) => {
                Block::row(self.divide(boxes, plan, slide, inner, false, setting)?).align(Align::Stretch)
            }
            Holds::Words(stack) => self.words(stack, slide, inner, setting)?,
            Holds::Picture(field) => picture(slide, field, inner),
            Holds::Icon(field) => icon(plan, slide, field, inner),
            Holds::Rows(row) => self.rows(row, plan, slide, inner)?,
        };
        if !matches!(plan.holds, Holds::Words(_) | Holds::Picture(_) | Holds::Icon(_)) {
            block = block.gap(plan.gap * self.unit_mm);
        }
        block.style.pad = Pad { start: across, end: across, top: along, bottom: along };
        if let Some(ink) = ink_of(&plan.plane, slide) {
            block = block.plane(ink);
        }
        Ok(block.width(width).height(height))
    }

    /// Boxes one after another in what is left inside their box.
    fn divide(
        &mut self,
        boxes: &[TemplateBox],
        around: &TemplateBox,
        slide: &Slide,
        (width, height): (f32, f32),
        down: bool,
        setting: Option<Setting>,
    ) -> Result<Vec<Block>, Unfit> {
        let there: Vec<&TemplateBox> = boxes.iter().filter(|plan| self.is_there(plan, slide)).collect();
        let fitted = if down { self.fitted(&there, slide, (width, height)) } else { vec![None; there.len()] };
        let lengths = self.lengths(&there, &fitted, around.gap, if down { height } else { width });
        let sizes = lengths.into_iter().map(|length| if down { (width, length) } else { (length, height) });
        there.iter().zip(sizes).map(|(plan, size)| self.fill(plan, slide, size, setting)).collect()
    }

    /// How high those boxes of a column are that are as high as their words: as large as leaves others most of the room.
    fn fitted(&mut self, there: &[&TemplateBox], slide: &Slide, (width, height): (f32, f32)) -> Vec<Option<f32>> {
        const SHARE_MAX: f32 = 0.45;
        let mut fitted = vec![None; there.len()];
        if there.iter().all(|plan| plan.size != BoxSize::Fit) {
            return fitted;
        }
        for setting in Setting::all() {
            fitted = there
                .iter()
                .map(|plan| (plan.size == BoxSize::Fit).then(|| self.needs(plan, slide, width, setting)).flatten())
                .collect();
            let is_known = fitted.iter().zip(there).all(|(high, plan)| high.is_some() || plan.size != BoxSize::Fit);
            if is_known && fitted.iter().flatten().sum::<f32>() <= height * SHARE_MAX {
                break;
            }
        }
        fitted
    }

    /// How long each of these boxes is in a column or row of this length, all in mm.
    fn lengths(&self, there: &[&TemplateBox], fitted: &[Option<f32>], gap: f32, length: f32) -> Vec<f32> {
        let gaps = gap * self.unit_mm * there.len().saturating_sub(1) as f32;
        let fixed = |size: BoxSize| match size {
            BoxSize::Fill(_) | BoxSize::Fit => None,
            BoxSize::Percent(percent) => Some(length * percent / 100.0),
            BoxSize::Units(units) => Some(units * self.unit_mm),
            BoxSize::Wide(percent) => Some(self.region_mm.0 * percent / 100.0),
        };
        let weight = |size: BoxSize| match size {
            BoxSize::Fill(weight) => weight,
            // Beside others nothing is as wide as its words.
            BoxSize::Fit => 1.0,
            BoxSize::Percent(_) | BoxSize::Units(_) | BoxSize::Wide(_) => 0.0,
        };
        let known: Vec<Option<f32>> =
            there.iter().zip(fitted).map(|(plan, fitted)| fitted.or_else(|| fixed(plan.size))).collect();
        let open = || there.iter().zip(&known).filter(|(_, known)| known.is_none());
        let weights: f32 = open().map(|(plan, _)| weight(plan.size)).sum();
        let left = (length - gaps - known.iter().flatten().sum::<f32>()).max(0.0);
        let lengths = there.iter().zip(&known);
        lengths.map(|(plan, known)| known.unwrap_or_else(|| left * weight(plan.size) / weights)).collect()
    }

    /// The slide's rows in one size of type: as many as have room, each as high as its words.
    fn rows(
        &mut self,
        row: &TemplateBox,
        around: &TemplateBox,
        slide: &Slide,
        (width, height): (f32, f32),
    ) -> Result<Block, Unfit> {
        let gap = around.gap * self.unit_mm;
        for count in (1..=slide.rows.len()).rev() {
            for setting in Setting::all() {
                let rows = slide.rows.iter().take(count);
                let Some(heights) = rows.map(|it| self.needs(row, it, width, setting)).collect::<Option<Vec<_>>>()
                else {
                    continue;
                };
                let spare = height - heights.iter().sum::<f32>() - gap * (count - 1) as f32;
                if spare < 0.0 {
                    continue;
                }
                // What is left stands between the rows, as far as they still look like a list.
                let apart = (spare / count as f32).min(self.unit_mm * ROWS_APART);
                let rows = slide.rows.iter().zip(heights);
                let rows = rows.map(|(it, high)| self.fill(row, it, (width, high + apart), Some(setting)));
                return Ok(Block::column(rows.collect::<Result<_, _>>()?).role(Role::List));
            }
        }
        match slide.rows.first() {
            Some(first) => {
                Err(Unfit { words: first.text("title").map_or_else(|| first.words(), |shown| shown.text.clone()) })
            }
            None => Ok(Block::column(Vec::new())),
        }
    }

    /// How high a box of this width has to be for its words; `None` where a word is wider than the box.
    fn needs(&mut self, plan: &TemplateBox, slide: &Slide, width: f32, setting: Setting) -> Option<f32> {
        let [across, along] = plan.pad.map(|units| units * self.unit_mm);
        let inner = (width - 2.0 * across).max(1.0);
        let there = |composer: &Self, boxes: &'_ [TemplateBox]| -> Vec<TemplateBox> {
            boxes.iter().filter(|plan| composer.is_there(plan, slide)).cloned().collect()
        };
        let high = match &plan.holds {
            Holds::Words(stack) => self.set(stack, slide, inner, setting)?.1,
            Holds::Column(boxes) => {
                let boxes = there(self, boxes);
                let gaps = plan.gap * self.unit_mm * boxes.len().saturating_sub(1) as f32;
                boxes.iter().map(|plan| self.needs(plan, slide, inner, setting)).sum::<Option<f32>>()? + gaps
            }
            Holds::Row(boxes) => {
                let boxes = there(self, boxes);
                let widths = self.lengths(&boxes.iter().collect::<Vec<_>>(), &vec![None; boxes.len()], plan.gap, inner);
                let highs = boxes.iter().zip(widths).map(|(plan, width)| self.needs(plan, slide, width, setting));
                highs.collect::<Option<Vec<f32>>>()?.into_iter().fold(0.0, f32::max)
            }
            Holds::Nothing | Holds::Picture(_) | Holds::Icon(_) | Holds::Rows(_) => match plan.size {
                BoxSize::Units(units) => units * self.unit_mm,
                _ => 0.0,
            },
        };
        // Layout rounds to whole pixels.
        Some(high + 2.0 * along + 1.0 / self.px_per_mm)
    }

    /// Lines in the largest type in which all of them fit.
    fn words(
        &mut self,
        stack: &WordStack,
        slide: &Slide,
        (width, height): (f32, f32),
        setting: Option<Setting>,
    ) -> Result<Block, Unfit> {
        let mut fits = |setting| self.set(stack, slide, width, setting).filter(|(_, high)| *high <= height);
        let set = match setting {
            Some(setting) => fits(setting),
            None => {
                let optional = stack.lines.iter().filter(|line| line.optional).count();
                (0..=optional).find_map(|left_out| largest(left_out, &mut fits))
            }
        };
        if let Some((blocks, _)) = set {
            let column = Block::column(blocks).gap(stack.gap * self.unit_mm);
            return Ok(column.justify(justify(stack.stands)).align(align(stack.across)));
        }
        let lines = stack.lines.iter().filter_map(|plan| filled(plan, slide)).filter(|line| !line.plan.optional);
        let words: Vec<String> = lines.map(|line| line.words.text).collect();
        Err(Unfit { words: words.join(" / ") })
    }

    /// The lines in this setting, and their height in mm; `None` where a word is wider than the box.
    fn set(&mut self, stack: &WordStack, slide: &Slide, width: f32, setting: Setting) -> Option<(Vec<Block>, f32)> {
        let width_px = (width * self.px_per_mm).floor() - 1.0;
        let mut lines: Vec<Line<'_>> = stack.lines.iter().filter_map(|plan| filled(plan, slide)).collect();
        for _ in 0..setting.left_out.min(lines.len()) {
            if let Some(at) = lines.iter().rposition(|line| line.plan.optional) {
                lines.remove(at);
            }
        }
        let mut used = stack.gap * self.unit_mm * lines.len().saturating_sub(1) as f32;
        let mut blocks = Vec::new();
        for line in &lines {
            let step = setting.step(line.plan, stack);
            let cap_mm = self.unit_mm * STEP.powi(step);
            let text = text_of(line, slide, stack, step, cap_mm);
            let size_px = px_of_cap(cap_mm * self.px_per_mm);
            let (wide, high) = self.ruler.measure_seen(&text, size_px, width_px);
            used += high / self.px_per_mm;
            if wide > width_px {
                return None;
            }
            let own = (wide + 2.0) / self.px_per_mm;
            let block = Block::written(text).in_language(line.words.language.clone());
            blocks.push(block.width(if stack.across == Stands::End { own.min(width) } else { width }));
        }
        Some((blocks, used))
    }
}

/// What fits in the largest type: what fits in one size fits in all smaller ones.
fn largest<T>(left_out: usize, fits: &mut impl FnMut(Setting) -> Option<T>) -> Option<T> {
    let (mut least, mut most) = (-STEPS_MAX, STEPS_MAX);
    let mut found = fits(Setting { steps: least, left_out })?;
    while least < most {
        let steps = least + (most - least + 1) / 2;
        match fits(Setting { steps, left_out }) {
            Some(larger) => (least, found) = (steps, larger),
            None => most = steps - 1,
        }
    }
    Some(found)
}

/// A line with its fields filled in; `None` where none of them says anything.
fn filled<'t>(plan: &'t WordLine, slide: &Slide) -> Option<Line<'t>> {
    let mut words = Shown::default();
    let (mut rest, mut has_fields, mut says) = (plan.text.as_str(), false, false);
    while let Some((before, (field, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        words.text.push_str(before);
        has_fields = true;
        if let Some(shown) = slide.text(field) {
            says = true;
            words.text.push_str(&kept_together(&shown.text, slide.language));
            words.language = words.language.or_else(|| shown.language.clone());
        }
        rest = after;
    }
    words.text.push_str(rest);
    (says || !has_fields).then_some(Line { plan, words })
}

fn text_of(line: &Line<'_>, slide: &Slide, stack: &WordStack, step: i32, cap_mm: f32) -> Text {
    let lettering = if step >= HEADING_STEP { Lettering::Title } else { Lettering::Body };
    let usual = if step < 0 { Ink::Quiet } else { Ink::Ink };
    Text {
        text: line.words.text.clone(),
        lettering,
        ink: ink_of(&line.plan.ink, slide).unwrap_or(usual),
        bold: line.plan.bold,
        centred: stack.across == Stands::Centre,
        fit: Fit::Wrap,
        cap_mm: Some(cap_mm),
    }
}

fn icon(plan: &TemplateBox, slide: &Slide, field: &str, (width, height): (f32, f32)) -> Block {
    let Some(glyph) = slide.icon_of(field) else { return Block::column(Vec::new()) };
    let ink = if plan.plane == "accent" { slide.on_accent } else { slide.accent };
    let icon = Block::icon(glyph, ink, width.min(height));
    Block::row(vec![icon]).justify(Justify::Centre)
}

fn picture(slide: &Slide, field: &str, (width, height): (f32, f32)) -> Block {
    let Some(hanging) = slide.picture(field) else { return Block::column(Vec::new()) };
    let picture = Block::picture(hanging.spec.clone(), hanging.alt.clone());
    if !matches!(hanging.spec, PictureSpec::Qr(_)) {
        return Block::column(vec![picture.width(width).height(height)]);
    }
    // Square, and white all around: a telephone needs the rim.
    let side = width.min(height);
    let code = picture.width(side).height(side).plane(Ink::White);
    Block::row(vec![code]).justify(Justify::Centre)
}

fn align(across: Stands) -> Align {
    match across {
        Stands::Start | Stands::Centre => Align::Stretch,
        Stands::End => Align::End,
    }
}

fn justify(stands: Stands) -> Justify {
    match stands {
        Stands::Start => Justify::Start,
        Stands::Centre => Justify::Centre,
        Stands::End => Justify::End,
    }
}

fn ink_of(name: &str, slide: &Slide) -> Option<Ink> {
    match name {
        "" => None,
        "accent" => Some(slide.accent),
        "on_accent" => Some(slide.on_accent),
        name => Ink::named(name),
    }
}
