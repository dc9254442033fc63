use super::{AdvertisingCurfew, Alert, Common, Item, Live};
use chrono::{DateTime, Utc};

/// What changes without a new revision: warnings, figures of the moment, and cuts of electricity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bulletin {
    pub alerts: Vec<Alert>,
    pub live: Vec<Live>,
    pub curfews: Vec<AdvertisingCurfew>,
}

impl Bulletin {
    /// The warnings, figures and curfews among these items: of an id met twice the [latest](Alert::latest) warning, else
    /// the first.
    pub fn new(items: impl IntoIterator<Item = Item>) -> Self {
        let mut bulletin = Self::default();
        for item in items {
            match item {
                Item::Alert(alert) => bulletin.alerts.push(alert),
                Item::Live(live) if bulletin.live.iter().all(|other| other.common.id != live.common.id) => {
                    bulletin.live.push(live);
                }
                Item::AdvertisingCurfew(curfew)
                    if bulletin.curfews.iter().all(|other| other.common.id != curfew.common.id) =>
                {
                    bulletin.curfews.push(curfew);
                }
                _ => {}
            }
        }
        bulletin.alerts = Alert::latest(&bulletin.alerts).into_iter().cloned().collect();
        bulletin
    }

    fn commons(&self) -> impl Iterator<Item = &Common> {
        let alerts = self.alerts.iter().map(|alert| &alert.common);
        let live = self.live.iter().map(|live| &live.common);
        alerts.chain(live).chain(self.curfews.iter().map(|curfew| &curfew.common))
    }

    /// The next instant at which one of them begins or ends.
    pub fn next_change(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let windows = self.commons().flat_map(|common| [common.valid.from, common.valid.until]);
        let ends = self.live.iter().map(|live| live.valid_until);
        windows.chain(ends).flatten().filter(|edge| *edge > now).min()
    }
}
