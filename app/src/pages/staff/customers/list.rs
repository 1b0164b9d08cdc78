//! `/Customers`

use latchkey_shared::{
    api::customers::CustomerRow, permission::Permission as May, status::Headline, text::customers as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, load},
    components::{ButtonLink, Column, EmptyState, Glyph, Look, PageHeader, Row},
    pages::staff::{
        extending::{Of, ticking},
        listing::{Listing, SavedView, draw_ticking, saved_views, source, use_list_state},
        show::{self, may},
    },
};

const VIEWS: &[SavedView] = &[
    (text::VIEW_ALL, ""),
    (text::VIEW_ACTIVE, "status = active"),
    (text::VIEW_TRIAL, "status = trial"),
    (text::VIEW_PAST_DUE, "status = past_due"),
    (text::VIEW_DISABLED, "status = disabled"),
];

#[component]
pub fn CustomersPage() -> impl IntoView {
    let state = use_list_state();
    let page = load(move || api::customers::list(&state.query()));
    let source = source(page, row);
    let listing = Listing {
        label: text::TITLE,
        search: text::SEARCH,
        hint: text::SEARCH_HINT,
        columns: vec![
            Column::new(text::NAME).sortable("name"),
            Column::new(text::STATUS).fact(),
            Column::new(text::EMAIL).sortable("email").fact(),
            Column::new(text::COMPANY).sortable("company"),
            Column::new(text::KEYS).right(),
            Column::new(text::SINCE).sortable("created"),
            Column::new(text::ID).sortable("id").right(),
        ],
        sorted: "-created",
        source,
        empty: ViewFn::from(empty),
    };
    view! {
        <PageHeader title=text::TITLE count=source.count() actions=ViewFn::from(|| actions(Look::Primary)) />
        {saved_views(text::VIEWS, "/Customers", VIEWS)}
        {draw_ticking(state, listing, ticking(state, Of::Customers, Callback::from(move || page.again())))}
    }
    .into_any()
}

/// The headline of a customer in a word.
pub fn headline_badge(headline: Headline) -> AnyView {
    show::badge(show::tone(headline.tone()), headline.label())
}

fn actions(look: Look) -> AnyView {
    let link = may(May::CustomersRead).then(|| {
        view! {
            <ButtonLink href="/Customer/SignUpLink" icon=Glyph::Link>
                {text::SIGN_UP_LINK}
            </ButtonLink>
        }
    });
    let add = may(May::CustomersWrite).then(|| {
        view! {
            <ButtonLink href="/Customers/New" look icon=Glyph::Plus>
                {text::ADD}
            </ButtonLink>
        }
    });
    view! { {link} {add} }.into_any()
}

fn empty() -> AnyView {
    view! {
        <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::People>
            {actions(Look::Secondary)}
        </EmptyState>
    }
    .into_any()
}

fn row(customer: &CustomerRow) -> Row {
    let (headline, created) = (customer.headline, customer.created);
    Row::new(customer.id)
        .named(&customer.name)
        .href(["/Customers/", &customer.id.to_string()].concat())
        .text(&customer.name)
        .cell(move || headline_badge(headline))
        .text(&customer.email)
        .text(&customer.company)
        .text(customer.keys.to_string())
        .cell(move || show::when(created))
        .text(customer.id.to_string())
}
