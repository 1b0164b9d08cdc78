//! What is open, by reason: where a customer may be owed something first, then the oldest and dearest.

use std::collections::BTreeMap;

use latchkey_shared::{
    api::{
        attention::AttentionRow,
        common::{List, ListMeta},
    },
    attention::AttentionCode,
    text::attention as text,
    time::Timestamp,
};
use leptos::prelude::*;

use super::{
    actions::{self, Asking},
    empty::empty,
    table::address,
};
use crate::{
    api::{Load, encoded},
    components::{Card, CountBadge, OutLink, Tone, format_count, now_ms},
    pages::staff::show,
};

/// The buttons drawn beside an entry; the others are in its menu.
const DIRECT: usize = 2;

pub fn groups(open: Load<List<AttentionRow>>, asking: RwSignal<Option<Asking>>) -> AnyView {
    open.view(10, move |shown| {
        let body = move || {
            let List { items, meta } = shown.get();
            if items.is_empty() {
                return empty();
            }
            let count = items.len();
            let cards =
                sorted(items).into_iter().map(|(code, rows)| group(code, rows, asking)).collect_view();
            view! { {cards} {more(count, &meta)} }.into_any()
        };
        view! { <div class="stack">{body}</div> }.into_any()
    })
}

/// The reasons with their entries, in the order in which they are drawn.
fn sorted(rows: Vec<AttentionRow>) -> Vec<(AttentionCode, Vec<AttentionRow>)> {
    let mut groups: BTreeMap<AttentionCode, Vec<AttentionRow>> = BTreeMap::new();
    for row in rows {
        groups.entry(row.code).or_default().push(row);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    let minor = |row: &AttentionRow| row.at_stake.map_or(0, |amount| amount.minor);
    for (_, rows) in &mut groups {
        rows.sort_by_key(|row| (row.since, -minor(row)));
    }
    groups.sort_by_key(|(code, rows)| {
        let oldest = rows.first().map(|row| row.since);
        (!code.is_owed(), oldest, -rows.iter().map(minor).sum::<i64>())
    });
    groups
}

fn group(code: AttentionCode, rows: Vec<AttentionRow>, asking: RwSignal<Option<Asking>>) -> AnyView {
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let tone = if code.is_owed() { Tone::Bad } else { Tone::Notice };
    let badge = move || view! { <CountBadge count=Signal::stored(count) tone /> }.into_any();
    view! {
        <Card title=code.label() flush=true actions=ViewFn::from(badge)>
            <p class="group-meaning">{code.meaning()}</p>
            <ul class="entries">{rows.into_iter().map(|row| entry(row, asking)).collect_view()}</ul>
        </Card>
    }
    .into_any()
}

fn entry(row: AttentionRow, asking: RwSignal<Option<Asking>>) -> AnyView {
    let stripe = row.stripe_url.clone().map(|href| view! { <OutLink href>{text::OPEN_IN_STRIPE}</OutLink> });
    view! {
        <li class="entry">
            <div class="entry-text">
                <p class="entry-who">
                    <span>{who(&row)}</span>
                    {row.at_stake.map(|amount| view! { <strong class="entry-stake">{show::money(amount)}</strong> })}
                </p>
                {(!row.detail.is_empty()).then(|| view! { <p class="entry-what">{row.detail.clone()}</p> })}
                <p class="entry-when">
                    <span>{text::SINCE_WHEN} " " {show::when(row.since)}</span>
                    <span>{looked(&row)}</span>
                    <a href=address(row.id)>{text::DETAILS}</a>
                    {stripe}
                </p>
            </div>
            {actions::buttons(&row, asking, DIRECT)}
        </li>
    }
    .into_any()
}

/// Whose it is: a customer here, or what Stripe calls it.
pub fn who(row: &AttentionRow) -> AnyView {
    match (row.customer.zip(row.customer_name.clone()), row.stripe_id.clone()) {
        (Some((id, name)), _) => show::customer(id, name),
        (None, Some(stripe_id)) => {
            view! { <span class="muted">{text::NOBODY} " · "</span> <code>{stripe_id}</code> }.into_any()
        }
        (None, None) => show::quiet(text::NOBODY),
    }
}

/// `Looked 3 times, last 2 minutes ago; looks again in 5 minutes`.
pub fn looked(row: &AttentionRow) -> AnyView {
    let next = row.next_try.map(|at| view! { "; " {text::LOOKS_AGAIN} " " {next_time(at)} });
    let looked = text::looked(row.times_seen);
    view! { {looked} {show::when(row.seen)} {next} }.into_any()
}

/// When Latchkey looks again; a time that has come is about to be.
pub fn next_time(at: Timestamp) -> AnyView {
    if at.millis() > now_ms() { show::when(at) } else { text::SHORTLY.into_any() }
}

fn more(drawn: usize, meta: &ListMeta) -> AnyView {
    if usize::try_from(meta.total).is_ok_and(|total| total <= drawn) {
        return ().into_any();
    }
    let href = ["/Attention?filter=", &encoded(text::OPEN_FILTER)].concat();
    #[expect(clippy::cast_precision_loss, reason = "counts stop at ten thousand")]
    let total = format_count(meta.total as f64);
    view! {
        <p>
            <a href=href>{text::all_in_a_table(&total)}</a>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use latchkey_shared::money::{Currency, Money};

    use super::*;

    fn row(id: i64, code: AttentionCode, since: i64, minor: i64) -> AttentionRow {
        AttentionRow {
            id,
            code,
            customer: None,
            customer_name: None,
            subscription: None,
            stripe_id: None,
            stripe_url: None,
            detail: String::new(),
            at_stake: Currency::parse("EUR").ok().map(|currency| Money { minor, currency }),
            since: Timestamp::from_millis(since),
            seen: Timestamp::from_millis(since),
            times_seen: 1,
            next_try: None,
            resolved: None,
            resolution: None,
        }
    }

    #[test]
    fn who_may_be_owed_something_comes_first_then_the_oldest_and_dearest() {
        let groups = sorted(vec![
            row(1, AttentionCode::DisputeOpened, 1, 900),
            row(2, AttentionCode::UnknownCustomer, 5, 3_900),
            row(3, AttentionCode::BadPriceMetadata, 3, 100),
            row(4, AttentionCode::BadPriceMetadata, 3, 500),
            row(5, AttentionCode::BadPriceMetadata, 2, 100),
        ]);
        let ids = |rows: &[AttentionRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        let drawn: Vec<_> = groups.iter().map(|(code, rows)| (*code, ids(rows))).collect();
        assert_eq!(
            drawn,
            [
                (AttentionCode::BadPriceMetadata, vec![5, 4, 3]),
                (AttentionCode::UnknownCustomer, vec![2]),
                (AttentionCode::DisputeOpened, vec![1]),
            ]
        );
    }
}
