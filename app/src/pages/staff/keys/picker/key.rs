//! Choosing a licence key that a customer has, or that is nobody's.

use latchkey_shared::{
    api::{common::ListQuery, keys::KeyRow},
    ids::{CustomerId, KeyGlobalId, ProductId},
    text::attention as text,
};
use leptos::prelude::*;

use super::{
    Finding, Found, Picked, Words, as_filter,
    field::{MOST, Picker},
};
use crate::api::{keys, load};

/// A field that finds a licence key while typing, bound to `chosen`. Before anything is typed it offers the newest ones.
#[component]
pub fn KeyPicker(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    chosen: RwSignal<Option<Picked<KeyGlobalId>>>,
    /// Whose keys are offered, beside those that are nobody's.
    customer: Option<CustomerId>,
    /// Offers keys of this product only.
    product: Option<ProductId>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let words = Words { hint: text::KEY_HINT, none: text::KEY_NONE, failed: text::KEY_FAILED };
    let shown = Signal::derive(move || {
        chosen.get().map(|Picked { id: KeyGlobalId(id), name }| Found { id, name, note: String::new() })
    });
    let choose = Callback::from(move |picked: Option<Found>| {
        chosen.set(picked.map(|found| Picked { id: KeyGlobalId(found.id), name: found.name }));
    });
    let find = Callback::from(move |typed: Signal<String>| find(customer, product, typed));
    view! { <Picker name label help words shown choose required find /> }.into_any()
}

fn find(customer: Option<CustomerId>, product: Option<ProductId>, typed: Signal<String>) -> Finding {
    let found = load(move || {
        let filter = filter(customer, product, &as_filter(&typed.get()));
        keys::list(&ListQuery { filter, limit: MOST, ..ListQuery::default() })
    });
    let row = |row: &KeyRow| Found {
        id: row.global_id.0,
        name: row.key.clone(),
        note: text::key_note(&row.product_name, row.id, row.customer_name.as_deref()),
    };
    Finding {
        rows: Signal::derive(move || found.with(|list| Some(list?.items.iter().map(row).collect()))),
        failed: Signal::derive(move || found.failure().is_some()),
    }
}

fn filter(customer: Option<CustomerId>, product: Option<ProductId>, typed: &str) -> String {
    let mut filter = match customer {
        Some(id) => ["(customer.id = ", &id.to_string(), " or customer.id is empty)"].concat(),
        None => "customer.id is empty".to_owned(),
    };
    if let Some(id) = product {
        filter.push_str(&[" and product.id = ", &id.to_string()].concat());
    }
    if !typed.is_empty() {
        filter.push_str(&[" and (", typed, ")"].concat());
    }
    filter
}

#[cfg(test)]
mod tests {
    use latchkey_shared::ids::{CustomerId, ProductId};

    use super::filter;

    #[test]
    fn a_colleagues_key_is_never_offered() {
        assert_eq!(
            filter(Some(CustomerId(7)), Some(ProductId(2)), "ABCDE"),
            "(customer.id = 7 or customer.id is empty) and product.id = 2 and (ABCDE)"
        );
        assert_eq!(filter(None, None, ""), "customer.id is empty");
    }
}
