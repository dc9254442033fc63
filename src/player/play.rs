//! The kiosk on a real panel: a window, fingers, and frames only when something changes.

use super::alarm::Alarm;
use super::app::add_kiosk;
use super::clock::Clock;
use super::counting::{Counting, count_visit};
use super::curtain::{Curtain, draw_curtain};
use super::drawing::Drawing;
use super::ending::{Ending, Signals, end_when_asked};
use super::following::{Follow, Following, take_fresh, tell_drawn};
use super::input::read_fingers;
use super::kiosk::{Kiosk, Setup};
use super::media::Pictures;
use super::motion;
use super::notice::{obey, tell_on};
use super::outbox::Outbox;
use super::painter::{Painting, PanelSurface, show_panel};
use super::panel::{Panel, fit_panel};
use super::pictures::hang_pictures;
use super::reader::read_requests;
use super::screenshot::{Gives, take_picture};
use super::session::Waits;
use super::settings::{self, Settings};
use super::signage::{self, Between, Lamp, Projector, Room, Station};
use super::visitor::Visitor;
use crate::device;
use crate::device::panel::Switch;
use crate::film::GStreamer;
use crate::publication::Version;
use bevy::app::TerminalCtrlCHandlerPlugin;
use bevy::picking::input::PointerInputPlugin;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use bevy::render::renderer::RenderAdapterInfo;
use bevy::render::settings::{InstanceFlags, MemoryHints, RenderCreation, WgpuSettings};
use bevy::time::TimeReceiver;
use bevy::window::{CursorOptions, PresentMode, PrimaryWindow, WindowMode, WindowResolution};
use bevy::winit::{EventLoopProxyWrapper, UpdateMode, WinitSettings, WinitUserEvent};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How the kiosk is put on a panel.
pub struct Stage {
    /// When the program started.
    pub began: Instant,
    /// A window of this many px; else the whole screen.
    pub windowed: Option<(u32, u32)>,
    /// What staff call the display; the window's title.
    pub name: String,
    pub waits: Waits,
    /// Who begins at it, on which screen; else nobody, on attract.
    pub visitor: Option<Visitor>,
    pub drawing: Drawing,
    pub motion: settings::Motion,
    /// What switches the panel of a display that nobody touches.
    pub switch: Switch,
    /// Films play; else their still pictures are shown.
    pub films: bool,
    /// Where counts of what visitors do are kept; else nothing is counted.
    pub counts: Option<PathBuf>,
    /// The store whose outbox is told of them, and of the player itself; else nothing is told.
    pub store: Option<PathBuf>,
}

/// What the kiosk shows, and what becomes of it.
pub struct Beginning {
    pub setup: Setup,
    /// What is followed, when anything is.
    pub follow: Option<Box<dyn Follow>>,
    /// The head of the store that the setup was made from.
    pub version: Option<Version>,
    /// A display that nobody touches has the whole panel for what is scheduled, a kiosk its window between visitors.
    pub station: Station,
    /// Those of the display.
    pub settings: Arc<Settings>,
}

/// Runs the kiosk until its window is closed. `load` runs beside the start of the renderer.
///
/// # Errors
/// What `load` could not do, or that the player ended badly.
pub fn play<E>(stage: Stage, load: impl FnOnce() -> Result<Beginning, E> + Send + 'static) -> Result<(), E>
where
    E: From<std::io::Error> + Send + 'static,
{
    let signals = Signals::hold();
    let loading = std::thread::Builder::new().name("content".to_owned()).spawn(load)?;
    let mut app = App::new();
    add_panel(&mut app, &stage);
    let Beginning { setup, follow, version, station, settings } =
        loading.join().map_err(|_| std::io::Error::other("the content could not be loaded"))??;
    let proxy = (**app.world().resource::<EventLoopProxyWrapper>()).clone();
    let wake = move || {
        if proxy.send_event(WinitUserEvent::WakeUp).is_err() {
            debug!("a wake-up came after the player's end");
        }
    };
    app.insert_resource(Ending::listen(signals, wake.clone())).add_systems(Update, end_when_asked);
    // Of hours that are pretended nothing is told.
    let is_now = matches!(setup.clock, Clock::System);
    let is_kiosk = station.room == Room::Window;
    if let Some(store) = &stage.store {
        app.insert_resource(Gives(store.clone()));
    }
    let outbox = stage.store.filter(|_| is_kiosk || is_now).and_then(|store| {
        Outbox::start(store).inspect_err(|error| warn!("outbox: nothing is told to the town: {error}")).ok()
    });
    if let Some(outbox) = &outbox {
        outbox.tell_started(setup.clock.now(Duration::ZERO), &stage.name);
        app.insert_resource(outbox.clone());
    }
    let (clock, began) = (setup.clock, stage.began);
    let fault_clock = move || clock.now(began.elapsed());
    if let Some(follow) = follow {
        let (clock, began) = (setup.clock, stage.began);
        let tell_damaged = outbox.as_ref().map(|outbox| outbox.telling_damaged(move || clock.now(began.elapsed())));
        let following = Following::start(follow, version, wake.clone(), move |object| {
            tell_damaged.iter().for_each(|tell| tell(object));
        });
        app.insert_resource(following).add_systems(Update, take_fresh.before(read_fingers));
        // A frame that is held back has no active camera.
        app.add_systems(Last, (tell_drawn, tell_on, take_picture.after(show_panel)));
        app.add_systems(Update, obey.before(read_fingers));
    }
    app.insert_resource(Pictures::start(wake.clone()));
    let film_wake = wake.clone();
    app.insert_resource(Alarm::start(wake));
    app.insert_resource(Curtain::new(stage.began));
    add_kiosk(&mut app, setup);
    let mut kiosk = app.world_mut().resource_mut::<Kiosk>();
    kiosk.display = Some(station.display.clone());
    kiosk.settings = Some(settings);
    (kiosk.waits, kiosk.moves) = (stage.waits, stage.motion == settings::Motion::Auto);
    if let Some(visitor) = stage.visitor {
        kiosk.visitor = visitor;
    }
    app.add_systems(Last, signage::end_plays);
    if is_kiosk {
        app.insert_resource(Between::new(station, is_now));
        if stage.counts.is_some() || outbox.is_some() {
            app.insert_resource(Counting::new(stage.counts, outbox)).add_systems(PostUpdate, count_visit);
        }
    } else {
        let mut shown = signage::Stage::new(station);
        let tell_fault = outbox.as_ref().map(|outbox| outbox.telling_fault("panel", fault_clock));
        if let Some(panel) = light(&stage.switch, tell_fault) {
            shown.darkens = !panel.can_dim();
            app.insert_resource(Lamp(panel));
        }
        app.insert_resource(shown);
        if stage.films {
            app.insert_resource(Projector::new(GStreamer::of_the_system(), film_wake));
        }
    }
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(code) => Err(std::io::Error::other(format!("the player ended with status {code}")).into()),
    }
}

