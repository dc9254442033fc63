use crate::content::Alert;

/// The warnings that a kiosk's visitor has read: each has the screen to itself until then, and a banner from then on.
///
/// What was read is kept word for word. So an update, a graver severity or a longer validity is a warning that nobody has
/// read yet, also where its source gives it neither a new id nor a new date: one screen too many is better than one too
/// few. Signage and attract have nobody who could have read it, and ask nothing here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Acknowledged {
    read: Vec<Alert>,
}

impl Acknowledged {
    /// The visitor has read these, as they are now.
    pub fn acknowledge(&mut self, alerts: &[&Alert]) {
        for alert in alerts {
            self.read.retain(|read| read.common.id != alert.common.id);
            self.read.push((*alert).clone());
        }
    }

    /// Those that have the screen to themselves: what the visitor has not read. The order stays.
    pub fn full_screen<'a>(&self, alerts: &[&'a Alert]) -> Vec<&'a Alert> {
        alerts.iter().copied().filter(|alert| !self.read.contains(alert)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Origin, Provenance, Severity};
    use crate::signage::sample_towns::common;
    use chrono::{DateTime, Utc};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn alert(id: &str) -> Alert {
        let mut alert = Alert { common: common(id), severity: Severity::Moderate, ..Alert::default() };
        alert.common.valid.until = Some(at("2026-05-01T20:00:00Z"));
        alert
    }

    fn ids(alerts: Vec<&Alert>) -> Vec<&str> {
        alerts.into_iter().map(|alert| alert.common.id.as_str()).collect()
    }

    #[test]
    fn what_was_read_is_a_banner_until_the_session_ends() {
        let (flood, smoke) = (alert("w:flood"), alert("w:smoke"));
        let mut acknowledged = Acknowledged::default();
        assert_eq!(ids(acknowledged.full_screen(&[&flood, &smoke])), ["w:flood", "w:smoke"]);
        acknowledged.acknowledge(&[&flood]);
        assert_eq!(ids(acknowledged.full_screen(&[&flood, &smoke])), ["w:smoke"]);
        acknowledged.acknowledge(&[&smoke]);
        assert!(acknowledged.full_screen(&[&smoke, &flood]).is_empty());
        let acknowledged = Acknowledged::default();
        assert_eq!(ids(acknowledged.full_screen(&[&smoke, &flood])), ["w:smoke", "w:flood"]);
    }

    #[test]
    fn what_has_changed_since_is_full_screen_again() {
        let read = alert("w:flood");
        let mut acknowledged = Acknowledged::default();
        acknowledged.acknowledge(&[&read]);
        let changed: [(&str, fn(&mut Alert)); 6] = [
            ("graver", |alert| alert.severity = Severity::Severe),
            ("other words", |alert| alert.instruction.insert("fr", "Montez à l'étage", Origin::Human)),
            ("another language", |alert| alert.common.title.insert("en", "Flood", Origin::Human)),
            ("longer", |alert| alert.common.valid.until = Some(at("2026-05-01T22:00:00Z"))),
            ("no drill any more", |alert| alert.drill = !alert.drill),
            ("sent again", |alert| {
                let updated = Some(at("2026-05-01T12:00:00Z"));
                alert.common.provenance.push(Provenance { updated, ..Provenance::default() });
            }),
        ];
        for (what, change) in changed {
            let mut now = read.clone();
            change(&mut now);
            assert_eq!(ids(acknowledged.full_screen(&[&now])), ["w:flood"], "{what}");
            let mut both = acknowledged.clone();
            both.acknowledge(&[&now]);
            assert!(both.full_screen(&[&now]).is_empty(), "{what}");
            assert_eq!(
                ids(both.full_screen(&[&read])),
                ["w:flood"],
                "{what}: an older one that comes back is not this"
            );
        }
        assert!(acknowledged.full_screen(&[&read]).is_empty());
    }
}
