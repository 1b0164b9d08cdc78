//! Thirty days in two charts.

use latchkey_shared::{
    api::dashboard::{Dashboard, DayCount},
    text::dashboard as text,
    time::{Date, Timestamp},
};
use leptos::prelude::*;

use super::tiles::float;
use crate::components::{BarChart, ChartData, Grid, LineChart, Series, format_exact, format_short_day};

/// New customers and active subscriptions, day by day.
pub fn charts(shown: Signal<Option<Dashboard>>) -> AnyView {
    let data = move |name: &'static str, of: fn(&Dashboard) -> &[DayCount]| {
        Signal::derive(move || shown.with(|shown| shown.as_ref().map(|shown| chart(name, of(shown)))))
    };
    let as_of = MaybeProp::derive(move || {
        shown.with(|shown| shown.as_ref().map(|shown| text::as_of(&format_exact(shown.as_of.millis()))))
    });
    view! {
        <Grid>
            <BarChart
                title=text::CHART_CUSTOMERS
                data=data(text::CHART_CUSTOMERS, |shown| &shown.new_customers)
                as_of
            />
            <LineChart
                title=text::CHART_SUBSCRIPTIONS
                data=data(text::CHART_SUBSCRIPTIONS, |shown| &shown.active_subscriptions)
                as_of
            />
        </Grid>
    }
    .into_any()
}

fn chart(name: &str, days: &[DayCount]) -> ChartData {
    ChartData {
        labels: days.iter().map(|day| label(&day.day)).collect(),
        series: vec![Series {
            name: name.to_owned(),
            values: days.iter().map(|day| float(day.count)).collect(),
        }],
    }
}

/// `2026-11-21` as the person writes it. Noon lies on the same day in nearly all time zones.
fn label(day: &str) -> String {
    match day.parse::<Date>() {
        Ok(date) => format_short_day(Timestamp::from_utc_date(date).plus_hours(12).millis()),
        Err(_) => day.to_owned(),
    }
}
