//! One file of the site, written whole or not at all.
//!
//! In: the site's folder, a path in it, what the file is known to hold and what it is to hold. Out: the file, or why it
//! was not written. Whenever the program is stopped, the file is the old one or the new one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use crate::shell::cause;

/// Why a file was not written.
#[derive(Debug, PartialEq, Eq)]
pub enum Denied {
    /// It does not hold what it is known to hold.
    Changed,
    /// It lies outside the site's folder, or is a link.
    Outside,
    /// The disk said no; why.
    Disk(String),
}

impl From<io::Error> for Denied {
    fn from(error: io::Error) -> Denied {
        Denied::Disk(cause(&error))
    }
}

/// Lets the file `path` of the folder `root`, which has no links in it, hold `after` where it holds `before`; `None` is
/// that there is no such file. `mark` tells this program's temporary files from those of others.
///
/// # Errors
///
/// Where it holds something else, is not the site's own, or cannot be written.
#[expect(clippy::disallowed_methods, reason = "writes files")]
pub fn put(root: &Path, path: &str, before: Option<&[u8]>, after: Option<&[u8]>, mark: &str) -> Result<(), Denied> {
    let place = within(root, path)?;
    if held(&place)?.as_deref() != before {
        return Err(Denied::Changed);
    }
    let Some(after) = after else {
        fs::remove_file(&place)?;
        return Ok(());
    };
    let folder = place.parent().unwrap_or(root);
    fs::create_dir_all(folder)?;
    let new = folder.join(format!(".bayan-desk-{mark}.tmp"));
    let done = whole(&new, &place, before, after);
    if done.is_err() {
        // What could not be written cannot always be removed either; it is hidden and passed over.
        let _ = fs::remove_file(&new);
    }
    done?;
    sync(folder);
    Ok(())
}

/// Where the file lies, if that is in the site's folder and no link leads out of it.
#[expect(clippy::disallowed_methods, reason = "follows links")]
fn within(root: &Path, path: &str) -> Result<PathBuf, Denied> {
    let plain = Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !plain || path.contains(['\0', '\\']) {
        return Err(Denied::Outside);
    }
    let place = root.join(path);
    if place.symlink_metadata().is_ok_and(|file| !file.is_file()) {
        return Err(Denied::Outside);
    }
    let there = place
        .ancestors()
        .skip(1)
        .find(|folder| folder.symlink_metadata().is_ok());
    let real = there.unwrap_or(root).canonicalize()?;
    if real.starts_with(root) {
        Ok(place)
    } else {
        Err(Denied::Outside)
    }
}

#[expect(clippy::disallowed_methods, reason = "reads files")]
fn held(place: &Path) -> Result<Option<Vec<u8>>, Denied> {
    match fs::read(place) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Writes `new` and moves it to `place`, which is looked at once more before.
#[expect(clippy::disallowed_methods, reason = "writes files")]
fn whole(new: &Path, place: &Path, before: Option<&[u8]>, after: &[u8]) -> Result<(), Denied> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(new)?;
    file.write_all(after)?;
    if let Ok(old) = place.metadata() {
        fs::set_permissions(new, old.permissions())?;
    }
    file.sync_all()?;
    drop(file);
    if held(place)?.as_deref() != before {
        return Err(Denied::Changed);
    }
    fs::rename(new, place)?;
    Ok(())
}

/// Lets the disk remember the new name. Not every system can; the file itself is there in any case.
#[expect(clippy::disallowed_methods, reason = "opens a folder")]
fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "writes files")]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir(root.join("content")).unwrap();
        fs::write(root.join("content/a.md"), "old").unwrap();
        (folder, root)
    }

    fn put(root: &Path, path: &str, before: Option<&str>, after: Option<&str>) -> Result<(), Denied> {
        super::put(root, path, before.map(str::as_bytes), after.map(str::as_bytes), "x")
    }

    #[test]
    fn a_file_is_written_only_where_it_holds_what_was_seen() {
        let (_folder, root) = site();
        assert_eq!(
            put(&root, "content/a.md", Some("older"), Some("new")),
            Err(Denied::Changed)
        );
        assert_eq!(put(&root, "content/a.md", None, Some("new")), Err(Denied::Changed));
        assert_eq!(
            put(&root, "content/b/c.md", Some("x"), Some("new")),
            Err(Denied::Changed)
        );
        assert_eq!(put(&root, "content/a.md", Some("old"), Some("new")), Ok(()));
        assert_eq!(put(&root, "content/b/c.md", None, Some("new")), Ok(()));
        assert_eq!(fs::read_to_string(root.join("content/a.md")).unwrap(), "new");
        assert_eq!(put(&root, "content/b/c.md", Some("new"), None), Ok(()));
        let left: Vec<_> = fs::read_dir(root.join("content/b")).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn nothing_is_written_outside_the_folder() {
        let (_folder, root) = site();
        for path in [
            "../a.md",
            "/tmp/a.md",
            "content/../../a.md",
            "content/a\0.md",
            "content\\a.md",
            "content",
        ] {
            assert_eq!(put(&root, path, None, Some("new")), Err(Denied::Outside), "{path:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let (_folder, root) = site();
        let elsewhere = tempfile::tempdir().unwrap();
        symlink(elsewhere.path(), root.join("lexicon")).unwrap();
        symlink(root.join("content/a.md"), root.join("content/b.md")).unwrap();
        assert_eq!(
            put(&root, "lexicon/aliases.yaml", None, Some("new")),
            Err(Denied::Outside)
        );
        assert_eq!(
            put(&root, "content/b.md", Some("old"), Some("new")),
            Err(Denied::Outside)
        );
        let file = root.join("content/a.md");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(put(&root, "content/a.md", Some("old"), Some("new")), Ok(()));
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
