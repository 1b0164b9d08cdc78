//! What came of an import, counted.

use super::{
    put::{Outcome, Put},
    read::Kind,
};

/// How many rows of a kind came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub new: u64,
    pub same: u64,
    pub changed: u64,
    pub refused: u64,
}

impl Tally {
    /// Of one row.
    pub fn of(outcome: &Outcome) -> Self {
        let mut tally = Self::default();
        tally.count(outcome);
        tally
    }

    fn add(&mut self, other: Self) {
        self.new += other.new;
        self.same += other.same;
        self.changed += other.changed;
        self.refused += other.refused;
    }

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
    /// Counts a row, and the data objects that came with it.
    pub fn count(&mut self, kind: Kind, put: &Put) {
        if kind != Kind::Object {
            self.0[kind as usize].count(&put.outcome);
        }
        self.0[Kind::Object as usize].add(put.objects);
    }

    pub fn of(&self, kind: Kind) -> Tally {
        self.0[kind as usize]
    }

    pub fn refused(&self) -> u64 {
        self.0.iter().map(|tally| tally.refused).sum()
    }
}
