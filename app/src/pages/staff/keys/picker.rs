//! Choosing a customer by name, address or id.

use std::time::Duration;

use latchkey_shared::{
    api::{common::ListQuery, customers::CustomerRow},
    ids::CustomerId,
    text::keys as text,
};
use leptos::{ev, prelude::*};

use crate::{
    api::{customers, load},
    components::{Button, Field, FieldNotes, FieldTies, unique_id},
    hooks::{use_debounced, use_effect},
};

const PAUSE: Duration = Duration::from_millis(200);
const MOST: u32 = 8;

/// A chosen customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    pub id: CustomerId,
    pub name: String,
}

/// A field that finds a customer while typing, bound to `chosen`.
#[component]
pub fn CustomerPicker(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    chosen: RwSignal<Option<Picked>>,
    #[prop(optional, into)] help: MaybeProp<String>,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, MaybeProp::default());
    move || match chosen.get() {
        Some(picked) => view! { <Chosen ties label picked chosen /> }.into_any(),
        None => view! { <Search ties label chosen /> }.into_any(),
    }
}

#[component]
fn Chosen(
    ties: FieldTies,
    label: Signal<String>,
    picked: Picked,
    chosen: RwSignal<Option<Picked>>,
) -> impl IntoView {
    let id = ["(", &picked.id.to_string(), ")"].concat();
    view! {
        <div class="field" role="group" aria-label=label>
            <span class="field-label">{label}</span>
            <div class="picked">
                <span>
                    <strong>{picked.name}</strong>
                    " "
                    <span class="muted">{id}</span>
                </span>
                <Button small=true on_press=move || chosen.set(None)>
                    {text::PICK_OTHER}
                </Button>
            </div>
            <FieldNotes ties />
        </div>
    }
}

#[component]
fn Search(ties: FieldTies, label: Signal<String>, chosen: RwSignal<Option<Picked>>) -> impl IntoView {
    let list_id = StoredValue::new(unique_id("customers"));
    let typed = RwSignal::new(String::new());
    let settled = use_debounced::<String>(typed.into(), PAUSE);
    let found = load(move || {
        let filter = as_filter(&settled.get());
        (!filter.is_empty())
            .then(|| customers::list(&ListQuery { filter, limit: MOST, ..ListQuery::default() }))
    });
    let rows = Signal::derive(move || found.get().map(|list| list.items));
    let open = Memo::new(move |_| rows.with(|rows| rows.as_ref().is_some_and(|rows| !rows.is_empty())));
    let active = RwSignal::new(0_usize);
    use_effect(move || {
        rows.track();
        active.set(0);
    });
    let pick =
        Callback::from(move |row: CustomerRow| chosen.set(Some(Picked { id: row.id, name: row.name })));
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
        if found.failure().is_some() {
            text::PICK_FAILED
        } else if rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty)) {
            text::PICK_NONE
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
        <Field ties label>
            <div class="picker">
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    id=ties.id()
                    name=ties.name()
                    placeholder=text::PICK_HINT
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
    row: CustomerRow,
    index: usize,
    active: RwSignal<usize>,
    list_id: StoredValue<String>,
    pick: Callback<(CustomerRow,)>,
) -> AnyView {
    let (name, note) = (row.name.clone(), [row.email.as_str(), " · ", &row.id.to_string()].concat());
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

/// What was typed as a search: quoted when it has signs that the filter language would read as its own.
fn as_filter(typed: &str) -> String {
    let typed = typed.trim();
    let plain = |letter: char| letter.is_alphanumeric() || "@.-_+ ".contains(letter);
    if typed.chars().all(plain) {
        typed.to_owned()
    } else {
        let escaped = typed.replace('\\', "\\\\").replace('"', "\\\"");
        ["\"", &escaped, "\""].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::as_filter;

    #[test]
    fn signs_of_the_filter_language_are_quoted() {
        assert_eq!(as_filter(" ann@example.com "), "ann@example.com");
        assert_eq!(as_filter("Bob Martin"), "Bob Martin");
        assert_eq!(as_filter("O'Neil (old)"), "\"O'Neil (old)\"");
        assert_eq!(as_filter("say \"hi\""), "\"say \\\"hi\\\"\"");
        assert_eq!(as_filter("  "), "");
    }
}
