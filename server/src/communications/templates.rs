//! Messages in the vendor's words, or in Latchkey's until they are changed.

use latchkey_shared::{
    api::messages::{Template, TemplatePreview, TemplateWords},
    ids::StaffId,
    message::{self, Placeholder, TemplateKind},
    time::Timestamp,
};
use latchkey_store::{entity::message_template, reminders as store};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::letters::{self, Letter};
use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    identity::staff,
    state::AppState,
    vendor,
};

/// What stands for the placeholders of one message.
#[derive(Clone, Debug, Default)]
pub struct Values(Vec<(Placeholder, String)>);

impl Values {
    #[must_use]
    pub fn with(mut self, placeholder: Placeholder, value: impl Into<String>) -> Self {
        self.0.push((placeholder, value.into()));
        self
    }

    fn of(&self, placeholder: Placeholder) -> String {
        let found = self.0.iter().find(|(own, _)| *own == placeholder);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// The message as it is sent now. The vendor's name is always known.
pub async fn letter<C: ConnectionTrait>(
    connection: &C,
    kind: TemplateKind,
    values: Values,
) -> AppResult<Letter> {
    let vendor = vendor::load(connection).await?.name;
    let values = values.with(Placeholder::Vendor, letters::name(&vendor));
    let (subject, text) = match store::template(connection, kind).await? {
        Some(row) => (row.subject, row.body),
        None => default(kind),
    };
    Ok(rendered(kind, &subject, &text, &values))
}

fn rendered(kind: TemplateKind, subject: &str, text: &str, values: &Values) -> Letter {
    let filled = |text: &str| message::fill(text, |placeholder| values.of(placeholder));
    // A value must not break the subject's line.
    let subject: String = filled(subject).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.replace("\r\n", "\n");
    // Filled after it is cut: a value never makes a paragraph.
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(|paragraph| filled(paragraph.trim()))
        .filter(|text| !text.is_empty())
        .collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    Letter::new(kind.as_str(), subject.trim().to_owned(), &paragraphs)
}

/// All of them, as they stand.
pub async fn all(app: &AppState) -> AppResult<Vec<Template>> {
    let own = store::templates(app.store.read()).await?;
    let shown = TemplateKind::ALL.iter().map(|kind| {
        let row = own.iter().find(|row| row.kind == kind.as_str());
        show(*kind, row)
    });
    Ok(shown.collect())
}

/// One of them.
pub async fn one(app: &AppState, kind: TemplateKind) -> AppResult<Template> {
    Ok(show(kind, store::template(app.store.read(), kind).await?.as_ref()))
}

fn show(kind: TemplateKind, row: Option<&message_template::Model>) -> Template {
    match row {
        Some(row) => Template {
            kind,
            subject: row.subject.clone(),
            text: row.body.clone(),
            changed: Some(Timestamp::from_millis(row.updated_at)),
            changed_by: row.changed_by.clone(),
        },
        None => {
            let (subject, text) = default(kind);
            Template { kind, subject, text, changed: None, changed_by: None }
        }
    }
}

/// Keeps the vendor's words.
///
/// # Errors
/// 422 where a placeholder stands there that the message does not know.
pub async fn change(
    app: &AppState,
    origin: &Origin,
    kind: TemplateKind,
    form: TemplateWords,
) -> AppResult<Template> {
    check(kind, &form)?;
    let now = app.clock.now();
    let before = one(app, kind).await?;
    let row = message_template::Model {
        kind: kind.as_str().to_owned(),
        subject: form.subject.trim().to_owned(),
        body: form.text.trim().to_owned(),
        changed_by: origin.name.clone(),
        updated_at: now,
    };
    let transaction = app.store.begin().await?;
    let entry = Entry {
        before: Some(json!({"subject": before.subject, "text": before.text})),
        after: Some(json!({"subject": row.subject, "text": row.body})),
        ..entry("template_changed", format!("The message “{}” was put into other words.", kind.label()))
    };
    store::keep_template(&transaction, row).await?;
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    one(app, kind).await
}

/// Goes back to Latchkey's words.
pub async fn reset(app: &AppState, origin: &Origin, kind: TemplateKind) -> AppResult<Template> {
    let before = one(app, kind).await?;
    let transaction = app.store.begin().await?;
    store::forget_template(&transaction, kind).await?;
    let entry = Entry {
        before: Some(json!({"subject": before.subject, "text": before.text})),
        ..entry("template_reset", format!("The message “{}” has Latchkey's words again.", kind.label()))
    };
    audit::record(&transaction, app.clock.now(), origin, entry).await?;
    transaction.commit().await?;
    one(app, kind).await
}

fn entry(action: &'static str, text: String) -> Entry {
    Entry { action, subject_kind: "vendor", subject_id: vendor::ID, text, ..Entry::default() }
}

/// The words with made-up values, not kept.
pub async fn preview(app: &AppState, kind: TemplateKind, form: &TemplateWords) -> AppResult<TemplatePreview> {
    let letter = try_out(app, kind, form).await?;
    Ok(TemplatePreview { subject: letter.subject, text: letter.text })
}

/// The words with made-up values, as a message.
pub async fn try_out(app: &AppState, kind: TemplateKind, form: &TemplateWords) -> AppResult<Letter> {
    check(kind, form)?;
    let vendor = vendor::load(app.store.read()).await?.name;
    let values = Values::default()
        .with(Placeholder::Vendor, letters::name(&vendor))
        .with(Placeholder::Customer, "Ada Lovelace")
        .with(Placeholder::Product, "Analytical Engine")
        .with(Placeholder::Plan, "Yearly")
        .with(Placeholder::Date, Timestamp::from_millis(app.clock.now()).plus_days(3).utc_date().to_string())
        .with(Placeholder::Days, "in 3 days")
        .with(Placeholder::Amount, "49.00 EUR")
        .with(Placeholder::Key, "ABCDE-FGHIJ-KLMNO-PQRST")
        .with(Placeholder::Link, app.config.url("/Portal"));
    Ok(rendered(kind, &form.subject, &form.text, &values))
}

/// Sends the words with made-up values to a member of the staff.
pub async fn send_test(
    app: &AppState,
    member: StaffId,
    kind: TemplateKind,
    form: &TemplateWords,
) -> AppResult<()> {
    let letter = try_out(app, kind, form).await?;
    let transaction = app.store.begin().await?;
    let member = staff::find(&transaction, member.0).await?.ok_or_else(AppError::unauthenticated)?;
    super::send(app, &transaction, None, &member.email, letter).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

fn check(kind: TemplateKind, form: &TemplateWords) -> AppResult<()> {
    for (field, text) in [("subject", &form.subject), ("text", &form.text)] {
        if let Some(name) = message::unknown(kind, text) {
            let known: Vec<String> =
                kind.placeholders().iter().map(|placeholder| format!("{{{placeholder}}}")).collect();
            let words = format!("{{{name}}} cannot stand here. These can: {}.", known.join(", "));
            return Err(AppError::field(field, words));
        }
    }
    Ok(())
}

/// Latchkey's words: subject and text.
fn default(kind: TemplateKind) -> (String, String) {
    let (subject, paragraphs): (&str, &[&str]) = match kind {
        TemplateKind::KeyIssued => (
            "Your licence key for {product}",
            &[
                "Thank you for choosing {product} by {vendor}. This is your licence key:",
                "{key}",
                "You find it, what it allows and your invoices here:",
                "{link}",
            ],
        ),
        TemplateKind::TrialEnding => (
            "Your trial of {product} ends {days}",
            &[
                "Hello {customer},",
                "your trial of {product} by {vendor} ends {days}, on {date}. If you keep it, {amount} is charged for {plan}.",
                "To keep it or to cancel, go to your billing page:",
                "{link}",
            ],
        ),
        TemplateKind::PaymentFailed => (
            "Your payment for {product} did not go through",
            &[
                "Hello {customer},",
                "the payment of {amount} for {product} ({plan}), due on {date}, did not go through. What you bought still works for now.",
                "Most often the card has run out or has too little on it. Put another card in, or pay the open invoice, here:",
                "{link}",
            ],
        ),
        TemplateKind::Renewal => (
            "{product} renews {days}",
            &[
                "Hello {customer},",
                "your subscription to {product} ({plan}) renews {days}, on {date}, for {amount}. You need not do anything.",
                "If you do not want it any longer, cancel before that day:",
                "{link}",
            ],
        ),
        TemplateKind::Expiry => (
            "Your subscription to {product} ends {days}",
            &[
                "Hello {customer},",
                "your subscription to {product} by {vendor} was cancelled and ends {days}, on {date}. Its licence keys stop working then.",
                "If you have changed your mind, keep it with one press:",
                "{link}",
            ],
        ),
        TemplateKind::ExpiryNotice => (
            "Your licence for {product}: {days}",
            &[
                "This is a reminder from {vendor} that your licence for {product} ends: {days}. The licence key is:",
                "{key}",
                "You find your licences here:",
                "{link}",
            ],
        ),
    };
    (subject.to_owned(), paragraphs.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latchkeys_own_words_use_only_what_is_known() {
        for kind in TemplateKind::ALL {
            let (subject, text) = default(*kind);
            assert_eq!(message::unknown(*kind, &subject), None, "{kind}");
            assert_eq!(message::unknown(*kind, &text), None, "{kind}");
        }
    }

    #[test]
    fn a_value_makes_neither_a_line_nor_a_paragraph_nor_another_placeholder() {
        let values = Values::default()
            .with(Placeholder::Customer, "Ann\r\nBcc: all@example.com {key}")
            .with(Placeholder::Key, "SECRET");
        let letter = rendered(TemplateKind::KeyIssued, "Hello {customer}", "One\n\n{customer}", &values);
        assert_eq!(letter.subject, "Hello Ann  Bcc: all@example.com {key}");
        assert!(!letter.text.contains("SECRET"));
        assert!(letter.html.unwrap().contains("<p>One</p><p>Ann"));
    }
}
