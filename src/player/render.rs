//! Draws screens into pictures, with no window: previews, goldens and checks are made with it.

use super::app::add_kiosk;
use super::counting::{Counting, count_visit};
use super::draw::{Drawn, Region};
use super::drawing::Drawing;
use super::focus::Focus;
use super::kiosk::{Kiosk, Setup};
use super::media::Pictures;
use super::painter::{Marks, Painting};
use super::signage::{Between, Stage, Station};
use super::tree::{Element, spoken_tree};
use super::visitor::Visitor;
use bevy::app::ScheduleRunnerPlugin;
use bevy::asset::RenderAssetUsages;
use bevy::camera::RenderTarget;
use bevy::ecs::schedule::SingleThreadedExecutor;
use bevy::ecs::system::SystemState;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use bevy::render::render_resource::{PollType, TextureFormat, TextureUsages};
use bevy::render::renderer::{RenderAdapterInfo, RenderDevice};
use bevy::render::settings::WgpuSettings;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::time::TimeUpdateStrategy;
use bevy::window::ExitCondition;
use bevy::winit::WinitPlugin;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Frames that layout and pictures get before a screen counts as settled.
const FRAMES_MAX: u32 = 2_000;

/// A kiosk that draws into memory.
pub struct Studio {
    app: App,
    camera: Entity,
    target: Handle<Image>,
    size: (u32, u32),
    by_card: bool,
}

/// A finished picture: RGBA, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// The graphics card that draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    pub adapter: String,
    pub backend: String,
}

