//! Money for the bookkeeper: payments, refunds and what disputes took, as CSV.

use latchkey_engine::period::{Tz, local_date};
use latchkey_shared::{
    csv::line,
    money::{Currency, Money},
    time::Timestamp,
    transaction::{TransactionKind, TransactionSource},
};
use latchkey_store::{
    Access, customers,
    entity::{customer, transaction_entry as entry},
    transactions as store,
};

use super::view;
use crate::{
    error::{AppError, AppResult},
    filters,
    state::AppState,
    vendor,
};

/// Entries that a file holds at most.
const MOST: usize = 100_000;
/// Entries that are read at once.
const ROWS_AT_ONCE: u64 = 1_000;

const HEADER: [&str; 15] = [
    "date",
    "number",
    "type",
    "source",
    "customer",
    "customer_name",
    "company",
    "country",
    "reference",
    "product",
    "net",
    "tax",
    "gross",
    "currency",
    "provider_reference",
];

/// What moved among the entries that match, the oldest first, one per line. Days are the vendor's; amounts are
/// decimal numbers of their currency, negative where money left. Sums of the columns are the sums of the page.
///
/// # Errors
/// 422 where more entries match than a file holds.
pub async fn csv(app: &AppState, access: Access, filter: &str) -> AppResult<String> {
    let predicate = filters::predicate(app, filter, store::FIELDS).await?;
    let zone: Tz = vendor::load(app.store.read()).await?.time_zone.parse().unwrap_or(Tz::UTC);
    let mut text = line(HEADER.map(str::to_owned));
    let (mut after, mut written) = (None, 0);
    loop {
        let rows = store::moved_after(app.store.read(), access, &predicate, after, ROWS_AT_ONCE).await?;
        let Some(last) = rows.last() else { return Ok(text) };
        after = Some((last.happened_at, last.id));
        written += rows.len();
        if written > MOST {
            return Err(AppError::field("filter", "More than 100,000 entries match. Narrow the dates."));
        }
        let owners = customers::by_ids(app.store.read(), rows.iter().map(|row| row.customer_id)).await?;
        let products = view::product_names(app, &rows).await?;
        for row in &rows {
            let product = row.product_id.and_then(|id| products.get(&id)).cloned().unwrap_or_default();
            text.push_str(&line(cells(row, owners.get(&row.customer_id), product, zone)));
        }
    }
}

fn cells(row: &entry::Model, owner: Option<&customer::Model>, product: String, zone: Tz) -> [String; 15] {
    let owned = |of: fn(&customer::Model) -> &String| owner.map(of).cloned().unwrap_or_default();
    let amount = |minor: i64| {
        Currency::parse(&row.currency)
            .map_or_else(|_| minor.to_string(), |currency| Money::new(minor, currency).to_decimal())
    };
    let kind = TransactionKind::parse(&row.kind).map_or("", TransactionKind::label);
    let source = TransactionSource::parse(&row.source).map_or("", TransactionSource::label);
    [
        local_date(Timestamp::from_millis(row.happened_at), zone).to_string(),
        row.id.to_string(),
        kind.to_owned(),
        source.to_owned(),
        row.customer_id.to_string(),
        owned(|customer| &customer.name),
        owned(|customer| &customer.company),
        owned(|customer| &customer.country),
        row.reference.clone(),
        product,
        amount(row.net),
        amount(row.tax),
        amount(row.gross),
        row.currency.clone(),
        row.payment_ref.clone().unwrap_or_default(),
    ]
}
