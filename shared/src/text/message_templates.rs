//! Messages in the vendor's own words, and reminders.

pub const TITLE: &str = "Templates";
pub const INTRO: &str =
    "What Latchkey writes to customers, in your words. Messages with codes and invitation links keep theirs.";
pub const MESSAGES: &str = "Messages";
pub const REMINDERS: &str = "Reminders";
pub const REMINDERS_INTRO: &str = "Each is sent once per step, in your time zone's days. Days count before the event, for a failed payment after it.";
pub const MESSAGE: &str = "Message";
pub const SUBJECT: &str = "Subject";
pub const TEXT: &str = "Text";
pub const TEXT_HELP: &str =
    "An empty line begins a new paragraph. An address in a line of its own becomes a link.";
pub const WORDS: &str = "Words";
pub const OWN: &str = "Yours";
pub const ORIGINAL: &str = "Latchkey's";
pub const PLACEHOLDERS: &str = "What you can put in";
pub const PREVIEW: &str = "Preview";
pub const PREVIEW_NOTE: &str = "With made-up values.";
pub const TEST: &str = "Send it to me";
pub const TESTED: &str = "The message is on its way to your own address.";
pub const RESET: &str = "Back to Latchkey's words";
pub const RESET_TITLE: &str = "Go back to Latchkey's words?";
pub const RESET_TEXT: &str = "Your words for this message are thrown away.";
pub const RESET_DONE: &str = "The message has Latchkey's words again.";
pub const SAVED: &str = "Saved. The next message is written so.";
pub const ENABLED: &str = "Remind";
pub const DAYS: &str = "On which days";
pub const RULE_SAVED: &str = "The reminder is changed.";
