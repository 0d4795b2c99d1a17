//! Who may ask: pages of this machine's own preview, by their `Host` and `Origin`.
//!
//! A page of another site can make its own name lead to this machine and then read what it likes (DNS rebinding), or
//! send forms here; neither can forge these two.

use std::net::{IpAddr, SocketAddr};

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, Uri, header};

/// Tells whose requests are answered.
pub struct Guard {
    /// Names of this machine, in lower case, without a port.
    names: Vec<String>,
    port: u16,
    /// Whether others on the network are served, so that any address, but no name, may be this machine's.
    is_open: bool,
}

impl Guard {
    /// The guard of a server that was told to serve `host` and does so at `address`.
    pub fn new(host: &str, address: SocketAddr) -> Guard {
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".into(), "[::1]".into()];
        names.push(bracketed(host).to_lowercase());
        names.push(bracketed(&address.ip().to_string()));
        Guard {
            names,
            port: address.port(),
            is_open: address.ip().is_unspecified(),
        }
    }

    /// Whether a request is answered.
    ///
    /// # Errors
    ///
    /// Where it is not; why, for people.
    pub fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), String> {
        let host = headers.get(header::HOST).map(|host| host.to_str().unwrap_or_default());
        let host = uri.authority().map(Authority::as_str).or(host).unwrap_or_default();
        if !self.is_own(host) {
            let port = self.port;
            return Err(format!(
                "This preview answers to localhost:{port} and 127.0.0.1:{port} only, not to “{host}”, so that pages of \
                 other sites cannot read it. A proxy must ask for one of these names."
            ));
        }
        let is_foreign = |origin: &str| origin.strip_prefix("http://").is_none_or(|origin| !self.is_own(origin));
        let origin = headers
            .get(header::ORIGIN)
            .map(|origin| origin.to_str().unwrap_or_default());
        let writes = method != Method::GET && method != Method::HEAD;
        if writes && origin.is_some_and(is_foreign) {
            return Err("Only pages of this preview may change the site.".into());
        }
        Ok(())
    }

    fn is_own(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        let is_address = || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        let is_named = self.names.iter().any(|own| own.eq_ignore_ascii_case(name));
        port == Some(self.port) && (is_named || self.is_open && is_address())
    }
}

/// An address as it stands in a URL.
fn bracketed(host: &str) -> String {
    if host.contains(':') && !host.starts_with('[') {
        format!("[{host}]")
    } else {
        host.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(guard: &Guard, method: &Method, host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        guard.check(method, &Uri::from_static("/"), &headers).is_ok()
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let guard = Guard::new("127.0.0.1", "127.0.0.1:3000".parse().unwrap());
        for host in ["localhost:3000", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000"] {
            assert!(check(&guard, &Method::GET, host, None), "{host}");
        }
        for host in [
            "localhost",
            "localhost:3001",
            "evil.example:3000",
            "192.168.1.4:3000",
            "",
            "[::1]",
            "a:b:3000",
        ] {
            assert!(!check(&guard, &Method::GET, host, None), "{host}");
        }
    }

    #[test]
    fn an_open_preview_answers_to_any_address_and_no_foreign_name() {
        let guard = Guard::new("0.0.0.0", "0.0.0.0:3000".parse().unwrap());
        assert!(check(&guard, &Method::GET, "192.168.1.4:3000", None));
        assert!(check(&guard, &Method::GET, "[fe80::1]:3000", None));
        assert!(!check(&guard, &Method::GET, "evil.example:3000", None));
    }

    #[test]
    fn a_page_of_another_site_may_not_write() {
        let guard = Guard::new("127.0.0.1", "127.0.0.1:3000".parse().unwrap());
        let host = "localhost:3000";
        assert!(check(&guard, &Method::POST, host, Some("http://localhost:3000")));
        assert!(check(&guard, &Method::POST, host, None));
        for origin in [
            "https://evil.example",
            "http://localhost:4000",
            "null",
            "http://evil.example:3000",
        ] {
            assert!(!check(&guard, &Method::POST, host, Some(origin)), "{origin}");
            assert!(check(&guard, &Method::GET, host, Some(origin)), "{origin}");
        }
    }
}
