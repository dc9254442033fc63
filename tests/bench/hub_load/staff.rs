//! Somebody of the town, in a browser without scripts.

use super::house::{EMAIL, House, Outcome, PASSWORD};
use reqwest::blocking::{Client, Response};
use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::redirect::Policy;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

pub struct Staff {
    client: Client,
    address: String,
    cookies: BTreeMap<String, String>,
}

impl Staff {
    pub fn signed_in(house: &House) -> Outcome<Self> {
        let client = Client::builder().redirect(Policy::none()).timeout(Duration::from_secs(120)).build()?;
        let mut staff = Self { client, address: house.address.clone(), cookies: BTreeMap::new() };
        let page = staff.get("/login")?;
        let mut fields = hidden(&page, "/login");
        fields.push(("email".to_owned(), EMAIL.to_owned()));
        fields.push(("password".to_owned(), PASSWORD.to_owned()));
        staff.post("/login", &fields)?;
        Ok(staff)
    }

    fn kept(&mut self, answer: Response) -> Outcome<String> {
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str()?.split_once('=').ok_or("no cookie")?;
            self.cookies.insert(name.to_owned(), rest.split(';').next().unwrap_or_default().to_owned());
        }
        let status = answer.status();
        let page = answer.text()?;
        if status.is_client_error() || status.is_server_error() {
            Err(format!("{status}: {page}").into())
        } else {
            Ok(page)
        }
    }

    fn cookies(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub fn get(&mut self, path: &str) -> Outcome<String> {
        let asked = self.client.get(format!("http://{}{path}", self.address)).header(COOKIE, self.cookies());
        let answer = asked.send()?;
        self.kept(answer)
    }

    fn post(&mut self, path: &str, fields: &[(String, String)]) -> Outcome<String> {
        let body = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let asked = self.client.post(format!("http://{}{path}", self.address)).header(COOKIE, self.cookies());
        let asked = asked.header("content-type", "application/x-www-form-urlencoded");
        let answer = asked.body(body.collect::<Vec<_>>().join("&")).send()?;
        self.kept(answer)
    }

    /// The first publication is out.
    pub fn wait_for_set_up(&mut self) -> Outcome<()> {
        while self.get("/staff/setup")?.contains("http-equiv=\"refresh\"") {
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    /// How long a page takes, from the request to its last byte.
    pub fn timed(&mut self, path: &str) -> Outcome<Duration> {
        let began = Instant::now();
        self.get(path)?;
        Ok(began.elapsed())
    }

    /// Publishes what is ready; back when it is out.
    pub fn publish(&mut self) -> Outcome<()> {
        let page = self.get("/staff/publish")?;
        let fields = hidden(&page, "/staff/publish");
        let answer = self.post("/staff/publish", &fields)?;
        if answer.contains("role=\"alert\"") { Err(answer.into()) } else { Ok(()) }
    }
}

/// What a form of a page sends of itself.
fn hidden(page: &str, action: &str) -> Vec<(String, String)> {
    let form = page.split("<form").find(|form| form.contains(&format!("action=\"{action}\""))).unwrap_or_default();
    let inputs = form.split("<input").filter(|input| input.contains("type=\"hidden\""));
    let value =
        |input: &str, name: &str| Some(input.split_once(&format!("{name}=\""))?.1.split('"').next()?.to_owned());
    inputs.filter_map(|input| Some((value(input, "name")?, value(input, "value")?))).collect()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
