//! `parvis counts`: reads out what visitors did, with what few of them did merged.

use crate::player::counts::read_folder;
use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct CountsArgs {
    /// The folder that kiosk.toml names under [counts]
    folder: PathBuf,
}

pub fn run(args: &CountsArgs) -> Result<()> {
    for day in read_folder(&args.folder).with_context(|| args.folder.display().to_string())? {
        println!("{}", serde_json::to_string(&day)?);
    }
    Ok(())
}
