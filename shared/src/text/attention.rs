//! “Needs attention”: what a person must decide.

use crate::attention::{AttentionAction, AttentionCode};

pub const TITLE: &str = "Needs attention";
pub const SEARCH: &str = "Filter entries";
pub const SEARCH_HINT: &str = "A Stripe id, or a filter such as code = key_conflict, since < today-7d";
pub const LIST: &str = "Entries";
pub const VIEWS: &str = "Saved views";
pub const VIEW_OPEN: &str = "Open";
pub const VIEW_RESOLVED: &str = "Ended";
pub const RESOLVED_FILTER: &str = "state = resolved";
pub const OPEN_FILTER: &str = "state = open";

pub const EMPTY_TITLE: &str = "Nothing waits for you.";
pub const NO_SWEEP: &str =
    "No sweep has run yet. Connect Stripe, and Latchkey compares everything by itself.";
pub const EMPTY_RESOLVED: &str = "Nothing was ended so far.";

pub const REASON: &str = "Reason";
pub const CUSTOMER: &str = "Customer";
pub const WHAT: &str = "What happened";
pub const AT_STAKE: &str = "At stake";
pub const SINCE: &str = "Since";
pub const STATE: &str = "State";
pub const OPEN: &str = "Open";
pub const SUBSCRIPTION: &str = "Subscription";
pub const STRIPE_ID: &str = "Stripe id";
pub const OPEN_IN_STRIPE: &str = "Open in Stripe";
pub const KEYS: &str = "Licence keys";
pub const SEEN: &str = "Last found so";
pub const NEXT_TRY: &str = "Next look";
pub const RESOLVED: &str = "Ended";
pub const TRIED: &str = "What was tried";
pub const MEANS: &str = "What this means";
pub const BY_ITSELF: &str = "Latchkey";
pub const NOBODY: &str = "Nobody here";
pub const SHORTLY: &str = "in a moment";
pub const MORE: &str = "More actions";
pub const DETAILS: &str = "Details";
pub const IS_OVER: &str = "This has ended";

/// Begins the sentence of when Latchkey looks again.
pub const LOOKS_AGAIN: &str = "looks again";
/// Stands before how long ago.
pub const SINCE_WHEN: &str = "Since";

pub const RETRY_TEXT: &str = "Latchkey reads the subscription from Stripe again and does what is missing. Mend the cause in Stripe first; otherwise it is found as it is.";
pub const KEEP_TEXT: &str = "The number of the key issued here is written over what Stripe says. The key that Stripe names now is left as it is.";
pub const SEND_TEXT: &str = "The customer gets the message with the licence key once more. This entry stays open until it is decided.";
pub const BLOCK_TEXT: &str = "Programs that use it are refused from now on, and no payment lifts the block; staff can. Stripe goes on charging until the subscription is cancelled there.";
pub const REFUND_TEXT: &str = "Everything that was paid and is at stake goes back to where it came from, and the subscription ends in Stripe at once. Neither can be undone.";
pub const CANCEL_TEXT: &str = "The money is back already, so nothing is refunded. The subscription ends in Stripe at once, which cannot be undone.";
pub const IGNORE_TEXT: &str = "It leaves this list and is not raised again for the same cause. Nothing changes for the customer or in Stripe.";
pub const ISSUE_TEXT: &str = "The key is made with what you choose here, its number is written to Stripe, and the customer gets it by e-mail. From then on it follows the payments.";
pub const LINK_KEY_TEXT: &str = "The key becomes this subscription’s: its number is written to Stripe, and it follows the payments. A key that the subscription has now for the same product ends.";
pub const LINK_CUSTOMER_TEXT: &str = "The Stripe customer is tied to the customer that you choose, who then sees the subscription in the portal and gets its key.";

pub const ISSUE_CONFIRM: &str = "Issue and send key";
pub const LINK_KEY_CONFIRM: &str = "Link this key";
pub const LINK_CUSTOMER_CONFIRM: &str = "Link to this customer";
pub const CANCEL_CONFIRM: &str = "Cancel subscription";
pub const BLOCK_CONFIRM: &str = "Block licence key";
pub const SEND_CONFIRM: &str = "Send key";
pub const IGNORE_CONFIRM: &str = "Set aside";

