//! A product's licence keys. `Id=123` finds the key that Stripe calls `skm_key_id`.

use latchkey_shared::{ids::ProductId, permission::Permission, text::products as text};
use leptos::prelude::*;

use super::page::address;
use crate::{
    api::{load, products},
    components::{ButtonLink, EmptyState, Glyph},
    pages::staff::{
        keys::{product_key_columns, product_key_row, ticking},
        listing::{Listing, draw_ticking, source, use_list_state},
        show::may,
    },
};

#[component]
pub fn ProductKeys(id: ProductId) -> impl IntoView {
    let state = use_list_state();
    let page = load(move || products::keys(id, &state.query()));
    let source = source(page, product_key_row);
    let listing = Listing {
        label: text::KEYS,
        search: text::KEYS_SEARCH,
        hint: text::KEYS_HINT,
        columns: product_key_columns(),
        sorted: "-id",
        source,
        empty: ViewFn::from(move || empty(id)),
    };
    draw_ticking(state, listing, ticking(state, source, Some(id), Callback::from(move || page.again())))
}

fn empty(id: ProductId) -> AnyView {
    let new = may(Permission::KeysWrite).then(
        || view! { <ButtonLink href=[&address(id), "/Keys/New"].concat()>{text::NEW_KEY}</ButtonLink> },
    );
    view! {
        <EmptyState title=text::KEYS_EMPTY_TITLE body=text::KEYS_EMPTY_BODY glyph=Glyph::Key>
            {new}
        </EmptyState>
    }
    .into_any()
}
