//! What the hub's side promises, tested from outside: content, importers, and the shape of the code itself.

mod content;
