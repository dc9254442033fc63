//! What the hub stands that nobody of good will does.

use crate::browser::{ANNE, House, PASSWORD};
use crate::serving::try_connect;

#[test]
fn many_guesses_at_once_are_no_more_than_one_after_the_other() {
    let (house, _anne) = House::set_up("staff-guesses");
    let guesses: Vec<_> = (0..40)
        .map(|nr| {
            let mut browser = house.browser();
            browser.get("/login");
            std::thread::spawn(move || {
                browser.post("/login", &[("email", ANNE), ("password", &format!("wrong password {nr}"))]).status
            })
        })
        .collect();
    let told: Vec<u16> = guesses.into_iter().map(|guess| guess.join().unwrap()).collect();
    assert_eq!(told.iter().filter(|status| **status == 401).count(), 5, "{told:?}");
    let mut nobody = house.browser();
    nobody.get("/login");
    let long = "x".repeat(7 << 10);
    assert_eq!(nobody.post("/login", &[("email", &long), ("password", PASSWORD)]).status, 401);
    let longer = "x".repeat(9 << 10);
    assert_eq!(nobody.post("/login", &[("email", &longer), ("password", PASSWORD)]).status, 400);
}

#[test]
fn whoever_says_nothing_keeps_nobody_away() {
    let (house, mut anne) = House::set_up("staff-silent");
    // More than the usual 1,024 handles of a program, each with half a head.
    let silent: Vec<_> = (0..1_200)
        .filter_map(|_| try_connect(&house.address).ok())
        .map(|mut stream| std::io::Write::write(&mut stream, b"GET /login HTTP/1.1\r\nHost:").map(|_| stream))
        .collect();
    assert!(silent.len() > 1_000);
    assert_eq!(anne.get("/staff").status, 200);
    assert_eq!(anne.get("/staff/items?page=9223372036854775807").status, 200);
}