/// What switches the panel of a display that nobody touches, where there is anything.
fn light(switch: &Switch, tell: Option<impl Fn(String) + Send + 'static>) -> Option<device::panel::Panel> {
    let power = match device::panel::find(switch) {
        Ok(power) => power?,
        Err(reason) => {
            warn!("the panel stays on: {reason}");
            return None;
        }
    };
    let tell = move |reason: String| {
        warn!("{reason}");
        if let Some(tell) = &tell {
            tell(reason);
        }
    };
    device::panel::Panel::start(power, tell).inspect_err(|error| warn!("the panel stays on: {error}")).ok()
}

/// The window, the renderer and what decides when they work.
fn add_panel(app: &mut App, stage: &Stage) {
    let by_processor = stage.drawing.settle() == Drawing::Processor;
    let mut wgpu = WgpuSettings {
        // Checks of every call to the graphics driver are for those who write one.
        instance_flags: InstanceFlags::empty(),
        memory_hints: MemoryHints::MemoryUsage,
        ..default()
    };
    if by_processor {
        wgpu.backends = None;
    }
    let render = RenderPlugin {
        render_creation: RenderCreation::Automatic(Box::new(wgpu)),
        synchronous_pipeline_compilation: true,
        ..default()
    };
    let log = bevy::log::LogPlugin {
        filter: "warn,parvis=info,wgpu=error,naga=error,bevy_render=error,bevy_render::extract_resource=off".to_owned(),
        ..default()
    };
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin {
                primary_window: Some(window(stage)),
                primary_cursor_options: Some(cursor(stage)),
                ..default()
            })
            .set(render)
            .set(log)
            .disable::<PipelinedRenderingPlugin>()
            .disable::<TerminalCtrlCHandlerPlugin>()
            // Fingers are read by `input`.
            .disable::<PointerInputPlugin>(),
    );
    // What is due by the clock rings the alarm, so that this wait only has to be long.
    let asleep = UpdateMode::reactive_low_power(Duration::from_secs(24 * 3600));
    app.insert_resource(WinitSettings { focused_mode: asleep, unfocused_mode: asleep })
        .init_resource::<Panel>()
        .add_systems(Startup, (spawn_camera, suit_adapter, read_the_time))
        .add_systems(Update, (fit_panel, read_requests).before(read_fingers))
        .add_systems(PostUpdate, draw_curtain.after(hang_pictures).after(motion::begin).after(signage::check_truth));
    if by_processor {
        app.init_resource::<Painting>().insert_non_send(PanelSurface::default());
        app.add_systems(Last, show_panel);
    }
}

fn window(stage: &Stage) -> Window {
    // What a whole-screen window starts with where no window manager runs; `fit_panel` makes it as large as the screen.
    let (width, height) = stage.windowed.unwrap_or((800, 600));
    let title = if stage.name.is_empty() { "Parvis".to_owned() } else { format!("Parvis: {}", stage.name) };
    Window {
        title,
        name: Some("parvis".to_owned()),
        resolution: WindowResolution::new(width, height).with_scale_factor_override(1.0),
        mode: if stage.windowed.is_some() {
            WindowMode::Windowed
        } else {
            WindowMode::BorderlessFullscreen(MonitorSelection::Primary)
        },
        present_mode: PresentMode::AutoNoVsync,
        // It appears with its first whole frame.
        visible: false,
        ..default()
    }
}

/// A finger needs no arrow; a mouse in a window does.
fn cursor(stage: &Stage) -> CursorOptions {
    CursorOptions { visible: stage.windowed.is_some(), ..default() }
}

fn spawn_camera(mut commands: Commands) {
    commands.spawn((Camera2d, Msaa::Off, IsDefaultUiCamera));
}

/// A graphics card keeps to the panel's rhythm, or a gliding list would run it hot. Drawing in software is slower than
/// the panel, and waiting for it would only add to that; nor would motion be anything but a stutter.
fn suit_adapter(
    adapter: Option<Res<RenderAdapterInfo>>,
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
    mut kiosk: ResMut<Kiosk>,
) {
    let Some(adapter) = adapter else { return };
    if format!("{:?}", adapter.device_type) == "Cpu" {
        kiosk.moves = false;
    } else {
        for mut window in &mut windows {
            window.present_mode = PresentMode::AutoVsync;
        }
    }
}

/// Bevy takes the end of the last frame for the time of the next one. Here a frame may be an hour after the last.
fn read_the_time(mut commands: Commands) {
    commands.remove_resource::<TimeReceiver>();
}
