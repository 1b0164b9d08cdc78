//! The parts of Stripe, as tabs.

use latchkey_shared::text::{inbox, stripe as text, sweeps};
use leptos::prelude::*;

use crate::components::{Tab, Tabs};

pub fn sections() -> AnyView {
    let tabs = vec![
        Tab::new(text::SECTION_CHECK, "/Stripe"),
        Tab::new(sweeps::TITLE, "/Stripe/Sweeps"),
        Tab::new(inbox::EVENTS, "/Stripe/Events"),
        Tab::new(inbox::ENDPOINTS, "/Stripe/Endpoints"),
    ];
    view! { <Tabs label=text::SECTIONS tabs /> }.into_any()
}
