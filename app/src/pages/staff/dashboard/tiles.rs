//! The row of numbers.

use latchkey_shared::{
    api::dashboard::{Counts, Dashboard, DayCount},
    text::dashboard as text,
};
use leptos::prelude::*;

use crate::{
    api::encoded,
    components::{Grid, StatTile, Tone, format_count},
};

/// Six numbers, each with the list behind it.
pub fn tiles(shown: Signal<Option<Dashboard>>) -> AnyView {
    let count = move |of: fn(&Counts) -> i64| {
        Signal::derive(move || shown.with(|shown| shown.as_ref().map(|shown| of(&shown.counts))))
    };
    let value = |count: Signal<Option<i64>>| Signal::derive(move || count.get().map(number));
    let trend = move |of: fn(&Dashboard) -> &[DayCount]| {
        Signal::derive(move || {
            shown.with(|shown| shown.as_ref().map_or_else(Vec::new, |shown| line(of(shown))))
        })
    };
    let new = count(|counts| counts.new_customers_30_days);
    let past_due = count(|counts| counts.past_due);
    let attention = count(|counts| counts.attention);
    let alarm = |count: Signal<Option<i64>>, tone: Tone| {
        Signal::derive(move || if count.get().unwrap_or(0) > 0 { tone } else { Tone::Neutral })
    };
    let note = |count: Signal<Option<i64>>, words: &'static str| {
        MaybeProp::derive(move || {
            count.get().map(|count| if count > 0 { words } else { text::NOTHING_DUE }.to_owned())
        })
    };
    let renewals = MaybeProp::derive(move || {
        let until = shown.with(|shown| shown.as_ref().map(|shown| shown.as_of.plus_days(7).utc_date()))?;
        Some(subscriptions(&["status = active and paid_through < ", &until.to_string()].concat()))
    });
    view! {
        <Grid tiles=true>
            <StatTile
                label=text::CUSTOMERS
                value=value(count(|counts| counts.customers))
                href="/Customers"
                note=MaybeProp::derive(move || new.get().map(text::new_in_30_days))
                trend=trend(|shown| &shown.new_customers)
            />
            <StatTile
                label=text::ACTIVE_SUBSCRIPTIONS
                value=value(count(|counts| counts.active_subscriptions))
                href=subscriptions("status in (trial, active, past_due, grace)")
                trend=trend(|shown| &shown.active_subscriptions)
            />
            <StatTile label=text::ACTIVE_KEYS value=value(count(|counts| counts.active_keys)) href="/Keys" />
            <StatTile label=text::RENEWALS value=value(count(|counts| counts.renewals_7_days)) href=renewals />
            <StatTile
                label=text::PAST_DUE
                value=value(past_due)
                href=subscriptions("status = past_due")
                note=note(past_due, text::SEE_THEM)
                tone=alarm(past_due, Tone::Notice)
            />
            <StatTile
                label=text::ATTENTION
                value=value(attention)
                href="/Attention"
                note=note(attention, text::TO_DECIDE)
                tone=alarm(attention, Tone::Bad)
            />
        </Grid>
    }
    .into_any()
}

fn subscriptions(filter: &str) -> String {
    ["/Subscriptions?filter=", &encoded(filter)].concat()
}

#[expect(clippy::cast_precision_loss, reason = "no count comes near the limits of a float")]
pub fn float(count: i64) -> f64 {
    count as f64
}

fn number(count: i64) -> String {
    format_count(float(count))
}

fn line(days: &[DayCount]) -> Vec<f64> {
    days.iter().map(|day| float(day.count)).collect()
}
