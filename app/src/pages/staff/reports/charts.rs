//! Figures by month as charts.

use latchkey_shared::{
    api::reports::{CurrencyReport, ProductSeries, Reports},
    money::{Currency, Money},
    text::reports as text,
    time::{Date, Timestamp},
};
use leptos::prelude::*;

use crate::components::{
    BarChart, ChartData, Grid, LineChart, Series, StatTile, format_money_whole, format_month,
};

/// MRR now as tiles, and by month and product.
pub fn mrr(reports: &Reports) -> AnyView {
    let tile = |of: &CurrencyReport| {
        let value = format_money_whole(of.mrr_now.minor, of.mrr_now.currency.code());
        let label = text::of_currency(text::MRR, of.mrr_now.currency.code());
        view! { <StatTile label value=Signal::stored(Some(value)) note=text::NOW.to_owned() /> }
    };
    let tiles = reports.currencies.iter().map(tile).collect_view();
    let charts = by_currency(reports, text::MRR, true, |of| &of.mrr);
    view! {
        <Grid tiles=true>{tiles}</Grid>
        {charts}
    }
    .into_any()
}

/// Revenue by month and product.
pub fn revenue(reports: &Reports) -> AnyView {
    by_currency(reports, text::REVENUE, false, |of| &of.revenue)
}

/// Churn in percent, and what was won and lost.
pub fn churn(reports: &Reports) -> AnyView {
    let labels: Vec<String> = reports.months.iter().map(|month| label(month)).collect();
    let series = |name: &str, values: Vec<f64>| Series { name: name.to_owned(), values };
    let counts = |of: fn(&latchkey_shared::api::reports::ChurnMonth) -> i64| -> Vec<f64> {
        reports.churn.iter().map(|month| float(of(month))).collect()
    };
    let rate = reports.churn.iter().map(|month| float(month.rate.unwrap_or_default()) / 100.0).collect();
    let rates = ChartData { labels: labels.clone(), series: vec![series(text::CHURN_RATE, rate)] };
    let moves = ChartData {
        labels,
        series: vec![
            series(text::WON, counts(|month| month.won)),
            series(text::LOST, counts(|month| month.lost)),
            series(text::RUNNING, counts(|month| month.running)),
        ],
    };
    let percent = Callback::from(|value: f64| format!("{value:.2} %"));
    view! {
        <Grid>
            <LineChart title=text::CHURN_RATE data=Signal::stored(Some(rates)) format=percent />
            <BarChart title=text::WON_AND_LOST data=Signal::stored(Some(moves)) />
        </Grid>
    }
    .into_any()
}

fn by_currency(
    reports: &Reports,
    title: &'static str,
    line: bool,
    of: fn(&CurrencyReport) -> &Vec<ProductSeries>,
) -> AnyView {
    let chart = |report: &CurrencyReport| {
        let currency = report.mrr_now.currency;
        let data = data(&reports.months, of(report));
        let title = text::of_currency(title, currency.code());
        let format = amounts(currency);
        let data = Signal::stored(Some(data));
        if line {
            view! { <LineChart title data format /> }.into_any()
        } else {
            view! { <BarChart title data format /> }.into_any()
        }
    };
    let with_any = reports.currencies.iter().filter(|report| !of(report).is_empty());
    let charts = with_any.map(chart).collect_view();
    view! { <Grid>{charts}</Grid> }.into_any()
}

fn data(months: &[String], series: &[ProductSeries]) -> ChartData {
    ChartData {
        labels: months.iter().map(|month| label(month)).collect(),
        series: series
            .iter()
            .map(|of| Series {
                name: of.name.clone(),
                values: of.amounts.iter().map(|amount| float(amount.minor)).collect(),
            })
            .collect(),
    }
}

/// A value of a chart is in minor units.
fn amounts(currency: Currency) -> Callback<(f64,), String> {
    Callback::from(move |minor: f64| {
        let money = Money::new(whole(minor), currency);
        format_money_whole(money.minor, money.currency.code())
    })
}

/// `2026-11` as the person writes a month.
pub fn label(month: &str) -> String {
    match [month, "-15"].concat().parse::<Date>() {
        Ok(date) => format_month(Timestamp::from_utc_date(date).millis()),
        Err(_) => month.to_owned(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "no figure comes near the limits of a float")]
fn float(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, reason = "axis values come from whole numbers")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}
