//! The reports in short: how it stands now, and where it came from.

use latchkey_shared::{
    api::reports::{CurrencyReport, DueRow, ProductSeries, Reports},
    money::{Currency, Money},
    text::reports as text,
};
use leptos::prelude::*;

use super::{
    charts::{percent, whole_money},
    figures::{currencies, float},
};
use crate::components::{Grid, StatTile};

/// A tile per figure, money for each currency.
pub fn tiles(reports: &Reports) -> AnyView {
    let money = reports.currencies.iter().map(|of| view! { {mrr(of)} {revenue(of)} }).collect_view();
    let ahead = &reports.months_ahead;
    let due =
        each(&reports.renewals, ahead, ahead, text::TILE_DUE, [text::SUBSCRIPTION, text::SUBSCRIPTIONS]);
    let this_month = reports.months.last().map(std::slice::from_ref).unwrap_or_default();
    let failed =
        each(&reports.failed, &reports.months, this_month, text::TILE_FAILED, [text::TRY, text::TRIES]);
    let churn = churn(reports);
    view! {
        <section aria-label=text::TILES>
            <Grid tiles=true>{money} {churn} {due} {failed}</Grid>
        </section>
    }
    .into_any()
}

fn tile(label: String, value: String, note: Option<String>, trend: Vec<f64>) -> AnyView {
    let (value, note) = (Signal::stored(Some(value)), MaybeProp::from(note));
    view! { <StatTile label value note trend=Signal::stored(trend) /> }.into_any()
}

fn mrr(of: &CurrencyReport) -> AnyView {
    let months = totals(&of.mrr);
    let before = months.len().checked_sub(2).and_then(|index| months.get(index)).copied().unwrap_or_default();
    let currency = of.mrr_now.currency;
    let difference = of.mrr_now.minor.saturating_sub(before);
    let note = if difference == 0 {
        text::AS_LAST_MONTH.to_owned()
    } else {
        let size = Money::new(difference.saturating_abs(), currency);
        text::since_last_month(&whole_money(size), difference > 0)
    };
    let label = text::of_currency(text::TILE_MRR, currency.code());
    tile(label, whole_money(of.mrr_now), Some(note), line(&months))
}

fn revenue(of: &CurrencyReport) -> AnyView {
    let months = totals(&of.revenue);
    let currency = of.mrr_now.currency;
    let now = Money::new(months.last().copied().unwrap_or_default(), currency);
    tile(text::of_currency(text::TILE_REVENUE, currency.code()), whole_money(now), None, line(&months))
}

/// Of the last whole month: this one is not over.
fn churn(reports: &Reports) -> AnyView {
    let last = reports.churn.len().checked_sub(2).and_then(|index| reports.churn.get(index));
    let value = last.and_then(|month| month.rate).map(|rate| percent(float(rate) / 100.0));
    let note = match last {
        Some(month) if month.running > 0 => text::lost_of(month.lost, month.running),
        _ => text::NONE_RAN.to_owned(),
    };
    let trend = reports.churn.iter().map(|month| float(month.rate.unwrap_or_default())).collect();
    tile(text::TILE_CHURN.to_owned(), value.unwrap_or_else(|| "–".to_owned()), Some(note), trend)
}

/// Rows of each currency: what is of some `months` added up, with the line of `all` of them.
fn each(
    rows: &[DueRow],
    all: &[String],
    months: &[String],
    label: &str,
    [one, many]: [&str; 2],
) -> Vec<AnyView> {
    let of = |currency: Currency| {
        let rows = || rows.iter().filter(move |row| row.amount.currency == currency);
        let of_month = |month: &String| {
            let amounts = rows().filter(|row| row.month == *month).map(|row| row.amount.minor);
            amounts.fold(0, i64::saturating_add)
        };
        let sum = months.iter().map(of_month).fold(0, i64::saturating_add);
        let count = rows().filter(|row| months.contains(&row.month)).map(|row| row.count).sum();
        let trend = all.iter().map(|month| float(of_month(month))).collect();
        let label = text::of_currency(label, currency.code());
        tile(label, whole_money(Money::new(sum, currency)), Some(text::in_pieces(count, one, many)), trend)
    };
    currencies(rows).into_iter().map(of).collect()
}

/// All products together, month by month.
fn totals(products: &[ProductSeries]) -> Vec<i64> {
    let months = products.iter().map(|product| product.amounts.len()).max().unwrap_or_default();
    let sum = |month: usize| {
        let of_month = products.iter().filter_map(|product| product.amounts.get(month));
        of_month.fold(0_i64, |sum, amount| sum.saturating_add(amount.minor))
    };
    (0..months).map(sum).collect()
}

fn line(months: &[i64]) -> Vec<f64> {
    months.iter().map(|month| float(*month)).collect()
}
