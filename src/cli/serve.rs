use super::staff::{Staff, staff};
use crate::hub::records::{self, Records};
use crate::hub::settings::Settings;
use crate::hub::{listening, server, signed};
use anyhow::{Context, anyhow, bail};
use axum::{Router, middleware};
use clap::Args;
use std::path::{Path, PathBuf};

/// Runs the hub: the pages of staff, and the publication that displays fetch
///
/// The first time it prints an address: open it in a browser, say the name of the town, and its screens have something to
/// show. Everything it keeps lies in the folder of --data.
///
/// With --publication it gives out a folder that `parvis-hub publish` fills, and has no pages. Any web server can do that
/// instead (packaging/nginx.conf); displays then look for news from time to time.
#[derive(Args, Debug)]
pub struct Serve {
    /// Settings of the hub; kiosk-config/hub.toml says what can be set
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder in which the hub keeps everything; else that of the settings, else /var/lib/parvis-hub
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// How browsers reach it, such as https://parvis.example.fr: with https, cookies go nowhere else
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// The socket of a `parvis-hub sign --listen` that runs by itself; else one is started beside, with keys in the folder
    #[arg(long, value_name = "SOCKET")]
    signer: Option<PathBuf>,
    /// Other public services than those of France to fill the town from, as in kiosk-config/services.toml
    #[arg(long, value_name = "FILE.toml")]
    services: Option<PathBuf>,
    /// Only gives out the publication in this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["data", "address", "signer", "services"])]
    publication: Option<PathBuf>,
    /// Where to listen; else as the settings say, else 127.0.0.1:8080
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// A folder in which to keep what displays report, else that of --data; without it reports are refused, and wait on the
    /// displays
    ///
    /// Nobody is asked who they are: whoever reaches this address can leave records here. So let only the displays reach
    /// it. What comes is bounded: 512 KiB at once, and --records-mib in all.
    #[arg(long, value_name = "DIR")]
    records: Option<PathBuf>,
    /// The most that is kept of reports, else 1024; when it is full displays are refused, and keep what they have
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    records_mib: Option<u32>,
}

impl Serve {
    /// # Errors
    /// When a setting is not understood, the address cannot be listened on, or the folder is none.
    pub fn run(&self) -> anyhow::Result<()> {
        let mut settings = settings(self.config.as_deref())?;
        let own = [(&self.data, &mut settings.data), (&self.signer, &mut settings.signer)];
        for (given, set) in own.into_iter().chain([(&self.services, &mut settings.services)]) {
            if let Some(path) = given {
                *set = path.display().to_string();
            }
        }
        for (given, set) in [(&self.address, &mut settings.address), (&self.listen, &mut settings.listen)] {
            if let Some(text) = given {
                set.clone_from(text);
            }
        }
        settings.records_mib = self.records_mib.unwrap_or(settings.records_mib);
        let (app, told) = match &self.publication {
            Some(publication) if !publication.is_dir() => {
                bail!("{}: there is no such folder", publication.display());
            }
            Some(publication) => {
                (with_records(server::app(publication), self.records.as_deref(), settings.records_mib)?, None)
            }
            None => self.staff(&settings)?,
        };
        listen(&settings.listen, app, told)
    }

    /// The pages of staff, with the publication below the same address.
    fn staff(&self, settings: &Settings) -> anyhow::Result<(Router, Option<String>)> {
        let data = Path::new(&settings.data);
        let records = self.records.as_deref().unwrap_or(data);
        let Staff { app: pages, hub, told } = staff(settings, records.to_owned())?;
        let app = pages.merge(server::published(&data.join("publication")));
        let taken = records_app(records, settings.records_mib)?;
        Ok((app.merge(taken.layer(middleware::from_fn_with_state(hub, signed::records))), told))
    }
}

/// The settings of the hub, from a file where one is given.
///
/// # Errors
/// What cannot be read or is not understood.
pub fn settings(file: Option<&Path>) -> anyhow::Result<Settings> {
    let text = match file {
        Some(path) => std::fs::read_to_string(path).with_context(|| path.display().to_string())?,
        None => String::new(),
    };
    let named = file.map_or_else(|| "hub.toml".to_owned(), |path| path.display().to_string());
    Settings::read(&text, std::env::vars()).map_err(|why| anyhow!("{named}: {why}"))
}

/// Answers until it is ended. `told` is the path of the set-up.
fn listen(address: &str, app: Router, told: Option<String>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.with_context(|| address.to_owned())?;
        let address = format!("http://{}", listener.local_addr()?);
        println!("{address}");
        if let Some(path) = told {
            println!("to set it up, open {address}{path}");
        }
        Ok(listening::answer(listener, app).await?)
    })
}

/// With what displays report kept in a folder.
fn with_records(app: Router, folder: Option<&Path>, mib_max: u32) -> anyhow::Result<Router> {
    let Some(folder) = folder else { return Ok(app) };
    Ok(app.merge(records_app(folder, mib_max)?))
}

fn records_app(folder: &Path, mib_max: u32) -> anyhow::Result<Router> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let records = Records::open(folder, mib_max).with_context(|| folder.display().to_string())?;
    Ok(records::app(records, |words| eprintln!("parvis-hub: {words}")))
}
