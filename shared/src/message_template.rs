//! The messages to customers that the vendor can put into other words, and what may stand in them.

use crate::words::word_enum;

word_enum! {
    /// A message whose words the vendor can change. The word is that of the message in the list of communications.
    pub enum TemplateKind {
        KeyIssued = "key_issued", "Licence key";
        KeyReissued = "key_reissued", "Re-issued licence key";
        TrialEnding = "trial_ending", "Trial ends";
        Expiry = "expiry", "Subscription ends";
        Expired = "expired", "Subscription has ended";
        PaymentFailed = "payment_failed", "Payment failed";
        Renewal = "renewal", "Renewal";
        RenewalMissed = "renewal_missed", "Renewal missed";
        Cancelled = "cancelled", "Subscription cancelled";
        ExpiryNotice = "expiry_notice", "Licence key ends";
        Association = "association", "Association link";
        MovedIn = "moved_in", "Invitation after moving in";
        EmailProof = "email_proof", "Proof of an address";
        AlreadyRegistered = "already_registered", "Account exists already";
        PasswordReset = "password_reset", "Password reset";
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
        When = "when", "That day in words: “today”, “in 3 days”, “3 days ago”";
        Days = "days", "How many days lie between, as a number";
        Until = "until", "The last day on which the licence works";
        Amount = "amount", "The price";
        Reason = "reason", "Why it did not work, in a sentence";
        Key = "key", "The licence key";
        Code = "code", "The six digits";
        Link = "link", "The address to go to";
    }
}

impl TemplateKind {
    /// What may stand in it.
    pub const fn placeholders(self) -> &'static [Placeholder] {
        use Placeholder::{
            Amount, Code, Customer, Date, Days, Key, Link, Plan, Product, Reason, Until, Vendor, When,
        };
        match self {
            Self::KeyIssued | Self::KeyReissued => &[Vendor, Customer, Product, Key, Link],
            Self::ExpiryNotice => &[Vendor, Customer, Product, Key, Date, When, Days, Link],
            Self::TrialEnding | Self::Renewal | Self::Expiry => {
                &[Vendor, Customer, Product, Plan, Date, When, Days, Amount, Link]
            }
            Self::PaymentFailed | Self::Expired => {
                &[Vendor, Customer, Product, Plan, Date, When, Days, Until, Amount, Link]
            }
            Self::RenewalMissed => {
                &[Vendor, Customer, Product, Plan, Date, When, Days, Until, Amount, Reason, Link]
            }
            Self::Cancelled => &[Vendor, Customer, Product, Plan, Date, When, Days, Until, Link],
            Self::Association | Self::MovedIn => &[Vendor, Customer, Link],
            Self::EmailProof => &[Vendor, Code],
            Self::AlreadyRegistered | Self::PasswordReset => &[Vendor, Link],
        }
    }

    /// What its text cannot do without: whoever gets it could not do what it is for.
    pub const fn needs(self) -> Option<Placeholder> {
        match self {
            Self::KeyIssued | Self::KeyReissued => Some(Placeholder::Key),
            Self::EmailProof => Some(Placeholder::Code),
            Self::Association | Self::MovedIn | Self::AlreadyRegistered | Self::PasswordReset => {
                Some(Placeholder::Link)
            }
            Self::TrialEnding
            | Self::Expiry
            | Self::Expired
            | Self::PaymentFailed
            | Self::Renewal
            | Self::RenewalMissed
            | Self::Cancelled
            | Self::ExpiryNotice => None,
        }
    }

    /// When it is sent, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Self::KeyIssued => "Sent once, when a purchase has made its key.",
            Self::KeyReissued => "Sent when a key got into the wrong hands and another took its place.",
            Self::TrialEnding => "Reminds of the end of a trial without a card.",
            Self::Expiry => "Reminds of a subscription that ends soon and does not renew by itself.",
            Self::Expired => "Reminds of a subscription that has ended and was not renewed.",
            Self::PaymentFailed => {
                "Reminds of a payment that failed, until it is made or the subscription ends."
            }
            Self::Renewal => "Reminds of what is charged soon by itself.",
            Self::RenewalMissed => "Sent once when a subscription could not be renewed from the balance.",
            Self::Cancelled => "Confirms that a subscription was cancelled, at once or for later.",
            Self::ExpiryNotice => "Reminds of a licence key that ends and belongs to no subscription.",
            Self::Association => "Invites a customer to the portal, when staff send the association link.",
            Self::MovedIn => "Invites a customer whose licences came from another licensing service.",
            Self::EmailProof => "Brings the code to whoever signs up or changes their address.",
            Self::AlreadyRegistered => "Goes to who signs up with an address that has an account.",
            Self::PasswordReset => "Goes to customers who forgot their password.",
        }
    }

    /// Whether a text may be used for it.
    ///
    /// # Errors
    /// What is wrong, for the field.
    pub fn check_text(self, text: &str) -> Result<(), String> {
        self.check_names(text)?;
        match self.needs() {
            Some(needed) if !names(text).any(|name| name == needed.as_str()) => {
                Err(format!("This message needs {{{needed}}} in its text: {}.", needed.label()))
            }
            _ => Ok(()),
        }
    }

    /// Whether a subject may be used for it.
    ///
    /// # Errors
    /// What is wrong, for the field.
    pub fn check_names(self, text: &str) -> Result<(), String> {
        let known = |name: &str| Placeholder::parse(name).is_some_and(|it| self.placeholders().contains(&it));
        match names(text).find(|name| !known(name)) {
            None => Ok(()),
            Some(name) => {
                let all: Vec<String> = self.placeholders().iter().map(|it| format!("{{{it}}}")).collect();
                Err(format!("{{{name}}} cannot stand here. These can: {}.", all.join(", ")))
            }
        }
    }
}

