//! The server's own field checks, before anything is sent.

use garde::{Report, Validate};
use latchkey_shared::field_words;

use crate::components::FormErrors;

/// Checks `form` by the rules that the server applies too; shows what is wrong at the fields and focuses the first.
/// True when it may be sent.
pub fn check<F>(form: &F, errors: FormErrors) -> bool
where
    F: Validate,
    F::Context: Default,
{
    field_words::validate(form).map_err(|report| show(&report, errors)).is_ok()
}

fn show(report: &Report, errors: FormErrors) {
    for (path, error) in report.iter() {
        errors.set(&path.to_string(), error.message());
    }
    errors.settle();
}
