//! What contracts bring, when they began and ended.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use latchkey_engine::{
    mrr::{self, Recurring},
    period::{Tz, local_date},
};
use latchkey_shared::{
    api::{
        catalog::IntervalUnit,
        reports::{ChurnMonth, DueRow},
    },
    ids::ProductId,
    money::{Currency, Money},
    time::Timestamp,
};
use latchkey_store::reports::RunningItem;

use super::{
    ByProduct,
    months::{self, Months},
    name_of,
};
use crate::clock::DAY;

/// How far renewals are looked ahead for.
const AHEAD: i64 = 90 * DAY;
/// Statuses in which a contract brings nothing although it has not ended.
const SILENT: [&str; 4] = ["pending_start", "paused", "grace", "expired"];

/// All items of contracts that ran lately.
pub struct Contracts {
    items: Vec<RunningItem>,
}

impl Contracts {
    pub fn new(items: Vec<RunningItem>) -> Self {
        Self { items }
    }

    /// MRR at the end of each month, at the latest now, by currency and product.
    pub fn mrr(&self, months: &Months, now: i64) -> BTreeMap<Currency, ByProduct> {
        let mut sums: BTreeMap<Currency, ByProduct> = BTreeMap::new();
        let ends: Vec<i64> = months.starts.iter().skip(1).map(|end| (*end - 1).min(now)).collect();
        for item in &self.items {
            let Some(brought) = brings(item) else { continue };
            let of_product = sums
                .entry(brought.currency)
                .or_default()
                .entry(item.product_id)
                .or_insert_with(|| vec![0; ends.len()]);
            for (sum, end) in of_product.iter_mut().zip(&ends) {
                if pays_at(item, *end, now) {
                    *sum = sum.saturating_add(brought.minor);
                }
            }
        }
        sums
    }

    /// MRR now, by currency.
    pub fn mrr_now(&self, now: i64) -> BTreeMap<Currency, i64> {
        let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
        for item in self.items.iter().filter(|item| pays_at(item, now, now)) {
            if let Some(brought) = brings(item) {
                let sum = sums.entry(brought.currency).or_default();
                *sum = sum.saturating_add(brought.minor);
            }
        }
        sums
    }

    /// Contracts, not items, by month.
    pub fn churn(&self, months: &Months) -> Vec<ChurnMonth> {
        let contracts: BTreeMap<i64, &RunningItem> =
            self.items.iter().map(|item| (item.subscription_id, item)).collect();
        // One that ended within its trial never paid.
        let spans: Vec<Span> = contracts.values().map(|row| Span::of(row)).filter(Span::paid).collect();
        let of_month = |(name, bounds): (&String, &[i64])| {
            let (from, until) = (bounds[0], bounds[1]);
            let within = |at: i64| at >= from && at < until;
            let before = || spans.iter().filter(|span| span.paid_from < from);
            let running = count(before().filter(|span| span.ended.is_none_or(|ended| ended >= from)));
            let lost = count(before().filter(|span| span.ended.is_some_and(within)));
            ChurnMonth {
                month: name.clone(),
                running,
                won: count(spans.iter().filter(|span| within(span.paid_from))),
                lost,
                rate: mrr::churn(running, lost),
            }
        };
        months.names.iter().zip(months.starts.windows(2)).map(of_month).collect()
    }

    /// What is to be paid again soon, by month, product and currency; a contract counts once per product.
    pub fn renewals(&self, now: i64, zone: Tz, names: &HashMap<i64, String>) -> Vec<DueRow> {
        let mut due: BTreeMap<(String, Option<i64>, String), Due> = BTreeMap::new();
        for item in &self.items {
            let goes_on = matches!(item.status.as_str(), "active" | "trial") && item.cancels_at.is_none();
            let Some(at) = item.paid_through.filter(|at| goes_on && (now..now + AHEAD).contains(at)) else {
                continue;
            };
            let Some(price) = price(item).and_then(|price| price.checked_mul(item.quantity).ok()) else {
                continue;
            };
            let month = months::name(local_date(Timestamp::from_millis(at), zone));
            let key = (month, item.product_id, item.currency.clone());
            let due = due
                .entry(key)
                .or_insert_with(|| Due { contracts: BTreeSet::new(), amount: Money::zero(price.currency) });
            due.contracts.insert(item.subscription_id);
            due.amount = due.amount.checked_add(price).unwrap_or(due.amount);
        }
        let rows = due.into_iter().map(|((month, product, _), due)| DueRow {
            month,
            product: product.map(ProductId),
            name: name_of(product, names),
            count: count(due.contracts.iter()),
            amount: due.amount,
        });
        rows.collect()
    }
}

