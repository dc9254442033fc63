use super::staff::{Staff, check_address, staff};
use crate::hub::records::{self, MIB_MAX, Records};
use crate::hub::server;
use anyhow::{Context, bail};
use axum::Router;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Runs the hub: the pages of staff, and the publication that displays fetch
///
/// The first time it prints an address: open it in a browser, say the name of the town, and its screens have something to
/// show. Everything it keeps lies in the folder of --data.
///
/// With --publication it gives out a folder that `parvis-hub publish` fills, and has no pages. Any web server can do that
/// instead (packaging/nginx.conf); displays then look for news from time to time.
#[derive(Args, Debug)]
pub struct Serve {
    /// The folder in which the hub keeps everything; else PARVIS_HUB_DATA, else /var/lib/parvis-hub
    #[arg(long, value_name = "DIR", env = "PARVIS_HUB_DATA", default_value = "/var/lib/parvis-hub")]
    data: PathBuf,
    /// How browsers reach it, such as https://parvis.example.fr: with https, cookies go nowhere else
    #[arg(long, value_name = "URL", env = "PARVIS_HUB_ADDRESS", default_value = "")]
    address: String,
    /// The socket of a `parvis-hub sign --listen` that runs by itself; else one is started beside, with keys in the folder
    #[arg(long, value_name = "SOCKET", env = "PARVIS_HUB_SIGNER")]
    signer: Option<PathBuf>,
    /// Other public services than those of France to fill the town from, as in kiosk-config/services.toml
    #[arg(long, value_name = "FILE.toml")]
    services: Option<PathBuf>,
    /// Only gives out the publication in this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["data", "address", "signer", "services"])]
    publication: Option<PathBuf>,
    /// Where to listen; else PARVIS_HUB_LISTEN, else 127.0.0.1:8080
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// A folder in which to keep what displays report, else that of --data; without it reports are refused, and wait on the
    /// displays
    ///
    /// Nobody is asked who they are: whoever reaches this address can leave records here. So let only the displays reach
    /// it. What comes is bounded: 512 KiB at once, and --records-mib in all.
    #[arg(long, value_name = "DIR")]
    records: Option<PathBuf>,
    /// The most that is kept of reports; when it is full displays are refused, and keep what they have
    #[arg(long, value_name = "MIB", default_value_t = MIB_MAX, value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    records_mib: u32,
}

impl Serve {
    /// # Errors
    /// When the address cannot be listened on, or the folder is none.
    pub fn run(self) -> anyhow::Result<()> {
        let listen = self.listen.clone().or_else(|| std::env::var("PARVIS_HUB_LISTEN").ok());
        let listen = listen.unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let (app, told) = match &self.publication {
            Some(publication) if !publication.is_dir() => {
                bail!("{}: there is no such folder", publication.display());
            }
            Some(publication) => {
                (with_records(server::app(publication), self.records.as_ref(), self.records_mib)?, None)
            }
            None => self.staff()?,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(&listen).await.with_context(|| listen.clone())?;
            let address = format!("http://{}", listener.local_addr()?);
            match told {
                Some(path) => println!("{address}\nto set it up, open {address}{path}"),
                None => println!("{address}"),
            }
            Ok(axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await?)
        })
    }

    /// The pages of staff, with the publication below the same address.
    fn staff(&self) -> anyhow::Result<(Router, Option<String>)> {
        check_address(&self.address)?;
        let settings = Staff {
            data: self.data.clone(),
            signer: self.signer.clone(),
            services: self.services.clone(),
            is_secure: self.address.starts_with("https://"),
        };
        let (pages, told) = staff(settings)?;
        let records = self.records.as_ref().unwrap_or(&self.data);
        let published = server::published(&self.data.join("publication"));
        Ok((with_records(pages.merge(published), Some(records), self.records_mib)?, told))
    }
}

/// With what displays report kept in a folder.
fn with_records(app: Router, folder: Option<&PathBuf>, mib_max: u32) -> anyhow::Result<Router> {
    let Some(folder) = folder else { return Ok(app) };
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let records = Records::open(folder, mib_max).with_context(|| folder.display().to_string())?;
    Ok(app.merge(records::app(records, |words| eprintln!("parvis-hub: {words}"))))
}
