//! Messages in the vendor's own words, and reminders.

pub const TITLE: &str = "Templates";
pub const INTRO: &str =
    "What Latchkey writes to customers, in your words. Sender and layout stay as they are.";
pub const MESSAGE: &str = "Message";
pub const SUBJECT: &str = "Subject";
pub const TEXT: &str = "Text";
pub const TEXT_HELP: &str =
    "An empty line begins a new paragraph. An address in a paragraph of its own becomes a link.";
pub const WORDS: &str = "Words";
pub const OWN: &str = "Yours";
pub const ORIGINAL: &str = "Built-in";
pub const PLACEHOLDERS: &str = "What you can put in";
pub const PLACEHOLDERS_BODY: &str = "Each stands for what differs from customer to customer.";
pub const NEEDED: &str = "needed";
pub const CHANGED: &str = "Changed";
pub const PREVIEW: &str = "Preview";
pub const PREVIEW_NOTE: &str = "With made-up values.";
pub const TEST: &str = "Send a test to me";
pub const TESTED: &str = "The message is on its way to your own address.";
pub const RESET: &str = "Back to the original wording";
pub const RESET_TITLE: &str = "Go back to the original wording?";
pub const RESET_TEXT: &str = "Your words for this message are thrown away.";
pub const RESET_DONE: &str = "The message has its original wording again.";
pub const SAVED: &str = "Saved. From now on the message is written so.";

pub const REMINDERS: &str = "Reminders";
pub const REMINDERS_INTRO: &str = "Each customer gets each reminder once. Disabled customers get none.";
pub const REMIND: &str = "Send this reminder";
pub const TELL: &str = "Send this message";
pub const DAYS_BEFORE: &str = "Days before";
pub const DAYS_AFTER: &str = "Days after";
pub const DAYS_HELP: &str = "Separated by commas; 0 is the day itself.";
pub const CHANGE_WORDS: &str = "Change the words";
pub const REMINDER_SAVED: &str = "The reminder is changed.";

/// The name of a rule's own save button, for those who hear the page.
pub fn save_rule(kind: &str) -> String {
    ["Save “", kind, "”"].concat()
}

/// Whose days are counted.
pub fn in_zone(zone: &str) -> String {
    ["Days are counted in your time zone, ", zone, "."].concat()
}

/// What is wrong with days that cannot be read.
pub fn no_days(part: &str) -> String {
    ["“", part, "” is no number of days from 0 to 365. Write days such as 7, 3, 0."].concat()
}

pub const DAYS_MISSING: &str = "Say on which days, such as 7, 3, 0, or switch the reminder off.";
