use crate::hub::records::{self, MIB_MAX, Records};
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
    ///
    /// Nobody is asked who they are: whoever reaches this address can leave records here. So let only the displays reach
    /// it. What comes is bounded: 512 KiB at once, and --records-mib in all.
    #[arg(long, value_name = "DIR")]
    records: Option<PathBuf>,
    /// The most that is kept of reports; when it is full displays are refused, and keep what they have
    #[arg(long, value_name = "MIB", requires = "records", default_value_t = MIB_MAX,
        value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    records_mib: u32,
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
            let records = Records::open(folder, self.records_mib).with_context(|| folder.display().to_string())?;
            app = app.merge(records::app(records, |words| eprintln!("parvis-hub: {words}")));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(&listen).await.with_context(|| listen.clone())?;
            println!("http://{}", listener.local_addr()?);
            Ok(axum::serve(listener, app).await?)
        })
    }
}
