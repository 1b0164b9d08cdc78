//! The generic sign-up link.

pub const TITLE: &str = "Sign-up link";
pub const INTRO: &str = "Anyone who has this link can create an account with you: they prove their e-mail address, accept your terms and are in the portal. Put it on your website or print it as QR code.";
pub const ON: &str = "Let people sign up with this link";
pub const ON_HELP: &str = "While it is off, the link leads to a page that says it cannot be used.";
pub const LABEL: &str = "Sign-up link";
pub const QR: &str = "QR code of the sign-up link";
pub const QR_TITLE: &str = "QR code";
pub const QR_HELP: &str = "Scanning it opens the link.";
pub const HIDDEN: &str = "Your role does not show the link itself.";
pub const OFF: &str = "The link is switched off.";
pub const BLOCKED: &str = "Nobody can sign up at the moment.";
pub const SET_MAIL: &str = "Set the mail server";
pub const ROTATE: &str = "Make a new link";
pub const ROTATE_TITLE: &str = "Make a new sign-up link?";
pub const ROTATE_TEXT: &str = "The present link stops working at once, wherever it was published or printed. People who signed up with it keep their accounts.";
pub const ROTATED: &str = "There is a new sign-up link; the old one no longer works.";
pub const SWITCHED_ON: &str = "People can sign up again.";
pub const SWITCHED_OFF: &str = "Nobody can sign up any more.";
pub const FACTS: &str = "So far";
pub const SIGN_UPS: &str = "Sign-ups";
pub const SINCE: &str = "In use since";
pub const PREVIEW: &str = "See what customers see";
pub const NEVER: &str = "the beginning";
