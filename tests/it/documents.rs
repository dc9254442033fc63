//! Sources that are one document on the web: calendars, news and pages, from servers that work, break off or send
//! something else.

use crate::import::{Imported, import, now};
use crate::stand_in::{Reply, StandIn};
use parvis::content::Item;
use parvis::import::fetch::{Allowed, Pace, Web};
use parvis::import::{Extent, Input, Job, Settings, source};
use std::path::{Path, PathBuf};

const CALENDAR: &str = include_str!("../import/ical/words/input.ics");
const NEWS: &str = include_str!("../import/feed/rss2/input.xml");
const PAGE: &str = include_str!("../import/schema-org/page/input.html");
const DOCUMENTS: [(&str, &str, &str); 3] =
    [("ical", "text/calendar", CALENDAR), ("feed", "application/rss+xml", NEWS), ("schema-org", "text/html", PAGE)];

fn fetched(name: &str, server: &StandIn, path: &str) -> Result<Imported, String> {
    let from = Input::Web(server.url(path));
    import(source(name).unwrap(), &from, &Settings::new(now())).map_err(|error| error.to_string())
}

#[test]
fn a_document_comes_from_a_server_as_from_a_file() {
    for (name, media_type, text) in DOCUMENTS {
        let server = StandIn::start(move |_| Reply::new(200, media_type, text));
        let imported = fetched(name, &server, "/a/document").unwrap();
        assert!(imported.counts.items > 3, "{name}");
        // One script of the page is no JSON: what it would say may still be there.
        assert_eq!(imported.extent == Some(Extent::Whole), name != "schema-org", "{name}");
        let accept = &server.asked()[0].headers["accept"];
        assert!(accept.contains(media_type), "{name}: {accept}");
    }
}

#[test]
fn what_does_not_say_whose_it_is_bears_the_servers_name_and_address() {
    let item = "<rss version='2.0'><channel><item><title>T</title><link>/news/1</link></item></channel></rss>";
    let server = StandIn::start(move |_| Reply::new(200, "text/xml", item));
    let imported = fetched("feed", &server, "/feed").unwrap();
    let Item::Article(article) = &imported.items[0] else { panic!("{imported:?}") };
    assert_eq!(article.common.provenance[0].credit, "127.0.0.1");
    assert_eq!(article.common.link.exact("fr").unwrap().text, server.url("/news/1").to_string());
}

#[test]
fn a_page_with_status_200_is_no_calendar_and_no_feed() {
    let html = "<!DOCTYPE html><html><body>We are busy. Come back later.</body></html>";
    for (name, ..) in DOCUMENTS {
        let server = StandIn::start(move |_| Reply::new(200, "text/html", html));
        let error = fetched(name, &server, "/").unwrap_err();
        assert!(
            error.contains("not a calendar") || error.contains("not a feed") || error.contains("no JSON-LD"),
            "{error}"
        );
    }
}

#[test]
fn an_answer_that_breaks_off_is_not_taken_for_the_whole() {
    for (name, media_type, text) in DOCUMENTS {
        let server = StandIn::start(move |_| Reply::new(200, media_type, text).cut_after(text.len() / 2));
        assert!(fetched(name, &server, "/").unwrap_err().contains("breaks off"), "{name}");
        // Most of a document whose length nobody knew.
        let most = text[..text.floor_char_boundary(text.len() / 5 * 4)].to_owned();
        let server = StandIn::start(move |_| Reply::new(200, media_type, most.clone()));
        let imported = fetched(name, &server, "/").unwrap();
        imported.broken_off();
    }
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    for (name, media_type, text) in DOCUMENTS {
        let server = StandIn::start(move |asked| match asked.headers.contains_key("if-none-match") {
            true => Reply::new(304, media_type, ""),
            false => Reply::new(200, media_type, text).with("etag", "\"1\""),
        });
        let from = Input::Web(server.url("/"));
        let settings = Settings::new(now());
        let mut allowed = Allowed::default();
        allowed.and_host_of(&server.url("/"));
        let mut web = Web::new(allowed, Pace::unhurried());
        for is_unchanged in [false, true] {
            let (mut out, mut progress) = (Imported::default(), |_| {});
            let mut job = Job::new(&from, &settings, &mut web, &mut out, &mut progress);
            let extent = job.import(source(name).unwrap()).unwrap();
            assert_eq!(extent == Extent::Unchanged, is_unchanged, "{name}");
        }
    }
}

/// Real calendars and feeds, where they are at hand: all of them are read, and nobody's address gets out.
#[test]
fn real_calendars_and_feeds_are_read_and_name_nobody() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("PARVIS_DATA").map_or(beside, PathBuf::from);
    for (name, folder, ending, at) in [
        ("ical", "ical", "ics", "2012-07-15T00:00:00Z"),
        ("ical", "ical", "ics", "2019-11-01T00:00:00Z"),
        ("ical", "ical", "ics", "2024-09-01T00:00:00Z"),
        ("feed", "feeds", "xml", "2024-09-01T00:00:00Z"),
    ] {
        let Ok(files) = std::fs::read_dir(data.join(folder)) else { continue };
        let files = files.map(|file| file.unwrap().path());
        for file in files.filter(|file| file.extension().is_some_and(|own| own == ending)) {
            let from = Input::Path(file.clone());
            let imported = import(source(name).unwrap(), &from, &Settings::new(at.parse().unwrap())).unwrap();
            assert_eq!(imported.counts.items + imported.counts.left_out, imported.counts.records, "{file:?}");
            let output = format!("{:?}{:?}{:?}", imported.items, imported.problems, imported.pictures);
            assert!(!output.contains('@'), "{file:?}");
        }
    }
}
