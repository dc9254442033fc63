//! Fetching from servers that are slow, busy, wrong or hostile: only what the operator lists, never more than asked for.

use crate::stand_in::{Reply, StandIn};
use parvis::import::fetch::{Allowed, Ask, Pace, Web};
use url::Url;

fn web(server: &StandIn) -> Web {
    let mut allowed = Allowed::default();
    allowed.and_host_of(&server.url("/"));
    Web::new(allowed, Pace::unhurried())
}

fn body(web: &mut Web, url: &Url) -> Result<Option<String>, String> {
    let got = web.get(url, &Ask::default()).map_err(|error| error.to_string())?;
    Ok(got.map(|page| String::from_utf8(page.bytes).unwrap()))
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = StandIn::start(|asked| match asked.headers.get("if-none-match").map(String::as_str) {
        Some("\"one\"") => Reply::new(304, "text/plain", ""),
        _ => Reply::new(200, "text/plain", "hello").with("etag", "\"one\""),
    });
    let mut web = web(&server);
    assert_eq!(body(&mut web, &server.url("/a")).unwrap().as_deref(), Some("hello"));
    assert_eq!(body(&mut web, &server.url("/a")).unwrap(), None);
    assert_eq!(body(&mut web, &server.url("/b")).unwrap().as_deref(), Some("hello"));
    let always = web.get(&server.url("/a"), &Ask { always: true, ..Ask::default() }).unwrap();
    assert_eq!(always.unwrap().bytes, b"hello");
}

#[test]
fn a_busy_server_is_asked_again_and_a_clear_no_is_not() {
    let mut left = 2;
    let server = StandIn::start(move |asked| match asked.path.as_str() {
        "/busy" if left > 0 => {
            left -= 1;
            Reply::new(if left == 1 { 429 } else { 503 }, "text/plain", "later").with("retry-after", "1")
        }
        "/busy" => Reply::new(200, "text/plain", "now"),
        "/down" => Reply::new(500, "text/plain", "no"),
        _ => Reply::new(404, "text/plain", "no"),
    });
    let mut web = web(&server);
    assert_eq!(body(&mut web, &server.url("/busy")).unwrap().as_deref(), Some("now"));
    assert!(body(&mut web, &server.url("/down")).unwrap_err().contains("500"));
    assert!(
        body(&mut web, &server.url("/none?key=secret"))
            .unwrap_err()
            .ends_with("/none: the server answers 404 Not Found")
    );
    let asked = |path: &str| server.asked().iter().filter(|asked| asked.path.starts_with(path)).count();
    assert_eq!((asked("/busy"), asked("/down"), asked("/none")), (3, 3, 1));
}

#[test]
fn an_answer_that_breaks_off_or_is_too_large_is_not_taken() {
    let server = StandIn::start(|asked| {
        let reply = Reply::new(200, "text/plain", vec![b'x'; 1000]);
        if asked.path == "/cut" { reply.cut_after(500) } else { reply }
    });
    let mut web = web(&server);
    assert!(body(&mut web, &server.url("/cut")).is_err());
    for bytes_max in [999, 1000] {
        let ask = Ask { bytes_max, ..Ask::default() };
        assert_eq!(web.get(&server.url("/whole"), &ask).is_ok(), bytes_max == 1000);
        assert_eq!(web.download(&server.url("/other"), &ask, &mut |_, _| {}).is_ok(), bytes_max == 1000);
    }
}

#[test]
fn redirects_are_followed_only_to_listed_hosts_and_keys_stay_where_they_belong() {
    let elsewhere = StandIn::start(|_| Reply::new(200, "text/plain", "elsewhere"));
    let away = elsewhere.url("/x").to_string();
    let server = StandIn::start(move |asked| match asked.path.as_str() {
        "/here" => Reply::new(302, "text/plain", "").with("location", "/there"),
        "/away" => Reply::new(302, "text/plain", "").with("location", away.clone()),
        "/file" => Reply::new(302, "text/plain", "").with("location", "file:///etc/passwd"),
        "/round" => Reply::new(302, "text/plain", "").with("location", "/round"),
        _ => Reply::new(200, "text/plain", "there"),
    });
    let mut one = web(&server);
    assert_eq!(body(&mut one, &server.url("/here")).unwrap().as_deref(), Some("there"));
    assert!(body(&mut one, &server.url("/away")).unwrap_err().contains("not on the list"));
    assert!(body(&mut one, &server.url("/file")).is_err());
    assert!(body(&mut one, &server.url("/round")).unwrap_err().contains("redirects"));
    assert_eq!(elsewhere.asked().len(), 0);
    let mut both = Web::new(Allowed::parse(["127.0.0.1"]).unwrap(), Pace::unhurried());
    let ask = Ask { headers: vec![("key", "secret".to_owned())], ..Ask::default() };
    assert_eq!(both.get(&server.url("/away"), &ask).unwrap().unwrap().bytes, b"elsewhere");
    assert!(server.asked().last().unwrap().headers.contains_key("key"));
    assert!(!elsewhere.asked()[0].headers.contains_key("key"));
}

#[test]
fn a_listed_name_that_leads_to_this_machine_is_refused() {
    let server = StandIn::start(|_| Reply::new(200, "text/plain", "inside"));
    let url = Url::parse(&format!("http://localhost:{}/", server.address.port())).unwrap();
    // The name alone is listed, not the address behind it.
    let mut named = Web::new(Allowed::parse(["localhost"]).unwrap(), Pace::unhurried());
    assert!(body(&mut named, &url).unwrap_err().contains("private network"));
    for list in [&["*"][..], &[]] {
        let mut web = Web::new(Allowed::parse(list.iter().copied()).unwrap(), Pace::unhurried());
        assert!(body(&mut web, &url).unwrap_err().contains("not on the list"));
    }
    assert_eq!(server.asked().len(), 0);
}

#[test]
fn a_name_leads_only_to_the_port_that_is_listed() {
    let listed = StandIn::start(|_| Reply::new(200, "text/plain", "listed"));
    let other = StandIn::start(|_| Reply::new(200, "text/plain", "other"));
    let named = |server: &StandIn| Url::parse(&format!("http://localhost:{}/", server.address.port())).unwrap();
    let entry = listed.address.to_string();
    let mut web = Web::new(Allowed::parse([entry.as_str(), "localhost"]).unwrap(), Pace::unhurried());
    assert_eq!(body(&mut web, &named(&listed)).unwrap().as_deref(), Some("listed"));
    assert!(body(&mut web, &named(&other)).unwrap_err().contains("private network"));
    assert_eq!(other.asked().len(), 0);
    // What an operator types is meant, and nothing beside it.
    let mut allowed = Allowed::parse(["*"]).unwrap();
    allowed.and_host_of(&named(&listed));
    let mut web = Web::new(allowed, Pace::unhurried());
    assert_eq!(body(&mut web, &named(&listed)).unwrap().as_deref(), Some("listed"));
    assert!(body(&mut web, &named(&other)).is_err());
}
