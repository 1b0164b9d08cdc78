//! Many things of a list at once.

pub const STOP: &str = "Stop";
pub const CLOSE: &str = "Done";
pub const BACK: &str = "Back";
pub const BY_DAYS: &str = "By a number of days";
pub const TO_DAY: &str = "To a day";
pub const DAYS_FIELD: &str = "How many days";
pub const DAY_MISSING: &str = "Choose a day.";
pub const REASON: &str = "Reason";

pub const EXTEND: &str = "Extend";
pub const EXTEND_TITLE: &str = "Extend subscriptions";
pub const EXTEND_TEXT: &str =
    "Gives time for nothing, as after an outage. No invoice is made, and no sync takes it back.";
pub const EXTEND_CUSTOMERS: &str =
    "It goes to every subscription that runs of the customers that you ticked.";
pub const EXTEND_BY: &str = "Extend";
pub const BY_DAYS_NOTE: &str = "From the day on which each ends; from today where that is over.";
pub const TO_DAY_NOTE: &str = "Those that last until then or longer stay as they are.";
pub const DAY_FIELD: &str = "Works until the end of";
pub const DAYS_WRONG: &str = "Enter a whole number of days from 1 to 3,660.";
pub const REASON_HELP: &str = "It stands in the history of each subscription.";
pub const REASON_MISSING: &str = "Say why, for whoever looks at one of them later.";
pub const LOOK: &str = "See how many";
pub const LOOKING: &str = "Looking at each of them";
pub const EXTENDING: &str = "Extending subscriptions";
pub const NONE_FITS: &str = "None of them can be extended.";
pub const NOTHING_EXTENDED: &str = "No subscription was extended.";

fn subscriptions(count: i64) -> String {
    [count.to_string().as_str(), if count == 1 { " subscription" } else { " subscriptions" }].concat()
}

/// `12 subscriptions will be extended.`
pub fn will_be_extended(count: i64) -> String {
    [&subscriptions(count), " will be extended."].concat()
}

/// `12 subscriptions were extended.`
pub fn extended(count: i64) -> String {
    [subscriptions(count).as_str(), if count == 1 { " was" } else { " were" }, " extended."].concat()
}

/// `Extend 12 subscriptions`.
pub fn extend_confirm(count: i64) -> String {
    ["Extend ", &subscriptions(count)].concat()
}

/// What was not reached when it was stopped or failed.
pub fn untried(count: u64) -> String {
    [count.to_string().as_str(), if count == 1 { " row was" } else { " rows were" }, " not tried."].concat()
}

/// `3 skipped: It is blocked already.`
pub fn skipped(count: usize, why: &str) -> String {
    [&count.to_string(), " skipped: ", why].concat()
}

/// `and 12 more`.
pub fn and_more(count: usize) -> String {
    ["and ", &count.to_string(), " more"].concat()
}
