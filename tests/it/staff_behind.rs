//! The hub behind nginx with the shipped configuration.

use crate::browser::{ANNE, Browser, House};
use crate::serving::{Nginx, ask, free_port};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;

/// The shipped site in front of a hub, without its TLS, which needs a certificate.
fn site(hub: &str, address: &str) -> String {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/nginx-hub.conf");
    let shipped = fs::read_to_string(shipped).unwrap();
    let (secure, _redirect) = shipped.rsplit_once("\nserver {").unwrap();
    let lines: Vec<&str> = secure.lines().filter(|line| !line.trim_start().starts_with("ssl_")).collect();
    assert_eq!(secure.matches("listen 443 ssl;").count(), 1);
    assert_eq!(secure.matches("http://127.0.0.1:8080").count(), 2);
    let site = lines.join("\n").replace("listen 443 ssl;", &format!("listen {address};"));
    site.replace("127.0.0.1:8080", hub)
}

fn hear(from: &mut BufReader<TcpStream>) -> u64 {
    loop {
        let mut line = String::new();
        assert!(from.read_line(&mut line).unwrap() > 0, "the stream ended");
        if let Some(version) = line.trim_end().strip_prefix("data: ") {
            return version.parse().unwrap();
        }
    }
}

#[test]
fn staff_and_displays_reach_the_hub_through_nginx() {
    let house = House::behind("behind-nginx");
    let address = format!("127.0.0.1:{}", free_port());
    let nginx = Nginx(&house.town);
    nginx.start(&site(&house.address, &address));
    let mut anne = Browser { address: address.clone(), ..house.installed("Essai") };
    assert_eq!(anne.get("/staff").status, 200);
    assert_eq!(anne.get("/root.json").status, 200);

    // A message is handed on when it is there, not when a buffer is full.
    let (mut news, status, _) = ask(&address, "/events", "");
    let first = hear(&mut news);
    anne.get("/staff/publish");
    assert_eq!(anne.post("/staff/publish", &[]).status, 200);
    assert!(status == 200 && hear(&mut news) > first);

    // A form as long as the hub takes reaches it, and what is longer is refused by the hub in its own words.
    let long = "a".repeat(400 << 10);
    assert_eq!(anne.post("/staff/items/new/article", &[("title.fr", &long)]).status, 422);
}

#[test]
fn who_guesses_passwords_through_nginx_cannot_say_to_be_many() {
    let house = House::behind("behind-guessing");
    house.installed("Essai");
    let address = format!("127.0.0.1:{}", free_port());
    let nginx = Nginx(&house.town);
    nginx.start(&site(&house.address, &address));
    let mut stranger = Browser { address: address.clone(), ..house.browser() };
    stranger.get("/login");
    let cookies: Vec<String> = stranger.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let body = format!("form={}&email={}&password=wrong", stranger.form_token, ANNE.replace('@', "%40"));
    let guess = |nr: usize| {
        let mut stream = crate::serving::connect(&address);
        let head = format!(
            "POST /login HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nX-Forwarded-For: 192.0.2.{nr}\r\n\
             Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    let answers: Vec<String> = (1..=6).map(guess).collect();
    assert_eq!(answers.last().unwrap(), "429", "{answers:?}");
}
