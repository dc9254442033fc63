//! Locator maps and vignettes, drawn from vector tiles on the CPU into pictures. No Bevy here.
//!
//! The tiles are those that the OSM importer writes: layers `water`, `green`, `square`, `building`
//! and `street` (see `import::osm::tiles`). Everything is drawn without text: names are returned
//! as [`Label`]s, because letters stand on plates of the user interface, never in a picture.

mod colours;
mod drawing;
mod echoes;
mod frame;
mod framing;
mod ground;
mod labels;
mod locator;
mod marks;
mod picture;
mod spread;
mod tiles;
mod vignette;

pub use colours::{MapColours, MapInks};
pub use labels::Label;
pub use locator::{Locator, LocatorPicture, ScaleBar, locator};
pub use picture::Picture;
pub use tiles::{TileId, Tiles};
pub use vignette::{Solid, Vignette, vignette};
