//! The customers' history as staff see it.

pub const TITLE: &str = "Transactions";
pub const ONE: &str = "Transaction";
pub const SEARCH: &str = "Filter transactions";
pub const SEARCH_HINT: &str =
    "A customer, an invoice or Stripe id, or a filter such as type = refund, date > today-30d";
pub const EMPTY_TITLE: &str = "No transactions yet";
pub const EMPTY_BODY: &str =
    "Payments, refunds and what becomes of subscriptions appear here by themselves. Connect Stripe to begin.";
pub const CONNECT_STRIPE: &str = "Connect Stripe";

pub const VIEWS: &str = "Saved views";
pub const VIEW_ALL: &str = "All";
pub const VIEW_MONEY: &str = "Money";
pub const VIEW_REFUNDS: &str = "Refunds";
pub const VIEW_DISPUTES: &str = "Disputes";
pub const VIEW_FAILED: &str = "Failed payments";
pub const VIEW_LIFECYCLE: &str = "Subscriptions and keys";

pub const KIND: &str = "Type";
pub const CUSTOMER: &str = "Customer";
pub const DATE: &str = "Date";
pub const SOURCE: &str = "Source";
pub const STATE: &str = "State";
pub const REFERENCE: &str = "Reference";
pub const TAX: &str = "Tax";
pub const NET: &str = "Without tax";
pub const AMOUNT: &str = "Amount";
pub const CURRENCY: &str = "Currency";
pub const METHOD: &str = "Paid by";
pub const PRODUCT: &str = "Product";
pub const SUBSCRIPTION: &str = "Subscription";
pub const GIVEN_BACK: &str = "Given back";
pub const LEFT: &str = "Left to refund";
pub const ASKED: &str = "About";
pub const BY: &str = "Caused by";
pub const REASON: &str = "Reason";
pub const NOTE: &str = "Note";
pub const NUMBER: &str = "Number";
pub const MONEY: &str = "Money";
pub const DETAILS: &str = "Details";
pub const LINES: &str = "Paid for";
pub const RELATED: &str = "Belongs together";
pub const OPEN_IN_STRIPE: &str = "Open in Stripe";
pub const INVOICE: &str = "Invoice as PDF";
pub const EXPORT: &str = "CSV";
pub const EXPORT_HELP: &str = "Payments, refunds and disputes of this list for the bookkeeper: net, tax, gross, days in your time zone.";
pub const SUMS: &str = "Total of this list";
pub const SUMS_HELP: &str = "Payments less refunds and what disputes took.";
pub const NOTHING_MOVED: &str = "No money moved";

pub const FAILED_TITLE: &str = "This was not carried out";
pub const PENDING_TITLE: &str = "Stripe is being asked for this refund";
pub const PENDING_BODY: &str = "It takes some seconds. The page follows by itself.";
pub const DISPUTE_OPEN_TITLE: &str = "The customer's bank disputes this payment";
pub const DISPUTE_OPEN_BODY: &str = "Answer the bank at Stripe in time. The keys keep working until somebody decides otherwise under Needs attention.";
pub const DISPUTE_LOST_TITLE: &str = "The dispute was lost: the money is gone";
pub const DISPUTE_LOST_BODY: &str =
    "Whether the keys are blocked and the subscription ends is decided under Needs attention.";
pub const DISPUTE_WON_TITLE: &str = "The dispute is over: the money stays";

pub const REFUND: &str = "Refund";
pub const REFUND_WHOLE_NOTE: &str = "All that is left is filled in. Change it to give back a part.";
pub const REFUND_AMOUNT: &str = "Amount to give back";
pub const REFUND_REASON: &str = "Why";
pub const REFUND_NOTE: &str = "Note for your colleagues";
pub const REFUND_THEN: &str = "What becomes of the subscription";
pub const KEEP_NOTE: &str = "The customer keeps what was bought. Good for a discount or goodwill.";
pub const BLOCK_NOTE: &str =
    "Programs refuse its keys until you unblock them. Stripe goes on charging until it is cancelled.";
pub const END_NOTE: &str =
    "It is cancelled at Stripe at once and its keys stop working. This cannot be taken back.";
pub const REFUND_BY_HAND_TITLE: &str = "Pay this back yourself";
pub const REFUND_BY_HAND_BODY: &str = "Stripe did not take this payment. Latchkey writes the refund down for your books and the customer's history.";
pub const REFUND_REFERENCE: &str = "Reference of your transfer";
pub const REFUND_REFERENCE_NOTE: &str = "What your bookkeeper finds it by.";
pub const REFUND_WRITTEN: &str = "The refund is written down.";
pub const BLOCK_BY_HAND_NOTE: &str = "Programs refuse its keys until you unblock them.";
pub const END_BY_HAND_NOTE: &str = "It ends at once and its keys stop working; nothing goes to the balance.";
pub const REFUND_ASKED: &str = "The refund is on its way.";
pub const REFUND_UNREADABLE: &str = "Type an amount such as 12.50.";
pub const REFUND_NOTHING: &str = "Type how much to give back.";

pub const TAB_EMPTY_TITLE: &str = "Nothing has happened yet";
pub const TAB_EMPTY_BODY: &str =
    "Payments, refunds, and what becomes of this customer's subscriptions and keys appear here.";
pub const TAB_ALL: &str = "All of this customer's transactions";

/// The title of the refund dialog.
pub fn refund_title(amount: &str) -> String {
    ["Give back ", amount, "?"].concat()
}

/// What does not fit into what is left.
pub fn too_much(left: &str) -> String {
    ["At most ", left, " is left to refund."].concat()
}

/// What a payment method is called.
pub fn method(word: &str) -> &str {
    match word {
        "stripe" => "Stripe",
        "outside_stripe" => "Outside of Stripe",
        "bank_transfer" => "Bank transfer",
        "cash" => "Cash",
        "free" => "Free of charge",
        "balance" => "Balance",
        other => other,
    }
}
