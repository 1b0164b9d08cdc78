//! The customer's licence keys.

use latchkey_shared::{
    api::{customers::Customer, keys::KeyRow},
    permission::Permission as May,
    status::KeyStatus,
    text::customers as text,
    time::Timestamp,
};
use leptos::prelude::*;

use crate::{
    api::Shown,
    components::{Column, DataTable, EmptyState, Glyph, LicenceKey, Row},
    pages::staff::show::{self, may},
};

/// The tab: a table.
pub fn keys(shown: Shown<Customer>) -> AnyView {
    let drawn =
        Signal::derive(move || Some(shown.with(|shown| shown.keys.iter().map(row).collect::<Vec<_>>())));
    let columns = vec![
        Column::new(text::KEY),
        Column::new(text::PRODUCT).fact(),
        Column::new(text::STATUS).fact(),
        Column::new(text::EXPIRES),
        Column::new(text::MACHINES).right(),
        Column::new(text::ID).right(),
    ];
    view! { <DataTable label=text::TAB_KEYS columns rows=drawn empty=ViewFn::from(empty) /> }.into_any()
}

fn row(key: &KeyRow) -> Row {
    let (status, expires) = (key.status, key.expires);
    let drawn = Row::new(key.global_id)
        .text(&key.key)
        .text(&key.product_name)
        .cell(move || badge(status))
        .cell(move || show::day_or(expires, text::NEVER))
        .text(machines(key.max_machines))
        .text(key.id.to_string());
    if may(May::KeysRead) { drawn.href(["/Keys/", &key.global_id.to_string()].concat()) } else { drawn }
}

/// The overview: each key as it is read out, with a copy button.
pub fn key_list(shown: Shown<Customer>) -> AnyView {
    let body = move || {
        let rows = shown.with(|shown| shown.keys.clone());
        if rows.is_empty() { empty() } else { rows.iter().map(entry).collect_view().into_any() }
    };
    view! { {body} }.into_any()
}

fn entry(key: &KeyRow) -> AnyView {
    let href = ["/Keys/", &key.global_id.to_string()].concat();
    let product = key.product_name.clone();
    let name =
        if may(May::KeysRead) { view! { <a href=href>{product}</a> }.into_any() } else { product.into_any() };
    view! {
        <div class="key-entry">
            <LicenceKey key_text=key.key.clone() blocked=Signal::stored(key.status == KeyStatus::Blocked) />
            <p class="key-facts">
                {name} {badge(key.status)}
                <span class="muted">{expiry(key.expires)}</span>
            </p>
        </div>
    }
    .into_any()
}

fn expiry(at: Option<Timestamp>) -> AnyView {
    match at {
        Some(at) => view! { {text::EXPIRES} " " {show::day(at)} }.into_any(),
        None => text::NEVER_EXPIRES.into_any(),
    }
}

fn badge(status: KeyStatus) -> AnyView {
    show::badge(show::tone(status.tone()), status.label())
}

fn machines(most: i64) -> String {
    if most == 0 { text::ANY_NUMBER.to_owned() } else { most.to_string() }
}

fn empty() -> AnyView {
    view! { <EmptyState title=text::NO_KEYS body=text::NO_KEYS_BODY glyph=Glyph::Key /> }.into_any()
}
