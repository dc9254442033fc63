use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Where an import may fetch from: the operator's list.
///
/// A name lets its host be asked, but only at public addresses: who controls a name could else point it into the
/// town's own network. Private addresses and loopback are reached where they are listed themselves.
#[derive(Clone, Debug, Default)]
pub struct Allowed(Vec<Rule>);

/// Where web servers answer: what staff name is asked at no other port.
const WEB_PORTS: [u16; 5] = [80, 443, 8000, 8080, 8443];

#[derive(Clone, Debug, PartialEq)]
enum Rule {
    /// `*`: every public host.
    Any,
    /// `*.example.org`: every host below it.
    Below(String),
    /// `example.org`
    Name(String),
    /// What holds only at [`WEB_PORTS`].
    AtWebPorts(Box<Rule>),
    /// `192.0.2.1`, `192.0.2.1:8080` or `192.0.2.0/24`: addresses whose first bits are these.
    Addresses { first: u128, bits: u32, port: Option<u16>, is_public: bool },
}

impl Allowed {
    /// # Errors
    /// In words, naming the entry that cannot be understood.
    pub fn parse<'e>(entries: impl IntoIterator<Item = &'e str>) -> Result<Self, String> {
        entries.into_iter().map(rule).collect::<Result<_, _>>().map(Self)
    }

    /// Also where this address points: whoever types an address means it.
    pub fn and_host_of(&mut self, url: &Url) {
        self.0.extend(match url.host() {
            Some(Host::Domain("localhost")) => loopback(url.port_or_known_default()),
            Some(Host::Domain(name)) => vec![Rule::Name(name.to_owned())],
            Some(Host::Ipv4(address)) => vec![one(IpAddr::V4(address), url.port_or_known_default())],
            Some(Host::Ipv6(address)) => vec![one(IpAddr::V6(address), url.port_or_known_default())],
            None => Vec::new(),
        });
    }

    pub fn and(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }

    /// The same without the private addresses: those are for what the operator points an import at, not for what
    /// stands in its records.
    #[must_use]
    pub fn public_only(mut self) -> Self {
        for rule in &mut self.0 {
            if let Rule::Addresses { is_public, .. } = rule {
                *is_public = true;
            }
        }
        self
    }

    /// The same for what staff name in the hub, who are not to see the town's own network through it: only public
    /// addresses, and only where web servers answer.
    #[must_use]
    pub fn for_staff(self) -> Self {
        Self(self.public_only().0.into_iter().map(|rule| Rule::AtWebPorts(Box::new(rule))).collect())
    }

    /// # Errors
    /// In words for the operator.
    pub fn permits(&self, url: &Url) -> Result<(), String> {
        let Some(host) = url.host().filter(|_| matches!(url.scheme(), "http" | "https")) else {
            return Err("only http and https addresses are fetched".to_owned());
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err("an address that holds a user's name or password is not fetched".to_owned());
        }
        let port = url.port_or_known_default();
        let permitted = match host {
            Host::Domain(name) => self.0.iter().any(|rule| rule.names(name, port)),
            Host::Ipv4(address) => self.permits_address(IpAddr::V4(address), port),
            Host::Ipv6(address) => self.permits_address(IpAddr::V6(address), port),
        };
        let host = match url.port() {
            Some(port) => format!("{host}, port {port},"),
            None => host.to_string(),
        };
        permitted.then_some(()).ok_or_else(|| format!("{host} is not on the list of hosts to fetch from (allow)"))
    }

    /// Whether a connection to this address may be made, once the name before it is permitted.
    pub fn permits_connection(&self, address: IpAddr, port: u16) -> bool {
        is_public(address) || self.permits_address(address, Some(port))
    }

    fn permits_address(&self, address: IpAddr, port: Option<u16>) -> bool {
        self.0.iter().any(|rule| rule.holds(address, port))
    }
}

impl Rule {
    fn names(&self, name: &str, asked: Option<u16>) -> bool {
        match self {
            Self::Any => name != "localhost" && !name.ends_with(".localhost"),
            Self::Below(parent) => name.strip_suffix(parent.as_str()).is_some_and(|rest| rest.ends_with('.')),
            Self::Name(own) => own == name,
            Self::Addresses { port, .. } => name == "localhost" && self.holds(IpAddr::V4(Ipv4Addr::LOCALHOST), *port),
            Self::AtWebPorts(rule) => is_web_port(asked) && rule.names(name, asked),
        }
    }

