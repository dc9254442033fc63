//! `parvis lint`: what of a town's signage would not be shown, or not well, before it is published.

use super::render::{Known, Wish, profile};
use crate::player::profile::Profile;
use crate::player::signage::lint::{Finding, Subject, Weight, lint};
use anyhow::{Result, bail};
use chrono::{DateTime, FixedOffset};
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct LintArgs {
    /// Content directory or document; the demo town when left out
    #[arg(long, value_name = "PATH")]
    content: Option<PathBuf>,
    /// A display's store instead
    #[arg(long, value_name = "DIR", conflicts_with = "content")]
    store: Option<PathBuf>,
    /// Display profile, by name or as a file; all that ship when left out
    #[arg(long)]
    profile: Vec<String>,
    /// Theme, by name or as a file; the town's own when left out
    #[arg(long)]
    theme: Option<String>,
    /// The moment from which it is to be shown; now when left out
    #[arg(long, value_name = "RFC3339")]
    at: Option<DateTime<FixedOffset>>,
    /// For machines: a JSON list
    #[arg(long)]
    json: bool,
}

pub fn run(args: &LintArgs) -> Result<()> {
    let names: Vec<String> = match args.profile.is_empty() {
        true => Profile::names().into_iter().map(str::to_owned).collect(),
        false => args.profile.clone(),
    };
    let profiles: Vec<Profile> = names.iter().map(|name| profile(name, None)).collect::<Result<_>>()?;
    let wish = Wish {
        content: args.content.clone(),
        store: args.store.clone(),
        profile: names.into_iter().next().unwrap_or_default(),
        theme: args.theme.clone(),
        at: args.at,
        ..Wish::default()
    };
    let setup = wish.setup(None::<Known>)?;
    let subject = Subject {
        almanac: &setup.almanac,
        bulletin: &setup.bulletin,
        files: &setup.gallery.files,
        theme: &setup.theme,
        now: wish.moment(),
    };
    let findings = lint(&subject, &profiles);
    if args.json {
        println!("{}", serde_json::to_string_pretty(&findings)?);
    } else {
        findings.iter().for_each(|finding| println!("{}", line(finding)));
        println!("{}", sum(&findings));
    }
    match count(&findings, Weight::Refused) {
        0 => Ok(()),
        refused => bail!("{refused} would not be shown as it is; the lines marked REFUSED say why"),
    }
}

fn line(finding: &Finding) -> String {
    /// Of the places where it is so no more are named.
    const PLACES: usize = 3;
    let mark = match finding.weight {
        Weight::Refused => "REFUSED",
        Weight::Warning => "warning",
        Weight::Hint => "hint   ",
    };
    let mut places: Vec<&str> = finding.places.iter().map(String::as_str).take(PLACES).collect();
    let more = format!("and {} more", finding.places.len().saturating_sub(PLACES));
    if finding.places.len() > PLACES {
        places.push(&more);
    }
    let places = if places.is_empty() { String::new() } else { format!(" ({})", places.join("; ")) };
    format!("{mark}  {}: {}{places}", finding.id, finding.words)
}

fn sum(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "Nothing is wrong with it.".to_owned();
    }
    let [refused, warnings, hints] =
        [Weight::Refused, Weight::Warning, Weight::Hint].map(|weight| count(findings, weight));
    format!("{refused} refused, warnings: {warnings}, hints: {hints}")
}

fn count(findings: &[Finding], weight: Weight) -> usize {
    findings.iter().filter(|finding| finding.weight == weight).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Id;

    #[test]
    fn a_finding_is_a_line_that_names_the_item_and_some_places() {
        let mut finding = Finding {
            weight: Weight::Refused,
            id: Id("hub:1".to_owned()),
            words: "it is over: remove it".to_owned(),
            places: ["counter, fr", "hall, en", "hall, fr", "totem, fr"].map(str::to_owned).into(),
        };
        let places = "(counter, fr; hall, en; hall, fr; and 1 more)";
        assert_eq!(line(&finding), format!("REFUSED  hub:1: it is over: remove it {places}"));
        finding.places.clear();
        assert_eq!(line(&finding), "REFUSED  hub:1: it is over: remove it");
        assert_eq!(sum(&[finding]), "1 refused, warnings: 0, hints: 0");
        assert_eq!(sum(&[]), "Nothing is wrong with it.");
    }
}
