//! What came of an import, counted.

use super::{put::Outcome, read::Kind};

/// How many rows of a kind came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub new: u64,
    pub same: u64,
    pub changed: u64,
    pub refused: u64,
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::New => self.new += 1,
            Outcome::Same => self.same += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Refused(_) => self.refused += 1,
        }
    }
}

/// What came of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report([Tally; 4]);

impl Report {
    pub fn count(&mut self, kind: Kind, outcome: &Outcome) {
        self.0[kind as usize].count(outcome);
    }

    pub fn of(&self, kind: Kind) -> Tally {
        self.0[kind as usize]
    }

    pub fn refused(&self) -> u64 {
        self.0.iter().map(|tally| tally.refused).sum()
    }
}
