//! What contracts bring, when they began and ended. Months are told by their index, the oldest 0.

use std::collections::{BTreeMap, HashMap};

use latchkey_engine::mrr::{self, Recurring};
use latchkey_shared::{
    api::{
        catalog::IntervalUnit,
        reports::{ChurnMonth, DueRow, ProductChurn},
    },
    ids::ProductId,
    money::{Currency, Money},
};
use latchkey_store::reports::{AlikeContracts, AlikeItems, DueSum};

use super::{ByProduct, months::Months, name_of};

/// MRR at the end of each month, of the last one now, by currency and product.
pub fn mrr(items: &[AlikeItems], months: usize) -> BTreeMap<Currency, ByProduct> {
    let mut sums: BTreeMap<Currency, ByProduct> = BTreeMap::new();
    for alike in items {
        let Some(brought) = brings(alike) else { continue };
        let of_product = sums
            .entry(brought.currency)
            .or_default()
            .entry(alike.product_id)
            .or_insert_with(|| vec![0_i64; months]);
        // How a contract stands now says nothing about the past.
        let pays = |month: usize| {
            let (silent, month) = (alike.is_silent && month + 1 == months, index(month));
            alike.begun_in <= month && month < alike.ended_in && !silent
        };
        for (_, sum) in of_product.iter_mut().enumerate().filter(|(month, _)| pays(*month)) {
            *sum = sum.saturating_add(brought.minor);
        }
    }
    sums
}

/// What became of contracts in each month.
pub fn churn(contracts: &[AlikeContracts], months: &[String]) -> Vec<ChurnMonth> {
    let of_month = |(month, name): (usize, &String)| {
        let month = index(month);
        let sum = |which: &dyn Fn(&AlikeContracts) -> bool| {
            contracts.iter().filter(|alike| which(alike)).map(|alike| alike.count).sum::<i64>()
        };
        let running = sum(&|alike| alike.begun_in < month && alike.ended_in >= month);
        let lost = sum(&|alike| alike.begun_in < month && alike.ended_in == month);
        ChurnMonth {
            month: name.clone(),
            running,
            won: sum(&|alike| alike.begun_in == month),
            lost,
            rate: mrr::churn(running, lost),
        }
    };
    months.iter().enumerate().map(of_month).collect()
}

/// The same for each product.
pub fn churn_by_product(
    contracts: &[(Option<i64>, AlikeContracts)],
    months: &[String],
    names: &HashMap<i64, String>,
) -> Vec<ProductChurn> {
    let mut products: BTreeMap<Option<i64>, Vec<AlikeContracts>> = BTreeMap::new();
    for (product, alike) in contracts {
        products.entry(*product).or_default().push(*alike);
    }
    let of_product = |(product, contracts): (Option<i64>, Vec<AlikeContracts>)| ProductChurn {
        product: product.map(ProductId),
        name: name_of(product, names),
        months: churn(&contracts, months),
    };
    products.into_iter().map(of_product).collect()
}

/// What is to be paid again soon, by month, product and currency; a contract counts once per product.
pub fn renewals(due: &[DueSum], ahead: &Months, names: &HashMap<i64, String>) -> Vec<DueRow> {
    let row = |sum: &DueSum| {
        Some(DueRow {
            month: ahead.names.get(usize::try_from(sum.month).ok()?)?.clone(),
            product: sum.product_id.map(ProductId),
            name: name_of(sum.product_id, names),
            count: sum.count,
            amount: Money::new(sum.amount, Currency::parse(&sum.currency).ok()?),
        })
    };
    let mut rows: Vec<DueRow> = due.iter().filter_map(row).collect();
    rows.sort_by(|a, b| a.month.cmp(&b.month).then_with(|| a.name.cmp(&b.name)));
    rows
}

fn index(month: usize) -> i64 {
    i64::try_from(month).unwrap_or(i64::MAX)
}

