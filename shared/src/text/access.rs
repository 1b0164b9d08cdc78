//! Staff getting in: sign-in, welcome, forgotten password.

pub const SETUP_TITLE: &str = "Welcome to Latchkey";
pub const SETUP_TEXT: &str = "This installation has no owner yet. The server printed a link when it started; open it to create the first account.";
pub const SETUP_AGAIN: &str = "The link works once. To get a new one, restart the server.";

pub const SIGN_IN_TITLE: &str = "Sign in";
pub const EMAIL: &str = "E-mail";
pub const PASSWORD: &str = "Password";
pub const NEW_PASSWORD: &str = "New password";
pub const PASSWORD_HELP: &str =
    "At least 10 characters. Several words are easy to remember and hard to guess.";
pub const NAME: &str = "Your name";
pub const CUSTOMER_LINK: &str = "Are you a customer? Sign in to the portal";
pub const BACK_TO_SIGN_IN: &str = "Back to sign-in";

pub const FORGOT_TITLE: &str = "Reset your password";
pub const FORGOT_TEXT: &str =
    "Enter the address you sign in with. We will send you a link to choose a new password.";
pub const FORGOT_SEND: &str = "Send the link";
pub const FORGOT_SENT_TITLE: &str = "Look into your mailbox";
pub const FORGOT_SENT: &str = "If the address belongs to an account, a message with a link is on its way. It can take a few minutes; look into the spam folder too.";

pub const RESET_TITLE: &str = "Choose a new password";
pub const RESET_SAVE: &str = "Save the password";
pub const RESET_DONE: &str = "The new password is saved. Sign in with it.";
pub const RESET_ELSEWHERE: &str = "You will be signed out everywhere else.";

pub const LINK_UNUSABLE_TITLE: &str = "This link cannot be used";
pub const LINK_UNUSABLE: &str = "It may have been used already, have expired, or be incomplete. Ask for a new one, or sign in if you have an account.";

pub const WELCOME_OWNER_TITLE: &str = "Create the owner's account";
pub const WELCOME_OWNER: &str =
    "You will be the owner of this installation: you can do everything, and invite others.";
pub const WELCOME_TITLE: &str = "Join your colleagues";
pub const WELCOME_CREATE: &str = "Create the account";
pub const WELCOME_FIXED_EMAIL: &str = "The invitation was made for this address.";

/// What an invitation says before it is used.
pub fn invited_as(vendor: &str, role: &str) -> String {
    let vendor = if vendor.is_empty() { "this installation" } else { vendor };
    format!("You are invited to work with {vendor}. Your role: {role}.")
}
