//! The vendor's settings.

pub const TITLE: &str = "Settings";
pub const TABS_LABEL: &str = "Parts of the settings";
pub const COMPANY: &str = "Company";
pub const TERMS: &str = "Terms of use";
pub const LINKS: &str = "Links";
pub const PORTAL: &str = "Portal";
pub const BILLING: &str = "Billing";
pub const MAIL: &str = "Mail";
pub const STRIPE: &str = "Stripe";
pub const READ_ONLY: &str = "You can see the settings. Changing them needs an owner or admin.";

pub const COMPANY_TITLE: &str = "What customers see of you";
pub const NAME: &str = "Company name";
pub const DESCRIPTION: &str = "Description";
pub const DESCRIPTION_HELP: &str = "A sentence or two on the company page.";
pub const DOMAIN: &str = "Domain";
pub const DOMAIN_HELP: &str = "Part of every portal address: /Portal/@domain/. Links that were handed out with another domain stop working.";
pub const WEBSITE: &str = "Website";
pub const SUPPORT_EMAIL: &str = "Support address";
pub const SUPPORT_EMAIL_HELP: &str = "Shown to customers who need help.";
pub const TIME_ZONE: &str = "Time zone";
pub const TIME_ZONE_HELP: &str = "For days and times, for example Europe/Berlin.";
pub const TIME_ZONE_MISSING: &str = "Choose a time zone such as Europe/Berlin.";
pub const COMPANY_SAVED: &str = "The company was saved.";
pub const DOMAIN_QUESTION: &str = "Change the domain?";
pub const DOMAIN_CONFIRM: &str = "Change domain";
pub const DOMAIN_TEXT: &str = "The sign-up link, all association links and bookmarks of your portal that name the old domain stop working.";

pub const LOGO_TITLE: &str = "Logo";
pub const LOGO: &str = "Logo";
pub const LOGO_HELP: &str =
    "PNG, JPEG or WebP, at most 512 KB. A wide picture on a clear background works best.";
pub const LOGO_TOO_BIG: &str = "The file is larger than 512 KB.";
pub const LOGO_WRONG_KIND: &str = "Choose a PNG, JPEG or WebP picture.";
pub const LOGO_SAVED: &str = "The logo was saved.";
pub const LOGO_REMOVED: &str = "The logo was removed.";
pub const LOGO_ACCEPT: &str = "image/png,image/jpeg,image/webp";
/// Largest logo in bytes.
pub const LOGO_MAX: u32 = 512 * 1_024;

pub const COLOUR_OWN: &str = "Use your own colour in the portal";
pub const COLOUR: &str = "Colour";
pub const COLOUR_HELP: &str = "For buttons and links in the portal.";
pub const PREVIEW: &str = "Preview";
pub const PREVIEW_BUTTON: &str = "Subscribe";
pub const PREVIEW_LINK: &str = "A link in your colour";
pub const PREVIEW_LIGHT: &str = "Light";
pub const PREVIEW_DARK: &str = "Dark";

pub const TERMS_TITLE: &str = "Terms of use";
pub const TERMS_INTRO: &str = "Customers accept them when they sign up. Whenever the address or the version changes, everybody is asked again at the next visit. It is the data object cryptolens_customtosurl.";
pub const TERMS_OBJECT: &str = "Open the data objects";
pub const TERMS_URL: &str = "Address";
pub const TERMS_URL_HELP: &str = "Begins with https://. Leave it empty to ask for no terms.";
pub const TERMS_VERSION: &str = "Version label";
pub const TERMS_VERSION_HELP: &str = "Left empty, a new address gets today’s date.";
pub const TERMS_NONE: &str = "No terms are set, so customers are not asked to accept any.";
pub const TERMS_SAVE: &str = "Save terms";
pub const TERMS_SAVED: &str = "The terms were saved.";
pub const TERMS_REMOVED: &str = "The terms were removed.";
pub const TERMS_ACCEPTED: &str = "Accepted by";
pub const TERMS_OUTSTANDING: &str = "Still to accept";
pub const TERMS_IN_FORCE: &str = "In force";
pub const TERMS_ASK_QUESTION: &str = "Ask everybody again?";
pub const TERMS_ASK_TEXT: &str = "Every customer must accept these terms at the next visit, and until then the portal answers nothing else.";
pub const TERMS_ASK_CONFIRM: &str = "Save and ask again";
pub const TERMS_REMOVE_QUESTION: &str = "Remove the terms?";
pub const TERMS_REMOVE_TEXT: &str =
    "Nobody is asked to accept terms any more. What was accepted so far stays on record.";
pub const TERMS_REMOVE_CONFIRM: &str = "Remove terms";

pub const LINKS_TITLE: &str = "Links for customers";
pub const COMPANY_PAGE: &str = "Company page";
pub const COMPANY_PAGE_HELP: &str = "Says who you are, and where customers sign in.";
pub const SIGN_UP_LINK: &str = "Sign-up link";
pub const SIGN_UP_STATE: &str = "State";
pub const SIGN_UP_ON: &str = "On";
pub const SIGN_UP_OFF: &str = "Off";
pub const SIGN_UP_BLOCKED: &str = "Does not work";
pub const SIGN_UPS: &str = "Sign-ups so far";
pub const MANAGE_SIGN_UP: &str = "Open the sign-up link page";
pub const PUBLIC_URL: &str = "Public address";
pub const PUBLIC_URL_HELP: &str =
    "Every link begins with it. It is set when Latchkey is started, with --public-url.";

