//! Changing, renewing, extending, pausing and ending subscriptions.

use crate::change::Loss;

pub const CHANGE: &str = "Change";
pub const RENEW: &str = "Renew";
pub const CHANGE_TITLE: &str = "Change subscription";
pub const RENEW_TITLE: &str = "Renew subscription";
pub const MORE: &str = "More";
pub const EXTEND: &str = "Extend…";
pub const PAUSE: &str = "Pause…";
pub const RESUME: &str = "Resume…";
pub const CANCEL: &str = "Cancel subscription…";
pub const UNDO: &str = "Take back";
pub const UNDONE: &str = "What was planned is taken back.";

pub const CHOOSE: &str = "What the customer gets";
pub const PLAN: &str = "Plan";
pub const QUANTITY: &str = "Quantity";
pub const EXTRAS: &str = "Extras";
pub const NOW_HAS: &str = "has this now";
pub const WHEN: &str = "When";
pub const NOW: &str = "Now";
pub const NOW_NOTE: &str = "The difference is charged or credited for the days that are left.";
pub const PERIOD_END: &str = "When the paid time ends";
pub const PERIOD_END_NOTE: &str = "Costs nothing today. Until then it can be taken back.";
pub const FROM: &str = "The new period begins";
pub const WAIVE: &str = "Free of charge";
pub const WAIVE_HELP: &str = "The customer pays nothing for this, and it never comes back as credit.";
pub const PAID_BY: &str = "Paid by";
pub const REFERENCE: &str = "Reference";
pub const REFERENCE_HELP: &str = "What your bookkeeping finds the payment by.";
pub const REASON: &str = "Reason";
pub const REASON_HELP: &str = "Stays in the history.";

pub const PREVIEW: &str = "What happens";
pub const PREVIEW_WAITS: &str =
    "Choose something else than what the customer has, and see here what it costs.";
pub const COMPUTING: &str = "Computing";
pub const TAX: &str = "Tax";
pub const TOTAL: &str = "Total";
pub const FROM_BALANCE: &str = "From the customer's balance";
pub const DUE: &str = "Due today";
pub const TO_BALANCE: &str = "To the customer's balance";
pub const NOTHING_TODAY: &str = "Nothing is charged today.";
pub const THEN: &str = "From then on";
pub const NEXT: &str = "next payment";
pub const OLD_EXPIRY: &str = "Paid through until now";
pub const NEW_EXPIRY: &str = "Paid through afterwards";
pub const TAKES_EFFECT: &str = "Takes effect";
pub const LOSES: &str = "The customer loses something";
pub const REPLACES: &str = "Takes the place of what is planned";
pub const MOVED: &str = "This is not what was shown before. Look at it again.";
pub const FREE_LINE: &str = "Free of charge";

pub const EXTEND_TITLE: &str = "Extend subscription";
pub const EXTEND_BODY: &str = "Gives time for nothing. No invoice is made, and no sync takes it back.";
pub const DAYS: &str = "Days";
pub const PAUSE_TITLE: &str = "Pause subscription?";
pub const PAUSE_OFFLINE: &str =
    "Licence keys stop working. What is left of the paid time is kept until you resume.";
pub const PAUSE_STRIPE: &str = "Licence keys stop working and Stripe sends no invoices. When you resume, Stripe begins a new period and charges it.";
pub const PAUSE_BUTTON: &str = "Pause subscription";
pub const RESUME_TITLE: &str = "Resume subscription?";
pub const RESUME_BUTTON: &str = "Resume subscription";
pub const CANCEL_TITLE: &str = "Cancel subscription?";
pub const CANCEL_WHEN: &str = "It ends";
pub const CANCEL_NOW_NOTE: &str = "Licence keys stop working at once.";
pub const CANCEL_END_NOTE: &str = "Everything works until then, and it can be taken back.";
pub const REFUND: &str = "Credit the unused time to the customer's balance";
pub const CANCEL_BUTTON: &str = "Cancel subscription";
pub const CANCEL_DISMISS: &str = "Keep it";
pub const EXTEND_BUTTON: &str = "Extend";
pub const DONE_EXTENDED: &str = "The subscription is extended.";
pub const DONE_PAUSED: &str = "The subscription is paused.";
pub const DONE_RESUMED: &str = "The subscription goes on.";
pub const DONE_CANCELLED: &str = "The subscription is cancelled.";
pub const DONE_CHANGED: &str = "The subscription is changed.";
pub const DONE_PLANNED: &str = "The change is planned.";
pub const DONE_RENEWED: &str = "The subscription is renewed.";

pub const ARRANGED: &str = "Offline billing";
pub const RENEWS: &str = "Renews from the balance by itself";
pub const RENEWS_HELP: &str = "When the paid time ends and the balance covers the next amount. Otherwise it is tried again while the days of grace last.";
pub const RENEWS_ON: &str = "It renews from the balance from now on.";
pub const RENEWS_OFF: &str = "It no longer renews by itself.";
pub const OWN_PRICE: &str = "Own price";
pub const SET_OWN_PRICE: &str = "Set own price…";
pub const OWN_PRICE_TITLE: &str = "A price of its own";
pub const OWN_PRICE_BODY: &str = "What this customer pays in place of the plan's price, from the next renewal or change on. Tax follows the customer's rate as ever.";
pub const OWN_PRICE_HELP: &str = "For one piece. Empty: the plan's price again.";
pub const OWN_PRICE_WRONG: &str = "Enter an amount such as 12.50, or leave it empty.";
pub const OWN_PRICE_SAVED: &str = "The price is saved.";
pub const REASON_MISSING: &str = "Say why, for the history.";

