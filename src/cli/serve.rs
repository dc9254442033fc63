use crate::hub::records::{self, Records};
use crate::hub::server;
use anyhow::{Context, bail};
use clap::Args;
use std::path::PathBuf;

/// Gives a publication out over HTTP and tells displays at once of a new one
///
/// Any web server can give it out instead (packaging/nginx.conf); displays then look for news from time to time.
#[derive(Args, Debug)]
pub struct Serve {
    /// The folder of the publication
    #[arg(long, value_name = "DIR")]
    publication: PathBuf,
    /// Where to listen; else PARVIS_HUB_LISTEN, else 127.0.0.1:8080
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// A folder in which to keep what displays report; without it reports are refused, and wait on the displays
    #[arg(long, value_name = "DIR")]
    records: Option<PathBuf>,
}

impl Serve {
    /// # Errors
    /// When the address cannot be listened on, or the folder is none.
    pub fn run(self) -> anyhow::Result<()> {
        if !self.publication.is_dir() {
            bail!("{}: there is no such folder", self.publication.display());
        }
        let listen = self.listen.or_else(|| std::env::var("PARVIS_HUB_LISTEN").ok());
        let listen = listen.unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let mut app = server::app(&self.publication);
        if let Some(folder) = &self.records {
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            let records = Records::open(folder).with_context(|| folder.display().to_string())?;
            app = app.merge(records::app(records));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(&listen).await.with_context(|| listen.clone())?;
            println!("http://{}", listener.local_addr()?);
            Ok(axum::serve(listener, app).await?)
        })
    }
}
