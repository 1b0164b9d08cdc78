//! Reports: MRR, revenue, churn, renewals and failed payments, by product and month, from stored rows.
//!
//! | figure | is |
//! | --- | --- |
//! | MRR | the price of each item of a paying contract, brought to a month ([`latchkey_engine::mrr`]), at the end of the month, with today's prices and quantities |
//! | paying contract | begun, its trial over, not ended; neither paused nor merely in grace now |
//! | revenue | payments less refunds and what disputes took, without tax, in the month they happened |
//! | churn | paying contracts that ended in a month, of those that paid at its beginning; of a product, those that have it |
//! | renewals due | contracts whose paid time ends within 90 days and that go on then |
//! | failed payments | tries to be paid that failed, by the amount that was asked for |

mod contracts;
pub mod file;
mod months;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use latchkey_engine::period::Tz;
use latchkey_shared::{
    api::reports::{CurrencyReport, DueRow, ProductSeries, Reports},
    ids::ProductId,
    money::{Currency, Money},
    time::Timestamp,
};
use latchkey_store::{
    plans,
    reports::{self as store, MonthSum, What},
};

use self::months::Months;
use crate::{clock::DAY, error::AppResult, state::AppState, vendor};

/// What belongs to no product here.
const ELSEWHERE: &str = "Other";
/// How far renewals are looked ahead for.
const AHEAD: i64 = 90 * DAY;

/// Sums by product, one for each month.
type ByProduct = BTreeMap<Option<i64>, Vec<i64>>;

/// Everything, as of now.
pub async fn show(app: &AppState) -> AppResult<Reports> {
    let now = app.clock.now();
    let connection = app.store.read();
    let zone: Tz = vendor::load(connection).await?.time_zone.parse().unwrap_or(Tz::UTC);
    let months = Months::until(now, zone);
    let names: HashMap<i64, String> =
        plans::all_products(connection).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let so_far = months.starts_until(now);
    let items = store::alike_items(connection, &so_far).await?;
    let contracts = store::alike_contracts(connection, &so_far).await?;
    let of_products = store::alike_contracts_by_product(connection, &so_far).await?;
    let ahead = Months::from(now, now + AHEAD - 1, zone);
    let due = store::due(connection, now, now + AHEAD, &ahead.starts).await?;
    let moved = store::by_month(connection, What::Moved, &months.starts).await?;
    let failed = store::by_month(connection, What::Failed, &months.starts).await?;

    let mut mrr = contracts::mrr(&items, months.names.len());
    let mut revenue = revenue(&moved, months.names.len());
    let currencies: BTreeSet<Currency> = mrr.keys().chain(revenue.keys()).copied().collect();
    let currencies = currencies.into_iter().map(|currency| {
        let mrr = mrr.remove(&currency).unwrap_or_default();
        let now_brought = mrr.values().filter_map(|months| months.last()).sum();
        CurrencyReport {
            mrr_now: Money::new(now_brought, currency),
            mrr: series(mrr, currency, &names),
            revenue: series(revenue.remove(&currency).unwrap_or_default(), currency, &names),
        }
    });
    Ok(Reports {
        as_of: Timestamp::from_millis(now),
        currencies: currencies.collect(),
        churn: contracts::churn(&contracts, &months.names),
        churn_by_product: contracts::churn_by_product(&of_products, &months.names, &names),
        renewals: contracts::renewals(&due, &ahead, &names),
        failed: failures(&failed, &months, &names),
        months: months.names,
        months_ahead: ahead.names,
    })
}

fn revenue(sums: &[MonthSum], months: usize) -> BTreeMap<Currency, ByProduct> {
    let mut revenue: BTreeMap<Currency, ByProduct> = BTreeMap::new();
    for sum in sums {
        let Ok(currency) = Currency::parse(&sum.currency) else { continue };
        let of_product =
            revenue.entry(currency).or_default().entry(sum.product_id).or_insert_with(|| vec![0; months]);
        if let Some(month) = usize::try_from(sum.month).ok().and_then(|month| of_product.get_mut(month)) {
            *month = month.saturating_add(sum.net);
        }
    }
    revenue
}

fn series(sums: ByProduct, currency: Currency, names: &HashMap<i64, String>) -> Vec<ProductSeries> {
    let shown = sums.into_iter().map(|(product, amounts)| ProductSeries {
        product: product.map(ProductId),
        name: name_of(product, names),
        amounts: amounts.into_iter().map(|minor| Money::new(minor, currency)).collect(),
    });
    shown.collect()
}

fn failures(sums: &[MonthSum], months: &Months, names: &HashMap<i64, String>) -> Vec<DueRow> {
    let mut rows: Vec<DueRow> = sums
        .iter()
        .filter_map(|sum| {
            Some(DueRow {
                month: months.names.get(usize::try_from(sum.month).ok()?)?.clone(),
                product: sum.product_id.map(ProductId),
                name: name_of(sum.product_id, names),
                count: sum.count,
                amount: Money::new(sum.asked, Currency::parse(&sum.currency).ok()?),
            })
        })
        .collect();
    rows.sort_by(|a, b| b.month.cmp(&a.month).then_with(|| a.name.cmp(&b.name)));
    rows
}

fn name_of(product: Option<i64>, names: &HashMap<i64, String>) -> String {
    product.and_then(|id| names.get(&id)).cloned().unwrap_or_else(|| ELSEWHERE.to_owned())
}
