//! Somebody who uses the hub's pages: forms, cookies and redirects, over real HTTP, without scripts.

use crate::published_town::{Running, Town};
use crate::serving::connect;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};

pub const ANNE: &str = "anne@ville.fr";
pub const PASSWORD: &str = "trois chevaux et un bateau";

/// A hub that runs in a town's folder, with that town's keys.
pub struct House {
    pub town: Town,
    pub address: String,
    /// Of the set-up.
    pub token: String,
    running: Running,
}

impl House {
    /// One that nobody has set up. Public sources do not answer it.
    pub fn new(name: &str) -> Self {
        Self::of(Town::new(name))
    }

    pub fn of(town: Town) -> Self {
        Self::started(town, true, "")
    }

    /// One beside which nothing draws.
    pub fn without_renderer(name: &str) -> Self {
        let town = Town::new(name);
        std::fs::write(town.at("hub.toml"), "renderer = \"none\"").unwrap();
        Self::started(town, true, " --config hub.toml")
    }

    /// One that a web server stands in front of.
    pub fn behind(name: &str) -> Self {
        Self::started(Town::new(name), true, " --address https://parvis.example.fr")
    }

    /// One that has been set up, or begun to be, starts again.
    pub fn again(town: Town) -> Self {
        Self::started(town, false, "")
    }

    fn started(town: Town, is_new: bool, more: &str) -> Self {
        let services = include_str!("../../kiosk-config/services.toml").replace("https://", "http://127.0.0.1:9/");
        std::fs::write(town.at("services.toml"), services).unwrap();
        let mut running = town.start(&format!("serve --data . --listen 127.0.0.1:0 --services services.toml{more}"));
        let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
        let address = lines.next().unwrap().unwrap().trim_start_matches("http://").to_owned();
        let mut token = || lines.next().unwrap().unwrap().split_once("token=").unwrap().1.to_owned();
        let token = if is_new { token() } else { String::new() };
        Self { town, address, token, running }
    }

    /// The machine stops; what is on its disk stays.
    pub fn stop(self) -> (Town, String) {
        drop(self.running);
        (self.town, self.address)
    }

    /// One whose first publication is out, and its administrator.
    pub fn set_up(name: &str) -> (Self, Browser) {
        let house = Self::new(name);
        let anne = house.installed();
        (house, anne)
    }

    /// Sets it up; its administrator.
    pub fn installed(&self) -> Browser {
        let mut anne = self.browser();
        anne.get(&format!("/setup?token={}", self.token));
        let said = [("token", self.token.as_str()), ("town", "Essai"), ("name", "Anne"), ("email", ANNE)];
        let begun = anne.post("/setup", &[&said[..], &[("password", PASSWORD)]].concat());
        assert_eq!((begun.status, begun.header("location")), (303, "/staff/setup"), "{}", begun.body);
        let mut page = anne.get("/staff/setup");
        while page.body.contains("http-equiv=\"refresh\"") {
            page = anne.get("/staff/setup");
        }
        assert!(page.body.contains("C’est publié"), "{}", page.body);
        anne
    }

    pub fn browser(&self) -> Browser {
        Browser { address: self.address.clone(), cookies: BTreeMap::new(), form_token: String::new() }
    }

    /// Somebody with an account that an administrator makes, signed in.
    pub fn staff(&self, administrator: &mut Browser, role: &str) -> Browser {
        let email = format!("{role}@ville.fr");
        administrator.get("/staff/people");
        let said = [("name", role), ("email", &email), ("role", role), ("password", PASSWORD)];
        assert_eq!(administrator.post("/staff/people", &said).status, 303);
        let mut browser = self.browser();
        assert_eq!(browser.sign_in(&email, PASSWORD), 303);
        browser
    }
}

pub struct Browser {
    pub address: String,
    pub cookies: BTreeMap<String, String>,
    /// Of the last page that had one.
    pub form_token: String,
}

pub struct Page {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

impl Browser {
    pub fn get(&mut self, path: &str) -> Page {
        self.ask("GET", path, None)
    }

    /// Sends a form of the last page.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.form_token.clone();
        self.post_with(path, &[&[("form", token.as_str())], fields].concat())
    }

    /// Sends these fields and no others.
    pub fn post_with(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.ask("POST", path, Some(&body.join("&")))
    }

    pub fn sign_in(&mut self, email: &str, password: &str) -> u16 {
        self.get("/login");
        self.post("/login", &[("email", email), ("password", password)]).status
    }

    fn ask(&mut self, method: &str, path: &str, body: Option<&str>) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept-Language: fr\r\nCookie: {}\r\n",
            self.address,
            cookies.join("; ")
        );
        if let Some(body) = body {
            request += "Content-Type: application/x-www-form-urlencoded\r\n";
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        let mut stream = connect(&self.address);
        stream.write_all(format!("{request}\r\n{}", body.unwrap_or_default()).as_bytes()).unwrap();
        let page = read(BufReader::new(stream));
        for (_, cookie) in page.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), rest.split(';').next().unwrap().to_owned());
        }
        if let Some((_, rest)) = page.body.split_once("name=\"form\" value=\"") {
            rest.split('"').next().unwrap().clone_into(&mut self.form_token);
        }
        page
    }
}

fn read(mut from: impl BufRead) -> Page {
    let mut line = String::new();
    from.read_line(&mut line).unwrap();
    let status = line.split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers = Vec::new();
    loop {
        line.clear();
        from.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let mut body = Vec::new();
    from.read_to_end(&mut body).unwrap();
    Page { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
