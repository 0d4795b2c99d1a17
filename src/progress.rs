//! How far the work has come, told to whoever watches.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Texts are read and searched for names.
    Reading,
    /// Pages are rendered and written.
    Writing,
}

/// Someone who watches the work.
pub trait Progress: Sync {
    /// Work on `stage` begins; it has `total` steps.
    fn begin(&self, stage: Stage, total: usize);
    /// One step is done.
    fn step(&self);
}

/// Nobody watches.
pub struct Unwatched;

impl Progress for Unwatched {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}
