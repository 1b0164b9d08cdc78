//! Messages in the vendor's own words, and reminders.

use latchkey_shared::{
    api::messages::{Reminder, SetReminder, Template, TemplatePreview, TemplateWords, Templates},
    message::{ReminderKind, TemplateKind},
};

use super::Call;

const PATH: &str = "/api/v1/message-templates";

pub fn list() -> Call<Templates> {
    Call::get(PATH.to_owned())
}

pub fn get(kind: TemplateKind) -> Call<Template> {
    Call::get(at(kind, ""))
}

pub fn change(kind: TemplateKind, form: &TemplateWords) -> Call<Template> {
    Call::put(at(kind, ""), form)
}

pub fn reset(kind: TemplateKind) -> Call<Template> {
    Call::delete(at(kind, ""))
}

/// With made-up values.
pub fn preview(kind: TemplateKind, form: &TemplateWords) -> Call<TemplatePreview> {
    Call::post(at(kind, "/preview"), form)
}

/// To whoever presses the button.
pub fn test(kind: TemplateKind, form: &TemplateWords) -> Call<()> {
    Call::post(at(kind, "/test"), form)
}

pub fn set_reminder(kind: ReminderKind, form: &SetReminder) -> Call<Vec<Reminder>> {
    Call::put(["/api/v1/reminders/", kind.as_str()].concat(), form)
}

fn at(kind: TemplateKind, rest: &str) -> String {
    [PATH, "/", kind.as_str(), rest].concat()
}
