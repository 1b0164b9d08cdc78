//! What customers are reminded of, and on which days; and what they are told of as it happens.

use crate::{message_template::TemplateKind, words::word_enum};

/// Nobody is reminded earlier or later than this.
pub const MOST_DAYS: i64 = 365;

word_enum! {
    /// What customers are reminded of.
    pub enum ReminderKind {
        TrialEnding = "trial_ending", "Trial ends";
        Expiry = "expiry", "Subscription ends";
        Expired = "expired", "Subscription has ended";
        PaymentFailed = "payment_failed", "Payment failed";
        Renewal = "renewal", "Renewal";
        RenewalMissed = "renewal_missed", "Renewal missed";
        Cancelled = "cancelled", "Subscription cancelled";
        KeyEnding = "key_ending", "Licence key ends";
    }
}

impl ReminderKind {
    /// The message that is sent.
    pub const fn template(self) -> TemplateKind {
        match self {
            Self::TrialEnding => TemplateKind::TrialEnding,
            Self::Expiry => TemplateKind::Expiry,
            Self::Expired => TemplateKind::Expired,
            Self::PaymentFailed => TemplateKind::PaymentFailed,
            Self::Renewal => TemplateKind::Renewal,
            Self::RenewalMissed => TemplateKind::RenewalMissed,
            Self::Cancelled => TemplateKind::Cancelled,
            Self::KeyEnding => TemplateKind::ExpiryNotice,
        }
    }

    /// Who gets it, in a sentence or two.
    pub const fn about(self) -> &'static str {
        match self {
            Self::TrialEnding => {
                "Before a trial without a card ends. Who left a card becomes a paying customer and is not asked for one."
            }
            Self::Expiry => {
                "Before a subscription ends: one that was cancelled, or one paid by invoice that was not renewed yet."
            }
            Self::Expired => "After a subscription paid by invoice has ended, until it is renewed.",
            Self::PaymentFailed => "After a payment failed, until it is made or the subscription ends.",
            Self::Renewal => {
                "Before Stripe charges by itself: for plans that are paid less often than monthly, and at the end of a trial with a card."
            }
            Self::RenewalMissed => {
                "When a subscription that renews from the balance could not: the balance is too small, or the plan is no longer offered."
            }
            Self::Cancelled => "When the customer or somebody of yours cancels a subscription.",
            Self::KeyEnding => {
                "Before a licence key ends that belongs to no subscription. A product's data object cryptolens_expirationnotice goes before what is set here."
            }
        }
    }

    /// Whether its days count from the day on rather than up to it.
    pub const fn comes_after(self) -> bool {
        matches!(self, Self::PaymentFailed | Self::Expired)
    }

    /// Whether it is sent the moment that it happens, so that there are no days to set.
    pub const fn is_at_once(self) -> bool {
        matches!(self, Self::RenewalMissed | Self::Cancelled)
    }

    /// Whether it is sent while the vendor has not said anything.
    pub const fn on_by_default(self) -> bool {
        !matches!(self, Self::Renewal | Self::KeyEnding)
    }

    /// The days while the vendor has not said anything.
    pub const fn default_days(self) -> &'static str {
        match self {
            Self::PaymentFailed => "0, 3, 7",
            // The day itself is told of before it.
            Self::Expired => "3, 7",
            Self::RenewalMissed | Self::Cancelled => "",
            Self::TrialEnding | Self::Expiry | Self::Renewal | Self::KeyEnding => "7, 3, 0",
        }
    }

    /// Days as people type them: each once, in the order in which they come. None for what is sent at once.
    ///
    /// # Errors
    /// The part that is no number of days from 0 to [`MOST_DAYS`].
    pub fn days(self, text: &str) -> Result<Vec<i64>, String> {
        if self.is_at_once() {
            return Ok(Vec::new());
        }
        let mut days = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match part.parse::<i64>() {
                Ok(day) if (0..=MOST_DAYS).contains(&day) => days.push(day),
                _ => return Err(part.to_owned()),
            }
        }
        days.sort_unstable();
        days.dedup();
        if !self.comes_after() {
            days.reverse();
        }
        Ok(days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_their_order_and_what_is_none_is_named() {
        assert_eq!(ReminderKind::Expiry.days("0, 3,7,3,"), Ok(vec![7, 3, 0]));
        assert_eq!(ReminderKind::PaymentFailed.days("7, 0,3"), Ok(vec![0, 3, 7]));
        assert_eq!(ReminderKind::Expiry.days(" "), Ok(Vec::new()));
        for wrong in ["soon", "-1", "366", "1.5"] {
            assert_eq!(ReminderKind::Expiry.days(&["7, ", wrong].concat()), Err(wrong.to_owned()));
        }
    }

    #[test]
    fn the_defaults_can_be_read_and_stand_as_they_are_shown() {
        for kind in ReminderKind::ALL {
            let days = kind.days(kind.default_days()).unwrap();
            let shown: Vec<String> = days.iter().map(i64::to_string).collect();
            assert_eq!(shown.join(", "), kind.default_days(), "{kind}");
        }
    }
}
