//! Machines and floating seats as rows of a table.

use latchkey_shared::{api::web_api::Machine, permission::Permission, text::key_use as text};
use leptos::prelude::*;

use crate::{
    components::{Badge, Column, Glyph, IconButton, Row, Tone},
    pages::staff::show::{self, may},
};

/// Milliseconds since 1970 by the server's clock.
pub type Clock = Signal<i64>;

pub fn columns() -> Vec<Column> {
    vec![
        Column::new(text::MACHINE),
        Column::new(text::SEAT).fact(),
        Column::new(text::IP),
        Column::new(text::FIRST_SEEN),
        Column::new(text::LAST_SEEN).fact(),
        Column::new(text::ACTIONS).right().fact(),
    ]
}

/// What people call a machine: its name, else its code.
pub fn name_of(machine: &Machine) -> String {
    if machine.friendly_name.is_empty() { &machine.machine_code } else { &machine.friendly_name }.clone()
}

pub fn row(machine: &Machine, now: Clock, remove: Callback<(Machine,)>) -> Row {
    let (named, seated, removed) = (machine.clone(), machine.clone(), machine.clone());
    let (first, last) = (machine.first_seen, machine.last_seen);
    Row::new(machine.id)
        .cell(move || name(&named))
        .cell(move || seat(&seated, now))
        .text(machine.ip.clone())
        .cell(move || show::when(first))
        .cell(move || show::when(last))
        .cell(move || action(removed.clone(), remove))
}

fn name(machine: &Machine) -> AnyView {
    let system = (!machine.os_info.is_empty()).then(|| machine.os_info.clone());
    let code = view! { <code class="cell-text" title=machine.machine_code.clone()>{machine.machine_code.clone()}</code> };
    if machine.friendly_name.is_empty() && system.is_none() {
        return code.into_any();
    }
    let friendly = (!machine.friendly_name.is_empty()).then(|| {
        let name = machine.friendly_name.clone();
        view! { <span class="cell-text">{name}</span> }
    });
    view! {
        <span class="two-lines">
            {friendly}
            <span class="second-line">
                {code}
                {system.map(|system| view! { <span class="muted">{system}</span> })}
            </span>
        </span>
    }
    .into_any()
}

fn seat(machine: &Machine, now: Clock) -> AnyView {
    let Some(until) = machine.lease_until else {
        return show::badge(Tone::Neutral, text::LOCKED);
    };
    let left = move || {
        let seconds = (until.millis() - now.get()) / 1_000;
        if seconds > 0 { text::left(seconds) } else { text::LEASE_OVER.to_owned() }
    };
    let badge = if machine.overdraft {
        view! { <span title=text::OVERDRAFT_TITLE><Badge tone=Tone::Notice text=text::OVERDRAFT /></span> }
            .into_any()
    } else {
        show::badge(Tone::Accent, text::FLOATING)
    };
    view! {
        <span class="lines">
            {badge}
            <span class="number" role="timer">{left}</span>
        </span>
    }
    .into_any()
}

fn action(machine: Machine, remove: Callback<(Machine,)>) -> AnyView {
    if !may(Permission::KeysWrite) {
        return ().into_any();
    }
    let label = [text::REMOVE, " ", &name_of(&machine)].concat();
    view! {
        <span class="row-actions">
            <IconButton glyph=Glyph::Trash label on_press=move || remove.run((machine.clone(),)) />
        </span>
    }
    .into_any()
}
