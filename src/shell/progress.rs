//! How far a long piece of work has come, as a bar on the terminal.
//!
//! Nothing is shown within the first second, nor where standard error is no terminal.
#![expect(clippy::disallowed_methods, reason = "measures time")]

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::progress::{Progress, Stage};

/// How long work goes on before a bar is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar, hidden at first.
pub struct Bar {
    drawn: ProgressBar,
    started: Instant,
    shown: AtomicBool,
}

impl Bar {
    /// A bar for work that begins now.
    pub fn new() -> Bar {
        let drawn = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg:>8} [{wide_bar}] {human_pos} of {human_len}") {
            drawn.set_style(style.progress_chars("=> "));
        }
        Bar {
            drawn,
            started: Instant::now(),
            shown: AtomicBool::new(false),
        }
    }

    /// How long the work has gone on.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Takes the bar off the terminal.
    pub fn clear(&self) {
        self.drawn.finish_and_clear();
    }
}

impl Default for Bar {
    fn default() -> Bar {
        Bar::new()
    }
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, total: usize) {
        self.drawn.reset();
        self.drawn.set_length(total as u64);
        self.drawn.set_message(match stage {
            Stage::Reading => "reading",
            Stage::Writing => "writing",
        });
    }

    fn step(&self) {
        self.drawn.inc(1);
        let late = || self.started.elapsed() > PATIENCE;
        if !self.shown.load(Ordering::Relaxed) && late() && !self.shown.swap(true, Ordering::Relaxed) {
            self.drawn.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
    }
}
