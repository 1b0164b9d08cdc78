//! Changing one's own plan.

pub const CHANGE_PLAN: &str = "Change plan";
pub const TITLE: &str = "Change your plan";
pub const CHOOSE: &str = "What you want to have";
pub const CHOOSE_FIRST: &str = "Choose first";
pub const PLAN: &str = "Plan";
pub const EXTRAS: &str = "Extras";
pub const YOURS: &str = "your plan now";
pub const COMES_TO: &str = "What it comes to";
pub const CHOOSE_ANOTHER: &str = "Choose another plan, or add or drop an extra, and see here what it costs.";
pub const COMPUTING: &str = "Computing";
pub const NONE_TITLE: &str = "There is no other plan to change to";
pub const NONE_BODY: &str = "Write to us if you need something else.";
pub const BACK: &str = "Back to billing";
pub const TAX: &str = "Tax";
pub const UNUSED: &str = "Unused time, given back";
pub const NEW: &str = "New charge";
pub const FROM_BALANCE: &str = "From your balance";
pub const CREDIT: &str = "Credit for later invoices";
pub const PAY_TODAY: &str = "You pay today";
pub const NOTHING_TODAY: &str = "You pay nothing today.";
pub const YOU_LOSE: &str = "You will no longer have";
pub const REPLACES: &str = "This takes the place of what is planned";
pub const MOVED: &str = "Something changed since this was shown. Look at it again.";
pub const DONE: &str = "Your plan is changed.";
pub const DONE_PLANNED: &str = "Your plan will change.";
pub const TAKE_BACK: &str = "Keep my plan";
pub const TAKEN_BACK: &str = "You keep your plan.";
pub const WHY: &str = "Why are you leaving? (optional)";
pub const WHY_HELP: &str = "It helps us to do better.";

/// What is planned, with its day.
pub fn planned(what: &str, day: &str) -> String {
    [what, " on ", day, "."].concat()
}

/// `From 3 March you pay €12 every month.`
pub fn from_then(day: &str, price: &str) -> String {
    ["From ", day, " you pay ", price, "."].concat()
}

/// `2 × Voices`
pub fn pieces(count: u32, what: &str) -> String {
    [&count.to_string(), " × ", what].concat()
}

/// What becomes of an extra, if anything is to be said of it.
pub const fn extra_standing(held: bool, wanted: bool) -> Option<&'static str> {
    match (held, wanted) {
        (true, true) => Some("you have this"),
        (true, false) => Some("will be dropped"),
        (false, true) => Some("will be added"),
        (false, false) => None,
    }
}

/// The button.
pub fn confirm(due: Option<&str>, day: Option<&str>) -> String {
    match (due, day) {
        (_, Some(day)) => ["Change on ", day].concat(),
        (Some(due), None) => ["Pay ", due, " and change now"].concat(),
        (None, None) => "Change now".to_owned(),
    }
}