    fn holds(&self, address: IpAddr, asked: Option<u16>) -> bool {
        let (first, bits, port, public_only) = match self {
            Self::Any => return is_public(address),
            Self::Below(_) | Self::Name(_) => return false,
            Self::AtWebPorts(rule) => return is_web_port(asked) && rule.holds(address, asked),
            Self::Addresses { first, bits, port, is_public } => (first, bits, port, is_public),
        };
        if *public_only && !is_public(address) {
            return false;
        }
        let same = (number(address) ^ first).checked_shr(128 - bits).is_none_or(|different| different == 0);
        same && port.is_none_or(|port| asked == Some(port))
    }
}

fn is_web_port(port: Option<u16>) -> bool {
    port.is_some_and(|port| WEB_PORTS.contains(&port))
}

fn rule(entry: &str) -> Result<Rule, String> {
    let entry = entry.trim();
    let wrong = || format!("{entry}: a host like example.org, *.example.org, 192.0.2.1 or 10.0.0.0/8 is expected");
    if entry == "*" {
        return Ok(Rule::Any);
    }
    if let Some((address, bits)) = entry.split_once('/') {
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let (bits, most) = (bits.parse::<u32>().map_err(|_| wrong())?, if address.is_ipv4() { 32 } else { 128 });
        if bits > most {
            return Err(wrong());
        }
        return Ok(Rule::Addresses { first: number(address), bits: 128 - most + bits, port: None, is_public: false });
    }
    let bare = entry.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(entry);
    if let Ok(address) = bare.parse() {
        return Ok(one(address, None));
    }
    if let Ok(address) = entry.parse::<std::net::SocketAddr>() {
        return Ok(one(address.ip(), Some(address.port())));
    }
    let (name, parent) = entry.strip_prefix("*.").map_or((entry, false), |name| (name, true));
    match Host::parse(name) {
        Ok(Host::Domain(name)) if parent => Ok(Rule::Below(name)),
        Ok(Host::Domain(name)) => Ok(Rule::Name(name)),
        _ => Err(wrong()),
    }
}

fn one(address: IpAddr, port: Option<u16>) -> Rule {
    Rule::Addresses { first: number(address), bits: 128, port, is_public: false }
}

fn loopback(port: Option<u16>) -> Vec<Rule> {
    vec![one(IpAddr::V4(Ipv4Addr::LOCALHOST), port), one(IpAddr::V6(Ipv6Addr::LOCALHOST), port)]
}

/// Every address as one of IPv6, so that an IPv4 address written as one is the same.
fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// Whether the address is one of the Internet's at large (RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => is_public_v4(address),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let special = a == 0 || a >= 240 || (a == 198 && (b == 18 || b == 19)) || (a == 192 && b == 0 && c == 0);
    let own = address.is_private() || address.is_loopback() || address.is_link_local();
    !(own || shared || special || address.is_multicast() || address.is_documentation())
}

