//! All products.

use latchkey_shared::{
    api::catalog::ProductRow, permission::Permission, product_kind::ProductKind, text::products as text,
};
use leptos::prelude::*;

use crate::{
    api::{load, products},
    components::{ButtonLink, Column, EmptyState, Glyph, Look, PageHeader, Row, Tone},
    pages::staff::{
        listing::{Listing, draw, source, use_list_state},
        show::{self, may},
    },
};

#[component]
pub fn ProductsPage() -> impl IntoView {
    let state = use_list_state();
    let page = load(move || products::list(&state.query()));
    let source = source(page, row);
    let listing = Listing {
        label: text::TITLE,
        search: text::SEARCH,
        hint: "",
        columns: vec![
            Column::new(text::NAME).sortable("name"),
            Column::new(text::STATE).fact(),
            Column::new(text::ID).sortable("id").right(),
            Column::new(text::PLANS).right(),
            Column::new(text::KEYS).right(),
            Column::new(text::ACTIVE_KEYS).right(),
            Column::new(text::CREATED).sortable("created"),
        ],
        sorted: "id",
        source,
        empty: ViewFn::from(empty),
    };
    view! {
        <PageHeader title=text::TITLE count=source.count() actions=ViewFn::from(|| add(Look::Primary)) />
        {draw(state, listing)}
    }
    .into_any()
}

fn add(look: Look) -> AnyView {
    may(Permission::ProductsWrite)
        .then(|| {
            view! {
                <ButtonLink href="/Products/New" look icon=Glyph::Plus>
                    {text::NEW}
                </ButtonLink>
            }
        })
        .into_any()
}

fn empty() -> AnyView {
    view! {
        <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY>
            {add(Look::Secondary)}
        </EmptyState>
    }
    .into_any()
}

fn row(product: &ProductRow) -> Row {
    let (active, kind) = (product.active, product.kind);
    let created = product.created;
    Row::new(product.id)
        .href(["/Products/", &product.id.to_string()].concat())
        .text(product.name.clone())
        .cell(move || {
            let extra = (kind == ProductKind::Extra).then(|| show::badge(Tone::Neutral, kind.label()));
            view! { {state_badge(active)} " " {extra} }.into_any()
        })
        .text(product.id.to_string())
        .text(product.plans.to_string())
        .text(product.keys.to_string())
        .text(product.active_keys.to_string())
        .cell(move || show::when(created))
}

/// Whether the product is sold.
pub fn state_badge(active: bool) -> AnyView {
    if active { show::badge(Tone::Good, text::ACTIVE) } else { show::badge(Tone::Neutral, text::ARCHIVED) }
}
