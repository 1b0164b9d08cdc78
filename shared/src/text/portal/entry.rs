//! Before somebody is in: company page, sign-in, forgotten password, terms of use.

pub const SIGN_IN: &str = "Sign in";
pub const EMAIL: &str = "E-mail";
pub const PASSWORD: &str = "Password";
pub const FORGOT_LINK: &str = "Forgot your password?";
pub const BACK_TO_SIGN_IN: &str = "Back to sign-in";
pub const OPEN_PORTAL: &str = "Open the portal";
pub const ENTER_EMAIL: &str = "Enter an e-mail address such as name@example.com.";
pub const ENTER_PASSWORD: &str = "Enter your password.";

pub const VISIT_WEBSITE: &str = "Website";
pub const WRITE_TO_SUPPORT: &str = "Write to support";
pub const SIGNED_IN_AS: &str = "You are signed in as";
pub const NO_ACCOUNT: &str = "No account yet? It starts with the link from your invitation.";

/// Over the sign-in of a vendor.
pub fn sign_in_to(vendor: &str) -> String {
    ["Sign in to ", vendor].concat()
}

/// Over the door for somebody who is signed in.
pub fn welcome_to(vendor: &str) -> String {
    ["Welcome to ", vendor].concat()
}

pub const FORGOT_TITLE: &str = "Choose a new password";
pub const FORGOT_INTRO: &str =
    "Enter your e-mail address and we send you a link with which you choose a new password.";
pub const FORGOT_SEND: &str = "Send the link";
pub const FORGOT_SENT_TITLE: &str = "Look into your mailbox";

/// The same whether the address is known or not.
pub fn forgot_sent(email: &str) -> String {
    ["If ", email, " has an account here, a message with a link is on its way. It can take a minute; look into the spam folder too."]
        .concat()
}

pub const RESET_TITLE: &str = "Choose a new password";
pub const RESET_INTRO: &str = "Afterwards you are signed out everywhere and sign in with the new password.";
pub const NEW_PASSWORD: &str = "New password";
pub const RESET_SAVE: &str = "Save new password";
pub const RESET_DONE: &str = "Your new password is saved. Sign in with it.";
pub const RESET_UNUSABLE_TITLE: &str = "This link no longer works";
pub const RESET_UNUSABLE: &str =
    "Links for a new password work once and only for a while. Ask for another one.";
pub const RESET_AGAIN: &str = "Ask for another link";

pub const TERMS_TITLE: &str = "New terms of use";
pub const TERMS_READ: &str = "Read the terms of use";
pub const TERMS_ACCEPT: &str = "I have read and accept the terms of use.";
pub const TERMS_CONTINUE: &str = "Accept and go on";
pub const TERMS_TICK: &str = "Tick the box to accept the terms of use.";
pub const TERMS_OR: &str = "If you do not accept them, sign out. Nothing changes for your licences by that.";
pub const TERMS_MOVED: &str =
    "The terms of use have changed while this page was open. Please read them again.";
pub const TERMS_THANKS: &str = "Thank you. Your acceptance is recorded.";

/// What changed: who asks, and for which version.
pub fn terms_changed(vendor: &str, version: &str) -> String {
    [
        vendor,
        " asks you to read and accept its terms of use, version ",
        version,
        ". They stand in place of any that you accepted before. Until you have accepted them, the portal stays closed.",
    ]
    .concat()
}
