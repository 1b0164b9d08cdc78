use std::fmt;

/// The features F1 to F8 of a key: each on, off, or not said.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Features {
    /// Bit 0 is F1.
    on: u8,
    said: u8,
}

impl Features {
    pub const COUNT: u8 = 8;

    /// All eight said, F1 first.
    pub fn from_flags(flags: [bool; 8]) -> Self {
        (1..).zip(flags).fold(Self::default(), |features, (number, on)| features.with(number, on))
    }

    /// With feature `number` (1 to 8) on or off; any other number changes nothing.
    #[must_use]
    pub fn with(self, number: u8, on: bool) -> Self {
        let bit = Self::bit(number);
        Self { on: if on { self.on | bit } else { self.on & !bit }, said: self.said | bit }
    }

    /// Whether feature `number` (1 to 8) is on; `None` if that is not said.
    pub fn get(self, number: u8) -> Option<bool> {
        let bit = Self::bit(number);
        (self.said & bit != 0).then_some(self.on & bit != 0)
    }

    /// F1 to F8, off where nothing is said.
    pub fn flags(self) -> [bool; 8] {
        std::array::from_fn(|index| self.on >> index & 1 == 1)
    }

    /// On if on in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { on: self.on | other.on, said: self.said | other.said }
    }

    /// These, and the other's where nothing is said here.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self { on: self.on | (other.on & !self.said), said: self.said | other.said }
    }

    fn bit(number: u8) -> u8 {
        if (1..=Self::COUNT).contains(&number) { 1 << (number - 1) } else { 0 }
    }
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = (1..=Self::COUNT).filter_map(|number| self.get(number).map(|on| (number, on)));
        f.debug_map().entries(said.map(|(number, on)| (format!("F{number}"), on))).finish()
    }
}
