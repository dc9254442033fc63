//! A real browser: Debian's chromium, driven over the W3C's WebDriver protocol as staff drive it.

use crate::browser::{House, read};
use crate::serving::connect;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

/// Names an element in the protocol.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub struct Chromium {
    driver: Child,
    address: String,
    session: String,
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The driver ends its browser when the session does.
        if !std::thread::panicking() {
            self.ask("DELETE", "", &Value::Null);
        }
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

impl Chromium {
    /// A browser in this language that has signed in.
    pub fn of(house: &House, who: (&str, &str), language: &str, scripts: bool) -> Self {
        let mut browser = Self::start(language, scripts);
        browser.open(house, "/login");
        browser.write("#email", who.0);
        browser.write("#password", who.1);
        browser.press("button.main");
        browser.see("form[action='/logout']");
        browser
    }

    fn start(language: &str, scripts: bool) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver: tests/run installs it (Debian: chromium-driver)");
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
        let started =
            lines.filter_map(|line| line.split_once("successfully on port ").map(|(_, port)| port.to_owned())).next();
        let address = format!("127.0.0.1:{}", started.unwrap().trim_end_matches('.'));
        let mut browser = Self { driver, address, session: String::new() };
        let spoken = format!("--lang={language}");
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", &spoken];
        let setting = if scripts { 1 } else { 2 };
        let options = json!({
            "args": arguments,
            "prefs": {
                "intl.accept_languages": language,
                "profile.managed_default_content_settings.javascript": setting,
            },
        });
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}});
        let session = browser.ask_driver("POST", "/session", &wanted);
        browser.session = format!("/session/{}", session["sessionId"].as_str().unwrap());
        // What is looked for may be on a page that is still to come.
        browser.ask("POST", "/timeouts", &json!({"implicit": 15_000}));
        browser
    }

    fn ask_driver(&mut self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut stream = connect(&self.address);
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        let length = format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(format!("{head}{length}{body}").as_bytes()).unwrap();
        let answer: Value = serde_json::from_str(&read(BufReader::new(stream)).unwrap().body).unwrap();
        assert!(answer["value"]["error"].is_null(), "{path} {body:.200}: {answer}");
        answer["value"].clone()
    }

    fn ask(&mut self, method: &str, path: &str, body: &Value) -> Value {
        self.ask_driver(method, &format!("{}{path}", self.session.clone()), body)
    }

    pub fn open(&mut self, house: &House, path: &str) {
        self.ask("POST", "/url", &json!({"url": format!("http://{}{path}", house.address)}));
    }

    pub fn resize(&mut self, width: u32, height: u32) {
        self.ask("POST", "/window/rect", &json!({"width": width, "height": height}));
    }

    fn element(&mut self, css: &str) -> String {
        let found = self.ask("POST", "/element", &json!({"using": "css selector", "value": css}));
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    /// Waits until this is there.
    pub fn see(&mut self, css: &str) {
        self.element(css);
    }

    pub fn write(&mut self, css: &str, text: &str) {
        let element = self.element(css);
        self.ask("POST", &format!("/element/{element}/value"), &json!({"text": text}));
    }

    /// Presses what leads to another page, which may take its time.
    pub fn press(&mut self, css: &str) {
        let element = self.element(css);
        self.ask("POST", &format!("/element/{element}/click"), &json!({}));
    }

    pub fn text(&mut self) -> String {
        let body = self.element("body");
        self.ask("GET", &format!("/element/{body}/text"), &Value::Null).as_str().unwrap().to_owned()
    }

    /// What a script of the page's gives back; it may be a promise.
    pub fn run(&mut self, script: &str) -> Value {
        let waited = format!(
            "const done = arguments[0]; Promise.resolve((() => {{ {script} }})()).then(done, (error) => done({{failed: String(error)}}));"
        );
        self.ask("POST", "/execute/async", &json!({"script": waited, "args": []}))
    }
}
