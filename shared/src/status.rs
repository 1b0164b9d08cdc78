//! The three axes of status and the headline of the lists. `engine::status` computes them.

use crate::words::word_enum;

word_enum! {
    /// Whether a customer's account may be used at all.
    pub enum AccountStatus {
        /// Made, but nobody has signed in to it yet.
        Pending = "pending", "Pending";
        Active = "active", "Active";
        /// Switched off by staff.
        Disabled = "disabled", "Disabled";
    }
}

word_enum! {
    /// How a customer's contract stands.
    pub enum SubscriptionStatus {
        /// Agreed, but not begun: the first payment or the first sign-in is still to come.
        PendingStart = "pending_start", "Not started";
        Trial = "trial", "Trial";
        Active = "active", "Active";
        /// A payment failed; what was bought still works.
        PastDue = "past_due", "Past due";
        /// What was paid for is over; it still works for the days of grace.
        Grace = "grace", "Grace";
        Paused = "paused", "Paused";
        Expired = "expired", "Expired";
        Cancelled = "cancelled", "Cancelled";
    }
}

word_enum! {
    /// Whether a licence key works.
    pub enum KeyStatus {
        Active = "active", "Active";
        /// What was paid for is over; the key still works for the days of grace.
        Grace = "grace", "Grace";
        Expired = "expired", "Expired";
        /// Refused, whatever its expiry; see [`BlockSource`].
        Blocked = "blocked", "Blocked";
    }
}

word_enum! {
    /// Who blocked a key. Billing lifts only its own block.
    pub enum BlockSource {
        Staff = "staff", "By staff";
        Billing = "billing", "By billing";
        /// The hourly job of products that block expired keys.
        Scheduler = "scheduler", "After expiry";
        /// Replaced by a new key.
        ReIssue = "re_issue", "Replaced";
        /// The money for it went back, and the vendor's rule says so.
        Refund = "refund", "After a refund";
    }
}

word_enum! {
    /// One word for a customer in a list, the most pressing first.
    pub enum Headline {
        Disabled = "disabled", "Disabled";
        Pending = "pending", "Pending";
        Trial = "trial", "Trial";
        PastDue = "past_due", "Past due";
        Grace = "grace", "Grace";
        Paused = "paused", "Paused";
        Active = "active", "Active";
        Expired = "expired", "Expired";
        Cancelled = "cancelled", "Cancelled";
        /// Active account without any subscription.
        None = "none", "No subscription";
    }
}

/// How a status is coloured: always together with its word, never instead of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    Good,
    /// Look at it soon.
    Warning,
    /// Does not work.
    Bad,
}

impl AccountStatus {
    pub const fn tone(self) -> Tone {
        match self {
            Self::Pending => Tone::Neutral,
            Self::Active => Tone::Good,
            Self::Disabled => Tone::Bad,
        }
    }
}

impl SubscriptionStatus {
    pub const fn tone(self) -> Tone {
        match self {
            Self::Trial | Self::Active => Tone::Good,
            Self::PastDue | Self::Grace => Tone::Warning,
            Self::Expired => Tone::Bad,
            Self::PendingStart | Self::Paused | Self::Cancelled => Tone::Neutral,
        }
    }

    /// Whether what was bought works in this status.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Trial | Self::Active | Self::PastDue | Self::Grace)
    }
}

impl KeyStatus {
    pub const fn tone(self) -> Tone {
        match self {
            Self::Active => Tone::Good,
            Self::Grace => Tone::Warning,
            Self::Expired | Self::Blocked => Tone::Bad,
        }
    }
}

impl Headline {
    pub const fn tone(self) -> Tone {
        match self {
            Self::Trial | Self::Active => Tone::Good,
            Self::PastDue | Self::Grace => Tone::Warning,
            Self::Disabled | Self::Expired => Tone::Bad,
            Self::Pending | Self::Paused | Self::Cancelled | Self::None => Tone::Neutral,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_the_database_and_the_code_use_one_word() {
        for &status in SubscriptionStatus::ALL {
            assert_eq!(serde_json::to_string(&status).unwrap(), format!("\"{status}\""));
            assert_eq!(SubscriptionStatus::parse(status.as_str()), Some(status));
        }
        for &headline in Headline::ALL {
            assert_eq!(serde_json::to_string(&headline).unwrap(), format!("\"{headline}\""));
            assert_eq!(Headline::parse(headline.as_str()), Some(headline));
        }
        assert_eq!(KeyStatus::parse("Active"), None, "stored words are exact");
        assert_eq!(BlockSource::STORED, ["staff", "billing", "scheduler", "re_issue", "refund"]);
    }

    #[test]
    fn headlines_are_declared_in_the_order_of_their_weight() {
        let words: Vec<_> = Headline::ALL.iter().map(|headline| headline.as_str()).collect();
        assert_eq!(
            words.join(" > "),
            "disabled > pending > trial > past_due > grace > paused > active > expired > cancelled > none"
        );
    }
}
