//! A folder of a test's own, and the program run in it.
#![allow(
    clippy::disallowed_methods,
    reason = "tests lay out folders and look at what came of them"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A folder that is gone when the test ends, and one beside it for what the program keeps of its own.
pub struct Folder(TempDir, TempDir);

/// What the program did.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    /// An empty folder.
    pub fn new() -> Folder {
        Folder(TempDir::new().unwrap(), TempDir::new().unwrap())
    }

    /// A folder with a site of these raw texts.
    pub fn site(texts: &[(&str, &str)]) -> Folder {
        let folder = Folder::new();
        folder.write("book.toml", "");
        for (path, text) in texts {
            folder.write(&format!("seeds/{path}"), text);
        }
        folder
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn exists(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }

    /// Every file below `path` and its bytes.
    pub fn tree(&self, path: &str) -> BTreeMap<String, Vec<u8>> {
        let mut tree = BTreeMap::new();
        gather(&self.path(path), "", &mut tree);
        tree
    }

    /// The folder of what the program keeps of its own.
    pub fn cache(&self) -> &Path {
        self.1.path()
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command().args(arguments).output().unwrap();
        Ran {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The program, about to run in the folder.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bayan"));
        command.current_dir(self.0.path());
        command.env("BAYAN_CACHE_DIR", self.1.path());
        command
    }

    /// Runs a command that must find nothing wrong.
    #[track_caller]
    pub fn run_well(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
        ran.out
    }

    /// Runs a command that must fail with `status` and say `words` on standard error.
    #[track_caller]
    pub fn run_ill(&self, arguments: &[&str], status: i32, words: &str) -> Ran {
        let ran = self.run(arguments);
        assert!(ran.status == status && ran.err.contains(words), "{ran:?}");
        ran
    }
}

fn gather(folder: &Path, prefix: &str, tree: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            gather(&entry.path(), &format!("{path}/"), tree);
        } else {
            tree.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}
