//! A server that is measured.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::events::{Events, Protocol};
use crate::sites::Edit;
use crate::{LONGEST, Result, http};

/// Between two requests for the same page.
const STEP: Duration = Duration::from_millis(2);

/// What is to be edited of a site that runs.
pub type Edits = Box<dyn Fn(&Running) -> Result<Vec<Edit>>>;

/// How to run a server on a site.
pub struct Server {
    pub program: PathBuf,
    /// All but the port, which comes last.
    pub arguments: Vec<String>,
    pub protocol: Protocol,
    /// Where it keeps what it knows from one start to the next.
    pub cache: PathBuf,
    /// The files to edit, told with the help of the site as served.
    pub edits: Edits,
}

/// A server that runs, until it is dropped.
pub struct Running {
    process: Child,
    port: u16,
    protocol: Protocol,
    said: Receiver<f64>,
}

impl Server {
    /// Lets the next start be the first.
    pub fn forget(&self) -> Result<()> {
        if self.cache.exists() {
            fs::remove_dir_all(&self.cache)?;
        }
        Ok(())
    }

    pub fn start(&self) -> Result<Running> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).arg(port.to_string());
        command.env("BAYAN_CACHE_DIR", &self.cache);
        let mut process = command
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", self.program.display()))?;
        let (to, said) = mpsc::channel();
        let output = process.stdout.take().ok_or("no output")?;
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(std::result::Result::ok);
            for work in lines.filter_map(|line| milliseconds(&line)) {
                if to.send(work).is_err() {
                    return;
                }
            }
        });
        Ok(Running {
            process,
            port,
            protocol: self.protocol,
            said,
        })
    }
}

impl Running {
    /// The text that stands at `path`; empty where nothing does.
    pub fn get(&self, path: &str) -> Result<String> {
        http::get(self.port, path)
    }

    /// Asks for a page until it is as it should be; when that was.
    pub fn wait_for(&self, path: &str, mut is_right: impl FnMut(&str) -> bool) -> Result<Instant> {
        let started = Instant::now();
        loop {
            // Until it listens, a server refuses.
            if self.get(path).is_ok_and(|text| is_right(&text)) {
                return Ok(Instant::now());
            }
            if started.elapsed() > LONGEST {
                return Err(format!("{path} is not what it should be").into());
            }
            thread::sleep(STEP);
        }
    }

    /// Listens to what happens to the page of an edit, as a browser that shows it.
    pub fn follow(&self, edit: &Edit) -> Result<Events> {
        let answer = http::ask(self.port, "1.0", &edit.page, "")?;
        let etag = answer.head.iter().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("etag")
                .then(|| value.trim().trim_matches('"'))
        });
        let page = match edit.page.strip_suffix('/') {
            Some(folder) => format!("{folder}/index.html"),
            None => String::new(),
        };
        Events::listen(
            self.protocol,
            self.port,
            page.trim_start_matches('/'),
            etag.unwrap_or_default(),
        )
    }

    /// What it has said of its own work since it was last asked, in milliseconds.
    pub fn said(&self) -> impl Iterator<Item = f64> {
        self.said.try_iter()
    }

    /// The most memory that it held, in MiB.
    pub fn memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes: f64 = line
            .and_then(|line| line.split_whitespace().next())
            .ok_or("no memory")?
            .parse()?;
        Ok(kibibytes / 1024.0)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The number before "ms" in a line: `seeds/a.txt changed (3 ms)`, `Total in 350 ms`.
fn milliseconds(line: &str) -> Option<f64> {
    let (before, _) = line.split_once(" ms")?;
    before.rsplit([' ', '(']).next()?.parse().ok()
}
