//! What a server tells browsers of changes.

use std::io::{BufRead as _, Read as _};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::http::{self, Answer};
use crate::{LONGEST, Result};

/// How a server tells of changes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Server-sent events of this program.
    Bayan,
    /// Messages over the socket of `LiveReload`.
    LiveReload,
}

/// When something was told.
pub struct Events(Receiver<Instant>);

impl Events {
    /// Listens to what happens to the page of this path in the output.
    pub fn listen(protocol: Protocol, port: u16, page: &str, etag: &str) -> Result<Events> {
        let (to, events) = mpsc::channel();
        match protocol {
            Protocol::Bayan => {
                let path = format!("/_bayan/events?page={page}&etag={etag}");
                let answer = http::ask(port, "1.0", &path, "")?;
                thread::spawn(move || sent(answer, &to));
            }
            Protocol::LiveReload => {
                let head = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
                let answer = http::ask(port, "1.1", "/livereload", head)?;
                thread::spawn(move || messages(answer, &to));
            }
        }
        Ok(Events(events))
    }

    /// Forgets what was told so far.
    pub fn forget(&mut self) {
        while self.0.try_recv().is_ok() {}
    }

    /// When the next thing is told.
    pub fn next(&mut self, longest: Duration) -> Option<Instant> {
        self.0.recv_timeout(longest.min(LONGEST)).ok()
    }
}

/// Tells of each event that changes what a browser shows.
fn sent(answer: Answer, to: &Sender<Instant>) {
    for line in answer.body.lines().map_while(std::result::Result::ok) {
        let tells = matches!(line.as_str(), "event: page" | "event: style" | "event: gone");
        if tells && to.send(Instant::now()).is_err() {
            return;
        }
    }
}

/// Tells of each message. A server's are not masked, and short.
fn messages(mut answer: Answer, to: &Sender<Instant>) {
    let mut read = |length: usize| {
        let mut bytes = vec![0; length];
        answer.body.read_exact(&mut bytes).map(|()| bytes).ok()
    };
    while let Some(head) = read(2) {
        let length = match head[1] & 0x7F {
            126 => read(2).map(|bytes| usize::from(u16::from_be_bytes([bytes[0], bytes[1]]))),
            length => Some(usize::from(length)),
        };
        let Some(message) = length.and_then(&mut read) else {
            return;
        };
        let is_reload = String::from_utf8_lossy(&message).contains("reload");
        if is_reload && to.send(Instant::now()).is_err() {
            return;
        }
    }
}
