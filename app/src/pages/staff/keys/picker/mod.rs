//! Choosing a customer or a licence key while typing.

mod customer;
mod field;
mod key;

use leptos::prelude::*;

use latchkey_shared::ids::CustomerId;

pub use customer::CustomerPicker;
pub use key::KeyPicker;

/// What was chosen: a customer, unless it says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked<I = CustomerId> {
    pub id: I,
    pub name: String,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    id: i64,
    name: String,
    /// Tells it from others of the same name.
    note: String,
}

/// What a search comes to.
#[derive(Clone, Copy)]
struct Finding {
    /// `None` while nothing is searched for, or the first answer is on its way.
    rows: Signal<Option<Vec<Found>>>,
    failed: Signal<bool>,
}

/// What a picker says.
#[derive(Clone, Copy)]
struct Words {
    hint: &'static str,
    none: &'static str,
    failed: &'static str,
}

/// What was typed as a search: quoted when it has signs that the filter language would read as its own.
fn as_filter(typed: &str) -> String {
    let typed = typed.trim();
    let plain = |letter: char| letter.is_alphanumeric() || "@.-_+ ".contains(letter);
    if typed.chars().all(plain) {
        typed.to_owned()
    } else {
        let escaped = typed.replace('\\', "\\\\").replace('"', "\\\"");
        ["\"", &escaped, "\""].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::as_filter;

    #[test]
    fn signs_of_the_filter_language_are_quoted() {
        assert_eq!(as_filter(" ann@example.com "), "ann@example.com");
        assert_eq!(as_filter("Bob Martin"), "Bob Martin");
        assert_eq!(as_filter("O'Neil (old)"), "\"O'Neil (old)\"");
        assert_eq!(as_filter("say \"hi\""), "\"say \\\"hi\\\"\"");
        assert_eq!(as_filter("  "), "");
    }
}
