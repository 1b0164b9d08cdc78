//! What is open for one customer or one subscription, for their own pages.

use std::time::Duration;

use latchkey_shared::{
    api::{
        attention::AttentionRow,
        common::{List, ListQuery},
    },
    text::attention as text,
};
use leptos::prelude::*;

use super::table::address;
use crate::{
    api::{Load, attention, load},
    components::{Banner, Tone},
    pages::staff::show,
};

const REFRESH: Duration = Duration::from_secs(15);
const MOST: u32 = 5;

/// The open entries whose `field` (`customer.id`, `subscription.id`) is `id`.
pub fn load_open(field: &'static str, id: Signal<i64>) -> Load<List<AttentionRow>> {
    let open = load(move || {
        let filter = [text::OPEN_FILTER, " and ", field, " = ", &id.get().to_string()].concat();
        attention::list(&ListQuery { filter, sort: "since".to_owned(), limit: MOST, ..ListQuery::default() })
    });
    open.poll(true, REFRESH)
}

/// A banner with them; nothing where there are none.
pub fn open_entries(open: Load<List<AttentionRow>>) -> AnyView {
    let banner = move || {
        let rows = open.get().map(|list| list.items).unwrap_or_default();
        (!rows.is_empty()).then(|| {
            view! {
                <Banner tone=Tone::Bad title=text::TITLE>
                    <ul class="plain-list">{rows.iter().map(entry).collect_view()}</ul>
                </Banner>
            }
        })
    };
    view! { {banner} }.into_any()
}

fn entry(row: &AttentionRow) -> AnyView {
    let stake = row.at_stake.map(|amount| view! { " · " {show::money(amount)} });
    view! {
        <li>
            <a href=address(row.id)>{row.code.label()}</a>
            <p class="small">{show::when(row.since)} {stake}</p>
        </li>
    }
    .into_any()
}
