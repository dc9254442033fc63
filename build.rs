//! Tells the program when it was built, since a clock that shows an earlier time is wrong, and links it so that it starts
//! with less memory.

use std::time::{SystemTime, UNIX_EPOCH};

#[expect(clippy::disallowed_methods, reason = "the moment of the build is what this is about")]
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let built = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|secs| secs.parse().ok()).unwrap_or(now);
    println!("cargo:rustc-env=PARVIS_BUILT_SECS={built}");
    // A program with all of Bevy has a million pointers to move at its start. Packed (DT_RELR, glibc 2.36), their list takes
    // some 100 KiB and not 24 MiB, which even `parvis sync` would hold. Older linkers of other machines do not know it.
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "x86_64") {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
