//! What programs asked for a key.

use std::time::Duration;

use latchkey_shared::{
    api::web_api::ApiCall, ids::KeyGlobalId, permission::Permission, text::key_use as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, encoded, load},
    components::{Column, DataTable, EmptyState, Glyph, Row, Tone},
    pages::staff::show::{self, may},
};

/// Calls are written each second, and seen soon after.
const EVERY: Duration = Duration::from_secs(15);

#[component]
pub fn Activity(id: KeyGlobalId) -> impl IntoView {
    let activity = load(move || api::keys::activity(id)).poll(true, EVERY);
    let rows = Signal::derive(move || {
        activity.with(|found| found.map(|found| found.calls.iter().map(row).collect()))
    });
    let some = move || activity.with(|found| found.is_some_and(|found| !found.calls.is_empty()));
    let log = StoredValue::new(
        ["/Log?filter=", &encoded(&["key.global_id = ", &id.to_string()].concat())].concat(),
    );
    let all = move || {
        may(Permission::AuditRead).then(|| view! { " " <a href=log.get_value()>{text::ACTIVITY_ALL}</a> })
    };
    let columns = vec![
        Column::new(text::METHOD),
        Column::new(text::RESULT).fact(),
        Column::new(text::AT).fact(),
        Column::new(text::MACHINE),
        Column::new(text::IP),
        Column::new(text::TOKEN),
    ];
    view! {
        <DataTable
            label=text::TAB_ACTIVITY
            columns
            rows
            reloading=activity.reloading()
            problem=activity.problem()
            on_retry=move || activity.again()
            empty=ViewFn::from(empty)
        />
        <Show when=some>
            <p class="muted">{text::ACTIVITY_LATEST} {all}</p>
        </Show>
    }
    .into_any()
}

fn empty() -> AnyView {
    view! { <EmptyState title=text::ACTIVITY_EMPTY body=text::ACTIVITY_EMPTY_BODY glyph=Glyph::Report /> }
        .into_any()
}

fn row(call: &ApiCall) -> Row {
    let (at, done, message) = (call.at, call.succeeded, call.message.clone());
    let machine = call.machine.clone();
    Row::new(call.id)
        .text(call.method.clone())
        .cell(move || result(done, &message))
        .cell(move || show::when(at))
        .cell(move || {
            let code = machine.clone();
            view! { <code class="cell-text" title=code.clone()>{code.clone()}</code> }.into_any()
        })
        .text(call.ip.clone())
        .text(call.token_name.clone().unwrap_or_default())
}

fn result(done: bool, message: &str) -> AnyView {
    if done {
        return show::badge(Tone::Good, text::DONE);
    }
    let (title, message) = (message.to_owned(), message.to_owned());
    view! {
        <span class="lines" title=title>
            {show::badge(Tone::Bad, text::REFUSED)}
            <span class="cell-text">{message}</span>
        </span>
    }
    .into_any()
}
