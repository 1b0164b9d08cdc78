//! Figures by month and product as charts, each with its table.

use latchkey_shared::{
    api::reports::{ChurnMonth, CurrencyReport, DueRow, ProductSeries, Reports},
    money::{Currency, Money},
    text::reports as text,
    time::{Date, Timestamp},
};
use leptos::prelude::*;

use super::figures::{self, Figures, Parts, by_product, float};
use crate::components::{
    BarChart, ChartData, Grid, LineChart, Series, StackedChart, format_money_whole, format_month,
};

pub fn mrr(reports: &Reports) -> AnyView {
    by_currency(reports, text::MRR, text::NO_MRR, |of| &of.mrr)
}

pub fn revenue(reports: &Reports) -> AnyView {
    by_currency(reports, text::REVENUE, text::NO_REVENUE, |of| &of.revenue)
}

/// Churn in percent, what was lost of each product, and what was won and lost in all.
pub fn churn(reports: &Reports) -> AnyView {
    if reports.churn_by_product.is_empty() {
        return none(text::NO_CHURN);
    }
    let labels = labels(&reports.months);
    let rates = figures::churn_rates(&labels, &reports.churn, &reports.churn_by_product);
    let lost = by_product(&labels, figures::lost(&reports.churn_by_product), Parts::Overlap);
    let counts = |name: &str, of: fn(&ChurnMonth) -> i64| Series {
        name: name.to_owned(),
        values: reports.churn.iter().map(|month| float(of(month))).collect(),
    };
    let moves = vec![counts(text::WON, |month| month.won), counts(text::LOST, |month| month.lost)];
    let running = counts(text::RUNNING, |month| month.running);
    let moves = Figures {
        table: ChartData {
            labels: labels.clone(),
            series: [running].into_iter().chain(moves.iter().cloned()).collect(),
        },
        drawn: ChartData { labels, series: moves },
    };
    let percent = Callback::from(|value: f64| percent(value));
    view! {
        <Grid>
            <LineChart title=text::CHURN_RATE data=drawn(&rates) table=rates.table format=percent />
            <BarChart title=text::LOST_BY_PRODUCT data=drawn(&lost) table=lost.table />
            <BarChart title=text::WON_AND_LOST data=drawn(&moves) table=moves.table />
        </Grid>
    }
    .into_any()
}

pub fn renewals(reports: &Reports) -> AnyView {
    if reports.renewals.is_empty() {
        return none(text::NO_RENEWALS);
    }
    let months = &reports.months_ahead;
    let counts = by_product(&labels(months), counted(&reports.renewals, months), Parts::Overlap);
    let amounts = of_rows(&reports.renewals, months, text::RENEWALS);
    view! {
        <Grid>
            {amounts}
            <BarChart title=text::RENEWALS_COUNT data=drawn(&counts) table=counts.table />
        </Grid>
    }
    .into_any()
}

pub fn failed(reports: &Reports) -> AnyView {
    if reports.failed.is_empty() {
        return none(text::NO_FAILED);
    }
    let months = &reports.months;
    let counts = by_product(&labels(months), counted(&reports.failed, months), Parts::AddUp);
    let amounts = of_rows(&reports.failed, months, text::FAILED);
    view! {
        <Grid>
            {amounts}
            <StackedChart title=text::FAILED_COUNT data=drawn(&counts) table=counts.table />
        </Grid>
    }
    .into_any()
}

fn none(words: &'static str) -> AnyView {
    view! { <p class="muted">{words}</p> }.into_any()
}

/// A chart for each currency that has anything to show.
fn by_currency(
    reports: &Reports,
    title: &'static str,
    nothing: &'static str,
    of: fn(&CurrencyReport) -> &Vec<ProductSeries>,
) -> AnyView {
    let with_any: Vec<&CurrencyReport> =
        reports.currencies.iter().filter(|report| !of(report).is_empty()).collect();
    if with_any.is_empty() {
        return none(nothing);
    }
    let chart = |report: &CurrencyReport| {
        money_chart(title, report.mrr_now.currency, &reports.months, figures::amounts(of(report)))
    };
    let charts = with_any.into_iter().map(chart).collect_view();
    view! { <Grid>{charts}</Grid> }.into_any()
}

/// Amounts of rows: a chart for each currency.
fn of_rows(rows: &[DueRow], months: &[String], title: &'static str) -> AnyView {
    let chart = |currency: Currency| {
        let rows: Vec<&DueRow> = rows.iter().filter(|row| row.amount.currency == currency).collect();
        money_chart(title, currency, months, figures::pivot(&rows, months, |row| row.amount.minor))
    };
    figures::currencies(rows).into_iter().map(chart).collect_view().into_any()
}

fn counted(rows: &[DueRow], months: &[String]) -> Vec<Series> {
    let rows: Vec<&DueRow> = rows.iter().collect();
    figures::pivot(&rows, months, |row| row.count)
}

fn money_chart(title: &str, currency: Currency, months: &[String], series: Vec<Series>) -> AnyView {
    let figures = by_product(&labels(months), series, Parts::AddUp);
    let title = text::of_currency(title, currency.code());
    // A value of the chart is in minor units.
    let format = Callback::from(move |minor: f64| whole_money(Money::new(whole(minor), currency)));
    view! { <StackedChart title data=drawn(&figures) table=figures.table format /> }.into_any()
}

fn drawn(figures: &Figures) -> Signal<Option<ChartData>> {
    Signal::stored(Some(figures.drawn.clone()))
}

fn labels(months: &[String]) -> Vec<String> {
    months.iter().map(|month| label(month)).collect()
}

/// `2026-11` as the person writes a month.
fn label(month: &str) -> String {
    match [month, "-15"].concat().parse::<Date>() {
        Ok(date) => format_month(Timestamp::from_utc_date(date).millis()),
        Err(_) => month.to_owned(),
    }
}

/// Without the minor units: what matters is the size.
pub fn whole_money(amount: Money) -> String {
    format_money_whole(amount.minor, amount.currency.code())
}

/// `2.5 %`
pub fn percent(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    [&rounded.to_string(), " %"].concat()
}

#[expect(clippy::cast_possible_truncation, reason = "axis values come from whole numbers")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}
