use crate::hub::media::draw_first_page;
use anyhow::{Context, anyhow};
use clap::Args;
use std::path::PathBuf;

/// Draws the first page of a PDF, and writes as JSON what is written on it
///
/// The hub starts it for a poster that comes in, with little memory and little time.
#[derive(Args, Debug)]
pub struct DrawPage {
    pdf: PathBuf,
    /// The JPEG file that is made
    picture: PathBuf,
}

impl DrawPage {
    /// # Errors
    /// When it is no PDF that can be drawn, or the picture cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let pdf = std::fs::read(&self.pdf).with_context(|| self.pdf.display().to_string())?;
        let page = draw_first_page(pdf).map_err(|why| anyhow!("{}: {why}", self.pdf.display()))?;
        std::fs::write(&self.picture, page.jpeg).with_context(|| self.picture.display().to_string())?;
        println!("{}", serde_json::to_string(&page.lines)?);
        Ok(())
    }
}
