//! The parts of Stripe, as tabs, and the account that they are about.

use latchkey_shared::text::{inbox, stripe as text, sweeps};
use leptos::prelude::*;

use super::which::{Which, switcher};
use crate::components::{Tab, Tabs};

pub fn sections(which: Which) -> AnyView {
    let tabs = Signal::derive(move || {
        let parts = [
            (text::SECTION_CHECK, "/Stripe"),
            (sweeps::TITLE, "/Stripe/Sweeps"),
            (inbox::EVENTS, "/Stripe/Events"),
            (inbox::ENDPOINTS, "/Stripe/Endpoints"),
        ];
        parts.into_iter().map(|(label, path)| Tab::new(label, which.href(path))).collect::<Vec<_>>()
    });
    view! {
        <Tabs label=text::SECTIONS tabs />
        {switcher(which)}
    }
    .into_any()
}
