//! What a product says about its licences.

pub const SIGNING: &str = "Signing key pair";
pub const SIGNING_HELP: &str = "Licences are signed with it; programs carry its public half. With another pair, programs that carry the old public key no longer accept what they are sent.";
pub const RETIRED: &str = " (retired)";
pub const EXPIRY_TITLE: &str = "When keys expire";
pub const BLOCKS: &str = "Block keys that have expired";
pub const BLOCKS_HELP: &str = "Within the hour. Otherwise programs read the expiry date and decide themselves. Keys that Stripe bills, and trials that may still begin, are left out.";
pub const LIMITING: &str = "Only keys that have one of these features";
pub const LIMITING_HELP: &str = "Where a feature says that a key is limited in time. With none of them, every key that has expired is blocked.";
pub const UNBLOCKS: &str = "Extending a key also unblocks it";
pub const TRIAL_TITLE: &str = "Trials";
pub const TRIAL_ONCE: &str = "The days of a trial begin once";
pub const TRIAL_ONCE_HELP: &str =
    "With the first machine that activates the key. Otherwise each new machine begins them anew.";
pub const REMIND: &str = "Remind customers before a key expires";
pub const REMIND_DAYS: &str = "Days before the expiry";
pub const REMIND_DAYS_HELP: &str =
    "Numbers with commas between them; 0 is the day itself, or when the key is blocked if expired keys are.";
pub const REMIND_DEFAULT: &str = "7, 3, 0";
pub const FEATURES_TITLE: &str = "Named features";
pub const FEATURES_LABEL: &str = "Features that a key can have beside F1 to F8";
pub const FEATURES_HELP: &str = "One per line; a line that begins with spaces belongs to the one above it. Programs ask for them by name, such as video.export.";
pub const SAVED: &str = "What the product says about its licences was saved.";
pub const TEMPLATE_ELSEWHERE: &str =
    "This list was written by a program in a form that cannot be shown as lines. It stays as it is.";
