//! Messages that the vendor can put into their own words, and reminders.

use crate::words::word_enum;

word_enum! {
    /// A message whose words the vendor can change. Those that let people in, with codes and links, keep theirs.
    pub enum TemplateKind {
        KeyIssued = "key_issued", "Licence key issued";
        TrialEnding = "trial_ending", "Trial ends";
        PaymentFailed = "payment_failed", "Payment failed";
        Renewal = "renewal", "Renewal";
        Expiry = "expiry", "Subscription ends";
        ExpiryNotice = "expiry_notice", "Licence key ends";
    }
}

word_enum! {
    /// What customers are reminded of.
    pub enum ReminderKind {
        TrialEnding = "trial_ending", "Trial ends";
        PaymentFailed = "payment_failed", "Payment failed";
        Renewal = "renewal", "Renewal";
        Expiry = "expiry", "Subscription ends";
    }
}

word_enum! {
    /// What stands in a message for something that differs from customer to customer: `{product}`.
    pub enum Placeholder {
        Vendor = "vendor", "Your name";
        Customer = "customer", "The customer's name";
        Product = "product", "The product";
        Plan = "plan", "The plan";
        Date = "date", "The day it is about";
        Days = "days", "How far away that is: \"in 3 days\", \"today\", \"3 days ago\"";
        Amount = "amount", "The price, tax not included";
        Key = "key", "The licence key";
        Link = "link", "The customer portal's address";
    }
}

impl TemplateKind {
    /// What may stand in it.
    pub const fn placeholders(self) -> &'static [Placeholder] {
        use Placeholder::{Amount, Customer, Date, Days, Key, Link, Plan, Product, Vendor};
        match self {
            Self::KeyIssued => &[Vendor, Customer, Product, Key, Link],
            Self::ExpiryNotice => &[Vendor, Customer, Product, Key, Days, Link],
            Self::TrialEnding | Self::PaymentFailed | Self::Renewal | Self::Expiry => {
                &[Vendor, Customer, Product, Plan, Date, Days, Amount, Link]
            }
        }
    }

    /// When it is sent, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Self::KeyIssued => "Sent once, when a purchase has made its key.",
            Self::TrialEnding => "Reminds of the end of a trial and of what is charged then.",
            Self::PaymentFailed => {
                "Reminds of a payment that failed, until it is made or the subscription ends."
            }
            Self::Renewal => "Reminds of a renewal. Plans that are paid monthly or more often are left out.",
            Self::Expiry => "Reminds of a subscription that was cancelled and ends soon.",
            Self::ExpiryNotice => {
                "Reminds of a key that ends, for products with the data object cryptolens_expirationnotice."
            }
        }
    }
}

impl ReminderKind {
    /// The message that is sent.
    pub const fn template(self) -> TemplateKind {
        match self {
            Self::TrialEnding => TemplateKind::TrialEnding,
            Self::PaymentFailed => TemplateKind::PaymentFailed,
            Self::Renewal => TemplateKind::Renewal,
            Self::Expiry => TemplateKind::Expiry,
        }
    }

    /// Whether its days count from the moment on rather than up to it.
    pub fn comes_after(self) -> bool {
        self == Self::PaymentFailed
    }
}

/// Puts values in place of `{names}`. A brace that encloses no name stays.
pub fn fill(text: &str, value: impl Fn(Placeholder) -> String) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, placeholder, after)) = next(rest) {
        filled.push_str(before);
        match placeholder {
            Ok(placeholder) => filled.push_str(&value(placeholder)),
            Err(name) => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled + rest
}

/// The first name in braces that may not stand in a message of this kind.
pub fn unknown(kind: TemplateKind, text: &str) -> Option<String> {
    let mut rest = text;
    while let Some((_, placeholder, after)) = next(rest) {
        match placeholder {
            Ok(placeholder) if kind.placeholders().contains(&placeholder) => {}
            Ok(placeholder) => return Some(placeholder.as_str().to_owned()),
            Err(name) => return Some(name.to_owned()),
        }
        rest = after;
    }
    None
}

/// What stands before the next name in braces, the name, and what follows.
fn next(text: &str) -> Option<(&str, Result<Placeholder, &str>, &str)> {
    let (before, inner) = text.split_once('{')?;
    let (name, after) = inner.split_once('}')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if !is_name {
        // Skips this brace only: a name may begin within.
        let (skipped, placeholder, after) = next(inner)?;
        let end = before.len() + 1 + skipped.len();
        return Some((text.get(..end)?, placeholder, after));
    }
    Some((before, Placeholder::parse(name).ok_or(name), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_once_and_other_braces_stay() {
        let value = |placeholder: Placeholder| match placeholder {
            Placeholder::Product => "{vendor}".to_owned(),
            other => other.as_str().to_uppercase(),
        };
        for (text, filled) in [
            ("Hello {customer}!", "Hello CUSTOMER!"),
            ("{product}{product}", "{vendor}{vendor}"),
            ("{ {customer} {", "{ CUSTOMER {"),
            ("{nobody} {Customer}", "{nobody} {Customer}"),
            ("", ""),
        ] {
            assert_eq!(fill(text, value), filled, "{text}");
        }
    }

    #[test]
    fn what_may_not_stand_there_is_named() {
        assert_eq!(unknown(TemplateKind::KeyIssued, "{customer} {key}"), None);
        assert_eq!(unknown(TemplateKind::KeyIssued, "{date}"), Some("date".to_owned()));
        assert_eq!(unknown(TemplateKind::Renewal, "{x {prodct}"), Some("prodct".to_owned()));
    }
}
