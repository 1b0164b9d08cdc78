//! Stripe's words for a subscription.

/// The status of a Stripe subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StripeStatus {
    /// The first payment has not succeeded yet.
    Incomplete,
    /// It never did, and Stripe gave up.
    IncompleteExpired,
    Trialing,
    Active,
    /// A renewal failed and is tried again.
    PastDue,
    /// All tries failed; Stripe keeps it open.
    Unpaid,
    Paused,
    Canceled,
    /// A word of a newer Stripe.
    Unknown,
}

impl StripeStatus {
    pub const ALL: [Self; 9] = [
        Self::Incomplete,
        Self::IncompleteExpired,
        Self::Trialing,
        Self::Active,
        Self::PastDue,
        Self::Unpaid,
        Self::Paused,
        Self::Canceled,
        Self::Unknown,
    ];

    /// Never fails: a word that is not known is [`StripeStatus::Unknown`].
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.as_str() == word).unwrap_or(Self::Unknown)
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::IncompleteExpired => "incomplete_expired",
            Self::Trialing => "trialing",
            Self::Active => "active",
            Self::PastDue => "past_due",
            Self::Unpaid => "unpaid",
            Self::Paused => "paused",
            Self::Canceled => "canceled",
            Self::Unknown => "unknown",
        }
    }

    /// Nothing brings it back.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Canceled | Self::IncompleteExpired)
    }

    /// A key is due in this status.
    pub const fn earns_a_key(self) -> bool {
        matches!(self, Self::Trialing | Self::Active | Self::PastDue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip_and_new_ones_are_unknown() {
        for status in StripeStatus::ALL {
            assert_eq!(StripeStatus::parse(status.as_str()), status);
        }
        assert_eq!(StripeStatus::parse("hibernating"), StripeStatus::Unknown);
        assert_eq!(StripeStatus::parse("Active"), StripeStatus::Unknown);
    }
}
