//! Choosing a customer by name, address or id.

use latchkey_shared::{
    api::{common::ListQuery, customers::CustomerRow},
    ids::CustomerId,
    text::keys as text,
};
use leptos::prelude::*;

use super::{
    Finding, Found, Picked, Words, as_filter,
    field::{MOST, Picker},
};
use crate::api::{customers, load};

/// A field that finds a customer while typing, bound to `chosen`.
#[component]
pub fn CustomerPicker(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    chosen: RwSignal<Option<Picked>>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let words = Words { hint: text::PICK_HINT, none: text::PICK_NONE, failed: text::PICK_FAILED };
    let shown =
        Signal::derive(move || chosen.get().map(|Picked { id: CustomerId(id), name }| found(id, name)));
    let choose = Callback::from(move |picked: Option<Found>| {
        chosen.set(picked.map(|found| Picked { id: CustomerId(found.id), name: found.name }));
    });
    view! { <Picker name label help words shown choose required find=Callback::from(find) /> }.into_any()
}

fn found(id: i64, name: String) -> Found {
    Found { id, name, note: ["(", &id.to_string(), ")"].concat() }
}

fn find(typed: Signal<String>) -> Finding {
    let found = load(move || {
        let filter = as_filter(&typed.get());
        (!filter.is_empty())
            .then(|| customers::list(&ListQuery { filter, limit: MOST, ..ListQuery::default() }))
    });
    let row = |row: &CustomerRow| Found {
        id: row.id.0,
        name: row.name.clone(),
        note: [row.email.as_str(), " · ", &row.id.to_string()].concat(),
    };
    Finding {
        rows: Signal::derive(move || found.with(|list| Some(list?.items.iter().map(row).collect()))),
        failed: Signal::derive(move || found.failure().is_some()),
    }
}
