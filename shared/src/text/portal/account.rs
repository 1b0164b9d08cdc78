//! The user's own account.

pub const TITLE: &str = "Account";
pub const DETAILS: &str = "Your details";
pub const NAME: &str = "Name";
pub const SAVE_NAME: &str = "Save name";
pub const NAME_SAVED: &str = "Your name is saved.";

pub const EMAIL: &str = "E-mail";
pub const EMAIL_NOW: &str = "Your address is";
pub const NEW_EMAIL: &str = "New e-mail";
pub const NEW_EMAIL_HELP: &str =
    "We send six digits to it. The old address stays until you have entered them.";
pub const EMAIL_CHANGE: &str = "Change e-mail";
pub const EMAIL_SEND: &str = "Send six digits";
pub const EMAIL_SAVED: &str = "Your new e-mail address is in use.";
pub const EMAIL_SAME: &str = "This is your address already.";

/// A change that was begun earlier and not proved.
pub fn email_pending(email: &str) -> String {
    ["The change to ", email, " is not proved yet. Start again to get new digits."].concat()
}

pub const PASSWORD: &str = "Password";
pub const CURRENT_PASSWORD: &str = "Current password";
pub const ENTER_CURRENT: &str = "Enter your current password.";
pub const NEW_PASSWORD: &str = "New password";
pub const SAVE_PASSWORD: &str = "Change password";
pub const PASSWORD_SAVED: &str = "Your password is changed. You are signed out everywhere else.";

pub const SESSIONS: &str = "Where you are signed in";
pub const SESSIONS_HELP: &str = "Sign out what you do not recognise, and change your password then.";
pub const THIS_ONE: &str = "This one";
pub const LAST_SEEN: &str = "Last seen";
pub const SIGN_OUT: &str = "Sign out";
pub const SIGN_OUT_OTHERS: &str = "Sign out everywhere else";
pub const SIGN_OUT_OTHERS_TITLE: &str = "Sign out everywhere else?";
pub const SIGN_OUT_OTHERS_MEANS: &str =
    "All other browsers and devices have to sign in again. This one stays signed in.";
pub const SIGNED_OUT_OTHERS: &str = "You are signed out everywhere else.";

pub fn signed_out_of(device: &str) -> String {
    [device, " is signed out."].concat()
}

pub const CUSTOMER: &str = "Customer";
pub const CUSTOMER_HELP: &str =
    "Your account belongs to several customers. Choose whose licences and invoices you see.";
pub const CUSTOMER_NUMBER: &str = "Customer number";
pub const COMPANY: &str = "Company";
pub const SWITCH: &str = "Switch";
