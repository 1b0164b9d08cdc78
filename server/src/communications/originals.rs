//! What Latchkey writes to customers while the vendor has not said it in other words.

use latchkey_shared::message_template::TemplateKind as Kind;

/// A subject, and the paragraphs of a text.
type Words = (&'static str, &'static [&'static str]);

/// Subject and text.
pub fn words(kind: Kind) -> (String, String) {
    let (subject, paragraphs) = match kind {
        Kind::KeyIssued => KEY_ISSUED,
        Kind::KeyReissued => KEY_REISSUED,
        Kind::TrialEnding => TRIAL_ENDING,
        Kind::Expiry => EXPIRY,
        Kind::Expired => EXPIRED,
        Kind::PaymentFailed => PAYMENT_FAILED,
        Kind::Renewal => RENEWAL,
        Kind::RenewalMissed => RENEWAL_MISSED,
        Kind::Cancelled => CANCELLED,
        Kind::ExpiryNotice => EXPIRY_NOTICE,
        Kind::Association => ASSOCIATION,
        Kind::MovedIn => MOVED_IN,
        Kind::EmailProof => EMAIL_PROOF,
        Kind::AlreadyRegistered => ALREADY_REGISTERED,
        Kind::PasswordReset => PASSWORD_RESET,
    };
    (subject.to_owned(), paragraphs.join("\n\n"))
}

const KEY_ISSUED: Words = (
    "Your licence key for {product}",
    &[
        "Thank you for choosing {product} by {vendor}. This is your licence key:",
        "{key}",
        "You find it, what it allows and your invoices here:",
        "{link}",
    ],
);

const KEY_REISSUED: Words = (
    "Your new licence key for {product}",
    &[
        "Your licence key for {product} by {vendor} was replaced. This is the new one:",
        "{key}",
        "The old key no longer works. Enter the new one in your programs. You find it here:",
        "{link}",
        "If you did not expect this, write to us.",
    ],
);

const TRIAL_ENDING: Words = (
    "Your trial of {product} ends {when}",
    &[
        "Hello {customer},",
        "your trial of {product} by {vendor} ends {when}, on {date}. There is no card yet, so it stops working then.",
        "To go on with {plan} for {amount}, add a card on your billing page:",
        "{link}",
    ],
);

const EXPIRY: Words = (
    "Your subscription to {product} ends {when}",
    &[
        "Hello {customer},",
        "your subscription to {product} ({plan}) by {vendor} ends {when}, on {date}. It does not renew by itself.",
        "If you want to keep it, you find it here:",
        "{link}",
    ],
);

const EXPIRED: Words = (
    "Your subscription to {product} ended {when}",
    &[
        "Hello {customer},",
        "your subscription to {product} ({plan}) by {vendor} ended {when}, on {date}, and was not renewed. The last day on which it works is {until}.",
        "If you want to go on with it for {amount}, write to us. You find it here:",
        "{link}",
    ],
);

const PAYMENT_FAILED: Words = (
    "Your payment for {product} did not go through",
    &[
        "Hello {customer},",
        "the payment of {amount} for {product} ({plan}), due on {date}, did not go through. Without it, the last day on which {product} works is {until}.",
        "Most often the card has run out or has too little on it. Put in another card, or pay the open invoice, here:",
        "{link}",
    ],
);

const RENEWAL: Words = (
    "{product} renews {when}",
    &[
        "Hello {customer},",
        "your subscription to {product} ({plan}) renews {when}, on {date}, for {amount}. You need not do anything.",
        "If you do not want it any longer, cancel before that day:",
        "{link}",
    ],
);

const RENEWAL_MISSED: Words = (
    "Your subscription to {product} could not be renewed",
    &[
        "Hello {customer},",
        "your subscription to {product} ({plan}) by {vendor} was to renew from your balance on {date}. That did not work: {reason}",
        "The last day on which it works is {until}. If you want to go on with it, write to us. You find it here:",
        "{link}",
    ],
);

const CANCELLED: Words = (
    "Your subscription to {product} is cancelled",
    &[
        "Hello {customer},",
        "your subscription to {product} ({plan}) by {vendor} was cancelled. It ends {when}, on {date}, and nothing is charged for it any more.",
        "If you did not expect this, write to us. You find your subscriptions here:",
        "{link}",
    ],
);

const EXPIRY_NOTICE: Words = (
    "Your licence for {product} ends {when}",
    &[
        "This is a reminder from {vendor}: your licence for {product} ends {when}. The licence key is:",
        "{key}",
        "You find your licences here:",
        "{link}",
    ],
);

const ASSOCIATION: Words = (
    "Your account at {vendor}",
    &[
        "{vendor} invites {customer} to the customer portal, where you find your licences, plans and invoices.",
        "Open this personal link and choose a password:",
        "{link}",
    ],
);

const MOVED_IN: Words = (
    "Set a password for your account at {vendor}",
    &[
        "{vendor} has a new customer portal. The licences of {customer} are there already and go on working.",
        "Open this personal link and choose a password:",
        "{link}",
    ],
);

const EMAIL_PROOF: Words = (
    "{code} is your code for {vendor}",
    &[
        "Enter this code on the page that asked for it. It works for 20 minutes.",
        "{code}",
        "If you did not ask for it, do nothing.",
    ],
);

const ALREADY_REGISTERED: Words = (
    "You already have an account at {vendor}",
    &[
        "Somebody, hopefully you, tried to sign up with this e-mail address. It has an account already: sign in here, or reset the password there.",
        "{link}",
        "If it was not you, do nothing.",
    ],
);

const PASSWORD_RESET: Words = (
    "Set a new password for {vendor}",
    &[
        "Somebody, hopefully you, asked to set a new password. Open this address within an hour:",
        "{link}",
        "If it was not you, do nothing: the password stays as it is.",
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_use_only_what_is_known_and_leave_nothing_out_that_is_needed() {
        for kind in Kind::ALL {
            let (subject, text) = words(*kind);
            assert_eq!(kind.check_names(&subject), Ok(()), "{kind}");
            assert_eq!(kind.check_text(&text), Ok(()), "{kind}");
            assert!(subject.chars().count() <= 100, "{kind}");
        }
    }
}
