//! What the pages for developers share.

use latchkey_shared::{permission::Permission, text::tokens as text};
use leptos::prelude::*;

use super::show::may;
use crate::components::{Tab, Tabs};

/// The tabs over tokens, log and reference: those that the person may see.
pub fn tabs() -> AnyView {
    let mut tabs = Vec::new();
    if may(Permission::SettingsRead) {
        tabs.push(Tab::new(text::TITLE, "/Tokens"));
    }
    if may(Permission::AuditRead) {
        tabs.push(Tab::new(text::LOG, "/Log"));
    }
    tabs.push(Tab::new(text::REFERENCE, "/Reference"));
    view! { <Tabs label=text::TABS tabs=Signal::stored(tabs) /> }.into_any()
}
