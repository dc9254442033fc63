//! The local socket on which `parvis sync` tells the player what became current, and the player tells what is damaged.
//! Threads and blocking calls of the standard library: it works beside an event loop of any kind.

mod client;
mod lines;
mod server;
#[cfg(test)]
mod tests;

pub use client::Client;
pub use server::Server;

/// The name of the socket in the store.
pub const SOCKET: &str = "sync.sock";