/// What items that are alike bring per month; nothing where they are paid once. Each is rounded by itself.
fn brings(alike: &AlikeItems) -> Option<Money> {
    let unit = match alike.interval_unit.as_deref()? {
        "day" => IntervalUnit::Day,
        "week" => IntervalUnit::Week,
        "month" => IntervalUnit::Month,
        "year" => IntervalUnit::Year,
        _ => return None,
    };
    let price = Money::new(alike.amount, Currency::parse(&alike.currency).ok()?);
    let one = mrr::monthly(Recurring { price, quantity: alike.quantity, unit, count: alike.interval_count })
        .ok()?;
    one.checked_mul(alike.count).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(currency: &str, amount: i64, unit: &str, ran: (i64, i64)) -> AlikeItems {
        AlikeItems {
            product_id: Some(1),
            currency: currency.to_owned(),
            amount,
            quantity: 2,
            interval_unit: Some(unit.to_owned()),
            interval_count: 1,
            begun_in: ran.0,
            ended_in: ran.1,
            is_silent: false,
            count: 1,
        }
    }

    fn contracts(begun_in: i64, ended_in: i64, count: i64) -> AlikeContracts {
        AlikeContracts { begun_in, ended_in, count }
    }

    #[test]
    fn currencies_stay_apart_and_several_items_add_up() {
        let usd = Currency::parse("USD").unwrap();
        let sums = mrr(
            &[
                AlikeItems { count: 3, ..alike("EUR", 900, "month", (-1, 2)) },
                alike("EUR", 12_000, "year", (0, 2)),
                alike("USD", 500, "month", (1, 2)),
                alike("EUR", 700, "month", (-1, 1)),
                alike("EUR", 700, "month", (2, 2)),
            ],
            2,
        );
        assert_eq!(sums[&Currency::EUR][&Some(1)], [5_400 + 2_000 + 1_400, 5_400 + 2_000]);
        assert_eq!(sums[&usd][&Some(1)], [0, 1_000]);
    }

    #[test]
    fn what_is_alike_is_rounded_one_by_one() {
        let yearly = AlikeItems { quantity: 1, count: 3, ..alike("EUR", 10_000, "year", (-1, 1)) };
        assert_eq!(mrr(&[yearly], 1)[&Currency::EUR][&Some(1)], [3 * 833]);
    }

    #[test]
    fn what_is_paused_or_paid_once_brings_nothing_now() {
        let paused = AlikeItems { is_silent: true, ..alike("EUR", 900, "month", (-1, 2)) };
        let once = AlikeItems { interval_unit: None, ..alike("EUR", 900, "month", (-1, 2)) };
        assert_eq!(mrr(&[paused, once], 2)[&Currency::EUR][&Some(1)], [1_800, 0]);
    }

    #[test]
    fn churn_counts_contracts_that_paid_at_the_beginning_of_a_month() {
        let months = ["a".to_owned(), "b".to_owned()];
        let all = [contracts(-1, 1, 1), contracts(-1, 2, 3), contracts(1, 1, 1), contracts(0, 2, 2)];
        let row = |month: &ChurnMonth| (month.running, month.won, month.lost, month.rate);
        let churned = churn(&all, &months);
        assert_eq!(row(&churned[0]), (4, 2, 0, Some(0)));
        assert_eq!(row(&churned[1]), (6, 1, 1, Some(1_667)));

        let names = HashMap::from([(7, "Editor".to_owned())]);
        let products = [(Some(7), all[0]), (None, all[1]), (Some(7), all[2])];
        let by_product = churn_by_product(&products, &months, &names);
        assert_eq!((by_product[0].name.as_str(), by_product[1].name.as_str()), ("Other", "Editor"));
        assert_eq!(row(&by_product[0].months[1]), (3, 0, 0, Some(0)));
        assert_eq!(row(&by_product[1].months[1]), (1, 1, 1, Some(10_000)));
    }
}
