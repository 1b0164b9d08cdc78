//! Messages in the vendor's words, or in Latchkey's until they are changed.

use latchkey_shared::{
    api::message_templates::{MessagePreview, MessageTemplate, MessageWords},
    ids::StaffId,
    message_template::{self, Placeholder, TemplateKind},
    time::Timestamp,
};
use latchkey_store::{entity::message_template as row, message_templates as store};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{
    letters::{self, Letter},
    originals,
    values::Values,
};
use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    identity::staff,
    state::AppState,
    vendor,
};

/// The message as it is sent now. The vendor's name is always known.
pub async fn letter<C: ConnectionTrait>(
    connection: &C,
    kind: TemplateKind,
    values: Values,
) -> AppResult<Letter> {
    let own = store::find(connection, kind).await?;
    let (subject, text) = own.map_or_else(|| originals::words(kind), |row| (row.subject, row.body));
    Ok(rendered(kind, &subject, &text, &with_vendor(connection, values).await?))
}

/// The message in Latchkey's words, for those whom the vendor's are not meant for.
pub async fn original<C: ConnectionTrait>(
    connection: &C,
    kind: TemplateKind,
    values: Values,
) -> AppResult<Letter> {
    let (subject, text) = originals::words(kind);
    Ok(rendered(kind, &subject, &text, &with_vendor(connection, values).await?))
}

async fn with_vendor<C: ConnectionTrait>(connection: &C, values: Values) -> AppResult<Values> {
    let vendor = vendor::load(connection).await?.name;
    Ok(values.with(Placeholder::Vendor, letters::name(&vendor)))
}

fn rendered(kind: TemplateKind, subject: &str, text: &str, values: &Values) -> Letter {
    let filled = |text: &str| message_template::fill(text, |placeholder| values.of(placeholder));
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
    Letter::new(sent_as(kind), subject.trim().to_owned(), &paragraphs)
}

/// The word in the list of messages: both invitations carry the same link.
const fn sent_as(kind: TemplateKind) -> &'static str {
    match kind {
        TemplateKind::MovedIn => TemplateKind::Association.as_str(),
        other => other.as_str(),
    }
}

/// All of them, as they stand.
pub async fn all(app: &AppState) -> AppResult<Vec<MessageTemplate>> {
    let own = store::all(app.store.read()).await?;
    let shown = TemplateKind::ALL.iter().map(|kind| {
        let row = own.iter().find(|row| row.kind == kind.as_str());
        show(*kind, row)
    });
    Ok(shown.collect())
}

/// One of them.
pub async fn one<C: ConnectionTrait>(connection: &C, kind: TemplateKind) -> AppResult<MessageTemplate> {
    Ok(show(kind, store::find(connection, kind).await?.as_ref()))
}

fn show(kind: TemplateKind, row: Option<&row::Model>) -> MessageTemplate {
    let Some(row) = row else {
        let (subject, text) = originals::words(kind);
        return MessageTemplate { kind, subject, text, changed: None, changed_by: None };
    };
    MessageTemplate {
        kind,
        subject: row.subject.clone(),
        text: row.body.clone(),
        changed: Some(Timestamp::from_millis(row.updated_at)),
        changed_by: row.changed_by.clone(),
    }
}

/// Keeps the vendor's words.
///
/// # Errors
/// 422 where a placeholder stands there that the message does not know, or one is missing that it needs.
pub async fn change(
    app: &AppState,
    origin: &Origin,
    kind: TemplateKind,
    form: &MessageWords,
) -> AppResult<MessageTemplate> {
    check(kind, form)?;
    let now = app.clock.now();
    let row = row::Model {
        kind: kind.as_str().to_owned(),
        subject: form.subject.trim().to_owned(),
        body: form.text.trim().to_owned(),
        changed_by: origin.name.clone(),
        updated_at: now,
    };
    let transaction = app.store.begin().await?;
    let before = one(&transaction, kind).await?;
    let after = show(kind, Some(&row));
    let entry = Entry {
        before: Some(audited(&before)),
        after: Some(audited(&after)),
        ..entry("template_changed", format!("The message “{}” was put into other words.", kind.label()))
    };
    store::keep(&transaction, row).await?;
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    Ok(after)
}

