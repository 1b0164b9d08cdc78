//! The newest customers and messages.

use latchkey_shared::{
    api::{communications::CommunicationRow, customers::CustomerRow, dashboard::Dashboard},
    permission::Permission as May,
    text::{communications, customers, dashboard as text},
};
use leptos::prelude::*;

use crate::{
    components::{ButtonLink, Card, Column, DataTable, EmptyState, Glyph, Grid, Look, Row},
    pages::staff::{communications::state_badge, customers::headline_badge, show},
    session::use_session,
};

/// Two short lists side by side.
pub fn latest(shown: Signal<Option<Dashboard>>) -> AnyView {
    let session = use_session();
    let messages = move || session.may(May::CommunicationsRead).then(|| latest_messages(shown));
    view! { <Grid>{latest_customers(shown)} {messages}</Grid> }.into_any()
}

fn latest_customers(shown: Signal<Option<Dashboard>>) -> AnyView {
    let rows = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|shown| shown.latest_customers.iter().map(customer).collect()))
    });
    let columns = vec![
        Column::new(customers::NAME),
        Column::new(customers::STATUS).fact(),
        Column::new(customers::SINCE).right().fact(),
    ];
    let empty =
        || view! { <EmptyState title=text::NO_CUSTOMERS body=text::NO_CUSTOMERS_BODY glyph=Glyph::People /> };
    view! {
        <Card title=text::LATEST_CUSTOMERS flush=true actions=|| all("/Customers", text::ALL_CUSTOMERS)>
            <DataTable label=text::LATEST_CUSTOMERS columns rows skeleton_rows=5 empty=ViewFn::from(empty) />
        </Card>
    }
    .into_any()
}

fn latest_messages(shown: Signal<Option<Dashboard>>) -> AnyView {
    let rows = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|shown| shown.latest_messages.iter().map(message).collect()))
    });
    let columns = vec![
        Column::new(customers::SUBJECT),
        Column::new(communications::TO).fact(),
        Column::new(customers::STATE).fact(),
        Column::new(customers::WHEN).right().fact(),
    ];
    let empty = || view! { <EmptyState title=text::NO_MESSAGES glyph=Glyph::Mail /> };
    view! {
        <Card title=text::LATEST_MESSAGES flush=true actions=|| all("/Communications", text::ALL_MESSAGES)>
            <DataTable label=text::LATEST_MESSAGES columns rows skeleton_rows=5 empty=ViewFn::from(empty) />
        </Card>
    }
    .into_any()
}

fn all(href: &'static str, words: &'static str) -> AnyView {
    view! {
        <ButtonLink href small=true look=Look::Quiet>
            {words}
        </ButtonLink>
    }
    .into_any()
}

fn customer(row: &CustomerRow) -> Row {
    let (headline, created) = (row.headline, row.created);
    Row::new(row.id)
        .href(["/Customers/", &row.id.to_string()].concat())
        .text(row.name.clone())
        .cell(move || headline_badge(headline))
        .cell(move || show::when(created))
}

fn message(row: &CommunicationRow) -> Row {
    let (state, created) = (row.state, row.created);
    Row::new(row.id)
        .href(["/Communications/", &row.id.to_string()].concat())
        .text(row.subject.clone())
        .text(row.customer_name.clone().unwrap_or_else(|| row.to.clone()))
        .cell(move || state_badge(state))
        .cell(move || show::when(created))
}
