//! What the hub's side promises, tested from outside: content, importers, and the shape of the code itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod acceslibre;
mod alerts;
mod attacks;
mod bare_hub;
mod browser;
mod chromium;
mod clocks;
mod conformance;
mod content;
mod daemon;
mod damage;
mod delegated;
mod disk;
mod display;
mod documents;
mod enrolment;
mod faked_time;
mod faulty_disk;
mod faulty_display;
mod fetching;
mod file_server;
#[cfg(feature = "video")]
mod film;
#[cfg(feature = "video")]
mod film_faults;
#[cfg(feature = "video")]
mod film_samples;
mod fuzzing;
mod hub;
mod hub_backup;
mod hub_disk;
mod hub_kills;
mod hub_versions;
mod import;
mod import_time;
mod imported;
mod kept_pages;
mod kept_results;
mod keys;
mod kills;
mod memory_web;
mod merging;
mod network;
mod new_town;
mod next_run;
mod office;
mod openagenda;
mod opendatasoft;
mod outbox;
mod overriding;
mod paging;
mod pictures;
mod plays;
mod power;
mod previews;
mod protobuf_text;
#[cfg(feature = "video")]
mod published_films;
mod published_town;
mod publishing;
mod python;
mod raising;
mod reports;
mod scratch;
mod serving;
mod signing;
mod simulation;
mod source_code;
mod source_names;
mod staff;
mod staff_begun;
mod staff_behind;
mod staff_displays;
#[cfg(feature = "video")]
mod staff_films;
mod staff_guards;
mod staff_imports;
mod staff_media;
mod staff_media_attacks;
mod staff_missing;
mod staff_orders;
mod staff_pages;
mod staff_poster;
mod staff_report;
mod staff_roles;
mod staff_sources;
mod stand_in;
mod tidy;
mod tourism;
mod town;
mod town_folder;
mod town_sources;
mod transit;
mod urgent;
mod warnings;
mod weather;
