//! Messages in the vendor's own words, and reminders.

use serde::{Deserialize, Serialize};

use crate::{message_template::TemplateKind, reminder::ReminderKind, time::Timestamp, validation};

/// All messages to customers whose words can be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageTemplates {
    pub templates: Vec<MessageTemplate>,
}

/// The words of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageTemplate {
    pub kind: TemplateKind,
    pub subject: String,
    /// Paragraphs, an empty line between them.
    pub text: String,
    /// When the vendor changed it; absent while the words are Latchkey's.
    pub changed: Option<Timestamp>,
    pub changed_by: Option<String>,
}

/// The words of a message, to be kept or tried. `{names}` stand for what differs from customer to customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageWords {
    #[garde(custom(validation::required))]
    pub subject: String,
    /// At most 5,000 characters.
    #[garde(custom(letter))]
    pub text: String,
}

/// A message with made-up values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessagePreview {
    pub subject: String,
    pub text: String,
}

/// What customers are reminded of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reminders {
    pub reminders: Vec<Reminder>,
    /// The time zone whose days are counted.
    pub time_zone: String,
}

/// When customers are reminded of something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reminder {
    pub kind: ReminderKind,
    pub enabled: bool,
    /// Days before the day it is about, or after it for what has happened; separated by commas: `7, 3, 0`.
    pub days: String,
}

/// Change a reminder's rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetReminder {
    #[garde(skip)]
    pub enabled: bool,
    #[garde(custom(validation::line))]
    pub days: String,
}

/// Long enough for a letter.
const TEXT_MAX: usize = 5_000;

fn letter<C>(value: &str, _: &C) -> garde::Result {
    if value.trim().is_empty() {
        return Err(garde::Error::new("Fill in this field."));
    }
    if value.chars().count() > TEXT_MAX {
        return Err(garde::Error::new("Use at most 5,000 characters."));
    }
    Ok(())
}
