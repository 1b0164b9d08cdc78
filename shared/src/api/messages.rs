//! Messages in the vendor's own words, and reminders.

use serde::{Deserialize, Serialize};

use crate::{
    message::{ReminderKind, TemplateKind},
    time::Timestamp,
    validation,
};

/// All messages whose words can be changed, and the rules of the reminders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Templates {
    pub templates: Vec<Template>,
    pub reminders: Vec<Reminder>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Template {
    pub kind: TemplateKind,
    pub subject: String,
    /// Paragraphs, an empty line between them.
    pub text: String,
    /// When the vendor changed it; absent while the words are Latchkey's.
    pub changed: Option<Timestamp>,
    pub changed_by: Option<String>,
}

/// The words of a message, to be kept or tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TemplateWords {
    #[garde(custom(validation::required))]
    pub subject: String,
    #[garde(length(chars, min = 1, max = 5_000))]
    pub text: String,
}

/// A message with made-up values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplatePreview {
    pub subject: String,
    pub text: String,
}

/// When customers are reminded of something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reminder {
    pub kind: ReminderKind,
    pub enabled: bool,
    /// Days before it, or after a payment that failed, separated by commas: `7, 3, 0`.
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
