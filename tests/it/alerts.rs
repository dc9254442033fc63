//! Public warnings from servers that are slow to say, wrong, or change between two requests.

use crate::import::{Imported, import, now};
use crate::stand_in::{Reply, StandIn};
use parvis::content::Item;
use parvis::import::{Extent, Input, Settings, source};

const ATOM: &str = "application/atom+xml";
const CAP: &str = "application/cap+xml";

fn cap(identifier: &str, more: &str) -> String {
    format!(
        "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>{identifier}</identifier>\
        <sender>alerte@prefecture.example</sender><sent>2026-05-01T09:00:00+02:00</sent><status>Actual</status>\
        {more}<scope>Public</scope><info><language>fr</language><category>Met</category><event>Crue</event>\
        <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>\
        <expires>2026-05-01T22:00:00+02:00</expires></info></alert>"
    )
}

fn alert(identifier: &str) -> String {
    cap(identifier, "<msgType>Alert</msgType>")
}

/// An Atom index with these links.
fn index(links: &[String]) -> Reply {
    let entries = links.iter().enumerate().map(|(at, link)| {
        format!("<entry><id>{at}</id><link rel='alternate' type='text/html' href='/page'/><link type='{CAP}' href='{link}'/></entry>")
    });
    let entries: String = entries.collect();
    Reply::new(200, ATOM, format!("<feed xmlns='http://www.w3.org/2005/Atom'><id>feed</id>{entries}</feed>"))
}

fn taken(server: &StandIn, path: &str) -> Imported {
    import(source("cap").unwrap(), &Input::Web(server.url(path)), &Settings::new(now())).unwrap()
}

fn identifiers(imported: &Imported) -> Vec<String> {
    let ids = imported.items.iter().map(|item| item.common().id.0.rsplit(':').next().unwrap().to_owned());
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}

#[test]
fn an_index_leads_to_its_alerts_each_fetched_once() {
    let server = StandIn::start(|asked| match asked.path.as_str() {
        "/feed/index" => index(&["1.cap", "/2.cap", "1.cap", "/feed/index"].map(str::to_owned)),
        "/feed/1.cap" => Reply::new(200, CAP, alert("one")),
        "/2.cap" => Reply::new(200, CAP, format!("<alerts>{}{}</alerts>", alert("two"), alert("three"))),
        _ => Reply::new(404, "text/plain", "no"),
    });
    let imported = taken(&server, "/feed/index");
    assert_eq!(identifiers(&imported), ["one", "three", "two"]);
    assert_eq!(imported.extent, Some(Extent::Whole));
    let asked = server.asked().iter().filter(|asked| asked.path == "/feed/1.cap").count();
    assert_eq!(asked, 1);
    let back = imported.problems.iter().filter(|problem| problem.reason.contains("leads back to the index")).count();
    assert_eq!((back, imported.counts.records), (1, imported.items.len() + imported.counts.left_out));
}

#[test]
fn what_an_index_leads_to_may_be_gone_broken_or_no_alert() {
    let server = StandIn::start(|asked| match asked.path.as_str() {
        "/" => index(&["/good", "/gone", "/html", "/cut", "/doctype", "/takes-back"].map(str::to_owned)),
        "/good" => Reply::new(200, CAP, alert("good")),
        "/html" => Reply::new(200, "text/html", "<html><body>Maintenance</body></html>"),
        "/cut" => Reply::new(200, CAP, alert("cut")).cut_after(100),
        "/doctype" => Reply::new(200, CAP, format!("<!DOCTYPE alert SYSTEM 'file:///etc/passwd'>{}", alert("xxe"))),
        "/takes-back" => {
            let references = "<references>alerte@prefecture.example,earlier,2026-04-30T09:00:00+02:00</references>";
            Reply::new(200, CAP, cap("takes-back", &format!("<msgType>Cancel</msgType>{references}")))
        }
        _ => Reply::new(404, "text/plain", "no"),
    });
    let imported = taken(&server, "/");
    assert_eq!(identifiers(&imported), ["good"]);
    // What could not be had may still be in force; what was taken back is not.
    assert!(imported.broken_off().starts_with("4 of the 6"), "{:?}", imported.extent);
    assert!(imported.gone.len() == 1 && imported.gone[0].as_str().ends_with(":earlier"), "{:?}", imported.gone);
}

#[test]
fn an_index_without_end_is_cut_and_says_so() {
    let server = StandIn::start(|asked| match asked.path.as_str() {
        "/" => index(&(0..310).map(|at| format!("/{at}")).collect::<Vec<_>>()),
        path => Reply::new(200, CAP, alert(path.trim_start_matches('/'))),
    });
    let imported = taken(&server, "/");
    assert_eq!((imported.items.len(), imported.counts.left_out, server.asked().len()), (300, 10, 301));
    imported.broken_off();
}

