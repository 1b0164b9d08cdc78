//! Tiles and charts.

use leptos::prelude::*;

use crate::components::{
    BarChart, ChartData, Grid, LineChart, PageHeader, Series, StatTile, Tone, format_money_whole,
    format_short_day, now_ms,
};

#[component]
pub fn Charts() -> impl IntoView {
    let trend = |seed: u32| Signal::stored(wave(seed, 30));
    let some = |text: &str| Signal::stored(Some(text.to_owned()));
    let money = Callback::from(|value: f64| format_money_whole(minor(value), "EUR"));
    view! {
        <PageHeader title="Charts" />
        <Grid tiles=true>
            <StatTile label="Active subscriptions" value=some("1,204") note="38 more than last month" trend=trend(1) href="/kit/lists" />
            <StatTile label="Monthly recurring" value=some("€18,460") trend=trend(2) href="/kit/lists" />
            <StatTile label="New customers" value=some("42") trend=trend(3) href="/kit/lists" />
            <StatTile label="Renewals in 7 days" value=some("67") trend=trend(4) />
            <StatTile label="Failed payments" value=some("5") tone=Tone::Notice trend=trend(5) href="/kit/lists" />
            <StatTile label="Needs attention" value=Signal::stored(None::<String>) tone=Tone::Bad />
        </Grid>
        <Grid>
            <LineChart title="New and lost customers" data=Some(customers()) as_of="Data as of 3 minutes ago" />
            <BarChart title="Revenue by product" data=Some(revenue()) format=money />
            <LineChart title="Still loading" data=None />
            <BarChart title="One value" data=Some(one()) />
        </Grid>
    }
}

#[expect(clippy::cast_possible_truncation, reason = "made-up amounts are small")]
fn minor(value: f64) -> i64 {
    (value * 100.0) as i64
}

fn wave(seed: u32, count: u32) -> Vec<f64> {
    let value = |index: u32| {
        let mixed =
            (index + 1).wrapping_mul(2_654_435_761).wrapping_add(seed.wrapping_mul(997_651_207)) >> 24;
        f64::from(index) * 0.8 + f64::from(mixed % 12)
    };
    (0..count).map(value).collect()
}

fn customers() -> ChartData {
    let now = now_ms();
    let labels = (0..30).map(|day| format_short_day(now - (29 - day) * 86_400_000)).collect();
    let series = |name: &str, seed: u32| Series { name: name.to_owned(), values: wave(seed, 30) };
    ChartData { labels, series: vec![series("New", 3), series("Lost", 8)] }
}

fn revenue() -> ChartData {
    let months = ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"];
    let series = |name: &str, values: [f64; 6]| Series { name: name.to_owned(), values: values.into() };
    ChartData {
        labels: months.map(str::to_owned).into(),
        series: vec![
            series("Studio", [820.0, 940.0, 1010.0, 980.0, 1240.0, 1320.0]),
            series("Player", [310.0, 290.0, 350.0, 420.0, 440.0, 510.0]),
            series("Refunds", [-40.0, -60.0, -20.0, -90.0, -50.0, -30.0]),
        ],
    }
}

fn one() -> ChartData {
    ChartData {
        labels: vec!["Today".to_owned()],
        series: vec![Series { name: "Sign-ups".to_owned(), values: vec![2.0] }],
    }
}
