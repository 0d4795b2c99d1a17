//! Briefings made by a program, for what is measured on many.

use std::error::Error;
use std::path::Path;
use std::process::Command;

/// Has `generator` write `count` briefings into `corpus`.
pub fn generate(generator: &Path, count: usize, corpus: &Path) -> Result<(), Box<dyn Error>> {
    let mut python = Command::new("python3");
    let status = python.arg(generator).arg(count.to_string()).arg(corpus).status()?;
    status
        .success()
        .then_some(())
        .ok_or_else(|| format!("{} failed", generator.display()).into())
}
