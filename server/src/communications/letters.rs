//! What Latchkey writes to people.

use latchkey_shared::permission::Permission;

/// A message without its recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Stable word, see `shared::api::communications`.
    pub kind: &'static str,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
}

impl Letter {
    /// A message of paragraphs, in plain text and in simple HTML.
    pub(super) fn new(kind: &'static str, subject: String, paragraphs: &[&str]) -> Self {
        let text = paragraphs.join("\n\n") + "\n";
        let body = paragraphs.iter().map(|paragraph| linked(paragraph)).collect::<Vec<_>>().join("</p><p>");
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
             <body style=\"font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:36em\"><p>{body}</p></body></html>",
            escape(&subject)
        );
        Self { kind, subject, text, html: Some(html) }
    }
}

/// A paragraph in HTML; a paragraph that is an address becomes a link, line breaks stay.
fn linked(paragraph: &str) -> String {
    let safe = escape(paragraph).replace('\n', "<br>");
    if paragraph.starts_with("http") && !paragraph.contains(char::is_whitespace) {
        format!("<a href=\"{safe}\">{safe}</a>")
    } else {
        safe
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The permission that reading such a message needs beside reading messages: its body lets people in.
pub fn needs_permission(kind: &str) -> Option<Permission> {
    match kind {
        "password_reset" | "staff_invitation" => Some(Permission::StaffManage),
        "association" | "email_proof" => Some(Permission::LinksManage),
        _ => None,
    }
}

/// The vendor's name, or the program's while there is none.
pub(super) fn name(vendor: &str) -> &str {
    if vendor.is_empty() { "Latchkey" } else { vendor }
}

/// To a new colleague.
pub fn staff_invitation(vendor: &str, url: &str) -> Letter {
    let vendor = name(vendor);
    Letter::new(
        "staff_invitation",
        format!("You are invited to the staff of {vendor}"),
        &["Open this address within 7 days and choose a password:", url],
    )
}

/// To whoever tries the mail server.
pub fn mail_test(vendor: &str) -> Letter {
    let vendor = name(vendor);
    Letter::new(
        "mail_test",
        format!("A test message of {vendor}"),
        &["The mail server works: this message came through it."],
    )
}

/// To staff: what Latchkey could not put right by itself.
pub fn needs_attention(vendor: &str, lines: &[String], url: &str) -> Letter {
    let vendor = name(vendor);
    let subject = match lines {
        [only] => format!("{vendor}: {only}"),
        many => format!("{vendor}: {} things need attention", many.len()),
    };
    // A subject line has no breaks, and little room.
    let subject: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect();
    let listed = lines.join("\n");
    Letter::new(
        "needs_attention",
        subject,
        &[
            "Latchkey could not put this right by itself:",
            &listed,
            "What it means and what can be done:",
            url,
        ],
    )
}

/// Written by staff.
pub fn by_staff(subject: &str, text: &str) -> Letter {
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    Letter::new("staff_message", subject.to_owned(), &paragraphs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_escaped_and_addresses_are_links() {
        let letter = by_staff("<b>", "a < b\n\nhttps://example.com/?a=1&b=2");
        let html = letter.html.unwrap();
        assert!(html.contains("<title>&lt;b&gt;</title>"));
        assert!(html.contains("a &lt; b"));
        assert!(html.contains("<a href=\"https://example.com/?a=1&amp;b=2\">"));
        assert_eq!(letter.text, "a < b\n\nhttps://example.com/?a=1&b=2\n");
    }
}
