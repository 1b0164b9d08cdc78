//! Finding things in a list: the search field, and chips for what it is filtered by.

use std::time::Duration;

use leptos::{ev, prelude::*};

use super::{Glyph, Icon, IconButton, unique_id, words};
use crate::hooks::{use_debounced, use_effect};

const PAUSE: Duration = Duration::from_millis(250);

/// A search field. `value` is what is searched for now (from the URL); `on_search` is called when typing pauses, and at
/// once on Enter and on clearing.
#[component]
pub fn SearchField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_search: Callback<(String,)>,
    /// What is wrong with the text, for a field that takes a filter.
    #[prop(optional, into)]
    error: MaybeProp<String>,
) -> impl IntoView {
    let id = unique_id("search");
    let error_id = StoredValue::new(unique_id("search-error"));
    let text = RwSignal::new(value.get_untracked());
    let settled = use_debounced(text.into(), PAUSE);
    let search = move |wanted: String| {
        if wanted != value.get_untracked() {
            on_search.run((wanted,));
        }
    };
    Effect::new(move |seen: Option<()>| {
        let wanted = settled.get();
        if seen.is_some() {
            search(wanted);
        }
    });
    // Back, forward and "clear filters" change the URL, and with it the field.
    use_effect(move || text.set(value.get()));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        search(text.get_untracked());
    };
    let clear = move || {
        text.set(String::new());
        search(String::new());
    };
    view! {
        <form class="search" role="search" on:submit=submit>
            <label class="unseen" for=id.clone()>
                {label}
            </label>
            <Icon glyph=Glyph::Search />
            <input
                class="input"
                type="text"
                inputmode="search"
                enterkeyhint="search"
                autocomplete="off"
                spellcheck="false"
                id=id
                placeholder=label
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || error.get().map(|_| error_id.get_value())
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            />
            {move || {
                text.with(|text| !text.is_empty())
                    .then(|| view! { <IconButton glyph=Glyph::Cross label=words::CLEAR on_press=clear /> })
            }}
            {move || {
                error
                    .get()
                    .map(|error| view! { <p class="field-error" role="alert" id=error_id.get_value()>{error}</p> })
            }}
        </form>
    }
}

/// One part of the filter in words. `key` is handed back when it is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    pub key: String,
    pub label: String,
}

impl Chip {
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self { key: key.into(), label: label.into() }
    }
}

/// A chip for each part of the filter, each removable, and one press to clear them all.
#[component]
pub fn FilterChips(
    #[prop(into)] chips: Signal<Vec<Chip>>,
    #[prop(into)] on_remove: Callback<(String,)>,
    #[prop(into)] on_clear: Callback<()>,
) -> impl IntoView {
    let draw = move |chip: Chip| {
        let Chip { key, label } = chip;
        let name = [words::REMOVE, " ", &label].concat();
        view! {
            <li class="chip">
                <span>{label}</span>
                <button type="button" aria-label=name.clone() title=name on:click=move |_| on_remove.run((key.clone(),))>
                    <Icon glyph=Glyph::Cross />
                </button>
            </li>
        }
    };
    move || {
        let chips = chips.get();
        (!chips.is_empty()).then(|| {
            view! {
                <div class="chips">
                    <ul aria-label=words::FILTERS>{chips.into_iter().map(draw).collect_view()}</ul>
                    <button type="button" class="button quiet small" on:click=move |_| on_clear.run(())>
                        {words::CLEAR_FILTERS}
                    </button>
                </div>
            }
        })
    }
}
