//! The backlights that the kernel drives: built-in panels. Documentation/ABI/stable/sysfs-class-backlight.

use super::PanelPower;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

/// What may stand in `type`, the best first: where several drive one panel, firmware comes before platform before raw.
const TYPES: [&str; 3] = ["firmware", "platform", "raw"];
/// `FB_BLANK_UNBLANK` and `FB_BLANK_POWERDOWN` of linux/fb.h.
const ON: &str = "0";
const OFF: &str = "4";

/// All backlights of the best type: a totem may have a panel on either side.
pub(super) struct Backlight(Vec<PathBuf>);

impl Backlight {
    /// Those in a folder like `/sys/class/backlight`. `None` when there is none.
    ///
    /// # Errors
    /// When there is one that this user may not switch.
    pub fn find(folder: &Path) -> Result<Option<Self>, String> {
        let all = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let typed = all.filter_map(|path| Some((rank(&path)?, path)));
        let mut typed: Vec<(usize, PathBuf)> = typed.collect();
        typed.sort();
        let Some((best, _)) = typed.first().cloned() else { return Ok(None) };
        let best: Vec<PathBuf> = typed.into_iter().filter(|(rank, _)| *rank == best).map(|(_, path)| path).collect();
        for file in best.iter().flat_map(|path| [path.join("bl_power"), path.join("brightness")]) {
            OpenOptions::new().write(true).open(&file).map_err(|error| {
                format!("{}: {error}: the user that parvis runs as must be allowed to write it", file.display())
            })?;
        }
        Ok(Some(Self(best)))
    }
}

fn rank(path: &Path) -> Option<usize> {
    let kind = fs::read_to_string(path.join("type")).ok()?;
    TYPES.iter().position(|known| *known == kind.trim())
}

fn write(file: &Path, value: &str) -> Result<(), String> {
    fs::write(file, value).map_err(|error| format!("{}: {error}", file.display()))
}

impl PanelPower for Backlight {
    fn words(&self) -> String {
        let names = self.0.iter().filter_map(|path| path.file_name()?.to_str());
        format!("the backlight {}", names.collect::<Vec<_>>().join(" and "))
    }

    fn set(&mut self, on: bool) -> Result<(), String> {
        self.0.iter().try_for_each(|path| write(&path.join("bl_power"), if on { ON } else { OFF }))
    }

    fn can_dim(&self) -> bool {
        true
    }

    fn dim(&mut self, percent: u8) -> Result<(), String> {
        for path in &self.0 {
            let file = path.join("max_brightness");
            let most = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let most: u64 = most.trim().parse().map_err(|_| format!("{}: it is no number", file.display()))?;
            // At zero some panels are dark.
            let value = most.saturating_mul(percent.into()).div_ceil(100).max(1);
            write(&path.join("brightness"), &value.to_string())?;
        }
        Ok(())
    }
}
