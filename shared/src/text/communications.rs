//! Messages sent to people.

use crate::message_template::TemplateKind;

pub const TITLE: &str = "Communications";
pub const ONE: &str = "Message";
pub const SEARCH: &str = "Filter messages";
pub const SEARCH_HINT: &str = "An address, or a filter such as state = failed, created > today-7d";
pub const EMPTY_TITLE: &str = "No messages yet";
pub const EMPTY_BODY: &str =
    "What Latchkey writes to customers and staff is listed here with how its delivery went.";
pub const KEPT_TITLE: &str = "Messages are kept here and not sent";
pub const KEPT_BODY: &str =
    "No mail server is set, so codes and links must be read from here and handed over.";
pub const MAILBOX_TITLE: &str = "The demo's mailbox";
pub const MAILBOX_BODY: &str = "In the demo nothing leaves this machine. Every message lands here within seconds, for whoever it was written.";
pub const SET_MAIL: &str = "Set a mail server";

pub const VIEWS: &str = "Saved views";
pub const VIEW_ALL: &str = "All";
pub const VIEW_KEPT: &str = "Kept";
pub const VIEW_FAILED: &str = "Failed";

pub const SUBJECT: &str = "Subject";
pub const TO: &str = "To";
pub const CUSTOMER: &str = "Customer";
pub const KIND: &str = "Kind";
pub const STATE: &str = "State";
pub const CREATED: &str = "Written";
pub const SENT: &str = "Sent";
pub const ATTEMPTS: &str = "Tries";
pub const NOT_YET: &str = "Not yet";
pub const DELIVERY: &str = "Delivery";

pub const QUEUED: &str = "Queued";
pub const SENT_STATE: &str = "Sent";
pub const KEPT: &str = "Kept";
pub const FAILED: &str = "Failed";
pub const QUEUED_MEANS: &str = "Waits for its turn or its next try.";
pub const SENT_MEANS: &str = "The mail server took it.";
pub const KEPT_MEANS: &str = "No mail server is set, so it is kept here.";
pub const FAILED_MEANS: &str = "Given up after the last try.";

pub const IN_SHORT: &str = "In this message";
pub const CODE: &str = "Code";
pub const LINK: &str = "Link";
pub const BODY: &str = "Text of the message";
pub const FAILED_TITLE: &str = "This message was not delivered";
pub const RESEND: &str = "Send again";
pub const RESENT: &str = "The message is queued again.";
pub const RESEND_TEXT: &str =
    "The same words go to the same address once more. A code or link in it may have run out.";
pub const RESEND_CONFIRM: &str = "Send again";

pub fn resend_question(to: &str) -> String {
    ["Send this to ", to, " again?"].concat()
}

/// The words for a kind; an unknown one is shown with its underscores as spaces.
pub fn kind(word: &str) -> String {
    if let Some(kind) = TemplateKind::parse(word) {
        return kind.label().to_owned();
    }
    match word {
        "email_change" => "Change of an address".to_owned(),
        "staff_invitation" => "Staff invitation".to_owned(),
        "staff_message" => "Message from staff".to_owned(),
        "mail_test" => "Test".to_owned(),
        other => {
            let mut words = other.replace('_', " ");
            if let Some(first) = words.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            words
        }
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn unknown_kinds_are_readable() {
        assert_eq!(kind("key_issued"), "Licence key");
        assert_eq!(kind("device_limit_reached"), "Device limit reached");
        assert_eq!(kind(""), "");
        assert_eq!(kind("ärger"), "ärger");
    }
}