/// Puts values in place of `{names}`. A brace that encloses no known name stays, and a value is not looked at again.
pub fn fill(text: &str, value: impl Fn(Placeholder) -> String) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next(rest) {
        filled.push_str(before);
        match Placeholder::parse(name) {
            Some(placeholder) => filled.push_str(&value(placeholder)),
            None => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled + rest
}

/// All names in braces, in their order.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, name, after) = next(rest)?;
        rest = after;
        Some(name)
    })
}

/// What stands before the next name in braces, the name, and what follows. Braces around something that looks like no
/// name are words like others.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let inner = text.get(open + 1..)?;
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
        let (name, after) = inner.split_at(length);
        if let Some(after) = after.strip_prefix('}').filter(|_| !name.is_empty()) {
            return Some((text.get(..open)?, name, after));
        }
        from = open + 1;
    }
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
            ("{{customer}}", "{CUSTOMER}"),
            ("{nobody} {Customer} {}", "{nobody} {Customer} {}"),
            ("ä{customer}ü", "äCUSTOMERü"),
            ("", ""),
        ] {
            assert_eq!(fill(text, value), filled, "{text}");
        }
    }

    #[test]
    fn what_may_not_stand_there_is_named_with_what_may() {
        let kind = TemplateKind::KeyIssued;
        assert_eq!(kind.check_text("{customer}, {key}"), Ok(()));
        let said = kind.check_text("{key} {date}").unwrap_err();
        assert!(said.starts_with("{date} cannot stand here") && said.contains("{product}"), "{said}");
        assert!(kind.check_names("{x {Prodct}").unwrap_err().starts_with("{Prodct}"));
    }

    #[test]
    fn a_message_without_what_it_is_for_is_refused() {
        let said = TemplateKind::KeyIssued.check_text("Thank you, {customer}.").unwrap_err();
        assert!(said.contains("{key}"), "{said}");
        assert_eq!(TemplateKind::Renewal.check_text("Soon."), Ok(()));
        for kind in TemplateKind::ALL {
            assert!(kind.needs().is_none_or(|needed| kind.placeholders().contains(&needed)), "{kind}");
        }
    }
}
