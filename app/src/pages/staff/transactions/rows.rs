//! Entries as rows of a table.

use latchkey_shared::{
    api::transactions::TransactionRow, text::transactions as text, transaction::TransactionState,
};
use leptos::prelude::*;

use crate::{
    components::{Column, Row},
    pages::staff::show,
};

/// The columns of a list; `customer`: whether it says whose an entry is.
pub fn columns(customer: bool) -> Vec<Column> {
    let mut columns = vec![Column::new(text::KIND)];
    if customer {
        columns.push(Column::new(text::CUSTOMER).fact());
    }
    columns.extend([
        Column::new(text::DATE).sortable("date").fact(),
        Column::new(text::SOURCE),
        Column::new(text::REFERENCE),
        Column::new(text::CURRENCY),
        Column::new(text::TAX).right(),
        Column::new(text::AMOUNT).right().sortable("gross").fact(),
    ]);
    columns
}

/// An entry of any customer.
pub fn row(entry: &TransactionRow) -> Row {
    let customer = (entry.customer, entry.customer_name.clone().unwrap_or_default());
    let first = start(entry).cell(move || show::customer(customer.0, customer.1.clone()));
    finish(entry, first)
}

/// An entry on its customer's page.
pub fn row_of_customer(entry: &TransactionRow) -> Row {
    finish(entry, start(entry))
}

fn start(entry: &TransactionRow) -> Row {
    let (kind, state) = (entry.kind, entry.state);
    let state = (state != TransactionState::Done).then_some(state);
    Row::new(entry.id).href(["/Transactions/", &entry.id.to_string()].concat()).cell(move || {
        let state = state.map(|state| show::badge(show::tone(state.tone()), state.label()));
        view! { {kind.label()} " " {state} }.into_any()
    })
}

fn finish(entry: &TransactionRow, row: Row) -> Row {
    let (date, tax) = (entry.date, entry.tax.filter(|tax| !tax.is_zero()));
    let currency = entry.gross.or(entry.asked).map(|money| money.currency.code().to_owned());
    let amount = amount(entry);
    row.cell(move || show::when(date))
        .text(entry.source.label())
        .text(entry.reference.clone())
        .text(currency.unwrap_or_default())
        .cell(move || tax.map_or_else(|| ().into_any(), show::money))
        .cell(move || amount.draw())
}

/// What moved, what of it went back, or, quietly, what it is about.
pub struct Amount {
    gross: Option<latchkey_shared::money::Money>,
    given_back: Option<latchkey_shared::money::Money>,
    asked: Option<latchkey_shared::money::Money>,
}

/// The amount of an entry.
pub fn amount(entry: &TransactionRow) -> Amount {
    Amount {
        gross: entry.gross.filter(|gross| !gross.is_zero() || entry.asked.is_none()),
        given_back: entry.given_back,
        asked: entry.asked,
    }
}

impl Amount {
    pub fn draw(&self) -> AnyView {
        let back = self.given_back.map(|back| {
            view! { <span class="muted">{text::GIVEN_BACK} " " {show::money(back)}</span> }
        });
        match (self.gross, self.asked) {
            (Some(gross), _) => view! { <span class="lines">{show::money(gross)} {back}</span> }.into_any(),
            (None, Some(asked)) => view! { <span class="muted">{show::money(asked)}</span> }.into_any(),
            (None, None) => ().into_any(),
        }
    }
}
