//! Many licence keys at once.

pub const BLOCK: &str = "Block";
pub const UNBLOCK: &str = "Unblock";
pub const EXTEND: &str = "Extend";
pub const EXPORT: &str = "Export CSV";
pub const EXPORT_TITLE: &str = "Download every key that matches the filter";

pub const BLOCK_TEXT: &str = "Programs that use these keys are refused from now on, and their customers see them as blocked. You can unblock them at any time.";
pub const UNBLOCK_TEXT: &str = "These keys work again, within their validity. That includes keys that billing blocked: they work although nothing is paid for.";
pub const EXTEND_TEXT: &str = "Only keys that expire some day are extended. What a subscription pays for can be made longer, never shorter.";
pub const EXTEND_BY: &str = "Extend";
pub const BY_DAYS_NOTE: &str = "From the day on which each expires; from today where that is over.";
pub const TO_DAY_NOTE: &str = "Keys that last until then or longer stay as they are.";
pub const DAY_FIELD: &str = "Valid until the end of";
pub const DAYS_MISSING: &str = "Enter a whole number of days from 1 to 36,500.";
pub const REASON_HELP: &str = "It stands in the history of each key.";
pub const REASON_MISSING: &str = "Say why, for whoever looks at a key later.";

pub const WORKING: &str = "Changing licence keys";
pub const NOTHING: &str = "No key was changed.";
pub const SKIPPED: &str = "Skipped";

pub const HOW_MANY: &str = "How many";
pub const HOW_MANY_HELP: &str = "All alike, up to 10,000.";
pub const HOW_MANY_WRONG: &str = "Enter a whole number from 1 to 10,000.";
pub const TEMPLATE: &str = "Licence template";
pub const TEMPLATE_NONE: &str = "None";
pub const TEMPLATE_HELP: &str =
    "It fills in what follows. You can change each part before the keys are made.";
pub const CREATE_MANY: &str = "Create licence keys";
pub const MAKING: &str = "Making licence keys";
pub const NEW_KEYS: &str = "New licence keys";
pub const MADE_CSV: &str = "Download as CSV";
pub const MADE_SHOW: &str = "Show them in the list";
pub const MADE_MORE: &str = "Make more";
pub const MADE_FIRST: &str = "The first of them";

fn keys(count: &str) -> String {
    [count, if count == "1" { " licence key" } else { " licence keys" }].concat()
}

/// `Block 3 licence keys?`; `count` as it is shown.
pub fn block_question(count: &str) -> String {
    ["Block ", &keys(count), "?"].concat()
}

pub fn unblock_question(count: &str) -> String {
    ["Unblock ", &keys(count), "?"].concat()
}

pub fn extend_question(count: &str) -> String {
    ["Extend ", &keys(count)].concat()
}

pub fn block_confirm(count: &str) -> String {
    ["Block ", &keys(count)].concat()
}

pub fn unblock_confirm(count: &str) -> String {
    ["Unblock ", &keys(count)].concat()
}

/// `12 licence keys were blocked.`
pub fn blocked(count: i64) -> String {
    done(count, "blocked")
}

pub fn unblocked(count: i64) -> String {
    done(count, "unblocked")
}

pub fn extended(count: i64) -> String {
    done(count, "extended")
}

pub fn created(count: usize) -> String {
    done(i64::try_from(count).unwrap_or(i64::MAX), "created")
}

fn done(count: i64, what: &str) -> String {
    let verb = if count == 1 { " was " } else { " were " };
    [&keys(&count.to_string()), verb, what, "."].concat()
}

/// What was not reached when it was stopped or failed.
pub fn untried(count: u64) -> String {
    let verb = if count == 1 { " key was" } else { " keys were" };
    [&count.to_string(), verb, " not tried."].concat()
}

pub fn not_made(count: u64) -> String {
    let verb = if count == 1 { " key was" } else { " keys were" };
    [&count.to_string(), verb, " not made."].concat()
}

#[cfg(test)]
mod tests {
    use super::{block_question, blocked};

    #[test]
    fn one_key_is_one() {
        assert_eq!(block_question("1"), "Block 1 licence key?");
        assert_eq!(block_question("10,000+"), "Block 10,000+ licence keys?");
        assert_eq!(blocked(1), "1 licence key was blocked.");
        assert_eq!(blocked(0), "0 licence keys were blocked.");
    }
}
