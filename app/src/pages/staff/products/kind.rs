//! Choosing what a product is in a subscription.

use latchkey_shared::{product_kind::ProductKind, text::products as text};
use leptos::prelude::*;

use crate::components::{Choice, SelectField};

pub fn kind_field(value: RwSignal<String>) -> AnyView {
    let kinds = ProductKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind.label()));
    let options = Signal::stored(kinds.collect::<Vec<_>>());
    view! { <SelectField name="kind" label=text::KIND value options help=text::KIND_HELP /> }.into_any()
}
