//! Messages in the vendor's own words, and reminders.

use latchkey_shared::{
    api::message_templates::{
        MessagePreview, MessageTemplate, MessageTemplates, MessageWords, Reminders, SetReminder,
    },
    message_template::TemplateKind,
    reminder::ReminderKind,
};

use super::Call;

const PATH: &str = "/api/v1/message-templates";
const REMINDERS: &str = "/api/v1/reminders";

pub fn list() -> Call<MessageTemplates> {
    Call::get(PATH.to_owned())
}

pub fn get(kind: TemplateKind) -> Call<MessageTemplate> {
    Call::get(at(kind, ""))
}

pub fn change(kind: TemplateKind, form: &MessageWords) -> Call<MessageTemplate> {
    Call::put(at(kind, ""), form)
}

/// Goes back to the original wording.
pub fn reset(kind: TemplateKind) -> Call<MessageTemplate> {
    Call::delete(at(kind, ""))
}

/// With made-up values.
pub fn preview(kind: TemplateKind, form: &MessageWords) -> Call<MessagePreview> {
    Call::post(at(kind, "/preview"), form)
}

/// To whoever presses the button.
pub fn test(kind: TemplateKind, form: &MessageWords) -> Call<()> {
    Call::post(at(kind, "/test"), form)
}

pub fn reminders() -> Call<Reminders> {
    Call::get(REMINDERS.to_owned())
}

pub fn set_reminder(kind: ReminderKind, form: &SetReminder) -> Call<Reminders> {
    Call::put([REMINDERS, "/", kind.as_str()].concat(), form)
}

fn at(kind: TemplateKind, rest: &str) -> String {
    [PATH, "/", kind.as_str(), rest].concat()
}
