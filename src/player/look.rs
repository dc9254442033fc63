//! Everything that turns a block into pixels: scale, colours, type, direction.

use super::fit;
use super::frame::{Area, Frame};
use super::scene::Scene;
use super::theme::{Colours, Ink, Lettering, Light, Reach, Theme};
use super::visitor::Mode;
use bevy::prelude::*;
use bevy::ui::InlineDirection;

/// The look in force; two equal looks draw equal blocks alike.
#[derive(Clone, Debug)]
pub struct Look {
    pub px_per_mm: f32,
    pub panel_mm: (f32, f32),
    pub frame: Frame,
    pub rtl: bool,
    /// BCP 47 tag of the visitor's language.
    pub language: &'static str,
    pub family: String,
    /// Smallest side of anything to touch.
    pub target_mm: f32,
    pub light: Light,
    colours: Colours,
    viewing_distance_mm: f32,
    type_scale: f32,
    legible_mm: f32,
    steps_px: Vec<f32>,
    theme: String,
    dash: Handle<Image>,
}

impl PartialEq for Look {
    fn eq(&self, other: &Self) -> bool {
        self.px_per_mm == other.px_per_mm
            && self.frame == other.frame
            && self.rtl == other.rtl
            && self.language == other.language
            && self.light == other.light
            && self.type_scale == other.type_scale
            && self.target_mm == other.target_mm
            && self.theme == other.theme
    }
}

impl Look {
    pub fn new(scene: &Scene<'_>, theme: &Theme, night: bool, dash: Handle<Image>) -> Self {
        let (profile, visitor) = (scene.profile, scene.visitor);
        let light = match (visitor.has(Mode::Contrast), night) {
            (true, _) => Light::Contrast,
            (false, true) => Light::Night,
            (false, false) => Light::Day,
        };
        let mut look = Self {
            px_per_mm: profile.px_per_mm(),
            panel_mm: (profile.panel_width_mm, profile.panel_height_mm),
            frame: scene.frame(),
            target_mm: profile.target_mm(visitor),
            rtl: visitor.language.is_rtl(),
            language: visitor.language.tag(),
            family: theme.family.clone(),
            light,
            colours: theme.colours(light).clone(),
            viewing_distance_mm: profile.viewing_distance_mm,
            type_scale: if visitor.has(Mode::Large) { 1.3 } else { 1.0 },
            legible_mm: profile.legible_mm(),
            steps_px: Vec::new(),
            theme: theme.name.clone(),
            dash,
        };
        let wanted = Lettering::ALL.map(|lettering| look.type_px(lettering));
        let smallest = Lettering::ALL.map(|lettering| look.smallest_px(lettering));
        look.steps_px = fit::steps(wanted.into_iter().chain(smallest));
        look
    }

    /// The sizes of type there are, from small to large.
    pub fn steps_px(&self) -> &[f32] {
        &self.steps_px
    }

    pub fn colours(&self) -> &Colours {
        &self.colours
    }

    pub fn colour(&self, ink: Ink) -> Color {
        let [red, green, blue] = self.colours.of(ink);
        Color::srgb_u8(red, green, blue)
    }

    pub fn direction(&self) -> InlineDirection {
        if self.rtl { InlineDirection::Rtl } else { InlineDirection::Ltr }
    }

    /// Left edge of an area in px; areas beside one another change sides when reading runs from the right.
    pub fn x_px(&self, area: Area) -> f32 {
        let x = if self.rtl { self.panel_mm.0 - area.x - area.width } else { area.x };
        (x * self.px_per_mm).round()
    }

    /// Type size in px whose capitals have the lettering's height.
    pub fn type_px(&self, lettering: Lettering) -> f32 {
        let cap_mm = lettering.cap_height_mm(self.panel_mm.0, self.viewing_distance_mm) * self.type_scale;
        self.px_of_cap(cap_mm)
    }

    /// Height of a line of this lettering in mm, in a script of low letters.
    pub fn line_mm(&self, lettering: Lettering) -> f32 {
        self.type_px(lettering) * lettering.line_height(Reach::Even) / self.px_per_mm
    }

    /// The smallest size this lettering may step down to.
    pub fn smallest_px(&self, lettering: Lettering) -> f32 {
        self.px_of_cap(self.smallest_cap_mm()).min(self.type_px(lettering))
    }

    /// The smallest capitals there may be, in mm.
    pub fn smallest_cap_mm(&self) -> f32 {
        self.legible_mm
    }

    fn px_of_cap(&self, cap_mm: f32) -> f32 {
        fit::px_of_cap(cap_mm * self.px_per_mm)
    }

    /// A dashed outline that covers its parent.
    pub fn dashes(&self, ink: Ink) -> impl Bundle + use<> {
        let slicer = TextureSlicer {
            border: BorderRect::all(6.0),
            center_scale_mode: SliceScaleMode::Stretch,
            sides_scale_mode: SliceScaleMode::Tile { stretch_value: 1.0 },
            max_corner_scale: 1.0,
        };
        let node = Node {
            position_type: PositionType::Absolute,
            width: percent(100),
            height: percent(100),
            left: px(0),
            top: px(0),
            ..default()
        };
        (
            node,
            ImageNode {
                image: self.dash.clone(),
                color: self.colour(ink),
                image_mode: NodeImageMode::Sliced(slicer),
                ..default()
            },
        )
    }
}

/// The tile that dashed outlines are cut from: dashes on the rim, nothing inside.
pub fn dash_image() -> Image {
    use bevy::asset::RenderAssetUsages;
    use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
    const SIDE: u32 = 32;
    const DASH: u32 = 12;
    const LINE: u32 = 2;
    let mut data = Vec::with_capacity((SIDE * SIDE * 4) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let on_dash = |along: u32| (along + DASH / 2) % 20 < DASH;
            let horizontal = !(LINE..SIDE - LINE).contains(&y) && on_dash(x);
            let vertical = !(LINE..SIDE - LINE).contains(&x) && on_dash(y);
            data.extend_from_slice(&[255, 255, 255, if horizontal || vertical { 255 } else { 0 }]);
        }
    }
    let size = Extent3d { width: SIDE, height: SIDE, depth_or_array_layers: 1 };
    Image::new(size, TextureDimension::D2, data, TextureFormat::Rgba8UnormSrgb, RenderAssetUsages::default())
}
