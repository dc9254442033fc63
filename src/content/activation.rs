//! Warnings that were written ahead of time, and the short ones that put them in force.

use super::{Alert, Bulletin, Common, Id};

impl Alert {
    /// What puts this prepared warning in force, under its id: as many of its words as tell what happens and what to do. So
    /// those are warned too whose display has not brought in the prepared one, or does not know what one is.
    pub fn activation(&self) -> Self {
        Self {
            common: Common {
                id: self.common.id.clone(),
                title: self.common.title.clone(),
                sample: self.common.sample,
                ..Common::default()
            },
            onset: None,
            activates: Some(self.common.id.clone()),
            ..self.clone()
        }
    }

    /// Whether this is the warning called so.
    pub fn is_called(&self, id: &Id) -> bool {
        self.common.id == *id || self.common.aliases.contains(id)
    }

    /// Takes what it does not say itself from the prepared warning that it puts in force. When it holds, for whom, and how
    /// grave it is, it says itself.
    fn fill_from(&mut self, prepared: &Self) {
        let (own, theirs) = (&mut self.common, &prepared.common);
        for (text, prepared) in [
            (&mut own.title, &theirs.title),
            (&mut own.summary, &theirs.summary),
            (&mut own.text, &theirs.text),
            (&mut own.easy, &theirs.easy),
            (&mut own.link, &theirs.link),
            (&mut self.event, &prepared.event),
            (&mut self.instruction, &prepared.instruction),
        ] {
            text.fill_from(prepared);
        }
        fill(&mut own.tags, &theirs.tags);
        fill(&mut own.media, &theirs.media);
        fill(&mut self.hazards, &prepared.hazards);
        fill(&mut self.areas, &prepared.areas);
        if self.sender.is_empty() {
            self.sender.clone_from(&prepared.sender);
        }
        own.provenance.extend(theirs.provenance.iter().cloned());
        own.sample |= theirs.sample;
        self.drill |= prepared.drill;
    }
}

impl Bulletin {
    /// The same with the words of the prepared warnings that it puts in force. One that is not prepared here warns with its
    /// own.
    #[must_use]
    pub fn activated(mut self, prepared: &[Alert]) -> Self {
        for alert in &mut self.alerts {
            let wanted = alert.activates.as_ref();
            if let Some(found) = wanted.and_then(|id| prepared.iter().find(|one| one.is_called(id))) {
                alert.fill_from(found);
            }
        }
        self
    }
}