/// Goes back to Latchkey's words.
pub async fn reset(app: &AppState, origin: &Origin, kind: TemplateKind) -> AppResult<MessageTemplate> {
    let transaction = app.store.begin().await?;
    let before = one(&transaction, kind).await?;
    let after = show(kind, None);
    if before.changed.is_some() {
        let entry = Entry {
            before: Some(audited(&before)),
            after: Some(audited(&after)),
            ..entry(
                "template_reset",
                format!("The message “{}” has its original wording again.", kind.label()),
            )
        };
        store::forget(&transaction, kind).await?;
        audit::record(&transaction, app.clock.now(), origin, entry).await?;
        transaction.commit().await?;
    }
    Ok(after)
}

fn entry(action: &'static str, text: String) -> Entry {
    Entry { action, subject_kind: "vendor", subject_id: vendor::ID, text, ..Entry::default() }
}

fn audited(template: &MessageTemplate) -> Value {
    json!({"subject": template.subject, "text": template.text})
}

/// The words with made-up values, not kept.
pub async fn preview(app: &AppState, kind: TemplateKind, form: &MessageWords) -> AppResult<MessagePreview> {
    let letter = try_out(app, app.store.read(), kind, form).await?;
    Ok(MessagePreview { subject: letter.subject, text: letter.text })
}

/// The words with made-up values, as a message.
async fn try_out<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    kind: TemplateKind,
    form: &MessageWords,
) -> AppResult<Letter> {
    check(kind, form)?;
    let now = Timestamp::from_millis(app.clock.now());
    let distance = if matches!(
        kind,
        TemplateKind::Expired | TemplateKind::PaymentFailed | TemplateKind::RenewalMissed
    ) {
        -3
    } else {
        3
    };
    let values = Values::default()
        .with(Placeholder::Customer, "Ada Lovelace")
        .with(Placeholder::Product, "Analytical Engine")
        .with(Placeholder::Plan, "Yearly")
        .with(Placeholder::Date, now.plus_days(distance).utc_date().to_string())
        .with_distance(distance)
        .with(Placeholder::Until, now.plus_days(4).utc_date().to_string())
        .with(Placeholder::Amount, "49.00 EUR")
        .with(Placeholder::Reason, "The balance of 12.00 EUR does not cover the 49.00 EUR of another period.")
        .with(Placeholder::Key, "ABCDE-FGHIJ-KLMNO-PQRST")
        .with(Placeholder::Code, "314159")
        .with(Placeholder::Link, app.config.url("/Portal"));
    Ok(rendered(kind, &form.subject, &form.text, &with_vendor(connection, values).await?))
}

/// Sends the words with made-up values to a member of the staff.
pub async fn send_test(
    app: &AppState,
    member: StaffId,
    kind: TemplateKind,
    form: &MessageWords,
) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let letter = try_out(app, &transaction, kind, form).await?;
    let member = staff::find(&transaction, member.0).await?.ok_or_else(AppError::unauthenticated)?;
    super::send(app, &transaction, None, &member.email, letter).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

fn check(kind: TemplateKind, form: &MessageWords) -> AppResult<()> {
    kind.check_names(&form.subject).map_err(|wrong| AppError::field("subject", wrong))?;
    kind.check_text(&form.text).map_err(|wrong| AppError::field("text", wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_makes_neither_a_line_nor_a_paragraph_nor_another_placeholder_nor_html() {
        let values = Values::default()
            .with(Placeholder::Customer, "Ann\r\nBcc: all@example.com {key} <b>")
            .with(Placeholder::Key, "SECRET");
        let letter =
            rendered(TemplateKind::KeyIssued, "Hello {customer}", "<i>One</i>\n\n{customer}", &values);
        assert_eq!(letter.subject, "Hello Ann  Bcc: all@example.com {key} <b>");
        assert!(!letter.text.contains("SECRET"));
        let html = letter.html.unwrap();
        assert!(html.contains("<p>&lt;i&gt;One&lt;/i&gt;</p><p>Ann"), "{html}");
        assert!(html.contains("{key} &lt;b&gt;"), "{html}");
    }
}