/// What is due together.
struct Due {
    contracts: BTreeSet<i64>,
    amount: Money,
}

/// When a contract paid.
struct Span {
    paid_from: i64,
    ended: Option<i64>,
}

impl Span {
    fn of(row: &RunningItem) -> Self {
        let paid_from = row.trial_ends_at.map_or(row.created_at, |trial| trial.max(row.created_at));
        Self { paid_from, ended: row.ended_at }
    }

    fn paid(&self) -> bool {
        self.ended.is_none_or(|ended| ended > self.paid_from)
    }
}

fn count<T>(some: impl Iterator<Item = T>) -> i64 {
    i64::try_from(some.count()).unwrap_or(i64::MAX)
}

/// Whether an item's contract pays at a moment; how it stands now says nothing about the past.
fn pays_at(item: &RunningItem, at: i64, now: i64) -> bool {
    let silent = at >= now && SILENT.contains(&item.status.as_str());
    !silent && mrr::counts_at(at, item.created_at, item.trial_ends_at, item.ended_at)
}

fn price(item: &RunningItem) -> Option<Money> {
    Some(Money::new(item.amount, Currency::parse(&item.currency).ok()?))
}

/// What an item brings per month; nothing where it is paid once.
fn brings(item: &RunningItem) -> Option<Money> {
    let unit = match item.interval_unit.as_deref()? {
        "day" => IntervalUnit::Day,
        "week" => IntervalUnit::Week,
        "month" => IntervalUnit::Month,
        "year" => IntervalUnit::Year,
        _ => return None,
    };
    let recurring =
        Recurring { price: price(item)?, quantity: item.quantity, unit, count: item.interval_count };
    mrr::monthly(recurring).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(
        subscription: i64,
        currency: &str,
        amount: i64,
        unit: &str,
        ran: (i64, Option<i64>),
    ) -> RunningItem {
        RunningItem {
            subscription_id: subscription,
            product_id: Some(1),
            product_name: "Editor".to_owned(),
            currency: currency.to_owned(),
            amount,
            quantity: 2,
            interval_unit: Some(unit.to_owned()),
            interval_count: 1,
            created_at: ran.0,
            trial_ends_at: None,
            ended_at: ran.1,
            status: "active".to_owned(),
            paid_through: None,
            cancels_at: None,
        }
    }

    fn months() -> Months {
        Months { names: vec!["a".to_owned(), "b".to_owned()], starts: vec![0, 100, 200] }
    }

    #[test]
    fn currencies_stay_apart_and_several_items_add_up() {
        let contracts = Contracts::new(vec![
            item(1, "EUR", 900, "month", (0, None)),
            item(1, "EUR", 12_000, "year", (0, None)),
            item(2, "USD", 500, "month", (150, None)),
            item(3, "EUR", 700, "month", (0, Some(100))),
        ]);
        let eur = Currency::EUR;
        let usd = Currency::parse("USD").unwrap();
        let mrr = contracts.mrr(&months(), 180);
        assert_eq!(mrr[&eur][&Some(1)], [1_800 + 2_000 + 1_400, 1_800 + 2_000]);
        assert_eq!(mrr[&usd][&Some(1)], [0, 1_000]);
        assert_eq!(contracts.mrr_now(180), BTreeMap::from([(eur, 3_800), (usd, 1_000)]));
    }

    #[test]
    fn what_is_paused_or_paid_once_brings_nothing_now() {
        let paused = RunningItem { status: "paused".to_owned(), ..item(1, "EUR", 900, "month", (0, None)) };
        let once = RunningItem { interval_unit: None, ..item(2, "EUR", 900, "month", (0, None)) };
        let contracts = Contracts::new(vec![paused, once]);
        assert!(contracts.mrr_now(180).is_empty());
        assert_eq!(contracts.mrr(&months(), 180)[&Currency::EUR][&Some(1)], [1_800, 0]);
    }

    #[test]
    fn churn_counts_contracts_that_paid() {
        let in_trial = RunningItem { trial_ends_at: Some(60), ..item(4, "EUR", 1, "month", (50, Some(55))) };
        let contracts = Contracts::new(vec![
            item(1, "EUR", 1, "month", (-5, Some(150))),
            item(1, "EUR", 1, "month", (-5, Some(150))),
            item(2, "EUR", 1, "month", (-5, None)),
            item(3, "EUR", 1, "month", (110, Some(120))),
            in_trial,
        ]);
        let churn = contracts.churn(&months());
        let row = |month: &ChurnMonth| (month.running, month.won, month.lost, month.rate);
        assert_eq!(row(&churn[0]), (2, 0, 0, Some(0)));
        assert_eq!(row(&churn[1]), (2, 1, 1, Some(5_000)));
    }
}
