//! What was paid, given back and changed: the customer's history of money and contracts.

use latchkey_shared::{
    api::{common::ListQuery, customers::Customer},
    text::{customers, transactions as text},
};
use leptos::prelude::*;

use crate::{
    api::{self, Shown, encoded, load},
    components::{ButtonLink, Card, Column, DataTable, EmptyState, Glyph, Look},
    pages::staff::transactions::{columns, row_of_customer},
};

pub fn transactions(shown: Shown<Customer>) -> AnyView {
    let filter = Memo::new(move |_| shown.with(|shown| ["customer.id = ", &shown.id.to_string()].concat()));
    let list = load(move || {
        api::transactions::list(&ListQuery { filter: filter.get(), limit: 100, ..ListQuery::default() })
    });
    let rows = Signal::derive(move || {
        list.with(|list| list.map(|list| list.items.iter().map(row_of_customer).collect::<Vec<_>>()))
    });
    let columns: Vec<Column> =
        columns(false).into_iter().map(|column| Column { sort: None, ..column }).collect();
    let all = move || {
        let href = move || ["/Transactions?filter=", &encoded(&filter.get())].concat();
        view! {
            <ButtonLink href=Signal::derive(href) look=Look::Quiet small=true>
                {text::TAB_ALL}
            </ButtonLink>
        }
        .into_any()
    };
    let empty = || {
        view! { <EmptyState title=text::TAB_EMPTY_TITLE body=text::TAB_EMPTY_BODY glyph=Glyph::Card /> }
            .into_any()
    };
    view! {
        <Card title=customers::TAB_TRANSACTIONS flush=true actions=ViewFn::from(all)>
            <DataTable
                label=customers::TAB_TRANSACTIONS
                columns
                rows
                reloading=list.reloading()
                problem=list.problem()
                on_retry=move || list.again()
                empty=ViewFn::from(empty)
            />
        </Card>
    }
    .into_any()
}
