//! The entries that match a filter, open and ended ones alike.

use latchkey_shared::{api::attention::AttentionRow, text::attention as text};
use leptos::prelude::*;

use crate::{
    components::{Column, EmptyState, Glyph, Row, Tone},
    pages::staff::{
        listing::{ListState, Listing, Source, body},
        show,
    },
};

pub fn draw(state: ListState, source: Source) -> AnyView {
    let listing = Listing {
        label: text::LIST,
        search: text::SEARCH,
        hint: text::SEARCH_HINT,
        columns: vec![
            Column::new(text::REASON),
            Column::new(text::CUSTOMER).fact(),
            Column::new(text::STATE).fact(),
            Column::new(text::AT_STAKE).right().sortable("amount"),
            Column::new(text::SINCE).sortable("since").fact(),
            Column::new(text::SEEN).sortable("seen"),
        ],
        sorted: "-since",
        source,
        empty: ViewFn::from(|| {
            view! { <EmptyState title=text::EMPTY_RESOLVED glyph=Glyph::Check /> }.into_any()
        }),
    };
    body(state, listing)
}

pub fn row(entry: &AttentionRow) -> Row {
    let (at_stake, since, seen) = (entry.at_stake, entry.since, entry.seen);
    let who = entry.clone();
    Row::new(entry.id)
        .href(address(entry.id))
        .text(entry.code.label())
        .cell(move || super::groups::who(&who))
        .cell({
            let resolution = entry.resolution.clone();
            move || state_badge(resolution.as_deref())
        })
        .cell(move || at_stake.map(show::money).into_any())
        .cell(move || show::when(since))
        .cell(move || show::when(seen))
}

/// How an entry stands, in a word.
pub fn state_badge(resolution: Option<&str>) -> AnyView {
    match resolution {
        None => show::badge(Tone::Notice, text::OPEN),
        Some(word) => {
            let text = text::resolution(word);
            view! { <crate::components::Badge tone=Tone::Neutral text /> }.into_any()
        }
    }
}

/// The page of an entry.
pub fn address(id: i64) -> String {
    ["/Attention/", &id.to_string()].concat()
}
