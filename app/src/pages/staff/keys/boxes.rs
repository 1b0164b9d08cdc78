//! The eight features of a key as check boxes.

use latchkey_shared::text::products;
use leptos::prelude::*;

use crate::components::CheckboxField;

/// One box for each, under the name that the product gives it.
pub fn feature_boxes(features: [RwSignal<bool>; 8], names: Signal<Vec<String>>) -> AnyView {
    let draw = move |(index, value): (usize, RwSignal<bool>)| {
        let label =
            move || names.with(|names| products::feature(index, names.get(index).map_or("", String::as_str)));
        let name = ["features[", &index.to_string(), "]"].concat();
        view! { <CheckboxField name value>{label}</CheckboxField> }
    };
    features.into_iter().enumerate().map(draw).collect_view().into_any()
}