pub const PRODUCT: &str = "Product";
pub const CHOOSE_PRODUCT: &str = "Choose the product that was paid for";
pub const UNTIL: &str = "Works until the end of";
pub const UNTIL_HELP: &str = "The subscription is over, so no payment extends this key.";
pub const UNTIL_MISSING: &str = "Choose a day in the future.";
pub const MACHINES_MISSING: &str = "Enter a whole number from 0 to 1,000,000.";
pub const REASON_HELP: &str = "For the history, where colleagues find it.";
pub const KEY_LABEL: &str = "Find a licence key";
pub const KEY_HINT: &str = "Key, number, or customer";
pub const KEY_HELP: &str = "Offered are keys of this customer, and keys that are nobody’s.";
pub const KEY_NONE: &str = "No licence key matches.";
pub const KEY_FAILED: &str = "Licence keys could not be searched. Try again.";
pub const KEY_FIRST: &str = "Choose a licence key first.";
pub const CUSTOMER_FIRST: &str = "Choose a customer first.";

/// What a button says of an action.
pub const fn button(code: AttentionCode, action: AttentionAction) -> &'static str {
    match action {
        AttentionAction::RefundAndCancel if is_paid_back(code) => CANCEL_CONFIRM,
        AttentionAction::SendKey => "Send the key again",
        AttentionAction::KeepOurs => "Keep our key",
        AttentionAction::Ignore => "Ignore…",
        AttentionAction::LinkCustomer => "Link to a customer",
        other => other.label(),
    }
}

/// The title of the question before an action; `who` is the customer, or what Stripe calls the subscription.
pub fn question(code: AttentionCode, action: AttentionAction, who: &str) -> String {
    let (before, after) = match action {
        AttentionAction::Retry => ("Try again for ", "?"),
        AttentionAction::IssueKey => ("Issue a key to ", ""),
        AttentionAction::LinkKey => ("Link a key to the subscription of ", ""),
        AttentionAction::LinkCustomer => ("Whose is the subscription of ", "?"),
        AttentionAction::SendKey => ("Send the key to ", " again?"),
        AttentionAction::KeepOurs => ("Keep the key issued here for ", "?"),
        AttentionAction::BlockKey => ("Block the key of ", "?"),
        AttentionAction::RefundAndCancel if is_paid_back(code) => ("Cancel the subscription of ", "?"),
        AttentionAction::RefundAndCancel => ("Refund ", " and cancel?"),
        AttentionAction::Ignore => ("Set aside what is open for ", "?"),
    };
    [before, who, after].concat()
}

/// What follows from an action that asks for nothing but a yes, or a reason.
pub const fn consequence(code: AttentionCode, action: AttentionAction) -> &'static str {
    match action {
        AttentionAction::Retry => RETRY_TEXT,
        AttentionAction::IssueKey => ISSUE_TEXT,
        AttentionAction::LinkKey => LINK_KEY_TEXT,
        AttentionAction::LinkCustomer => LINK_CUSTOMER_TEXT,
        AttentionAction::SendKey => SEND_TEXT,
        AttentionAction::KeepOurs => KEEP_TEXT,
        AttentionAction::BlockKey => BLOCK_TEXT,
        AttentionAction::RefundAndCancel if is_paid_back(code) => CANCEL_TEXT,
        AttentionAction::RefundAndCancel => REFUND_TEXT,
        AttentionAction::Ignore => IGNORE_TEXT,
    }
}

/// What the button of the question says; `amount` is what is at stake, written out.
pub fn confirm(code: AttentionCode, action: AttentionAction, amount: Option<&str>) -> String {
    match (action, amount) {
        (AttentionAction::RefundAndCancel, _) if is_paid_back(code) => CANCEL_CONFIRM.to_owned(),
        (AttentionAction::RefundAndCancel, Some(amount)) => ["Refund ", amount, " and cancel"].concat(),
        (AttentionAction::BlockKey, _) => BLOCK_CONFIRM.to_owned(),
        (AttentionAction::SendKey, _) => SEND_CONFIRM.to_owned(),
        (AttentionAction::Ignore, _) => IGNORE_CONFIRM.to_owned(),
        (AttentionAction::IssueKey, _) => ISSUE_CONFIRM.to_owned(),
        (AttentionAction::LinkKey, _) => LINK_KEY_CONFIRM.to_owned(),
        (AttentionAction::LinkCustomer, _) => LINK_CUSTOMER_CONFIRM.to_owned(),
        (other, _) => other.label().to_owned(),
    }
}

