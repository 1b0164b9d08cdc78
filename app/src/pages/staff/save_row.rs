//! The end of a form that shows what is, and lets those who may change it.

use latchkey_shared::text::common::SAVE;
use leptos::prelude::*;

use crate::components::{Button, ButtonRow, Look};

/// The button that saves; nothing for whoever may only look.
#[component]
pub fn SaveRow(
    busy: Signal<bool>,
    read_only: bool,
    #[prop(default = SAVE)] label: &'static str,
) -> impl IntoView {
    (!read_only)
        .then(|| {
            view! {
                <ButtonRow>
                    <Button submit=true look=Look::Primary busy>
                        {label}
                    </Button>
                </ButtonRow>
            }
        })
        .into_any()
}
