//! Somebody opens a sign-up link or an association link.

pub const OPENING: &str = "Opening your invitation";
pub const YOUR_NAME: &str = "Your name";
pub const ENTER_NAME: &str = "Enter your name.";
pub const EMAIL: &str = "E-mail";
pub const EMAIL_FIXED: &str = "The invitation is for this address.";
pub const EMAIL_PROVED: &str = "We send six digits to this address to make sure that it is yours.";
pub const PASSWORD: &str = "Password";
pub const ACCEPT_BEFORE: &str = "I accept the ";
pub const ACCEPT_LINK: &str = "terms of use";
pub const ACCEPT_AFTER: &str = ".";
pub const TICK_TERMS: &str = "Tick the box to accept the terms of use.";
pub const CREATE: &str = "Create account";
pub const HAVE_ACCOUNT: &str = "You have an account already?";
pub const HAVE_ACCOUNT_SIGN_IN: &str = "Sign in instead";
pub const NO_ACCOUNT: &str = "You have no account yet?";
pub const NO_ACCOUNT_CREATE: &str = "Create one";
pub const SIGN_IN_TITLE: &str = "Sign in to go on";
pub const SIGN_IN_INTRO: &str = "Then you confirm that this invitation is for you.";
pub const SIGN_IN_INSTEAD: &str = "There is an account with this address already. Sign in to go on.";
pub const WELCOME: &str = "Welcome. Your account is ready.";

/// Title for the sign-up link.
pub fn create_at(vendor: &str) -> String {
    ["Create your account at ", vendor].concat()
}

/// Who invites, for the sign-up link.
pub fn invites_you(vendor: &str) -> String {
    [vendor, " invites you to its customer portal: choose a plan, get your licence key, see your invoices."]
        .concat()
}

/// Who invites, for a personal link.
pub fn invites_for(vendor: &str, customer: &str) -> String {
    [vendor, " invites you to manage the licences and invoices of ", customer, "."].concat()
}

pub const ATTACH_TITLE: &str = "Attach to your account?";
pub const ATTACH: &str = "Attach to this account";
pub const ATTACH_OTHER: &str = "Use another account";
pub const ATTACH_ALREADY_TITLE: &str = "You are in already";
pub const ATTACH_CUSTOMER: &str = "Customer";
pub const ATTACH_ACCOUNT: &str = "Your account";

/// What attaching means.
pub fn attach(vendor: &str, customer: &str) -> String {
    [
        vendor,
        " invites you to manage ",
        customer,
        ". Once attached, your account sees its licences and invoices.",
    ]
    .concat()
}

/// The account belongs to this customer as it is.
pub fn attached_already(customer: &str, account: &str) -> String {
    ["The account ", account, " belongs to ", customer, " already. There is nothing left to do."].concat()
}

/// After attaching.
pub fn attached(customer: &str) -> String {
    [customer, " now belongs to your account."].concat()
}

pub const PROVE_TITLE: &str = "Enter the six digits";
pub const PROVE_DIGITS: &str = "Six digits";
pub const PROVE: &str = "Confirm";
pub const PROVE_ENTER: &str = "Enter the six digits from the message.";
pub const PROVE_AGAIN: &str = "Send new digits";
pub const PROVE_SENT_AGAIN: &str = "New digits are on their way. The old ones no longer work.";
pub const PROVE_CHANGE: &str = "Change the address";
pub const PROVE_SPAM: &str = "Nothing there? It can take a minute; look into the spam folder too.";

/// Where the digits went.
pub fn prove_sent(email: &str) -> String {
    ["A message with six digits is on its way to ", email, "."].concat()
}

/// How long they work.
pub fn prove_for(minutes: i64) -> String {
    if minutes == 1 {
        "They work for one more minute.".to_owned()
    } else {
        ["They work for ", &minutes.to_string(), " minutes."].concat()
    }
}

/// The one page for every link that cannot be used, which says nothing about why.
pub const UNUSABLE_TITLE: &str = "This link cannot be used";
pub const UNUSABLE: &str = "It may have been used, replaced or copied in part. Open it once more from the message in which you got it, or ask whoever sent it for a new one.";