/// Where the money has gone back before anybody decides.
const fn is_paid_back(code: AttentionCode) -> bool {
    matches!(code, AttentionCode::RefundToDecide | AttentionCode::DisputeLost)
}

/// What is said when an action has ended an entry.
pub const fn ended(action: AttentionAction) -> &'static str {
    match action {
        AttentionAction::Retry => "It is mended.",
        AttentionAction::IssueKey => "The key is issued and on its way to the customer.",
        AttentionAction::LinkKey => "The key is linked to the subscription.",
        AttentionAction::LinkCustomer => "The subscription belongs to the customer now.",
        AttentionAction::SendKey => "The key is on its way to the customer.",
        AttentionAction::KeepOurs => "The key issued here is kept.",
        AttentionAction::BlockKey => "The key is blocked.",
        AttentionAction::RefundAndCancel => "The money is on its way back, and the subscription has ended.",
        AttentionAction::Ignore => "It is set aside.",
    }
}

/// What is said when an entry is still open after an action.
pub const fn still_open(action: AttentionAction) -> &'static str {
    match action {
        AttentionAction::SendKey => "The key is on its way to the customer. The entry stays open.",
        AttentionAction::Retry => "It was tried again and found as before. The entry stays open.",
        _ => "That is stored. Latchkey carries it out as soon as Stripe answers.",
    }
}

/// How an entry ended, from the word that the API has for it.
pub fn resolution(word: &str) -> String {
    match (word, AttentionAction::parse(word)) {
        ("healed", _) => "Mended by itself".to_owned(),
        ("ignored", _) => "Set aside".to_owned(),
        (_, Some(action)) => action.label().to_owned(),
        (other, None) => other.replace('_', " "),
    }
}

/// Stands before how long ago: `Looked once, 3 minutes ago`, `Looked 12 times, last 3 minutes ago`.
pub fn looked(times: i64) -> String {
    match times {
        1 => "Looked once, ".to_owned(),
        times => ["Looked ", &times.to_string(), " times, last "].concat(),
    }
}

/// What the sweeps did lately; the times are already in words, the count is formatted.
pub fn last_sweep(ago: &str, checked: Option<(&str, &str)>) -> String {
    let last = ["Last sweep ", ago].concat();
    match checked {
        Some((count, when)) if when == ago => [&last, ", ", count, " checked."].concat(),
        Some((count, when)) => [&last, ". ", count, " checked ", when, "."].concat(),
        None => [&last, "."].concat(),
    }
}

/// `1 subscription`, `1,204 subscriptions`; `count` is formatted.
pub fn subscriptions(count: &str) -> String {
    [count, if count == "1" { " subscription" } else { " subscriptions" }].concat()
}

/// A link to the table, when there are more than are drawn.
pub fn all_in_a_table(total: &str) -> String {
    ["See all ", total, " in a table"].concat()
}

/// A key in a list of choices: `AAAAA-… · Aurora Editor 12 · Ann`.
pub fn key_note(product: &str, number: i64, owner: Option<&str>) -> String {
    let own = [product, " ", &number.to_string()].concat();
    [&own, " · ", owner.unwrap_or("nobody’s")].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_about_sweeps() {
        let checked = subscriptions("1,204");
        assert_eq!(
            last_sweep("3 minutes ago", Some((&checked, "3 minutes ago"))),
            "Last sweep 3 minutes ago, 1,204 subscriptions checked."
        );
        assert_eq!(
            last_sweep("3 minutes ago", Some((&subscriptions("1"), "2 hours ago"))),
            "Last sweep 3 minutes ago. 1 subscription checked 2 hours ago."
        );
        assert_eq!(last_sweep("now", None), "Last sweep now.");
    }

    #[test]
    fn every_end_has_words() {
        assert_eq!(resolution("issue_key"), "Issue key now");
        assert_eq!(resolution("ignored"), "Set aside");
        assert_eq!(resolution("something_new"), "something new");
    }

    #[test]
    fn nothing_is_promised_back_that_is_back_already() {
        let refund = AttentionAction::RefundAndCancel;
        let amount = Some("€9.00");
        assert_eq!(confirm(AttentionCode::DisputeLost, refund, amount), CANCEL_CONFIRM);
        assert_eq!(confirm(AttentionCode::UnknownProduct, refund, amount), "Refund €9.00 and cancel");
        assert_eq!(consequence(AttentionCode::RefundToDecide, refund), CANCEL_TEXT);
    }
}
