//! Keys as rows of a table.

use latchkey_shared::{api::keys::KeyRow, text::keys as text};
use leptos::prelude::*;

use crate::{
    components::{Column, Row},
    pages::staff::show,
};

/// Columns of all keys.
pub fn key_columns() -> Vec<Column> {
    let mut columns = product_key_columns();
    columns.insert(2, Column::new(text::PRODUCT));
    columns
}

/// A row among all keys.
pub fn key_row(key: &KeyRow) -> Row {
    row(key, true)
}

/// Columns of one product's keys.
pub fn product_key_columns() -> Vec<Column> {
    vec![
        Column::new(text::KEY),
        Column::new(text::ID).sortable("id").right(),
        Column::new(text::CUSTOMER).fact(),
        Column::new(text::STATUS).fact(),
        Column::new(text::EXPIRES).sortable("expires"),
        Column::new(text::MACHINES).right(),
        Column::new(text::CREATED).sortable("created"),
    ]
}

/// A row of one product's keys.
pub fn product_key_row(key: &KeyRow) -> Row {
    row(key, false)
}

fn row(key: &KeyRow, with_product: bool) -> Row {
    let key_text = key.key.clone();
    let customer = key.customer.zip(key.customer_name.clone());
    let (status, expires, created) = (key.status, key.expires, key.created);
    let (machines, most) = (key.machines, key.max_machines);
    let mut row = Row::new(key.global_id)
        .named(key.key.clone())
        .href(address(key.global_id.0))
        .cell(move || view! { <code class="key-cell">{key_text.clone()}</code> }.into_any())
        .text(key.id.to_string());
    if with_product {
        row = row.text(key.product_name.clone());
    }
    row.cell(move || match customer.clone() {
        Some((id, name)) => show::customer(id, name),
        None => show::quiet(text::NOBODY),
    })
    .cell(move || show::badge(show::tone(status.tone()), status.label()))
    .cell(move || show::day_or(expires, text::NEVER))
    .cell(move || if most > 0 { text::of(machines, most).into_any() } else { show::quiet(text::UNLIMITED) })
    .cell(move || show::when(created))
}

/// A key's page.
pub fn address(global_id: i64) -> String {
    ["/Keys/", &global_id.to_string()].concat()
}
