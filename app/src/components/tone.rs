//! The meaning of a colour.

/// What a badge, banner, tile or dot says by its colour. Always accompanied by a word or an icon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    Good,
    Notice,
    Bad,
    #[default]
    Neutral,
    Accent,
}

impl Tone {
    /// The class that sets `--tone` and `--tone-soft`.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "tone-good",
            Self::Notice => "tone-notice",
            Self::Bad => "tone-bad",
            Self::Neutral => "tone-neutral",
            Self::Accent => "tone-accent",
        }
    }
}