fn fill<T: Clone>(own: &mut Vec<T>, others: &[T]) {
    if own.is_empty() {
        own.extend_from_slice(others);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Hazard, Item, Localized, Problem, Severity, Town, read_item};
    use serde_json::{Value, json};

    fn read(item: &Value) -> (Item, Vec<Problem>) {
        let mut problems = Vec::new();
        (read_item("test", item, &mut problems).unwrap(), problems)
    }

    fn flood() -> Value {
        json!({"type": "prepared_alert", "id": "pack:flood", "title": {"fr": "Inondation", "en": "Flood"},
            "text": {"fr": "La rivière déborde.", "en": "The river overflows."},
            "instruction": {"fr": "Montez à l’étage", "en": "Go upstairs"}, "severity": "extreme", "hazards": ["met"],
            "media": [{"path": "flood.jpg"}], "sender": "Mairie", "valid": {"from": "2020-01-01T00:00:00Z"},
            "provenance": [{"source": "staff", "updated": "2026-01-01T00:00:00Z"}]})
    }

    fn warning(more: &Value) -> Value {
        let mut warning = json!({"type": "alert", "id": "pack:flood", "title": {"fr": "Inondation"}});
        warning.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        warning
    }

    fn catalog(items: &[Value]) -> Catalog {
        let items = items.iter().map(|item| read(item).0).collect();
        let (catalog, problems) = Catalog::new(Town::default(), items);
        assert_eq!(problems, []);
        catalog
    }

    #[test]
    fn what_is_prepared_is_in_no_list_and_in_force_nowhere() {
        let catalog = catalog(&[flood()]);
        assert_eq!(catalog.prepared.len(), 1);
        assert_eq!((catalog.bulletin.alerts.len(), catalog.items().count()), (0, 0));
        assert!(catalog.item(&Id("pack:flood".to_owned())).is_none());
        assert_eq!(Bulletin::new([read(&flood()).0]), Bulletin::default());
    }

    #[test]
    fn an_activation_says_what_differs_and_the_prepared_warning_the_rest() {
        let now = json!({"activates": "pack:flood", "severity": "minor", "summary": {"fr": "Route coupée"},
            "instruction": {"fr": "Quittez la rive"}, "groups": ["hall"], "onset": "2026-05-01T12:00:00Z",
            "valid": {"until": "2026-05-01T14:00:00Z"},
            "provenance": [{"source": "Mairie", "updated": "2026-05-01T10:00:00Z"}]});
        let catalog = catalog(&[warning(&now), flood()]);
        let [alert] = catalog.bulletin.alerts.as_slice() else { panic!("{:?}", catalog.bulletin) };
        let text =
            |text: &Localized, language: &str| text.exact(language).map(|one| one.text.clone()).unwrap_or_default();
        assert_eq!(text(&alert.common.title, "en"), "Flood");
        assert_eq!(text(&alert.common.text, "fr"), "La rivière déborde.");
        assert_eq!(text(&alert.common.summary, "fr"), "Route coupée");
        assert_eq!(["fr", "en"].map(|one| text(&alert.instruction, one)), ["Quittez la rive", "Go upstairs"]);
        assert_eq!((alert.severity, alert.hazards.as_slice()), (Severity::Minor, [Hazard::Met].as_slice()));
        assert_eq!((alert.sender.as_str(), alert.common.media[0].path.as_str()), ("Mairie", "flood.jpg"));
        assert_eq!(alert.common.valid, serde_json::from_value(now["valid"].clone()).unwrap());
        assert_eq!((alert.common.groups.as_slice(), alert.drill), (["hall".to_owned()].as_slice(), false));
        assert_eq!(alert.updated().unwrap().to_rfc3339(), "2026-05-01T10:00:00+00:00");
    }

    #[test]
    fn an_activation_warns_by_itself_where_nothing_is_prepared() {
        let Item::PreparedAlert(prepared) = read(&flood()).0 else { panic!("no prepared warning") };
        let activation = prepared.activation();
        assert_eq!(
            (&activation.common.title, &activation.instruction),
            (&prepared.common.title, &prepared.instruction)
        );
        assert!(activation.common.valid.from.is_none() && activation.common.media.is_empty());
        let alone = Bulletin::new([Item::Alert(activation.clone())]);
        assert_eq!(alone.clone().activated(&[]), alone);
        let [alert] = alone.activated(&[prepared]).alerts.try_into().unwrap();
        assert!(!alert.common.text.is_empty() && !alert.common.media.is_empty());
    }

    #[test]
    fn a_drill_stays_one_whichever_of_the_two_says_so() {
        let activation =
            |drill: bool| warning(&json!({"activates": "pack:flood", "severity": "severe", "drill": drill}));
        let mut exercise = flood();
        exercise["drill"] = true.into();
        for (prepared, drill) in [(exercise, false), (flood(), true)] {
            assert!(catalog(&[prepared, activation(drill)]).bulletin.alerts[0].drill);
        }
        assert!(!catalog(&[flood(), activation(false)]).bulletin.alerts[0].drill);
    }

    #[test]
    fn an_activation_that_does_not_say_how_grave_it_is_is_taken_for_the_gravest() {
        for severity in [json!(null), json!("dreadful")] {
            let (item, problems) = read(&warning(&json!({"activates": "pack:flood", "severity": severity})));
            let Item::Alert(alert) = item else { panic!("{item:?}") };
            assert_eq!((alert.severity, problems.len()), (Severity::Extreme, 1), "{problems:?}");
            assert_eq!(problems[0].field, "severity");
        }
    }

    #[test]
    fn of_two_of_an_id_the_real_one_counts_then_the_newer_then_the_first() {
        let alert = |title: &str, updated: Option<&str>, drill: bool| {
            let provenance = json!([{"updated": updated}]);
            warning(&json!({"title": {"fr": title}, "provenance": provenance, "drill": drill}))
        };
        let (early, late) = (Some("2026-05-01T10:00:00Z"), Some("2026-05-01T11:00:00Z"));
        for (first, second, counts) in [
            (alert("a", early, false), alert("b", late, false), "b"),
            (alert("a", late, false), alert("b", early, false), "a"),
            (alert("a", early, false), alert("b", early, false), "a"),
            (alert("a", None, false), alert("b", early, false), "b"),
            (alert("a", early, false), alert("b", late, true), "a"),
            (alert("a", late, true), alert("b", early, false), "b"),
        ] {
            let alerts = catalog(&[first, second]).bulletin.alerts;
            let titles: Vec<_> = alerts.iter().map(|one| one.common.title.exact("fr").unwrap().text.as_str()).collect();
            assert_eq!(titles, [counts]);
        }
    }
}