#[test]
fn no_alert_is_also_an_answer_and_another_page_is_none() {
    let server = StandIn::start(|asked| match asked.path.as_str() {
        "/atom" => index(&[]),
        "/rss" => {
            Reply::new(200, "application/rss+xml", "<rss version='2.0'><channel><title>x</title></channel></rss>")
        }
        "/rss-link" => {
            let item = "<item><guid>1</guid><link>/alert</link></item>";
            Reply::new(200, "application/rss+xml", format!("<rss><channel>{item}</channel></rss>"))
        }
        "/alert" => Reply::new(200, CAP, alert("one")),
        _ => Reply::new(200, "text/html", "<html><body>Maintenance</body></html>"),
    });
    for path in ["/atom", "/rss"] {
        let imported = taken(&server, path);
        assert_eq!((imported.counts.records, imported.extent), (0, Some(Extent::Whole)), "{path}");
    }
    assert_eq!(identifiers(&taken(&server, "/rss-link")), ["one"]);
    let page = import(source("cap").unwrap(), &Input::Web(server.url("/page")), &Settings::new(now()));
    assert!(page.unwrap_err().to_string().contains("neither CAP nor an index"));
}

#[test]
fn a_document_type_is_refused_before_anything_is_opened() {
    let secret = StandIn::start(|_| Reply::new(200, "text/plain", "opened"));
    let entity = secret.url("/payload").to_string();
    let server = StandIn::start(move |_| {
        let doctype = format!("<!DOCTYPE alert [<!ENTITY x SYSTEM '{entity}'>]>");
        Reply::new(200, CAP, format!("{doctype}{}", alert("&x;")))
    });
    let refused = import(source("cap").unwrap(), &Input::Web(server.url("/")), &Settings::new(now()));
    assert!(refused.unwrap_err().to_string().contains("DOCTYPE"));
    assert_eq!(secret.asked().len(), 0);
}

#[test]
fn alerts_that_a_screen_could_not_read_are_cut_to_what_it_can() {
    let points = |count: usize| (0..count).map(|at| format!("43.{at:05},2.1 ")).collect::<String>() + "43.00000,2.1";
    let area = |count| format!("<area><areaDesc>Z</areaDesc><polygon>{}</polygon></area>", points(count));
    let long = "mot ".repeat(60_000);
    let big = alert("big").replace("</info>", &format!("{}{}</info>", area(7000), area(7001)));
    let big = big.replace("<expires>", &format!("<description>{long}</description><expires>"));
    let server = StandIn::start(move |_| Reply::new(200, CAP, big.clone()));
    let imported = taken(&server, "/");
    let Some(Item::Alert(alert)) = imported.items.first() else { panic!("{:?}", imported.problems) };
    assert_eq!(alert.areas.iter().map(|area| area.polygons.len()).collect::<Vec<_>>(), [1, 0]);
    let problems = imported.problems.iter().filter(|problem| problem.field != "licence");
    assert_eq!(problems.count(), 2, "{:?}", imported.problems);
    let json = serde_json::to_vec(&parvis::content::Document::new(imported.items.clone())).unwrap();
    let read = parvis::content::read_document("test", &json);
    assert_eq!((read.items, read.problems), (imported.items, vec![]));
}

#[test]
fn the_map_of_vigilance_comes_with_a_key() {
    let map = include_str!("../import/vigilance/coast/input.json");
    let server = StandIn::start(move |asked| match asked.path.as_str() {
        "/outdated" => Reply::new(200, "application/json", map.replace("2026-05-01", "2026-04-01")),
        "/html" => Reply::new(200, "text/html", "<html><body>Maintenance</body></html>"),
        "/fault" => Reply::new(200, "application/json", r#"{"code":"900901","message":"Invalid Credentials"}"#),
        _ if asked.headers.get("apikey").map(String::as_str) != Some("secret") => Reply::new(401, "text/plain", "key"),
        _ => Reply::new(200, "application/json", map),
    });
    let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    let ask =
        |path: &str, settings: &Settings| import(source("vigilance").unwrap(), &Input::Web(server.url(path)), settings);
    let settings = Settings { key: Some("secret".to_owned()), codes: codes(&["3510"]), ..Settings::new(now()) };
    let imported = ask("/", &settings).unwrap();
    assert_eq!((imported.items.len(), imported.extent), (1, Some(Extent::Whole)));
    // What is out of date says nothing: above all not that all is well.
    let outdated = ask("/outdated", &settings).unwrap();
    assert!(outdated.broken_off().contains("not up to date"));
    assert!(ask("/", &Settings { key: None, ..settings.clone() }).unwrap_err().to_string().contains("401"));
    assert!(
        ask("/", &Settings { codes: codes(&["81"]), ..settings.clone() }).unwrap_err().to_string().contains("codes")
    );
    assert!(ask("/fault", &settings).unwrap_err().to_string().contains("Invalid Credentials"));
    assert!(ask("/html", &settings).is_err());
}
