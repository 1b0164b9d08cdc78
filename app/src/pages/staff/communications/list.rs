//! All messages, newest first. New ones appear by themselves.

use std::time::Duration;

use latchkey_shared::{
    api::{communications::CommunicationRow, session::Environment},
    permission::Permission,
    text::{communications as text, message_templates},
};
use leptos::prelude::*;

use super::state;
use crate::{
    api::{communications, load},
    components::{Banner, ButtonLink, Column, EmptyState, Glyph, Look, PageHeader, Row, Tone},
    pages::staff::{
        listing::{Listing, SavedView, draw, saved_views, source, use_list_state},
        show::{self, may},
    },
    session::use_session,
};

const VIEWS: &[SavedView] =
    &[(text::VIEW_ALL, ""), (text::VIEW_KEPT, "state = kept"), (text::VIEW_FAILED, "state = failed")];
const REFRESH: Duration = Duration::from_secs(4);

#[component]
pub fn CommunicationsPage() -> impl IntoView {
    let state = use_list_state();
    let page = load(move || communications::list(&state.query())).poll(true, REFRESH);
    let source = source(page, row);
    let some_kept = Memo::new(move |_| {
        page.with(|list| {
            let kept = latchkey_shared::api::communications::CommunicationState::Kept;
            list.is_some_and(|list| list.items.iter().any(|row| row.state == kept))
        })
    });
    let listing = Listing {
        label: text::TITLE,
        search: text::SEARCH,
        hint: text::SEARCH_HINT,
        columns: vec![
            Column::new(text::SUBJECT),
            Column::new(text::TO).fact(),
            Column::new(text::CUSTOMER),
            Column::new(text::KIND),
            Column::new(text::STATE).fact(),
            Column::new(text::CREATED).sortable("created"),
        ],
        sorted: "-created",
        source,
        empty: ViewFn::from(|| {
            view! { <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Mail /> }
                .into_any()
        }),
    };
    view! {
        <PageHeader title=text::TITLE count=source.count() actions=actions />
        {move || notice(some_kept.get())}
        {saved_views(text::VIEWS, "/Communications", VIEWS)}
        {draw(state, listing)}
    }
    .into_any()
}

fn actions() -> AnyView {
    view! {
        <ButtonLink href="/Communications/Templates" look=Look::Secondary icon=Glyph::Edit>
            {message_templates::TITLE}
        </ButtonLink>
        <ButtonLink href="/Communications/Reminders" look=Look::Secondary icon=Glyph::Clock>
            {message_templates::REMINDERS}
        </ButtonLink>
    }
    .into_any()
}

fn notice(some_kept: bool) -> AnyView {
    if use_session().environment() == Some(Environment::Demo) {
        return view! {
            <Banner tone=Tone::Accent title=text::MAILBOX_TITLE>
                <p>{text::MAILBOX_BODY}</p>
            </Banner>
        }
        .into_any();
    }
    if !some_kept {
        return ().into_any();
    }
    let set = may(Permission::SettingsWrite).then(|| view! { <a href="/Settings/mail">{text::SET_MAIL}</a> });
    view! {
        <Banner tone=Tone::Notice title=text::KEPT_TITLE>
            <p>{text::KEPT_BODY} " " {set}</p>
        </Banner>
    }
    .into_any()
}

fn row(message: &CommunicationRow) -> Row {
    let customer = message.customer.zip(message.customer_name.clone());
    let (state, created) = (message.state, message.created);
    Row::new(message.id)
        .href(["/Communications/", &message.id.to_string()].concat())
        .text(message.subject.clone())
        .text(message.to.clone())
        .cell(move || customer.clone().map_or_else(|| ().into_any(), |(id, name)| show::customer(id, name)))
        .text(text::kind(&message.kind))
        .cell(move || state::badge(state))
        .cell(move || show::when(created))
}
