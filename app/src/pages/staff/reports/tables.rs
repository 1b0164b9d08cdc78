//! What is due and what failed, as tables.

use latchkey_shared::{
    api::reports::{DueRow, Reports},
    text::reports as text,
};
use leptos::prelude::*;

use super::charts::label;
use crate::{
    components::{Card, Column, DataTable, Row},
    pages::staff::show,
};

pub fn renewals(reports: &Reports) -> AnyView {
    table(text::RENEWALS, text::COUNT, text::NO_RENEWALS, &reports.renewals)
}

pub fn failed(reports: &Reports) -> AnyView {
    table(text::FAILED, text::PAYMENTS, text::NO_FAILED, &reports.failed)
}

fn table(name: &'static str, counted: &'static str, none: &'static str, rows: &[DueRow]) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="muted">{none}</p> }.into_any();
    }
    let columns = vec![
        Column::new(text::MONTH),
        Column::new(text::PRODUCT).fact(),
        Column::new(counted).right(),
        Column::new(text::AMOUNT).right().fact(),
    ];
    let row = |(index, due): (usize, &DueRow)| {
        let amount = due.amount;
        Row::new(index)
            .text(label(&due.month))
            .text(due.name.clone())
            .text(due.count.to_string())
            .cell(move || show::money(amount))
    };
    let rows: Vec<Row> = rows.iter().enumerate().map(row).collect();
    view! {
        <Card flush=true>
            <DataTable label=name columns rows=Signal::stored(Some(rows)) />
        </Card>
    }
    .into_any()
}
