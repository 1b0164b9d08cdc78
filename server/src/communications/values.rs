//! What stands in a message where its words have `{names}`.

use latchkey_shared::message_template::Placeholder;

/// The values for the placeholders of one message.
#[derive(Clone, Debug, Default)]
pub struct Values(Vec<(Placeholder, String)>);

impl Values {
    #[must_use]
    pub fn with(mut self, placeholder: Placeholder, value: impl Into<String>) -> Self {
        self.0.push((placeholder, value.into()));
        self
    }

    /// How far away the day is that the message is about, in calendar days, negative after it.
    #[must_use]
    pub fn with_distance(self, days: i64) -> Self {
        self.with(Placeholder::When, in_words(days)).with(Placeholder::Days, days.unsigned_abs().to_string())
    }

    /// The value, or nothing where there is none.
    pub fn of(&self, placeholder: Placeholder) -> String {
        let found = self.0.iter().find(|(own, _)| *own == placeholder);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// `in 3 days`, `today`, `3 days ago`.
fn in_words(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", days.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_people_say_them() {
        for (days, words, number) in [
            (0, "today", "0"),
            (1, "tomorrow", "1"),
            (7, "in 7 days", "7"),
            (-1, "yesterday", "1"),
            (-3, "3 days ago", "3"),
        ] {
            let values = Values::default().with_distance(days);
            assert_eq!(values.of(Placeholder::When), words);
            assert_eq!(values.of(Placeholder::Days), number);
        }
    }
}
