//! Subscriptions, card and invoices.

pub const TITLE: &str = "Billing";
pub const SUBSCRIPTIONS: &str = "Subscriptions";
pub const NO_SUBSCRIPTIONS: &str = "No subscription";
pub const NO_SUBSCRIPTIONS_BODY: &str =
    "When you have a plan, you see here when the next payment is due and can cancel it.";
pub const SEE_PLANS: &str = "See the plans";
pub const PRICE: &str = "Price";
pub const NEXT_PAYMENT: &str = "Next payment";
pub const NONE_FOLLOWS: &str = "None";
pub const PAID_UNTIL: &str = "Paid until";
pub const RENEWAL: &str = "Renewal";
pub const FROM_BALANCE: &str = "By itself, from your balance";
pub const TRIAL_UNTIL: &str = "Trial until";
pub const ENDS: &str = "Ends";
pub const ENDED: &str = "Ended";

pub const CANCEL: &str = "Cancel subscription";
pub const CANCEL_CONFIRM: &str = "End subscription";
/// The other button of the question, where "Cancel" could mean either.
pub const CANCEL_DISMISS: &str = "Keep it";
pub const KEEP: &str = "Keep my subscription";
pub const CANCEL_KEEPS_DATA: &str =
    "Your invoices and licence keys stay listed here, and until then you may change your mind.";

/// The title of the question, naming the thing.
pub fn cancel_title(plan: &str) -> String {
    ["End ", plan, "?"].concat()
}

/// What cancelling means: until when it works.
pub fn cancel_means(plan: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => {
            [plan, " works until ", until, ". After that day it stops, and nothing more is charged."].concat()
        }
        None => [
            plan,
            " works until the end of the time that is paid for. Then it stops, and nothing more is charged.",
        ]
        .concat(),
    }
}

pub fn cancelled(plan: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => [plan, " is cancelled and works until ", until, "."].concat(),
        None => [plan, " is cancelled."].concat(),
    }
}

pub fn kept(plan: &str) -> String {
    ["You keep ", plan, ". It renews as before."].concat()
}

pub const CARD: &str = "Card";
pub const NO_CARD: &str = "No card on file";
pub const CARD_EXPIRES: &str = "Expires";
pub const OPEN_STRIPE: &str = "Change card and address";
pub const OPEN_STRIPE_HELP: &str =
    "Opens a page of Stripe, which keeps your card. You come back here from there.";

/// "Visa ending in 4242".
pub fn card_ending(brand: &str, last4: &str) -> String {
    [brand, " ending in ", last4].concat()
}

pub const INVOICES: &str = "Invoices";
pub const NO_INVOICES: &str = "No invoice yet";
pub const NO_INVOICES_BODY: &str = "Your invoices appear here after the first payment.";
pub const COLUMN_NUMBER: &str = "Number";
pub const COLUMN_DATE: &str = "Date";
pub const COLUMN_STATUS: &str = "Status";
pub const COLUMN_TOTAL: &str = "Total";
pub const COLUMN_DOCUMENT: &str = "Document";
pub const PDF: &str = "PDF";
pub const PAY: &str = "Pay";

/// The accessible name of an invoice's link.
pub fn document_of(what: &str, number: &str) -> String {
    [what, ", invoice ", number].concat()
}

/// Stripe's word for an invoice's state, in ours.
pub fn invoice_status(status: &str) -> &str {
    match status {
        "paid" => "Paid",
        "open" => "Open",
        "void" => "Void",
        "uncollectible" => "Not collected",
        "draft" => "Draft",
        other => other,
    }
}
