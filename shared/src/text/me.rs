//! A staff member's own account.

pub const TITLE: &str = "My account";
pub const ABOUT: &str = "About you";
pub const NAME: &str = "Your name";
pub const EMAIL: &str = "E-mail";
pub const EMAIL_HELP: &str = "An owner can invite you with another address.";
pub const ROLE: &str = "Role";
pub const SAVE: &str = "Save";
pub const SAVED: &str = "Your name is saved.";
pub const PASSWORD_TITLE: &str = "Password";
pub const CURRENT: &str = "Current password";
pub const NEW: &str = "New password";
pub const CHANGE: &str = "Change password";
pub const CHANGED: &str = "Your password is changed. You are signed out everywhere else.";
pub const SESSIONS_TITLE: &str = "Where you are signed in";
pub const DEVICE: &str = "Device";
pub const ADDRESS: &str = "Address";
pub const LAST_SEEN: &str = "Last seen";
pub const SINCE: &str = "Since";
pub const THIS_ONE: &str = "this one";
pub const END: &str = "Sign out";
pub const END_OTHERS: &str = "Sign out everywhere else";
pub const ENDED: &str = "Signed out there.";
pub const ENDED_OTHERS: &str = "You are signed out everywhere else.";
pub const ACTIONS: &str = "Actions";

/// The name of a row's button.
pub fn end_on(device: &str) -> String {
    ["Sign out on ", device].concat()
}
