//! Ticking rows.

use std::collections::BTreeSet;

use leptos::{ev, prelude::*};

use super::Row;
use crate::components::words;

pub(super) fn select_all(
    selected: RwSignal<BTreeSet<String>>,
    rows: Signal<Option<Vec<Row>>>,
) -> impl IntoView {
    let keys = move || -> BTreeSet<String> {
        rows.with(|rows| rows.iter().flatten().map(|row| row.key.clone()).collect())
    };
    let all = move || {
        let keys = keys();
        !keys.is_empty() && selected.with(|selected| keys.is_subset(selected))
    };
    let toggle = move |event: ev::Event| {
        selected.set(if event_target_checked(&event) { keys() } else { BTreeSet::new() });
    };
    view! {
        <th role="columnheader" scope="col" class="select">
            <input type="checkbox" aria-label=words::SELECT_ALL prop:checked=all on:change=toggle />
        </th>
    }
}

pub(super) fn select_one(
    key: String,
    name: Option<String>,
    selected: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let own = key.clone();
    let name = name.unwrap_or_else(|| key.clone());
    let toggle = move |event: ev::Event| {
        let ticked = event_target_checked(&event);
        selected.update(|selected| {
            if ticked {
                selected.insert(key.clone());
            } else {
                selected.remove(&key);
            }
        });
    };
    view! {
        <td role="cell" class="select">
            <input
                type="checkbox"
                aria-label=[words::SELECT_ROW, " ", &name].concat()
                prop:checked=move || selected.with(|selected| selected.contains(&own))
                on:change=toggle
            />
        </td>
    }
}
