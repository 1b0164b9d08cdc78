//! How far a command is, drawn on a terminal; nothing is drawn anywhere else.

use std::io::{IsTerminal as _, Write as _};

pub struct Progress {
    all: u64,
    what: &'static str,
    shown: bool,
}

impl Progress {
    /// `all` of `what`, such as 500 of "customers".
    pub fn of(all: u64, what: &'static str) -> Self {
        Self { all: Ord::max(all, 1), what, shown: std::io::stderr().is_terminal() }
    }

    pub fn at(&self, done: u64) {
        const WIDTH: u64 = 40;
        if !self.shown {
            return;
        }
        let filled = usize::try_from(WIDTH * done.min(self.all) / self.all).unwrap_or(0);
        let empty = usize::try_from(WIDTH).unwrap_or(0).saturating_sub(filled);
        let (all, what) = (self.all, self.what);
        let mut out = std::io::stderr().lock();
        // A bar that cannot be drawn stops nothing.
        let _ = write!(out, "\r[{}{}] {done} of {all} {what}", "#".repeat(filled), " ".repeat(empty));
        let _ = out.flush();
    }

    /// Leaves the bar as it is and goes on below it.
    pub fn end(&self) {
        if self.shown {
            eprintln!();
        }
    }
}
