//! Forms for content: which fields a kind of content has, how they are shown, and how what was sent becomes an item again.
//! A field is data; a kind of content is a list of them.

mod facts;
mod field;
mod kinds;
mod reading;
mod shown;

pub use facts::NEEDS;
pub use field::{Field, Holds};
pub use kinds::{KINDS, fields};
pub use reading::{Form, read, read_only};
pub use shown::{Fact, Input, Picked, Shown, Wording, shown};