pub const OWN_TITLE: &str = "What customers do with their licences";
pub const OWN_INTRO: &str = "Customers see in the portal where each key is used, and download its licence file. What they may change is up to you.";
pub const OWN_REMOVE: &str = "Every customer may remove machines";
pub const OWN_REMOVE_HELP: &str =
    "Otherwise only those whose customer page says so. A removed machine makes room for another one.";
pub const OWN_REISSUES: &str = "New keys in the place of old ones, per customer";
pub const OWN_REISSUES_UNIT: &str = "a day";
pub const OWN_REISSUES_HELP: &str = "For keys that got into the wrong hands: the customer gets a new key with everything the old one allowed, and the old one is refused. 0: only staff do that.";
pub const OWN_REISSUES_MISSING: &str = "Enter a number. 0: customers ask you.";
pub const OWN_MACHINES: &str = "The new key keeps the machines of the old one";
pub const OWN_MACHINES_HELP: &str = "Otherwise each machine has to be activated again with the new key.";
pub const OWN_SAVE: &str = "Save";
pub const OWN_SAVED: &str = "What customers may do was saved.";

pub const REFUNDS_TITLE: &str = "Refunds and disputes";
pub const REFUNDS_INTRO: &str = "When all of a payment goes back to the customer. It is suggested when you refund here, and done by itself for refunds and disputes that come from Stripe.";
pub const REFUNDS_RULE: &str = "What becomes of the licence";
pub const REFUNDS_KEEP_NOTE: &str = "What comes from Stripe is put before you under Needs attention.";
pub const REFUNDS_BLOCK_NOTE: &str = "Programs refuse them until you unblock them. A dispute that you win, or a refund that fails, unblocks them again.";
pub const REFUNDS_END_NOTE: &str = "It is cancelled at Stripe at once, which cannot be taken back. While a dispute is open its keys are blocked, and it ends when the dispute is lost.";
pub const REFUNDS_SAVE: &str = "Save";
pub const REFUNDS_SAVED: &str = "What refunds do was saved.";

pub const MAIL_TITLE: &str = "Mail server";
pub const MAIL_STATE: &str = "State";
pub const MAIL_ON: &str = "Messages are sent";
pub const MAIL_OFF: &str = "No mail server is set";
pub const MAIL_OFF_BODY: &str = "Messages are kept under Communications, and the sign-up link does not work, since addresses cannot be proved.";
pub const MAIL_DEMO_BODY: &str = "In the demo, every message lands in its mailbox under Communications.";
pub const MAIL_FIXED: &str =
    "The mail server was set when Latchkey was started, so it cannot be changed here.";
pub const MAIL_SERVER: &str = "Server";
pub const MAIL_FROM: &str = "Sender address";
pub const MAIL_FROM_HELP: &str = "What customers see as the sender.";
pub const MAIL_URL: &str = "Address of the server";
pub const MAIL_URL_HELP: &str =
    "smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465. It is stored sealed.";
pub const MAIL_URL_AGAIN: &str =
    "It is stored sealed. To change anything, enter it once more in full, with its password.";
pub const MAIL_URL_MISSING: &str = "Enter the address of the mail server.";
pub const MAIL_FROM_MISSING: &str = "Enter the address that messages come from.";
pub const MAIL_URL_WRONG: &str = "The address must begin with smtp:// or smtps://.";
pub const MAIL_SAVE: &str = "Save mail server";
pub const MAIL_SAVED: &str = "The mail server was saved.";
pub const MAIL_SWITCHED_OFF: &str = "Mail is switched off.";
pub const MAIL_OFF_QUESTION: &str = "Switch mail off?";
pub const MAIL_OFF_TEXT: &str = "Messages are no longer sent but kept under Communications. New customers cannot sign up through the sign-up link.";
pub const MAIL_OFF_CONFIRM: &str = "Switch mail off";
pub const MAIL_TEST_TITLE: &str = "Try it";
pub const MAIL_TEST_BODY: &str = "Sends a short message to your own address.";
pub const MAIL_TEST: &str = "Send a test message";

/// `4.61 : 1 against white, enough for text`, in words for the two themes. `ratio` is a hundred times the contrast.
pub fn contrast(theme: &str, ratio: u32, enough: bool) -> String {
    let (whole, part) = (ratio / 100, ratio % 100);
    let part = [if part < 10 { "0" } else { "" }, &part.to_string()].concat();
    let verdict = if enough {
        " : 1. Readable as it is."
    } else {
        " : 1. Too faint for text: there the portal uses a stronger shade."
    };
    [theme, ": contrast ", &whole.to_string(), ".", &part, verdict].concat()
}

#[cfg(test)]
mod tests {
    use super::contrast;

    #[test]
    fn ratios_keep_their_zeros() {
        assert_eq!(
            contrast("Light", 405, false).split_once(" : ").map(|parts| parts.0),
            Some("Light: contrast 4.05")
        );
    }
}
