//! What is shown when the town has scheduled nothing at all: the time, and what is on tonight.

use crate::content::{Common, Id, Playlist, PlaylistItem, Region, Show};
use std::sync::LazyLock;

pub(super) struct BuiltIn {
    pub playlist: Playlist,
    /// Can always be shown.
    pub clock: PlaylistItem,
    pub tonight: PlaylistItem,
    /// The whole panel.
    pub full: Region,
}

pub(super) static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let common = |id: &str| Common { id: Id(format!("built-in:{id}")), ..Common::default() };
    let item = |id, show| PlaylistItem { common: common(id), show, ..PlaylistItem::default() };
    let (clock, tonight) = (item("clock", Show::Clock), item("tonight", Show::Tonight));
    let slots = vec![clock.common.id.clone(), tonight.common.id.clone()];
    BuiltIn {
        playlist: Playlist { common: common("playlist"), slots, ..Playlist::default() },
        clock,
        tonight,
        full: Region { name: "main".to_owned(), width: 1.0, height: 1.0, main: true, ..Region::default() },
    }
});
