//! All licence keys.

use latchkey_shared::{permission::Permission, text::keys as text};
use leptos::prelude::*;

use super::rows::{key_columns, key_row};
use crate::{
    api::{keys, load},
    components::{ButtonLink, EmptyState, Glyph, PageHeader},
    pages::staff::{
        listing::{Listing, SavedView, draw, saved_views, source, use_list_state},
        show::may,
    },
};

const VIEWS: &[SavedView] = &[
    (text::VIEW_ALL, ""),
    (text::VIEW_BLOCKED, "blocked = true"),
    (text::VIEW_SOON, "expires >= today and expires < today+30d"),
];

#[component]
pub fn KeysPage() -> impl IntoView {
    let state = use_list_state();
    let page = load(move || keys::list(&state.query()));
    let source = source(page, key_row);
    let listing = Listing {
        label: text::TITLE,
        search: text::SEARCH,
        hint: text::SEARCH_HINT,
        columns: key_columns(),
        sorted: "-created",
        source,
        empty: ViewFn::from(empty),
    };
    view! {
        <PageHeader title=text::TITLE count=source.count() />
        {saved_views(text::VIEWS, "/Keys", VIEWS)}
        {draw(state, listing)}
    }
    .into_any()
}

fn empty() -> AnyView {
    let products = may(Permission::ProductsRead)
        .then(|| view! { <ButtonLink href="/Products">{text::OPEN_PRODUCTS}</ButtonLink> });
    view! {
        <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Key>
            {products}
        </EmptyState>
    }
    .into_any()
}