/// Only the range that is given out (2000::/3), without what carries an IPv4 address inside or is documentation.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let tunnels = a == 0x2002 || (a == 0x2001 && b == 0);
    a & 0xe000 == 0x2000 && !tunnels && !(a == 0x2001 && b == 0x0db8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permits(list: &[&str], url: &str) -> bool {
        Allowed::parse(list.iter().copied()).unwrap().permits(&Url::parse(url).unwrap()).is_ok()
    }

    #[test]
    fn only_listed_hosts_are_fetched_from() {
        for (list, url, permitted) in [
            (&["example.org"][..], "https://example.org/a", true),
            (&["example.org"], "https://EXAMPLE.org:8443/a", true),
            (&["example.org"], "https://www.example.org/", false),
            (&["*.example.org"], "https://a.b.example.org/", true),
            (&["*.example.org"], "https://example.org/", false),
            (&["*.example.org"], "https://badexample.org/", false),
            (&["*"], "http://anything.example/", true),
            (&["*"], "http://localhost/", false),
            (&["*"], "http://127.0.0.1/", false),
            (&["*"], "http://[::ffff:127.0.0.1]/", false),
            (&["*"], "http://0x7f000001/", false),
            (&["*"], "http://169.254.169.254/latest/meta-data", false),
            (&["*"], "http://10.1.2.3/", false),
            (&["*"], "http://[fd00::1]/", false),
            (&["*"], "http://8.8.8.8/", true),
            (&["*"], "file:///etc/passwd", false),
            (&["*"], "ftp://example.org/", false),
            (&["*"], "https://user:word@example.org/", false),
            (&["10.0.0.0/8"], "http://10.1.2.3/", true),
            (&["10.0.0.0/8"], "http://11.1.2.3/", false),
            (&["127.0.0.1:8080"], "http://127.0.0.1:8080/", true),
            (&["127.0.0.1:8080"], "http://127.0.0.1:8081/", false),
            (&["127.0.0.1"], "http://localhost:9000/", true),
            (&["::1"], "http://[::1]:9000/", true),
            (&[], "https://example.org/", false),
        ] {
            assert_eq!(permits(list, url), permitted, "{list:?} {url}");
        }
        for entry in ["", "http://example.org", "10.0.0.0/33", "a b", "[::1"] {
            assert!(Allowed::parse([entry]).is_err(), "{entry}");
        }
    }

    #[test]
    fn a_listed_name_does_not_lead_into_the_towns_own_network() {
        let names = Allowed::parse(["example.org", "*"]).unwrap();
        let own = Allowed::parse(["example.org", "192.168.0.0/16"]).unwrap();
        for (address, by_name) in
            [("192.168.1.1", false), ("127.0.0.1", false), ("93.184.216.34", true), ("::1", false)]
        {
            let address: IpAddr = address.parse().unwrap();
            assert_eq!(names.permits_connection(address, 80), by_name, "{address}");
        }
        let private = "192.168.1.1".parse().unwrap();
        assert!(own.permits_connection(private, 443));
        assert!(!own.public_only().permits_connection(private, 443));
        let one_port = Allowed::parse(["*", "127.0.0.1:8080"]).unwrap();
        for port in [8080, 6379] {
            assert_eq!(one_port.permits_connection(IpAddr::V4(Ipv4Addr::LOCALHOST), port), port == 8080);
        }
    }

    #[test]
    fn what_staff_type_leads_only_to_public_web_servers() {
        for (typed, asked, permitted) in [
            ("https://example.org/", "https://example.org/", true),
            ("https://example.org/", "https://example.org:8443/", true),
            ("https://example.org/", "http://example.org:22/", false),
            ("http://example.org:6379/", "http://example.org:6379/", false),
            ("http://8.8.8.8/", "http://8.8.8.8/", true),
            ("http://8.8.8.8:25/", "http://8.8.8.8:25/", false),
            ("http://127.0.0.1/", "http://127.0.0.1/", false),
            ("http://localhost:8080/", "http://localhost:8080/", false),
            ("http://192.168.0.1/", "http://192.168.0.1/", false),
            ("http://[::1]/", "http://[::1]/", false),
        ] {
            let [typed, asked] = [typed, asked].map(|url| Url::parse(url).unwrap());
            let mut allowed = Allowed::default();
            allowed.and_host_of(&typed);
            assert_eq!(allowed.for_staff().permits(&asked).is_ok(), permitted, "{typed} {asked}");
        }
        let any = Allowed::parse(["*", "10.0.0.0/8"]).unwrap().for_staff();
        let private = "10.1.2.3".parse().unwrap();
        assert!(!any.permits_connection(private, 80));
        assert!(any.permits(&Url::parse("http://8.8.8.8/").unwrap()).is_ok());
    }

    #[test]
    fn what_an_operator_types_is_meant() {
        for url in ["http://127.0.0.1:8080/x", "http://localhost:8080/x", "http://[::1]:8080/", "https://example.org/"]
        {
            let mut allowed = Allowed::default();
            let url = Url::parse(url).unwrap();
            allowed.and_host_of(&url);
            assert!(allowed.permits(&url).is_ok(), "{url}");
            assert!(allowed.permits(&Url::parse("http://127.0.0.1:8081/").unwrap()).is_err());
        }
    }
}
