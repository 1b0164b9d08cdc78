//! `/Attention`: what is open, by reason; with a filter, a table of whatever matches.

use std::time::Duration;

use latchkey_shared::{
    api::{attention::Attention, common::ListQuery},
    text::attention as text,
};
use leptos::prelude::*;

use super::{actions::Asking, deciding::Deciding, groups::groups, table};
use crate::{
    api::{attention, load},
    components::PageHeader,
    pages::staff::listing::{SavedView, bar, saved_views, source, use_list_state},
    routes::focus_heading,
};

const VIEWS: &[SavedView] = &[(text::VIEW_OPEN, ""), (text::VIEW_RESOLVED, text::RESOLVED_FILTER)];
/// What heals by itself leaves the page without a press.
const REFRESH: Duration = Duration::from_secs(15);
/// More than these are a table's matter.
const MOST: u32 = 100;

#[component]
pub fn AttentionPage() -> impl IntoView {
    let state = use_list_state();
    let grouped = Memo::new(move |_| state.is_unfiltered());
    let open = load(move || {
        let query = ListQuery {
            filter: text::OPEN_FILTER.to_owned(),
            sort: "since".to_owned(),
            limit: MOST,
            ..ListQuery::default()
        };
        grouped.get().then(|| attention::list(&query))
    })
    .poll(grouped, REFRESH);
    let matching = load(move || (!grouped.get()).then(|| attention::list(&state.query())));
    let matching_source = source(matching, table::row);
    let open_source = source(open, table::row);
    let count = MaybeProp::derive(move || {
        if grouped.get() { open_source.count().get() } else { matching_source.count().get() }
    });
    let asking = RwSignal::new(None::<Asking>);
    let done = Callback::from(move |_: Attention| {
        open.again();
        // The button that was pressed has gone with its row.
        request_animation_frame(focus_heading);
    });
    let body = move || {
        if grouped.get() { groups(open, asking) } else { table::draw(state, matching_source) }
    };
    view! {
        <PageHeader title=text::TITLE count />
        {saved_views(text::VIEWS, "/Attention", VIEWS)}
        {bar(state, text::SEARCH, text::SEARCH_HINT, matching_source)}
        {body}
        <Deciding asking on_done=done />
    }
    .into_any()
}
