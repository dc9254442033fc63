//! Somebody who uses the hub's pages: forms, cookies and redirects, over real HTTP, without scripts.

use crate::published_town::{Running, Town};
use crate::serving::try_connect;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};

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
    /// One that nobody has set up. Unless the town has a `services.toml`, public sources do not answer it.
    pub fn of(town: Town) -> Self {
        Self::started(town, true)
    }

    /// One beside which nothing draws.
    pub fn without_renderer(name: &str) -> Self {
        Self::with_settings(Town::new(name), "renderer = \"none\"")
    }

    /// One that a web server stands in front of.
    pub fn behind(name: &str) -> Self {
        Self::with_settings(Town::new(name), "address = \"https://parvis.example.fr\"")
    }

    /// One that has been set up, or begun to be, starts again.
    pub fn again(town: Town) -> Self {
        Self::started(town, false)
    }

    /// One that nobody has set up, with settings of its own.
    pub fn with_settings(town: Town, settings: &str) -> Self {
        std::fs::write(town.at("hub.toml"), settings).unwrap();
        Self::started(town, true)
    }

    /// The set-up, by its administrator.
    pub fn begun(self) -> (Self, Browser) {
        let anne = self.installed("Essai");
        (self, anne)
    }

    fn started(town: Town, is_new: bool) -> Self {
        if !town.at("services.toml").exists() {
            let services = include_str!("../../kiosk-config/services.toml").replace("https://", "http://127.0.0.1:9/");
            std::fs::write(town.at("services.toml"), services).unwrap();
        }
        let config = if town.at("hub.toml").exists() { " --config hub.toml" } else { "" };
        let serve = format!("serve --data . --listen 127.0.0.1:0 --services services.toml{config}");
        let mut running = town.start(&serve);
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
        Self::set_up_in(Town::new(name))
    }

    /// The same in a town's folder, with the settings of its `hub.toml`.
    pub fn set_up_in(town: Town) -> (Self, Browser) {
        Self::set_up_as("Essai", town)
    }

    /// The same for a town of this name.
    pub fn set_up_as(name: &str, town: Town) -> (Self, Browser) {
        let house = Self::of(town);
        let anne = house.installed(name);
        (house, anne)
    }

    /// Sets it up for a town of this name; its administrator.
    pub fn installed(&self, name: &str) -> Browser {
        let mut anne = self.browser();
        anne.get(&format!("/setup?token={}", self.token));
        let said = [("token", self.token.as_str()), ("town", name), ("name", "Anne"), ("email", ANNE)];
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
    pub bytes: Vec<u8>,
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
        self.ask("POST", path, Some(&form(fields)))
    }

    /// Sends files as the fields of a form of the last page, each with the name that the browser gives it.
    pub fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        let token = self.form_token.clone();
        let body = multipart(&[&[("form", token.as_str())], fields].concat(), files);
        self.send(path, &body)
    }

    /// Sends a form with files as it is.
    pub fn send(&mut self, path: &str, body: &[u8]) -> Page {
        self.ask_with("POST", path, Some((&format!("multipart/form-data; boundary={BOUNDARY}"), body))).unwrap()
    }

    pub fn sign_in(&mut self, email: &str, password: &str) -> u16 {
        self.get("/login");
        self.post("/login", &[("email", email), ("password", password)]).status
    }

    fn ask(&mut self, method: &str, path: &str, body: Option<&str>) -> Page {
        self.attempt(method, path, body).unwrap()
    }

    /// Sends a form of the last page to a hub that may be gone; nothing where no answer came.
    pub fn try_post(&mut self, path: &str, fields: &[(&str, &str)]) -> Option<Page> {
        let token = self.form_token.clone();
        self.attempt("POST", path, Some(&form(&[&[("form", token.as_str())], fields].concat())))
    }

    pub fn try_get(&mut self, path: &str) -> Option<Page> {
        self.attempt("GET", path, None)
    }

    fn attempt(&mut self, method: &str, path: &str, body: Option<&str>) -> Option<Page> {
        self.ask_with(method, path, body.map(|body| ("application/x-www-form-urlencoded", body.as_bytes())))
    }

    /// What a request of this browser begins with.
    pub fn head(&self, method: &str, path: &str) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept-Language: fr\r\nCookie: {}\r\n",
            self.address,
            cookies.join("; ")
        )
    }

    fn ask_with(&mut self, method: &str, path: &str, body: Option<(&str, &[u8])>) -> Option<Page> {
        let mut request = self.head(method, path);
        if let Some((kind, body)) = body {
            request += &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
        }
        let mut stream = try_connect(&self.address).ok()?;
        let body = body.map_or(&[][..], |(_, body)| body);
        stream.write_all(&[format!("{request}\r\n").as_bytes(), body].concat()).ok()?;
        let page = read(BufReader::new(stream))?;
        for (_, cookie) in page.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), rest.split(';').next().unwrap().to_owned());
        }
        if let Some((_, rest)) = page.body.split_once("name=\"form\" value=\"") {
            rest.split('"').next().unwrap().clone_into(&mut self.form_token);
        }
        Some(page)
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    fields.collect::<Vec<_>>().join("&")
}

/// An answer, whole; none where it is broken off.
pub fn read(mut from: impl BufRead) -> Option<Page> {
    let mut line = String::new();
    from.read_line(&mut line).ok()?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let mut headers = Vec::new();
    loop {
        line.clear();
        from.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut bytes = Vec::new();
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, length)| length.parse().ok());
    from.take(length.unwrap_or(u64::MAX)).read_to_end(&mut bytes).ok()?;
    Some(Page { status, headers, body: String::from_utf8_lossy(&bytes).into_owned(), bytes })
}

/// What stands between the fields of a form with files.
pub const BOUNDARY: &str = "----8d1c5f";

/// A form with files, the fields first.
pub fn multipart(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let part = |what: String, bytes: &[u8]| {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {what}\r\n\r\n");
        [head.as_bytes(), bytes, b"\r\n"].concat()
    };
    let fields = fields.iter().map(|(name, value)| part(format!("name=\"{name}\""), value.as_bytes()));
    let files = files.iter().map(|(name, bytes)| part(format!("name=\"file\"; filename=\"{name}\""), bytes));
    let body: Vec<Vec<u8>> = fields.chain(files).chain([format!("--{BOUNDARY}--\r\n").into_bytes()]).collect();
    body.concat()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
