use std::fmt;

use latchkey_shared::money::Currency;

/// Why something cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is what the customer has.
    NoChange,
    CurrencyMismatch {
        wanted: Currency,
        has: Currency,
    },
    NoBase,
    SeveralBases,
    /// The same product more than once.
    ProductTwice,
    /// No pieces, or a price below nothing.
    NothingWanted,
    /// An extra of another rhythm than the base.
    LengthsDiffer,
    Ended,
    Paused,
    NotPaused,
    /// There is no end of a period to wait for.
    NoPeriod,
    /// The date has passed, or is after the end of the period.
    BadDate,
    /// Another plan for time that is not over, from its end on.
    RunsStill,
    /// The new end would not be later than the old one.
    WouldShorten,
    /// The amounts do not fit.
    TooLarge,
}

impl Refusal {
    /// Stable, for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoChange => "no_change",
            Self::CurrencyMismatch { .. } => "currency_mismatch",
            Self::NoBase => "no_base",
            Self::SeveralBases => "several_bases",
            Self::ProductTwice => "product_twice",
            Self::NothingWanted => "nothing_wanted",
            Self::LengthsDiffer => "lengths_differ",
            Self::Ended => "already_over",
            Self::Paused => "paused",
            Self::NotPaused => "not_paused",
            Self::NoPeriod => "no_period",
            Self::BadDate => "bad_date",
            Self::RunsStill => "runs_still",
            Self::WouldShorten => "would_shorten",
            Self::TooLarge => "too_large_amount",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoChange => "This is what the customer has. Choose something else.",
            Self::CurrencyMismatch { wanted, has } => {
                return write!(f, "The plan costs {wanted}, but the subscription is in {has}.");
            }
            Self::NoBase => "A subscription needs a base product.",
            Self::SeveralBases => "A subscription has one base product only.",
            Self::ProductTwice => "Each product can be in a subscription once. Raise its quantity instead.",
            Self::NothingWanted => "Choose at least one piece of each product.",
            Self::LengthsDiffer => "Extras must be billed as often as the base product.",
            Self::Ended => "This subscription is over. Renew it instead.",
            Self::Paused => "This subscription is paused. Resume it first.",
            Self::NotPaused => "This subscription is not paused.",
            Self::NoPeriod => "There is no end of a period to wait for. Do it now instead.",
            Self::BadDate => "Choose a day that is still to come and not after the paid time.",
            Self::RunsStill => {
                "The paid time is not over. Change the plan now or at the period's end, or renew from today."
            }
            Self::WouldShorten => "It would end no later than it does now.",
            Self::TooLarge => "The amount is too large.",
        })
    }
}
