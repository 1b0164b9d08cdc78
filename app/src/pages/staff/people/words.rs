//! Roles and states in words.

use latchkey_shared::{api::staff::StaffState, permission::Role, text::people as text};
use leptos::prelude::*;

use crate::{
    components::{Choice, Tone},
    pages::staff::show,
};

pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => text::OWNER,
        Role::Admin => text::ADMIN,
        Role::Support => text::SUPPORT,
        Role::Viewer => text::VIEWER,
    }
}

/// The roles with what each may do.
pub fn roles() -> Signal<Vec<Choice>> {
    let choice = |own: Role| Choice::new(own.as_str(), role(own)).note(own.describe());
    Signal::stored(Role::ALL.into_iter().map(choice).collect())
}

pub fn state(state: StaffState) -> AnyView {
    match state {
        StaffState::Invited => show::badge(Tone::Notice, text::INVITED),
        StaffState::Active => show::badge(Tone::Good, text::ACTIVE),
        StaffState::Disabled => show::badge(Tone::Neutral, text::DISABLED),
    }
}
