//! Urgent messages: in a form, and on the screens two seconds later; what stands, and a button that ends it.

use super::{Answer, Page, Refusal, html};
use crate::content::{Alert, Id, Localized, Origin, Provenance, Severity, Urgency, Validity};
use crate::hub::app::{Shared, Visitor, with_store};
use crate::hub::beginning::first;
use crate::hub::gate::Posted;
use crate::hub::publishing::{the_town, town};
use crate::hub::{Urgent, ask_alerts, ask_groups, ask_to_clear, ask_to_raise};
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;

/// The longest words of a message, in bytes: all of a group's warnings go to displays in 32 KiB.
const WORDS_BYTES_MAX: usize = 4 << 10;
/// How long a message may stand, in hours; what staff forget must not stand for ever.
const HOURS: [i64; 6] = [1, 3, 6, 12, 24, 72];
const USUAL_HOURS: i64 = 3;
/// What a message says, field by field.
const WORDS: [&str; 3] = ["title", "instruction", "text"];

#[derive(Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    page: Page,
    standing: Vec<Standing>,
    /// Why the signer does not say what stands.
    unknown: String,
    languages: Vec<String>,
    groups: Vec<String>,
    /// Of a message that is written now.
    id: Uuid,
    /// What was written, and why it was not raised.
    written: Vec<(String, String)>,
    wrong: Vec<String>,
}

/// A warning on the screens.
struct Standing {
    id: String,
    title: String,
    until: String,
    groups: String,
    drill: bool,
}