impl Studio {
    /// Starts a kiosk whose pictures are drawn by the processor, or by whatever Vulkan or software Vulkan there is.
    pub fn new(setup: Setup, drawing: Drawing) -> Self {
        let render = match drawing {
            Drawing::GraphicsCard => RenderPlugin { synchronous_pipeline_compilation: true, ..default() },
            Drawing::Processor | Drawing::Auto => {
                let nothing = WgpuSettings { backends: None, ..default() };
                RenderPlugin { render_creation: nothing.into(), ..default() }
            }
        };
        let size = (setup.profile.width_px, setup.profile.height_px);
        let mut app = App::new();
        let window = WindowPlugin { primary_window: None, exit_condition: ExitCondition::DontExit, ..default() };
        let log = bevy::log::LogPlugin {
            filter: "warn,wgpu=error,naga=error,bevy_render=error,bevy_render::extract_resource=off".to_owned(),
            ..default()
        };
        let mut plugins = DefaultPlugins
            .set(window)
            .set(render)
            .set(log)
            .disable::<WinitPlugin>()
            .disable::<PipelinedRenderingPlugin>()
            .disable::<bevy::app::TerminalCtrlCHandlerPlugin>();
        if bevy::log::tracing::dispatcher::has_been_set() {
            plugins = plugins.disable::<bevy::log::LogPlugin>();
        }
        app.add_plugins(plugins);
        app.add_plugins(ScheduleRunnerPlugin::run_once());
        app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::ZERO));
        add_kiosk(&mut app, setup);
        let target = new_target(&mut app, size);
        let camera = app
            .world_mut()
            .spawn((
                Camera2d,
                Camera { is_active: false, ..default() },
                Msaa::Off,
                IsDefaultUiCamera,
                RenderTarget::Image(target.clone().into()),
            ))
            .id();
        // Handing systems of microseconds to threads takes longer than running them.
        for (_, schedule) in app.world_mut().resource_mut::<Schedules>().iter_mut() {
            schedule.set_executor(SingleThreadedExecutor::new());
        }
        while app.plugins_state() == bevy::app::PluginsState::Adding {
            bevy::tasks::tick_global_task_pools_on_main_thread();
        }
        app.finish();
        app.cleanup();
        let by_card = app.world().contains_resource::<RenderAdapterInfo>();
        if !by_card {
            app.init_resource::<Painting>();
        }
        Self { app, camera, target, size, by_card }
    }

    pub fn kiosk(&mut self) -> Mut<'_, Kiosk> {
        self.app.world_mut().resource_mut::<Kiosk>()
    }

    /// Puts a visitor before the screen, who has touched it just now.
    pub fn seat(&mut self, visitor: Visitor) {
        let elapsed = self.app.world().resource::<Time<Real>>().elapsed();
        self.app.world_mut().resource_mut::<Focus>().hide();
        let mut kiosk = self.kiosk();
        kiosk.visitor = visitor;
        kiosk.touched(elapsed);
        kiosk.look_again();
    }

    /// Shows signage instead of the kiosk's screens.
    pub fn play_signage(&mut self, station: Station) {
        self.clear_stage();
        let world = self.app.world_mut();
        world.remove_resource::<Between>();
        let regions: Vec<Entity> = world.query_filtered::<Entity, With<Region>>().iter(world).collect();
        for region in regions {
            world.entity_mut(region).despawn_children();
        }
        world.insert_resource(Drawn::default());
        self.app.insert_resource(Stage::new(station));
        self.kiosk().look_again();
    }

    /// Between visitors the window shows what is scheduled for the display.
    pub fn play_between(&mut self, station: Station) {
        self.clear_stage();
        let station = station.between_visitors(&self.kiosk().profile);
        self.app.insert_resource(Between::new(station, true));
        self.kiosk().look_again();
    }

    fn clear_stage(&mut self) {
        if let Some(old) = self.app.world_mut().remove_resource::<Stage>() {
            old.clear(self.app.world_mut());
        }
    }

    /// Counts what visitors do into files of this folder, as a display does.
    pub fn count_into(&mut self, folder: PathBuf) {
        self.app.insert_resource(Counting::new(Some(folder), None)).add_systems(PostUpdate, count_visit);
    }

    pub fn world(&mut self) -> &mut World {
        self.app.world_mut()
    }

    /// One frame of the virtual clock.
    pub fn advance(&mut self, by: Duration) {
        self.fit_target();
        self.app.insert_resource(TimeUpdateStrategy::ManualDuration(by));
        self.app.update();
        self.app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::ZERO));
    }

    /// Draws one frame and waits until it is done. The processor draws what has changed, a graphics card all of it.
    ///
    /// # Errors
    /// When nothing could be drawn.
    pub fn frame(&mut self) -> Result<(), String> {
        self.draw(self.by_card);
        self.app.update();
        match self.app.world().get_resource::<RenderDevice>() {
            Some(device) => device.poll(PollType::wait_indefinitely()).map(|_| ()).map_err(|error| error.to_string()),
            None => self.paint(),
        }
    }

    /// Lays out one frame and draws nothing.
    pub fn lay_out(&mut self) {
        self.draw(false);
        self.app.update();
    }

    /// Forgets what was painted: the next frame is painted whole.
    pub fn forget_painting(&mut self) {
        if !self.by_card {
            self.app.insert_resource(Painting::default());
        }
    }

    /// How many pixels were painted since the start, or since it was forgotten; none by a graphics card.
    pub fn pixels_painted(&self) -> u64 {
        self.app.world().get_resource::<Painting>().map_or(0, |painting| painting.painted)
    }

    /// `None` when the processor draws.
    pub fn machine(&self) -> Option<Machine> {
        let info = self.app.world().get_resource::<RenderAdapterInfo>()?;
        Some(Machine { adapter: info.name.clone(), backend: info.backend.to_string() })
    }

    /// Runs frames until nothing is on its way any more.
    pub fn settle(&mut self) {
        self.fit_target();
        for frame in 0..FRAMES_MAX {
            self.app.update();
            let waiting = self.app.world().resource::<Pictures>().is_waiting();
            if !waiting && frame >= 3 {
                break;
            }
            if waiting {
                self.app.world_mut().resource_mut::<Pictures>().wait(Duration::from_millis(50));
            }
        }
        self.app.update();
    }

    pub fn tree(&mut self) -> Vec<Element> {
        self.settle();
        spoken_tree(self.app.world_mut())
    }

    /// Takes the picture of what is on screen when all has settled.
    ///
    /// # Errors
    /// When the graphics card gave no picture back.
    pub fn shoot(&mut self) -> Result<Shot, String> {
        self.settle();
        if !self.by_card {
            self.paint()?;
            return Ok(self.seen());
        }
        let shot = self.present();
        self.draw(false);
        shot
    }

    /// Draws one frame and returns it.
    ///
    /// # Errors
    /// When the graphics card gave no picture back.
    pub fn present(&mut self) -> Result<Shot, String> {
        if !self.by_card {
            self.frame()?;
            return Ok(self.seen());
        }
        let mut ordered = self.order_screenshot();
        for _ in 0..60 {
            self.frame()?;
            if let Ok(shot) = ordered.1.try_recv() {
                return Ok(shot);
            }
            // Of the frames asked for at one moment the renderer gives one.
            if self.app.world().get_entity(ordered.0).is_err() {
                ordered = self.order_screenshot();
            }
        }
        Err("the renderer gave no picture back; `parvis doctor` says what this machine can draw with".to_owned())
    }

    /// What the processor has painted last; nothing where a graphics card draws.
    pub fn seen(&self) -> Shot {
        let (width, height) = self.size;
        let painting = self.app.world().get_resource::<Painting>();
        Shot { width, height, rgba: painting.map_or_else(Vec::new, |painting| painting.shown().rgba()) }
    }

    fn paint(&mut self) -> Result<(), String> {
        let (width, height) = self.size;
        let world = self.app.world_mut();
        let mut state = SystemState::<(Marks, Res<Assets<Image>>, Res<ClearColor>, ResMut<Painting>)>::new(world);
        let (marks, images, paper, mut painting) = state.get_mut(world).map_err(|reason| reason.to_string())?;
        painting.paint(&marks, &images, UVec2::new(width, height), paper.0.to_srgba().to_u8_array());
        Ok(())
    }

    /// Only frames that somebody will see are drawn: layout needs no pixels.
    fn draw(&mut self, draw: bool) {
        if let Some(mut camera) = self.app.world_mut().get_mut::<Camera>(self.camera) {
            camera.is_active = draw;
        }
    }

    /// What is drawn on has the size of the profile in force.
    fn fit_target(&mut self) {
        let profile = &self.app.world().resource::<Kiosk>().profile;
        let size = (profile.width_px, profile.height_px);
        if size != self.size {
            self.size = size;
            self.target = new_target(&mut self.app, size);
            let target = RenderTarget::Image(self.target.clone().into());
            self.app.world_mut().entity_mut(self.camera).insert(target);
        }
    }

    fn order_screenshot(&mut self) -> (Entity, Receiver<Shot>) {
        let (sender, receiver) = channel();
        let target = self.target.clone();
        let mut order = self.app.world_mut().spawn(Screenshot::image(target));
        order.observe(move |captured: On<ScreenshotCaptured>| {
            let image = &captured.image;
            let rgba = image.data.clone().unwrap_or_default();
            let shot = Shot { width: image.width(), height: image.height(), rgba };
            if sender.send(shot).is_err() {
                debug!("a picture came after nobody waited for it");
            }
        });
        (order.id(), receiver)
    }
}

fn new_target(app: &mut App, (width, height): (u32, u32)) -> Handle<Image> {
    let mut image = Image::new_target_texture(width, height, TextureFormat::Rgba8UnormSrgb, None);
    image.texture_descriptor.usage |= TextureUsages::COPY_SRC;
    image.asset_usage = RenderAssetUsages::all();
    app.world_mut().resource_mut::<Assets<Image>>().add(image)
}

impl Shot {
    /// Writes the picture as PNG.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, path: &std::path::Path) -> Result<(), String> {
        let picture = image::RgbaImage::from_raw(self.width, self.height, self.rgba.clone());
        let picture = picture.ok_or_else(|| "the picture has an odd size".to_owned())?;
        let rgb = image::DynamicImage::ImageRgba8(picture).into_rgb8();
        rgb.save_with_format(path, image::ImageFormat::Png).map_err(|error| format!("{}: {error}", path.display()))
    }
}
