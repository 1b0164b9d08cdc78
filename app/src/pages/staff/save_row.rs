//! The end of a form that shows what is, and lets those who may change it; on a page and in a dialog.

use latchkey_shared::text::common::SAVE;
use leptos::prelude::*;

use crate::components::{Button, ButtonRow, CancelButton, Look};

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

/// The end of a form in a dialog: it is left as it was, or saved.
#[component]
pub fn DialogSaveRow(open: RwSignal<bool>, busy: Signal<bool>) -> impl IntoView {
    view! {
        <ButtonRow end=true>
            <CancelButton open />
            <Button submit=true look=Look::Primary busy>
                {SAVE}
            </Button>
        </ButtonRow>
    }
    .into_any()
}
