//! All transactions, with the total of what is shown and the file for the bookkeeper.

use latchkey_shared::{
    api::transactions::{TransactionSum, TransactionSums},
    permission::Permission,
    text::transactions as text,
};
use leptos::prelude::*;

use super::{columns, row};
use crate::{
    api::{load, transactions},
    components::{ButtonLink, EmptyState, Fact, Facts, Glyph, Look, PageHeader},
    pages::staff::{
        listing::{Listing, SavedView, draw, saved_views, source, use_list_state},
        show::{self, may},
    },
};

const VIEWS: &[SavedView] = &[
    (text::VIEW_ALL, ""),
    (text::VIEW_MONEY, "type in (payment, refund, dispute)"),
    (text::VIEW_REFUNDS, "type = refund"),
    (text::VIEW_DISPUTES, "type = dispute"),
    (text::VIEW_FAILED, "type = payment_failed"),
    (text::VIEW_LIFECYCLE, "not type in (payment, refund, dispute, payment_failed)"),
];

#[component]
pub fn TransactionsPage() -> impl IntoView {
    let state = use_list_state();
    let filter = Memo::new(move |_| state.query().filter);
    let page = load(move || transactions::list(&state.query()));
    let sums = load(move || transactions::sums(&filter.get()));
    let source = source(page, row);
    let listing = Listing {
        label: text::TITLE,
        search: text::SEARCH,
        hint: text::SEARCH_HINT,
        columns: columns(true),
        sorted: "-date",
        source,
        empty: ViewFn::from(empty),
    };
    let export = move || {
        view! {
            <span title=text::EXPORT_HELP>
                <ButtonLink
                    href=Signal::derive(move || transactions::export_href(&filter.get()))
                    look=Look::Secondary
                    icon=Glyph::Download
                >
                    {text::EXPORT}
                </ButtonLink>
            </span>
        }
        .into_any()
    };
    view! {
        <PageHeader title=text::TITLE count=source.count() actions=ViewFn::from(export) />
        {saved_views(text::VIEWS, "/Transactions", VIEWS)}
        {move || sums.with(|sums| sums.map(totals))}
        {draw(state, listing)}
    }
    .into_any()
}

/// What moved in all that is listed, a line per currency.
fn totals(sums: &TransactionSums) -> AnyView {
    if sums.sums.is_empty() {
        return ().into_any();
    }
    let line = |sum: &TransactionSum| {
        let tax = (!sum.tax.is_zero()).then(|| {
            view! {
                <span class="muted">
                    " · " {text::NET} " " {show::money(sum.net)} " · " {text::TAX} " " {show::money(sum.tax)}
                </span>
            }
        });
        view! { <p class="sum-line">{show::money(sum.gross)} {tax}</p> }
    };
    let lines = sums.sums.iter().map(line).collect_view();
    view! {
        <section class="sums" title=text::SUMS_HELP>
            <Facts>
                <Fact label=text::SUMS>{lines}</Fact>
            </Facts>
        </section>
    }
    .into_any()
}

fn empty() -> AnyView {
    let connect = may(Permission::StripeManage)
        .then(|| view! { <ButtonLink href="/Stripe">{text::CONNECT_STRIPE}</ButtonLink> });
    view! {
        <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Card>
            {connect}
        </EmptyState>
    }
    .into_any()
}
