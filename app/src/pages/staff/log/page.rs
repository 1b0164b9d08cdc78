//! The calls, the newest first. New ones appear by themselves; the one that `?show=` names is opened beside them.

use std::time::Duration;

use latchkey_shared::{api::web_api::ApiCall, permission::Permission, text::log as text};
use leptos::prelude::*;

use super::{details::CallPanel, result};
use crate::{
    api::{load, web_api},
    components::{ButtonLink, Column, EmptyState, Glyph, PageHeader, Row},
    pages::staff::{
        chips, developers,
        listing::{ListState, Listing, SavedView, bar, body, saved_views, source, use_list_state},
        show::{self, may},
    },
};

const VIEWS: &[SavedView] = &[
    (text::VIEW_ALL, ""),
    (text::VIEW_REFUSED, "succeeded = no"),
    (text::VIEW_ACTIVATIONS, "method = key/Activate"),
    (text::VIEW_TODAY, "at >= today"),
];
const REFRESH: Duration = Duration::from_secs(4);

#[component]
pub fn LogPage() -> impl IntoView {
    let state = use_list_state();
    let page = load(move || web_api::log(&state.query())).poll(true, REFRESH);
    let source = source(page, move |call| row(call, state));
    // It stays open while newer calls push it off the page.
    let shown = Memo::new(move |before: Option<&Option<ApiCall>>| {
        let id = state.shown()?;
        let own = |call: &&ApiCall| call.id.to_string() == id;
        let found = page.with(|list| list.and_then(|list| list.items.iter().find(own).cloned()));
        found.or_else(|| before?.as_ref().filter(own).cloned())
    });
    let listing = Listing {
        label: text::TITLE,
        search: text::SEARCH,
        hint: text::SEARCH_HINT,
        columns: vec![
            Column::new(text::METHOD),
            Column::new(text::RESULT).fact(),
            Column::new(text::TIME).sortable("at").fact(),
            Column::new(text::TOKEN).fact(),
            Column::new(text::KEY),
            Column::new(text::CUSTOMER),
            Column::new(text::MACHINE),
            Column::new(text::ADDRESS),
        ],
        sorted: "-at",
        source,
        empty: ViewFn::from(empty),
    };
    view! {
        <PageHeader title=text::TITLE count=source.count()>
            <span>{text::INTRO}</span>
        </PageHeader>
        {developers::tabs()}
        {saved_views(text::VIEWS, "/Log", VIEWS)}
        {bar(state, text::SEARCH, text::SEARCH_HINT, source)}
        {chips::draw(state)}
        {body(state, listing)}
        <CallPanel shown=shown.into() on_close=move || state.show_none() />
    }
    .into_any()
}

fn empty() -> AnyView {
    let tokens = may(Permission::SettingsRead)
        .then(|| view! { <ButtonLink href="/Tokens">{text::OPEN_TOKENS}</ButtonLink> });
    view! {
        <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Report>
            {tokens}
        </EmptyState>
    }
    .into_any()
}

fn row(call: &ApiCall, state: ListState) -> Row {
    let (result, token, key, customer) = (call.clone(), call.clone(), call.clone(), call.clone());
    let at = call.at;
    let machine = if call.friendly_name.is_empty() { &call.machine } else { &call.friendly_name };
    Row::new(call.id)
        .href_in_place(state.showing(&call.id.to_string()))
        .text(call.method.clone())
        .cell(move || outcome(&result))
        .cell(move || show::when(at))
        .cell(move || of_token(&token))
        .cell(move || of_key(&key))
        .cell(move || of_customer(&customer).unwrap_or_else(|| ().into_any()))
        .text(machine.clone())
        .text(call.ip.clone())
}

fn outcome(call: &ApiCall) -> AnyView {
    let (badge, message) = (result::badge(call), call.message.clone());
    view! {
        <span class="lines" title=call.message.clone()>
            {badge}
            <span class="cell-text muted">{message}</span>
        </span>
    }
    .into_any()
}

/// The token's name, leading to it.
pub fn of_token(call: &ApiCall) -> AnyView {
    let Some(token) = call.token else { return show::quiet(text::NO_TOKEN) };
    let name = call.token_name.clone().unwrap_or_else(|| token.to_string());
    if !may(Permission::SettingsRead) {
        return name.into_any();
    }
    let href = ["/Tokens?show=", &token.to_string()].concat();
    view! { <a class="cell-text" href=href title=name.clone()>{name.clone()}</a> }.into_any()
}

/// The key's text, leading to it.
pub fn of_key(call: &ApiCall) -> AnyView {
    let Some((id, key)) = call.key.zip(call.key_text.clone()) else { return ().into_any() };
    if !may(Permission::KeysRead) {
        return view! { <code class="key-cell">{key}</code> }.into_any();
    }
    let href = ["/Keys/", &id.to_string()].concat();
    view! {
        <a href=href>
            <code class="key-cell">{key}</code>
        </a>
    }
    .into_any()
}

pub fn of_customer(call: &ApiCall) -> Option<AnyView> {
    call.customer.zip(call.customer_name.clone()).map(|(id, name)| show::customer(id, name))
}
