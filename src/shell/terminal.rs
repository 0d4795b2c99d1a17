//! What is said on standard output and standard error.
#![expect(clippy::disallowed_methods, reason = "reads the environment")]

use std::io::{self, IsTerminal as _, Write as _};

/// Says `text` on standard output. A reader who has gone away is no fault: `bayan entities | head`.
///
/// # Errors
///
/// Where the output cannot be written, as on a full disk.
pub fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Says `text` on standard error. Nobody could be told that this failed.
pub fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Whether standard output shows colours: a terminal does, unless `NO_COLOR` is set.
pub fn has_colours() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let plain = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    io::stdout().is_terminal() && !unwanted && !plain
}
