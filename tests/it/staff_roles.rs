//! Who is let in where: every route against every role.

use crate::browser::House;
use crate::enrolment::enrolled;
use crate::staff::created;
use crate::staff_media::{kept, png};
use parvis::hub::routes::routes;
use std::collections::BTreeSet;

/// Who may ask for what: nobody, a contributor, a moderator, an administrator, somebody of another hub. `y` is let in.
const MATRIX: &str = "
    GET  /                            y y y y y
    GET  /assets/{file}               y y y y y
    GET  /setup                       - - - - -
    POST /setup                       - - - - -
    GET  /login                       y y y y y
    POST /login                       y y y y y
    POST /language                    y y y y y
    GET  /staff                       - y y y -
    GET  /staff/setup                 - - - y -
    GET  /staff/items                 - y y y -
    POST /staff/items                 - y y y -
    POST /staff/items/{id}/restore    - y y y -
    GET  /staff/items/new/{kind}      - y y y -
    POST /staff/items/new/{kind}      - y y y -
    GET  /staff/items/{id}            - y y y -
    POST /staff/items/{id}            - y y y -
    POST /staff/items/{id}/judge      - - y y -
    GET  /staff/items/{id}/history    - y y y -
    POST /staff/preview/{kind}        - y y y -
    GET  /staff/preview/pictures/{name} - y y y -
    POST /staff/items/{id}/local      - - y y -
    GET  /staff/missing               - y y y -
    GET  /staff/sources               - - y y -
    GET  /staff/sources/new           - - - y -
    GET  /staff/sources/new/{format}  - - - y -
    POST /staff/sources/new/{format}  - - - y -
    GET  /staff/sources/{name}        - - y y -
    GET  /staff/sources/{name}/edit   - - - y -
    POST /staff/sources/{name}/edit   - - - y -
    POST /staff/sources/{name}/run    - - y y -
    POST /staff/sources/{name}/try    - - y y -
    POST /staff/sources/{name}/remove - - - y -
    POST /staff/items/{id}/media      - y y y -
    GET  /staff/media                 - y y y -
    POST /staff/media                 - y y y -
    GET  /staff/media/of              - y y y -
    GET  /staff/media/{id}            - y y y -
    POST /staff/media/{id}            - y y y -
    POST /staff/media/{id}/replace    - y y y -
    POST /staff/media/{id}/cut        - y y y -
    POST /staff/media/{id}/delete     - y y y -
    GET  /staff/media/{id}/picture/{size} - y y y -
    GET  /staff/poster                - y y y -
    POST /staff/poster                - y y y -
    GET  /staff/poster/{id}           - y y y -
    POST /staff/poster/{id}           - y y y -
    GET  /staff/publish               - - y y -
    POST /staff/publish               - - y y -
    GET  /staff/alerts                - - y y -
    POST /staff/alerts                - - y y -
    POST /staff/alerts/clear          - - y y -
    GET  /staff/town                  - - - y -
    POST /staff/town                  - - - y -
    GET  /staff/town/root.json        - - - y -
    POST /staff/town/keys/{name}      - - - y -
    POST /staff/town/put-away         - - - y -
    GET  /staff/displays              - y y y -
    GET  /staff/displays/enrol        - - - y -
    POST /staff/displays/enrol        - - - y -
    GET  /staff/displays/{id}         - y y y -
    POST /staff/displays/{id}         - - - y -
    POST /staff/displays/{id}/remove  - - - y -
    POST /staff/displays/{id}/command - - y y -
    POST /staff/displays/{id}/control - - - y -
    GET  /staff/displays/{id}/pictures/{number} - - y y -
    GET  /staff/report                - y y y -
    GET  /staff/report.csv            - y y y -
    POST /displays/enrolments         y y y y y
    POST /displays/enrolments/{id}    y y y y y
    GET  /displays/enrolments/{id}    y y y y y
    POST /displays/report             - - - - -
    POST /displays/screenshot         - - - - -
    GET  /staff/people                - - - y -
    POST /staff/people                - - - y -
    POST /staff/people/{id}           - - - y -
    POST /logout                      - y y y -
";

#[test]
fn every_route_lets_in_whom_the_table_says_and_nobody_else() {
    let (house, mut anne) = House::set_up("staff-matrix");
    let item = created(&mut anne, "Bal", "draft");
    let source = [("title", "Agenda"), ("from", "http://agenda.invalid/a.ics"), ("every", "1d"), ("is_paused", "yes")];
    assert_eq!(anne.post("/staff/sources/new/ical", &source).status, 303);
    let media = kept(&mut anne, "bal.png", &png(4, 4));
    let (screen, display) = enrolled(&house, &mut anne, "Mairie");
    assert_eq!(screen.post("displays/screenshot", b"\x89PNG\r\n\x1a\n").0, 204);
    let mut stranger = house.browser();
    stranger.cookies.insert("parvis_session".to_owned(), "f".repeat(64));
    let mut all =
        [house.browser(), house.staff(&mut anne, "contributor"), house.staff(&mut anne, "moderator"), anne, stranger];
    let rows: Vec<Vec<&str>> =
        MATRIX.lines().map(|line| line.split_whitespace().collect()).filter(|row: &Vec<_>| !row.is_empty()).collect();
    let known: BTreeSet<(String, String)> = rows.iter().map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
    let there: BTreeSet<(String, String)> =
        routes().iter().map(|route| (route.method.to_string(), route.path.to_owned())).collect();
    assert_eq!(known, there, "every route has its row");
    for row in rows {
        let id = item.trim_start_matches("/staff/items/");
        let id = if row[1].starts_with("/staff/people") { "99" } else { id };
        let number = display.to_string();
        let id = match row[1].split('/').nth(2) {
            Some("media" | "poster") => &media,
            Some("displays") => &number,
            _ => id,
        };
        let path = row[1].replace("{file}", "hub.css").replace("{kind}", "event").replace("{id}", id);
        let path = path.replace("keys/{name}", "keys/root-1.pem").replace("{format}", "ical");
        let path = path.replace("{name}", "agenda").replace("{size}", "small").replace("{number}", "1");
        for (browser, due) in all.iter_mut().zip(&row[2..]) {
            // A page of theirs with a form, so that the form is theirs.
            browser.get("/login");
            browser.get("/staff");
            let page = if row[0] == "GET" { browser.get(&path) } else { browser.post(&path, &[("language", "fr")]) };
            let is_sent_away = page.status == 303 && page.header("location") == "/login" && path != "/logout";
            let is_refused = is_sent_away || [401, 403, 404].contains(&page.status) && path != "/login";
            assert_eq!(is_refused, *due == "-", "{row:?}: {} {}", page.status, page.body);
        }
    }
}
