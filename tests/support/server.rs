//! The preview of a folder, spoken to over plain sockets.
#![allow(clippy::disallowed_methods, reason = "tests talk to the program and wait for it")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::folder::Folder;

/// How long anything is waited for before it counts as never coming.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running preview; it ends with the test.
pub struct Server {
    child: Child,
    _out: BufReader<ChildStdout>,
    pub port: u16,
    /// The first line that the program said.
    pub url: String,
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Server {
    /// Starts the preview of `folder` at a port that is free.
    pub fn start(folder: &Folder, arguments: &[&str]) -> Server {
        let mut child = folder
            .command()
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut url = String::new();
        out.read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        let port = url.split(['/', ':']).find_map(|part| part.parse().ok());
        Server {
            port: port.unwrap_or_else(|| panic!("no address in {url:?}")),
            url,
            _out: out,
            child,
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// A request with these headers beside the right `Host`, which they may name themselves.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = self.send(method, path, headers);
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
        let headers = lines.filter_map(|line| line.split_once(": "));
        Answer {
            status: status.parse().unwrap_or_else(|_| panic!("{path}: {head}")),
            headers: headers
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect(),
            body: bytes[(end + 4).min(bytes.len())..].to_vec(),
        }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if headers.iter().all(|(name, _)| *name != "Host") {
            request += &format!("Host: localhost:{}\r\n", self.port);
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        stream.write_all((request + "\r\n").as_bytes()).unwrap();
        stream
    }

    /// What programs are told.
    pub fn state(&self) -> Value {
        serde_json::from_slice(&self.get("/_bayan/state").body).unwrap()
    }

    /// Grows by one with each update.
    pub fn version(&self) -> u64 {
        self.state()["version"].as_u64().unwrap()
    }

    /// Waits until `is_so`.
    #[track_caller]
    pub fn wait(&self, what: &str, is_so: impl Fn(&Server) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(start.elapsed() < PATIENCE, "in vain for {what}: {}", self.state());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the page at `path` has these words.
    #[track_caller]
    pub fn wait_for(&self, path: &str, words: &str) {
        self.wait(words, |server| server.get(path).text().contains(words));
    }

    /// The stream of what happens to a page that a browser has as `etag`.
    pub fn events(&self, page: &str, etag: &str) -> Events {
        Events(BufReader::new(self.send(
            "GET",
            &format!("/_bayan/events?page={page}&etag={etag}"),
            &[],
        )))
    }

    /// Stops the program as Ctrl-C does; gives its status.
    pub fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A stream of events.
pub struct Events(BufReader<TcpStream>);

impl Events {
    /// The data of the next event of this name.
    #[track_caller]
    pub fn next(&mut self, name: &str) -> Value {
        let mut line = String::new();
        let mut current = String::new();
        loop {
            line.clear();
            assert!(
                self.0.read_line(&mut line).unwrap() > 0,
                "the stream ended before {name}"
            );
            if let Some(name) = line.strip_prefix("event: ") {
                name.trim().clone_into(&mut current);
            } else if let Some(data) = line.strip_prefix("data: ").filter(|_| current == name) {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}
