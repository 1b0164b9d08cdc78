//! All licence keys.

use latchkey_shared::{
    permission::Permission,
    text::{key_bulk as bulk, keys as text},
};
use leptos::prelude::*;

use super::{
    rows::{key_columns, key_row},
    ticking::ticking,
};
use crate::{
    api::{keys, load},
    components::{Button, ButtonLink, EmptyState, Glyph, Look, PageHeader},
    pages::staff::{
        choose_product::product_dialog,
        listing::{Listing, SavedView, draw_ticking, saved_views, source, use_list_state},
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
    let choosing = RwSignal::new(false);
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
        <PageHeader title=text::TITLE count=source.count() actions=ViewFn::from(move || add(choosing)) />
        {product_dialog(choosing, Signal::stored(String::new()))}
        {saved_views(text::VIEWS, "/Keys", VIEWS)}
        {draw_ticking(state, listing, ticking(state, source, None, Callback::from(move || page.again())))}
    }
    .into_any()
}

fn add(choosing: RwSignal<bool>) -> AnyView {
    let may_add = may(Permission::KeysWrite) && may(Permission::ProductsRead);
    may_add
        .then(|| {
            view! {
                <Button look=Look::Primary icon=Glyph::Plus on_press=move || choosing.set(true)>
                    {bulk::NEW_KEYS}
                </Button>
            }
        })
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
