//! How a display is let in at a hub: it shows a code until staff have typed it there.

use super::hub_link::{HubAsked, HubLink, read};
use super::{Backoff, Chance, Clock, FetchFault};
use crate::protocol::{Begin, Begun, CODE_SECS, Code, Placed, Reveal, Standing, commitment};
use crate::publication::{Digest, SigningKey};
use rand::TryRng;
use rand::rngs::SysRng;
use sigstore_tuf::TrustedMetadataSet;
use std::time::Duration;

/// How often a display asks whether it was let in, and how rarely at last.
const ASK_EVERY: Duration = Duration::from_secs(2);
const ASK_EVERY_AT_LAST: Duration = Duration::from_secs(10);
/// Where the hub is no hub, or an older one, it is asked again after this time.
const NO_HUB: Duration = Duration::from_secs(3600);

/// What is to be seen of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolling {
    /// This code is to be shown, for at most so many seconds.
    Shows(Code, u32),
    /// There is none to show now, and why, in words for town IT.
    Waits(String),
}

/// A display that was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    pub placed: Placed,
    /// What the town signs with, as the hub gave it.
    pub root: Vec<u8>,
}

/// One exchange that has begun.
struct Exchange {
    begun: Begun,
    code: Code,
}

/// Shows codes until one was typed. `trusted` is the root that this display trusts already: then no hub of another town
/// lets it in.
pub async fn enrol(
    hub: &HubLink,
    key: &SigningKey,
    trusted: Option<&[u8]>,
    (clock, chance): (&dyn Clock, &dyn Chance),
    show: &(dyn Fn(Enrolling) + Send + Sync),
) -> Enrolled {
    let mut backoff = Backoff::default();
    loop {
        let wait = match begin(hub, key, trusted).await {
            Ok(exchange) => {
                show(Enrolling::Shows(exchange.code.clone(), CODE_SECS));
                if let Some(placed) = wait_for(hub, &exchange, (clock, chance)).await {
                    return Enrolled { placed, root: exchange.begun.root.into_bytes() };
                }
                backoff.worked();
                Duration::ZERO
            }
            Err(fault) => {
                show(Enrolling::Waits(format!("the hub {fault}")));
                // What answers so is a web server without a hub, or one from before displays were let in.
                let is_none = matches!(fault, FetchFault::Status(404 | 405) | FetchFault::WebPage);
                if is_none { NO_HUB } else { backoff.failed(chance) }
            }
        };
        clock.sleep(wait).await;
    }
}

async fn begin(hub: &HubLink, key: &SigningKey, trusted: Option<&[u8]>) -> Result<Exchange, FetchFault> {
    let mut chance = [0_u8; 32];
    let no_chance = |_| FetchFault::Broken("this machine gives no random numbers".to_owned());
    SysRng.try_fill_bytes(&mut chance).map_err(no_chance)?;
    let nonce = Digest::of(&chance);
    let asked = Begin { commitment: commitment(key.public(), nonce) };
    let begun: Begun = hub.post_json("displays/enrolments", &asked).await?;
    let root = begun.root.as_bytes();
    if TrustedMetadataSet::from_root(root).is_err() {
        return Err(FetchFault::Broken("it gives no root".to_owned()));
    }
    if trusted.is_some_and(|trusted| !is_of_one_town(trusted, root)) {
        return Err(FetchFault::Broken(
            "it is the hub of another town than the one that this display trusts".to_owned(),
        ));
    }
    if begun.id.is_empty() || !begun.id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(FetchFault::Broken("it names no exchange".to_owned()));
    }
    let code = Code::of(key.public(), nonce, Digest::of(root), begun.nonce);
    let told = Reveal { key: key.public(), nonce };
    let () = hub.post_json(&format!("displays/enrolments/{}", begun.id), &told).await?;
    Ok(Exchange { begun, code })
}

/// Whether two roots belong to one town: the same, or an older and a newer of one succession have a root key in common.
fn is_of_one_town(trusted: &[u8], given: &[u8]) -> bool {
    let keys = |root: &[u8]| -> Vec<String> {
        let root: serde_json::Value = serde_json::from_slice(root).unwrap_or_default();
        let ids = root.pointer("/signed/roles/root/keyids").and_then(|ids| ids.as_array().cloned());
        ids.unwrap_or_default().iter().filter_map(|id| Some(id.as_str()?.to_owned())).collect()
    };
    let known = keys(trusted);
    trusted == given || keys(given).iter().any(|id| known.contains(id))
}

/// Asks until staff have typed the code; `None` when the exchange is over.
async fn wait_for(hub: &HubLink, exchange: &Exchange, (clock, chance): (&dyn Clock, &dyn Chance)) -> Option<Placed> {
    let path = format!("displays/enrolments/{}", exchange.begun.id);
    let began = clock.elapsed();
    let (mut every, mut backoff) = (ASK_EVERY, Backoff::default());
    while clock.elapsed().saturating_sub(began) < Duration::from_secs(CODE_SECS.into()) {
        clock.sleep(every).await;
        let asked = HubAsked { method: "GET", path: &path, body: b"", kind: "application/json" };
        let standing = hub.ask(&asked).await.and_then(|answer| read::<Standing>(&answer));
        every = match standing {
            Ok(Standing::Accepted(placed)) => return Some(placed),
            Ok(Standing::Waiting) => {
                backoff.worked();
                (every + ASK_EVERY / 10).min(ASK_EVERY_AT_LAST)
            }
            Err(FetchFault::Status(404 | 410)) => return None,
            Err(_) => backoff.failed(chance),
        };
    }
    None
}
