//! What is asked whenever a subscription is changed by hand.

use latchkey_shared::text::changes as text;
use leptos::prelude::*;

use crate::components::{TextAreaField, TextField};

/// Why; it stands in the history.
pub fn reason_field(reason: RwSignal<String>, required: bool) -> AnyView {
    view! {
        <TextAreaField
            name="reason"
            label=text::REASON
            value=reason
            help=text::REASON_HELP
            rows=2
            max_length=1000
            required
        />
    }
    .into_any()
}

/// What a payment is called at the bank or in the books.
pub fn reference_field(reference: RwSignal<String>) -> AnyView {
    view! {
        <TextField
            name="reference"
            label=text::REFERENCE
            value=reference
            help=text::REFERENCE_HELP
            max_length=100
        />
    }
    .into_any()
}
