//! One transaction, with what belongs to it.

use std::time::Duration;

use latchkey_shared::{
    api::transactions::{Transaction, TransactionLine},
    ids::TransactionId,
    permission::Permission,
    text::transactions as text,
    transaction::{TransactionKind, TransactionState},
};
use leptos::prelude::*;

use super::{columns, refund::RefundButton, row_of_customer};
use crate::{
    api::{Load, Shown, load, transactions},
    components::{
        Banner, ButtonLink, Card, Column, Columns, Crumb, DataTable, Fact, Facts, Look, OutLink, PageHeader,
        Row, Tone,
    },
    pages::staff::show::{self, may},
    routes::use_id,
};

/// How often to look whether Stripe has made a refund.
const REFRESH: Duration = Duration::from_secs(2);

#[component]
pub fn TransactionPage() -> impl IntoView {
    let id = use_id::<TransactionId>();
    let entry = load(move || transactions::get(id.get()));
    let pending = Signal::derive(move || entry.with(|entry| entry.is_some_and(is_pending)));
    let entry = entry.poll(pending, REFRESH);
    entry.page(text::ONE, 10, move |data| {
        let aside = move || view! { {move || details(data.get())} }.into_any();
        view! {
            {head(entry, data)}
            {move || notices(&data.get())}
            <Columns aside=ViewFn::from(aside)>
                {move || money(&data.get())} {move || lines(&data.get())} {move || related(data)}
            </Columns>
        }
        .into_any()
    })
}

fn is_pending(entry: &Transaction) -> bool {
    let pending = |state| state == TransactionState::Pending;
    pending(entry.row.state) || entry.related.iter().any(|row| pending(row.state))
}

fn head(entry: Load<Transaction>, data: Shown<Transaction>) -> AnyView {
    let actions = move || {
        let stripe = data.with(|entry| entry.stripe_url.clone());
        let stripe = stripe.map(|href| {
            view! {
                <ButtonLink href look=Look::Secondary new_tab=true>
                    {text::OPEN_IN_STRIPE}
                </ButtonLink>
            }
        });
        let refundable = data.with(|entry| entry.refundable.is_some()) && may(Permission::MoneyWrite);
        let refund = refundable.then(|| view! { <RefundButton entry data /> });
        view! { {stripe} {refund} }.into_any()
    };
    view! {
        <PageHeader
            title=Signal::derive(move || data.with(|entry| entry.row.kind.label().to_owned()))
            crumbs=vec![Crumb::new(text::TITLE, "/Transactions")]
            actions=ViewFn::from(move || view! { {actions} }.into_any())
        >
            {move || {
                let state = data.with(|entry| entry.row.state);
                show::badge(show::tone(state.tone()), state.label())
            }}
            {move || {
                data.with(|entry| {
                    show::customer(entry.row.customer, entry.row.customer_name.clone().unwrap_or_default())
                })
            }}
            {move || show::when(data.with(|entry| entry.row.date))}
        </PageHeader>
    }
    .into_any()
}

fn notices(entry: &Transaction) -> AnyView {
    let (kind, state) = (entry.row.kind, entry.row.state);
    let notice = match (kind, state) {
        (TransactionKind::Refund, TransactionState::Pending) => {
            Some((Tone::Neutral, text::PENDING_TITLE, text::PENDING_BODY.to_owned()))
        }
        (TransactionKind::Refund, TransactionState::Failed) => {
            Some((Tone::Bad, text::FAILED_TITLE, entry.error.clone().unwrap_or_default()))
        }
        (TransactionKind::Dispute, TransactionState::Open) => {
            Some((Tone::Notice, text::DISPUTE_OPEN_TITLE, text::DISPUTE_OPEN_BODY.to_owned()))
        }
        (TransactionKind::Dispute, TransactionState::Lost) => {
            Some((Tone::Bad, text::DISPUTE_LOST_TITLE, text::DISPUTE_LOST_BODY.to_owned()))
        }
        (TransactionKind::Dispute, TransactionState::Won) => {
            Some((Tone::Good, text::DISPUTE_WON_TITLE, String::new()))
        }
        _ => None,
    };
    let draw = |(tone, title, body): (Tone, &'static str, String)| {
        view! {
            <Banner tone title=title>
                <p>{body}</p>
            </Banner>
        }
    };
    notice.map(draw).into_any()
}

fn money(entry: &Transaction) -> AnyView {
    let row = &entry.row;
    if row.gross.is_none() && row.asked.is_none() {
        return ().into_any();
    }
    let facts = [
        (text::AMOUNT, row.gross),
        (text::NET, row.net),
        (text::TAX, row.tax),
        (text::ASKED, row.asked),
        (text::GIVEN_BACK, row.given_back),
        (text::LEFT, entry.refundable),
    ];
    let facts = facts.into_iter().filter_map(|(label, amount)| {
        let amount = amount?;
        Some(view! { <Fact label=label>{show::money(amount)}</Fact> })
    });
    view! {
        <Card title=text::MONEY>
            <Facts stacked=true>{facts.collect_view()}</Facts>
        </Card>
    }
    .into_any()
}

fn lines(entry: &Transaction) -> AnyView {
    if entry.lines.is_empty() {
        return ().into_any();
    }
    let draw = |line: TransactionLine| view! { <Fact label=line.text>{show::money(line.amount)}</Fact> };
    let lines = entry.lines.clone().into_iter().map(draw).collect_view();
    view! {
        <Card title=text::LINES>
            <Facts>{lines}</Facts>
        </Card>
    }
    .into_any()
}

fn related(data: Shown<Transaction>) -> AnyView {
    if data.with(|entry| entry.related.is_empty()) {
        return ().into_any();
    }
    let rows = Signal::derive(move || {
        Some(data.with(|entry| entry.related.iter().map(row_of_customer).collect::<Vec<Row>>()))
    });
    view! {
        <Card title=text::RELATED flush=true>
            <DataTable label=text::RELATED columns=unsorted() rows />
        </Card>
    }
    .into_any()
}

/// Few rows, in the order in which they happened.
fn unsorted() -> Vec<Column> {
    let mut columns = columns(false);
    for column in &mut columns {
        column.sort = None;
    }
    columns
}

fn details(entry: Transaction) -> AnyView {
    let text_fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <Fact label=label>{value}</Fact> })
    };
    let row = entry.row;
    let source = row.source.label();
    let by = entry.by.name.map_or_else(|| source.to_owned(), |name| [source, " · ", &name].concat());
    let subscription = row.subscription.map(|id| {
        let href = ["/Subscriptions/", &id.to_string()].concat();
        view! {
            <Fact label=text::SUBSCRIPTION>
                <a href=href>{id.to_string()}</a>
            </Fact>
        }
    });
    let pdf = entry.pdf.map(|href| view! { <p><OutLink href>{text::INVOICE}</OutLink></p> });
    view! {
        <Card title=text::DETAILS>
            <Facts>
                <Fact label=text::NUMBER>{row.id.to_string()}</Fact>
                {text_fact(text::REFERENCE, row.reference)}
                {text_fact(text::PRODUCT, entry.product_name.unwrap_or_default())}
                {subscription}
                {text_fact(text::METHOD, text::method(&row.method).to_owned())}
                {text_fact(text::BY, by)}
                {text_fact(text::REASON, entry.reason)}
                {text_fact(text::NOTE, entry.note)}
            </Facts>
            {pdf}
        </Card>
    }
    .into_any()
}
