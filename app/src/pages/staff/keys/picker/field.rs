//! The field itself, whatever is chosen.

use std::time::Duration;

use latchkey_shared::text::keys as text;
use leptos::{ev, prelude::*};

use super::{Finding, Found, Words};
use crate::{
    components::{Button, Field, FieldNotes, FieldTies, unique_id},
    hooks::{use_debounced, use_effect},
};

const PAUSE: Duration = Duration::from_millis(200);
/// How many are offered at a time.
pub const MOST: u32 = 8;

/// A field that finds something while typing and hands it to `choose`; `shown` is what was chosen.
#[component]
pub fn Picker(
    name: String,
    label: Signal<String>,
    help: MaybeProp<String>,
    words: Words,
    shown: Signal<Option<Found>>,
    choose: Callback<(Option<Found>,)>,
    required: bool,
    /// Searches for what is typed; called while drawing.
    find: Callback<(Signal<String>,), Finding>,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, MaybeProp::default());
    move || match shown.get() {
        Some(picked) => view! { <Chosen ties label picked choose /> }.into_any(),
        None => view! { <Search ties label words choose required find /> }.into_any(),
    }
}

#[component]
fn Chosen(
    ties: FieldTies,
    label: Signal<String>,
    picked: Found,
    choose: Callback<(Option<Found>,)>,
) -> impl IntoView {
    view! {
        <div class="field" role="group" aria-label=label>
            <span class="field-label">{label}</span>
            <div class="picked">
                <span>
                    <strong>{picked.name}</strong>
                    " "
                    <span class="muted">{picked.note}</span>
                </span>
                <Button small=true on_press=move || choose.run((None,))>
                    {text::PICK_OTHER}
                </Button>
            </div>
            <FieldNotes ties />
        </div>
    }
}

#[component]
fn Search(
    ties: FieldTies,
    label: Signal<String>,
    words: Words,
    choose: Callback<(Option<Found>,)>,
    required: bool,
    find: Callback<(Signal<String>,), Finding>,
) -> impl IntoView {
    let list_id = StoredValue::new(unique_id("found"));
    let typed = RwSignal::new(String::new());
    let settled = use_debounced::<String>(typed.into(), PAUSE);
    let Finding { rows, failed } = find.run((settled.into(),));
    let open = Memo::new(move |_| rows.with(|rows| rows.as_ref().is_some_and(|rows| !rows.is_empty())));
    let active = RwSignal::new(0_usize);
    use_effect(move || {
        rows.track();
        active.set(0);
    });
    let pick = Callback::from(move |row: Found| choose.run((Some(row),)));
    let key = move |event: ev::KeyboardEvent| {
        let count = rows.with_untracked(|rows| rows.as_ref().map_or(0, Vec::len));
        if count == 0 {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => active.update(|active| *active = (*active + 1) % count),
            "ArrowUp" => active.update(|active| *active = (*active + count - 1) % count),
            "Escape" => typed.set(String::new()),
            "Enter" => {
                let row = rows.with_untracked(|rows| rows.as_ref()?.get(active.get_untracked()).cloned());
                if let Some(row) = row {
                    pick.run((row,));
                }
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let status = move || {
        if failed.get() {
            words.failed
        } else if rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty)) {
            words.none
        } else {
            ""
        }
    };
    let options = move || {
        let rows = rows.get().unwrap_or_default();
        rows.into_iter()
            .enumerate()
            .map(|(index, row)| option(row, index, active, list_id, pick))
            .collect_view()
    };
    view! {
        <Field ties label required>
            <div class="picker">
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    aria-required=required.then_some("true")
                    spellcheck="false"
                    id=ties.id()
                    name=ties.name()
                    placeholder=words.hint
                    aria-autocomplete="list"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=list_id.get_value()
                    aria-activedescendant=move || open.get().then(|| option_id(list_id, active.get()))
                    aria-describedby=move || ties.described_by()
                    aria-invalid=move || ties.invalid()
                    prop:value=typed
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        ties.edited();
                    }
                    on:keydown=key
                />
                <div class="picker-list" id=list_id.get_value() role="listbox" aria-label=label hidden=move || !open.get()>
                    {options}
                </div>
                <p class="field-help" role="status">
                    {status}
                </p>
            </div>
        </Field>
    }
}

fn option(
    row: Found,
    index: usize,
    active: RwSignal<usize>,
    list_id: StoredValue<String>,
    pick: Callback<(Found,)>,
) -> AnyView {
    let (name, note) = (row.name.clone(), row.note.clone());
    view! {
        <div
            class="picker-option"
            role="option"
            id=option_id(list_id, index)
            aria-selected=move || (active.get() == index).to_string()
            on:pointermove=move |_| active.set(index)
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| pick.run((row.clone(),))
        >
            <span>{name}</span>
            <span class="muted">{note}</span>
        </div>
    }
    .into_any()
}

fn option_id(list_id: StoredValue<String>, index: usize) -> String {
    list_id.with_value(|id| [id.as_str(), "-", &index.to_string()].concat())
}
