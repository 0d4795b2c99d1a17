//! As much of HTTP as is needed: one request to a connection, of this machine.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};

use crate::{LONGEST, Result};

/// What a server answers.
pub struct Answer {
    pub status: u16,
    /// Of its head, the lines after the first.
    pub head: Vec<String>,
    /// What follows.
    pub body: BufReader<TcpStream>,
}

/// Asks for `path`, with more lines for the head of the request.
pub fn ask(port: u16, version: &str, path: &str, head: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(LONGEST))?;
    let request = format!("GET {path} HTTP/{version}\r\nHost: localhost:{port}\r\n{head}\r\n");
    stream.write_all(request.as_bytes())?;
    let mut body = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        body.read_line(&mut line)?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let status = lines
        .first()
        .and_then(|line| line.split(' ').nth(1))
        .ok_or("no answer")?;
    Ok(Answer {
        status: status.parse()?,
        head: lines.split_off(1),
        body,
    })
}

/// The text that stands at `path`; empty where nothing does. The older form of HTTP ends with its bytes.
pub fn get(port: u16, path: &str) -> Result<String> {
    let mut answer = ask(port, "1.0", path, "")?;
    let mut bytes = Vec::new();
    answer.body.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(if answer.status == 200 { text } else { String::new() })
}
