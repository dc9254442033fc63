//! Tells the program when it was built: a clock that shows an earlier time is wrong.

use std::time::{SystemTime, UNIX_EPOCH};

#[expect(clippy::disallowed_methods, reason = "the moment of the build is what this is about")]
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let built = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|secs| secs.parse().ok()).unwrap_or(now);
    println!("cargo:rustc-env=PARVIS_BUILT_SECS={built}");
}
