//! Chance that repeats itself: the same seed gives the same numbers on every machine.

/// SplitMix64. For made-up data only; nothing secret comes from here.
pub struct Chance {
    state: u64,
}

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `limit`; 0 for a limit below 1.
    pub fn below(&mut self, limit: i64) -> i64 {
        let limit = u64::try_from(limit).unwrap_or(0).max(1);
        i64::try_from(self.next() % limit).unwrap_or(0)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    ///
    /// # Panics
    /// Where there is nothing to choose from.
    pub fn one_of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        let index = self.next() % (choices.len() as u64);
        choices[usize::try_from(index).unwrap_or(0)]
    }

    pub fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_and_another_seed_others() {
        let numbers = |seed| {
            let mut chance = Chance::new(seed);
            [chance.next(), chance.next(), chance.next()]
        };
        // The first output of SplitMix64 for seed 0, as published with the algorithm.
        assert_eq!(numbers(0)[0], 0xe220_a839_7b1d_cdaf);
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
    }

    #[test]
    fn numbers_stay_below_their_limit_and_reach_all_of_it() {
        let mut chance = Chance::new(1);
        let mut seen = [false; 6];
        for _ in 0..500 {
            seen[usize::try_from(chance.below(6)).unwrap()] = true;
        }
        assert_eq!(seen, [true; 6]);
        assert_eq!(chance.below(0), 0);
    }
}
