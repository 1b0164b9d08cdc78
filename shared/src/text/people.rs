//! The staff page.

pub const TITLE: &str = "Staff";
pub const INTRO: &str = "Who works here, and what each may do.";
pub const INVITE: &str = "Invite someone";
pub const INVITE_TITLE: &str = "Invite someone";
pub const INVITE_SEND: &str = "Invite";
pub const NAME: &str = "Name";
pub const EMAIL: &str = "E-mail";
pub const ROLE: &str = "Role";
pub const STATE: &str = "State";
pub const LAST_SEEN: &str = "Last seen";
pub const NEVER: &str = "Never";
pub const YOU: &str = "you";
pub const ACTIONS: &str = "Actions";
pub const INVITED: &str = "Invited";
pub const ACTIVE: &str = "Active";
pub const DISABLED: &str = "Disabled";
pub const OWNER: &str = "Owner";
pub const ADMIN: &str = "Admin";
pub const SUPPORT: &str = "Support";
pub const VIEWER: &str = "Viewer";
pub const EMPTY_TITLE: &str = "Nobody is here yet";

pub const LINK_TITLE: &str = "Invitation ready";
pub const LINK_LABEL: &str = "Invitation link";
pub const LINK_ONCE: &str =
    "This link is shown only now. Whoever opens it chooses a password and is signed in.";
pub const LINK_MAILED: &str = "If a mail server is set, it was also sent by e-mail.";
pub const DONE: &str = "Done";

pub const CHANGE: &str = "Change name or role";
pub const INVITE_AGAIN: &str = "Make a new invitation link";
pub const DISABLE: &str = "Disable";
pub const ENABLE: &str = "Enable";
pub const DISABLE_CONFIRM: &str = "Disable sign-in";
pub const DISABLE_TEXT: &str = "They are signed out everywhere at once and cannot sign in again. What they did stays on record. You can enable them later.";
pub const YOURSELF: &str = "You cannot change your own role or disable yourself.";

pub fn disable_question(name: &str) -> String {
    ["Disable ", name, "?"].concat()
}

pub fn change_title(name: &str) -> String {
    ["Change ", name].concat()
}

pub fn saved(name: &str) -> String {
    [name, " was saved."].concat()
}

pub fn disabled(name: &str) -> String {
    [name, " can no longer sign in."].concat()
}

pub fn enabled(name: &str) -> String {
    [name, " can sign in again."].concat()
}

pub fn invited(name: &str) -> String {
    [name, " was invited."].concat()
}

pub fn actions_for(name: &str) -> String {
    ["Actions for ", name].concat()
}
