use super::Allowed;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::error::Error;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

/// Looks names up, and gives out only addresses that a connection may go to.
///
/// It is asked for every connection, so a name that is looked up differently a second time gains nothing.
pub struct PublicOnly {
    pub allowed: Allowed,
    /// The port of the address that is being asked for.
    pub port: Arc<AtomicU16>,
}

/// A name leads only to addresses that are not for the public and not listed.
#[derive(Debug, thiserror::Error)]
#[error("{name} leads to {address}, an address of a private network that is not on the list (allow)")]
struct Refused {
    name: String,
    address: SocketAddr,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let (allowed, name) = (self.allowed.clone(), name.as_str().to_owned());
        let port = self.port.load(Ordering::Relaxed);
        Box::pin(async move {
            let looked_up = tokio::task::spawn_blocking(move || looked_up(&allowed, name, port));
            looked_up.await.map_err(|error| Box::new(error) as Box<dyn Error + Send + Sync>)?
        })
    }
}

fn looked_up(allowed: &Allowed, name: String, port: u16) -> Result<Addrs, Box<dyn Error + Send + Sync>> {
    let all: Vec<SocketAddr> = (name.as_str(), 0).to_socket_addrs()?.collect();
    let (permitted, refused): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|address| allowed.permits_connection(address.ip(), port));
    match refused.first() {
        Some(address) if permitted.is_empty() => Err(Box::new(Refused { name, address: *address })),
        _ => Ok(Box::new(permitted.into_iter())),
    }
}

/// The words of a refusal somewhere inside an error.
pub fn refusal(error: &(dyn Error + 'static)) -> Option<String> {
    let mut inner = Some(error);
    while let Some(error) = inner {
        if let Some(refused) = error.downcast_ref::<Refused>() {
            return Some(refused.to_string());
        }
        inner = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_into_a_private_network_is_not_followed() {
        let found = |list: &str, port| looked_up(&Allowed::parse([list]).unwrap(), "localhost".to_owned(), port);
        let refused = found("localhost", 80).err().unwrap();
        assert!(refusal(refused.as_ref()).unwrap().contains("localhost leads to "), "{refused}");
        assert!(found("*", 80).is_err());
        assert!(found("127.0.0.1:80", 80).unwrap().all(|address| address.ip().is_loopback()));
        assert!(found("127.0.0.1:80", 81).is_err());
    }
}
