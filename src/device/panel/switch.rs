use super::backlight::Backlight;
use super::commands::{Commands, LIMIT};
use super::{PanelPower, child};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// What shall switch the panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Switch {
    /// Whatever this machine has: a backlight, else a tool of the display server.
    #[default]
    Auto,
    /// The panel stays on, with a black picture.
    Nothing,
    /// Programs with their arguments.
    Commands { on: Vec<String>, off: Vec<String> },
}

/// Where to look for what switches a panel.
pub(super) struct Machine {
    pub backlights: PathBuf,
    /// Folders with programs.
    pub programs: Vec<PathBuf>,
    pub has_wayland: bool,
    pub has_x11: bool,
}

/// Finds what switches the panel of this machine. `None` when nothing does, or nothing shall.
///
/// # Errors
/// A sentence for IT: a program that is not there, or a backlight that may not be written and nothing beside it.
pub fn find(switch: &Switch) -> Result<Option<Box<dyn PanelPower>>, String> {
    let is_named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let machine = Machine {
        backlights: PathBuf::from("/sys/class/backlight"),
        programs: std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default(),
        has_wayland: is_named("WAYLAND_DISPLAY"),
        has_x11: is_named("DISPLAY"),
    };
    machine.find(switch)
}

impl Machine {
    pub fn find(&self, switch: &Switch) -> Result<Option<Box<dyn PanelPower>>, String> {
        match switch {
            Switch::Nothing => Ok(None),
            Switch::Commands { on, off } => {
                for name in [on, off].into_iter().filter_map(|command| command.first()) {
                    self.program(name).ok_or_else(|| format!("there is no program \"{name}\" to switch the panel"))?;
                }
                Ok(Some(Box::new(Commands { on: on.clone(), off: off.clone() })))
            }
            Switch::Auto => match (Backlight::find(&self.backlights), self.tool()) {
                (Ok(Some(backlight)), _) => Ok(Some(Box::new(backlight))),
                (_, Some(tool)) => Ok(Some(Box::new(tool))),
                (Ok(None), None) => Ok(None),
                (Err(reason), None) => Err(reason),
            },
        }
    }

    /// What the display server has: `wlopm` for compositors that know wlr-output-power-management, `xset` for X11.
    pub fn tool(&self) -> Option<Commands> {
        let command = |program: &Path, arguments: &[&str]| {
            let arguments = arguments.iter().map(|argument| (*argument).to_owned());
            std::iter::once(program.display().to_string()).chain(arguments).collect()
        };
        if self.has_wayland {
            let wlopm = self.program("wlopm")?;
            return Some(Commands { on: command(&wlopm, &["--on", "*"]), off: command(&wlopm, &["--off", "*"]) });
        }
        let xset = self.has_x11.then(|| self.program("xset")).flatten()?;
        // Without DPMS in the server `xset dpms` changes nothing and succeeds.
        let asked = child::run(&command(&xset, &["q"]), LIMIT);
        asked.ok().filter(|told| !told.contains("does not have the DPMS Extension"))?;
        // Left enabled, DPMS would switch off a screen that nobody touches for ten minutes.
        let on = command(&xset, &["dpms", "force", "on", "-dpms"]);
        Some(Commands { on, off: command(&xset, &["dpms", "force", "off"]) })
    }

    fn program(&self, name: &str) -> Option<PathBuf> {
        let is_program =
            |path: &PathBuf| path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0);
        if name.contains('/') {
            return Some(PathBuf::from(name)).filter(is_program);
        }
        self.programs.iter().map(|folder| folder.join(name)).find(is_program)
    }
}
