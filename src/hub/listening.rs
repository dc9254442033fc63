//! Connections of the hub: whoever is slow, silent or many keeps nobody else away.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::{Body as Comes, Bytes, Frame, Incoming, SizeHint};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// How long a request may take to say what it is.
const HEAD: Duration = Duration::from_secs(10);
/// How long somebody may pause while sending something.
const PAUSE: Duration = Duration::from_secs(20);
/// How long to wait where the system has no handle left.
const RETRY: Duration = Duration::from_millis(200);
/// Handles that the hub needs for itself: database, publication, signer.
const OWN_HANDLES: u64 = 128;
/// Connections of one address: the displays of a town may stand behind one. A web server in front is not counted.
const FROM_ONE_MAX: usize = 512;

/// How much and how long is read on after an answer to which the rest of a request no longer matters.
const REST_MAX: usize = 32 << 20;
const REST: Duration = Duration::from_secs(10);

/// What is being sent. Where nobody wants the rest it is read all the same, within limits: a browser shows an answer only
/// once it has sent everything, and says nothing but "connection reset" where it could not.
struct Sent(Option<Incoming>);

impl Comes for Sent {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        self.0.as_mut().map_or(Poll::Ready(None), |body| Pin::new(body).poll_frame(context))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(Comes::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or_else(SizeHint::default, Comes::size_hint)
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        let Some(mut rest) = self.0.take().filter(|body| !body.is_end_stream()) else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let read = async move {
            let mut left = REST_MAX;
            while let Some(Ok(frame)) = std::future::poll_fn(|context| Pin::new(&mut rest).poll_frame(context)).await {
                let Some(less) = left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) else { break };
                left = less;
            }
        };
        runtime.spawn(tokio::time::timeout(REST, read));
    }
}

/// How many connections there are, in all and by address.
#[derive(Default)]
struct Open {
    all: u64,
    by: HashMap<IpAddr, usize>,
}

/// A connection's place; it is free again when this is dropped.
struct Place {
    open: Arc<Mutex<Open>>,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.all = open.all.saturating_sub(1);
        let left = open.by.get_mut(&self.address).map(|count| {
            *count = count.saturating_sub(1);
            *count
        });
        if left == Some(0) {
            open.by.remove(&self.address);
        }
    }
}

/// Who an address belongs to: of IPv6 somebody has 2^64 at least.
pub fn owner(address: IpAddr) -> IpAddr {
    const REST: u32 = 64;
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> REST << REST)),
        address @ IpAddr::V4(_) => address,
    }
}

fn place(open: &Arc<Mutex<Open>>, address: IpAddr, most: u64) -> Option<Place> {
    let address = owner(address);
    let mut now = open.lock().unwrap_or_else(PoisonError::into_inner);
    let from_one = now.by.get(&address).copied().unwrap_or(0);
    if now.all >= most || from_one >= FROM_ONE_MAX && !address.is_loopback() {
        return None;
    }
    now.all += 1;
    *now.by.entry(address).or_default() += 1;
    drop(now);
    Some(Place { open: open.clone(), address })
}

/// Answers until the program is ended.
///
/// # Errors
/// When the system lends no handles at all.
pub async fn answer(listener: TcpListener, app: Router) -> io::Result<()> {
    let most = handles()?.saturating_sub(OWN_HANDLES).max(1);
    let open = Arc::new(Mutex::new(Open::default()));
    let app = app.layer(tower_http::timeout::RequestBodyTimeoutLayer::new(PAUSE));
    loop {
        let Ok((stream, peer)) = listener.accept().await else {
            // The system does not tell when it has a handle again.
            tokio::time::sleep(RETRY).await;
            continue;
        };
        // Whoever gets no place is cut off, and may try again.
        if let Some(place) = place(&open, peer.ip(), most) {
            tokio::spawn(connection(stream, peer, app.clone(), place));
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, app: Router, place: Place) {
    let service = tower::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(|body| Body::new(Sent(Some(body))));
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
    // Whoever breaks off a connection hears no more of it; there is nobody else to tell.
    let _ = builder.http1_only().serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).await;
    drop(place);
}

/// As many handles as the system lends: the usual 1,024 are few where thousands of displays hold a connection.
#[expect(unsafe_code, reason = "std has no call for limits of a process")]
fn handles() -> io::Result<u64> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the pointer is to a whole structure that lives through the call.
    if unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) } != 0 {
        return Err(io::Error::last_os_error());
    }
    let raised = libc::rlimit { rlim_cur: limit.rlim_max, ..limit };
    // SAFETY: as above.
    let is_raised = unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const raised) } == 0;
    Ok(if is_raised { raised.rlim_cur } else { limit.rlim_cur })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_few_for_one_and_free_again() {
        let open = Arc::new(Mutex::new(Open::default()));
        let address = |nr: u8| IpAddr::from([192, 0, 2, nr]);
        let mut taken: Vec<_> = (0..FROM_ONE_MAX).map(|_| place(&open, address(1), 600).unwrap()).collect();
        assert!(place(&open, address(1), 600).is_none());
        taken.extend((FROM_ONE_MAX..600).map(|_| place(&open, address(2), 600).unwrap()));
        assert!(place(&open, address(3), 600).is_none(), "there are no more");
        taken.clear();
        assert!(place(&open, address(1), 600).is_some());
        assert!(open.lock().unwrap().by.is_empty());
    }

    #[test]
    fn of_ipv6_somebody_has_many() {
        let owned = |text: &str| owner(text.parse().unwrap()).to_string();
        assert_eq!(owned("2001:db8:1:2:3:4:5:6"), owned("2001:db8:1:2:ffff::1"));
        assert_ne!(owned("2001:db8:1:2::1"), owned("2001:db8:1:3::1"));
        assert_eq!(owned("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