pub const PLANNED: &str = "Planned";
pub const BALANCE: &str = "Balance";
pub const EXTENDED_UNTIL: &str = "Extended until";

pub const ADD: &str = "Add subscription";
pub const ADD_TITLE: &str = "Add subscription";
pub const ADD_HELP: &str = "For what is paid by bank transfer, in cash, or not at all.";
pub const ADD_BUTTON: &str = "Begin subscription";
pub const ADDED: &str = "The subscription has begun.";
pub const AGREED: &str = "The subscription begins with the customer's first sign-in.";
pub const BEGINS: &str = "It begins";
pub const BEGINS_NOW: &str = "Now";
pub const BEGINS_ON_DAY: &str = "On a day";
pub const BEGINS_AT_SIGN_IN: &str = "With the first sign-in";
pub const BEGINS_AT_SIGN_IN_NOTE: &str = "Paid now; keys are made then.";
pub const STARTS: &str = "First day";
pub const STARTS_HELP: &str = "Empty: now.";
pub const TRIAL_HELP: &str = "Nothing is charged before it is over. A customer has one trial of a product.";
pub const CURRENCY: &str = "Currency";
pub const NO_PLANS_TITLE: &str = "There is no offline plan yet";
pub const NO_PLANS_BODY: &str = "Add one on the page of a product, then come back.";
pub const OPEN_PRODUCTS: &str = "Open products";

pub const OFFLINE_PLANS: &str = "Offline plans";
pub const OFFLINE_PLANS_HELP: &str = "Plans that you sell yourself: by bank transfer, in cash, or for nothing. Customers do not see them in the shop.";
pub const NEW_PLAN: &str = "Add offline plan";
pub const EDIT_PLAN: &str = "Change offline plan";
pub const PLAN_NAME: &str = "Name";
pub const PLAN_LENGTH: &str = "Length";
pub const PLAN_UNIT: &str = "Unit";
pub const PLAN_PRICE: &str = "Price";
pub const PLAN_PRICE_WRONG: &str = "Enter an amount such as 12.50 and the three letters of its currency.";
pub const PLAN_TEMPLATE: &str = "Its licence keys are made from";
pub const PLAN_NO_TEMPLATE: &str = "What is chosen below";
pub const PLAN_FEATURES: &str = "Its licence keys allow";
pub const PLAN_MACHINES: &str = "Machines";
pub const PLAN_MACHINES_HELP: &str = "0: any number.";
pub const PLAN_TRIAL: &str = "Days of trial";
pub const PLAN_TRIAL_HELP: &str = "0: none. A customer has one trial of a product.";
pub const PLAN_OFFERED: &str = "Can be chosen";
pub const PLAN_SAVED: &str = "The plan is saved.";
pub const PLAN_WITHDRAWN: &str = "Withdrawn";

pub const SELF_SERVICE: &str = "Customers may, by themselves";
pub const SELF_UPGRADE: &str = "change to a longer or dearer plan, at once";
pub const SELF_DOWNGRADE: &str = "change to a shorter or cheaper plan, when the paid time ends";
pub const SELF_CANCEL: &str = "cancel, when the paid time ends";
pub const SELF_SAVED: &str = "Saved.";

/// `14 days of trial`.
pub fn trial_of(days: i64) -> String {
    let unit = if days == 1 { " day" } else { " days" };
    [&days.to_string(), unit, " of trial"].concat()
}

/// The choice to begin with a trial.
pub fn with_trial(days: i64) -> String {
    ["Begin with ", &trial_of(days)].concat()
}

/// What is lost, in words.
pub fn loss(loss: &Loss) -> String {
    match loss {
        Loss::Product { name } => format!("{name} is no longer part of it."),
        Loss::Pieces { name, before, after } => format!("{name}: {after} in place of {before}."),
        Loss::Days { count: 1 } => "One day that was paid for is not given back.".to_owned(),
        Loss::Days { count } => format!("{count} days that were paid for are not given back."),
        Loss::Trial => "The trial ends before its time.".to_owned(),
        Loss::Feature { name } => format!("The licence key no longer allows: {name}."),
        Loss::Machines { after, used, .. } if used > after => {
            format!("The licence key works on {after} machines, but {used} are in use.")
        }
        Loss::Machines { after: 1, .. } => "The licence key works on one machine only.".to_owned(),
        Loss::Machines { after, .. } => format!("The licence key works on {after} machines only."),
        Loss::StillExpired => "The new period is over as well, so it stays expired.".to_owned(),
        Loss::Everything => "Nothing works afterwards.".to_owned(),
    }
}

/// `15 of 30 days`.
pub fn days(left: i64, of: i64) -> String {
    format!("{left} of {of} days")
}

/// The button of a change, with the amount in words of the browser.
pub fn commit_label(
    is_renewal: bool,
    is_planned: bool,
    due: Option<&str>,
    day: &str,
    by_stripe: bool,
) -> String {
    let what = if is_renewal { "renew" } else { "change now" };
    match (is_planned, due) {
        (true, _) => format!("Change on {day}"),
        (false, Some(due)) if by_stripe => format!("Charge {due} and {what}"),
        (false, Some(due)) => format!("Record {due} and {what}"),
        (false, None) if is_renewal => "Renew".to_owned(),
        (false, None) => "Change now".to_owned(),
    }
}