impl AlertsPage {
    fn written(&self, field: &str, language: &str) -> &str {
        let name = if language.is_empty() { field.to_owned() } else { format!("{field}.{language}") };
        self.written.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    fn is_chosen(&self, field: &str, value: &str, usual: bool) -> bool {
        match self.written(field, "") {
            "" => usual,
            written => written == value,
        }
    }

    fn is_for(&self, group: &str) -> bool {
        self.written.iter().any(|(name, value)| name == "group" && value == group)
    }
}

async fn shown(hub: &Shared, visitor: &Visitor, written: Vec<(String, String)>, wrong: Vec<String>) -> Answer {
    let page = Page::new(visitor, "alerts", visitor.tongue.say("alerts-title"));
    let tongue = visitor.tongue;
    let shown = with_store(hub, move |hub| {
        let (languages, zone) = town(hub);
        let groups = ask_groups(&hub.desk.signer).ok().flatten().unwrap_or_default().0.into_keys().collect();
        let (all, unknown) = match ask_alerts(&hub.desk.signer) {
            Ok(all) => (all, String::new()),
            Err(error) => (Vec::new(), error.to_string()),
        };
        let stands = |alert: &Alert| alert.common.valid.until.is_none_or(|until| until > hub.now());
        let standing = all.into_iter().filter(|warning| stands(&warning.alert)).map(|warning| Standing {
            id: warning.alert.common.id.to_string(),
            title: first(&warning.alert.common.title),
            until: warning.alert.common.valid.until.map_or_else(String::new, |until| tongue.moment(until, zone)),
            groups: warning.groups.join(", "),
            drill: warning.alert.drill,
        });
        Ok(AlertsPage {
            page,
            standing: standing.collect(),
            unknown,
            languages,
            groups,
            id: Uuid::now_v7(),
            written,
            wrong,
        })
    });
    html(&shown.await?)
}

pub async fn list(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>) -> Answer {
    shown(&hub, &visitor, Vec::new(), Vec::new()).await
}

/// What a form says as a warning; else the keys of what is missing in it.
fn read(
    posted: &Posted,
    languages: &[String],
    (name, now): (String, DateTime<Utc>),
) -> Result<Alert, Vec<&'static str>> {
    let mut wrong = Vec::new();
    let mut said = WORDS.map(|field| {
        let mut all = Localized::default();
        for language in languages {
            let words = posted.get(&format!("{field}.{language}"));
            if words.len() > WORDS_BYTES_MAX {
                wrong.push("wrong-alert-long");
            }
            if !words.is_empty() {
                all.insert(language, words, Origin::Original);
            }
        }
        all
    });
    let [title, instruction, text] = &mut said;
    if title.is_empty() {
        wrong.push("wrong-alert-title");
    }
    if posted.get("sure") != "yes" {
        wrong.push("wrong-alert-sure");
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let severity = match posted.get("severity") {
        "moderate" => Severity::Moderate,
        "extreme" => Severity::Extreme,
        _ => Severity::Severe,
    };
    let asked = posted.get("hours").parse().ok();
    let hours = HOURS.into_iter().find(|hours| Some(*hours) == asked).unwrap_or(USUAL_HOURS);
    let mut alert = Alert { severity, urgency: Urgency::Immediate, sender: name.clone(), ..Alert::default() };
    // It came with the form: one that is sent twice is one.
    alert.common.id = Id(format!("hub:{}", posted.get("id").parse().unwrap_or_else(|_| Uuid::now_v7())));
    alert.common.valid = Validity { from: Some(now), until: Some(now + TimeDelta::hours(hours)) };
    alert.common.provenance.push(Provenance { source: name, updated: Some(now), ..Provenance::default() });
    (alert.common.title, alert.instruction) = (std::mem::take(title), std::mem::take(instruction));
    alert.common.text = std::mem::take(text);
    alert.drill = posted.get("drill") == "yes";
    Ok(alert)
}

/// Puts a message on the screens.
pub async fn raise(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Answer {
    let written = posted.0.clone();
    let who = visitor.clone();
    let raised = with_store(&hub, move |hub| {
        let (languages, _) = town(hub);
        let now = hub.now().trunc_subsecs(0);
        let alert = match read(&posted, &languages, (first(&the_town(hub).name), now)) {
            Ok(alert) => alert,
            Err(wrong) => return Ok(Err((wrong, String::new()))),
        };
        let groups = posted.0.iter().filter(|(name, _)| name == "group").map(|(_, group)| group.clone()).collect();
        let (id, title) = (alert.common.id.to_string(), first(&alert.common.title));
        let urgent = Urgent { alerts: vec![alert], groups, ..Urgent::default() };
        // It is written down that somebody wanted it before anybody sees it.
        hub.store.note(who.by(hub.now()), "alert-wanted", &id, &title)?;
        let done = ask_to_raise(&hub.desk.signer, &urgent);
        if done.is_ok() {
            hub.store.note(who.by(hub.now()), "alert-raised", &id, &title)?;
        }
        Ok(done.map(drop).map_err(|error| (Vec::new(), error.to_string())))
    });
    match raised.await? {
        Ok(()) => Ok(Redirect::to("/staff/alerts").into_response()),
        Err((keys, why)) => {
            let status =
                if why.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::SERVICE_UNAVAILABLE };
            let wrong =
                keys.into_iter().map(|key| visitor.tongue.say(key)).chain(Some(why).filter(|why| !why.is_empty()));
            let mut response = shown(&hub, &visitor, written, wrong.collect()).await?;
            *response.status_mut() = status;
            Ok(response)
        }
    }
}

/// Takes a message from the screens.
pub async fn clear(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Answer {
    let id = posted.get("id").to_owned();
    let cleared = with_store(&hub, move |hub| {
        let urgent = Urgent { id: id.clone(), ..Urgent::default() };
        let done = ask_to_clear(&hub.desk.signer, &urgent).map_err(|error| error.to_string());
        if done.is_ok() {
            hub.store.note(visitor.by(hub.now()), "alert-cleared", &id, "")?;
        }
        Ok(done)
    });
    let failed = |detail| Refusal { status: StatusCode::SERVICE_UNAVAILABLE, key: "refused-alert", detail };
    cleared.await?.map_err(failed)?;
    Ok(Redirect::to("/staff/alerts").into_response())
}
