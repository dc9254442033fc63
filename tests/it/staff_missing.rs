//! What staff see of what is still missing: events of the next two weeks, pages, and the forms in which it is mended.

use crate::browser::{Browser, House};
use crate::published_town::Town;
use chrono::{TimeDelta, Utc};

/// Makes an event that begins in so many days; its address.
fn event(browser: &mut Browser, title: &str, days: i64, more: &[(&str, &str)]) -> String {
    #[expect(clippy::disallowed_methods, reason = "the hub that is asked goes by the machine's clock")]
    let begin = Utc::now() + TimeDelta::days(days);
    let [begin, end] = [begin, begin + TimeDelta::hours(2)].map(|at| at.format("%Y-%m-%dT%H:%M").to_string());
    browser.get("/staff/items/new/event");
    let fields = [("title.fr", title), ("timings.0.begin", &begin), ("timings.0.end", &end), ("action", "ready")];
    let made = browser.post("/staff/items/new/event", &[&fields[..], more].concat());
    assert_eq!(made.status, 303, "{}", made.body);
    made.header("location").to_owned()
}

/// The line of the list about this title.
fn line<'p>(page: &'p str, title: &str) -> Option<&'p str> {
    page.split("<tr>").find(|line| line.contains(title))
}

#[test]
fn staff_find_what_is_missing_and_the_form_in_which_to_mend_it() {
    let (_house, mut anne) = House::set_up_in(Town::new("staff-missing"));
    let ball = event(&mut anne, "Bal tout nu", 3, &[]);
    event(&mut anne, "Bal lointain", 40, &[]);
    let whole = [
        ("title.en", "Ball"),
        ("title.it", "Ballo"),
        ("title.de", "Ball"),
        ("summary.fr", "Danser."),
        ("summary.en", "Dancing."),
        ("summary.it", "Ballare."),
        ("summary.de", "Tanzen."),
        ("easy.fr", "On danse."),
        ("location.name", "Port"),
        ("free", "yes"),
    ];
    event(&mut anne, "Bal bien écrit", 3, &whole);
    let page = anne.get("/staff/missing").body;
    let bare = line(&page, "Bal tout nu").unwrap();
    for lack in ["Anglais", "un texte court", "une image", "une version facile à lire", "le lieu", "le prix"] {
        assert!(bare.contains(lack), "{lack}: {bare}");
    }
    assert!(bare.contains(&format!("href=\"{ball}\"")));
    let written = line(&page, "Bal bien écrit").unwrap();
    assert!(written.contains("une image") && written.matches("<li>").count() == 1, "{written}");

    let dear = anne.get("/staff/missing?lack=price&kind=event").body;
    assert!(line(&dear, "Bal tout nu").is_some() && line(&dear, "Bal bien écrit").is_none());
    assert!(line(&dear, "Bal lointain").is_none() && dear.contains(">1 contenu à compléter<"), "not within two weeks");
    assert!(line(&dear, "Bal tout nu").unwrap().matches("<li>").count() == 1);
    assert!(line(&anne.get("/staff/missing?kind=article").body, "Bal tout nu").is_none());

    let form = anne.get(&ball).body;
    for link in ["href=\"#title.en\"", "href=\"#summary.fr\"", "href=\"#easy.fr\"", "href=\"#conditions.fr\""] {
        assert!(form.contains(link) && form.contains(&link.replace("href=\"#", "id=\"")), "{link}: {form}");
    }
}
