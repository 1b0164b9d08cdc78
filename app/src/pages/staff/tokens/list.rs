//! All access tokens. The one that `?show=` names is opened beside them.

use latchkey_shared::{
    api::tokens::{Token, Tokens},
    permission::Permission,
    text::tokens as text,
};
use leptos::prelude::*;

use super::{details::TokenPanel, revoke::RevokeDialog, state};
use crate::{
    api::{load, tokens},
    components::{
        ButtonLink, Column, DataTable, EmptyState, Glyph, IconButton, Look, PageHeader, Row, format_count,
    },
    hooks::use_query_state,
    pages::staff::{
        developers,
        show::{self, may},
    },
};

#[component]
pub fn TokensPage() -> impl IntoView {
    let query = use_query_state();
    let tokens = load(tokens::list);
    let revoking = RwSignal::new(None::<Token>);
    let revoke = Callback::from(move |token: Token| revoking.set(Some(token)));
    let show = query.memo("show");
    let shown = Memo::new(move |_| {
        let id = show.get()?;
        tokens.with(|found| found?.tokens.iter().find(|token| token.id.to_string() == id).cloned())
    });
    let rows = Signal::derive(move || {
        tokens.with(|found| {
            let rows = |found: &Tokens| found.tokens.iter().map(|token| row(token, revoke)).collect();
            found.map(rows)
        })
    });
    let count = MaybeProp::derive(move || tokens.with(|found| found.map(count)));
    view! {
        <PageHeader title=text::TITLE count actions=ViewFn::from(|| new_button(Look::Primary))>
            <span>{text::INTRO}</span>
        </PageHeader>
        {developers::tabs()}
        <DataTable
            label=text::TITLE
            columns=columns()
            rows
            reloading=tokens.reloading()
            problem=tokens.problem()
            on_retry=move || tokens.again()
            empty=ViewFn::from(empty)
        />
        <TokenPanel shown=shown.into() on_close=move || query.set(&[("show", None)]) revoke />
        <RevokeDialog revoking on_done=move || tokens.again() />
    }
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "nobody has that many tokens")]
fn count(found: &Tokens) -> String {
    format_count(found.tokens.len() as f64)
}

fn new_button(look: Look) -> AnyView {
    may(Permission::SettingsWrite)
        .then(|| {
            view! {
                <ButtonLink href="/Tokens/New" look icon=Glyph::Plus>
                    {text::NEW}
                </ButtonLink>
            }
        })
        .into_any()
}

fn empty() -> AnyView {
    view! {
        <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Code>
            {new_button(Look::Secondary)}
        </EmptyState>
    }
    .into_any()
}

fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::new(text::NAME),
        Column::new(text::STATE).fact(),
        Column::new(text::SCOPES).fact(),
        Column::new(text::LOCKS),
        Column::new(text::EXPIRES),
        Column::new(text::LAST_USED).fact(),
    ];
    if may(Permission::SettingsWrite) {
        columns.push(Column::new(text::REVOKE).right());
    }
    columns
}

fn row(token: &Token, revoke: Callback<(Token,)>) -> Row {
    let token = token.clone();
    let (standing, locked) = (token.clone(), token.clone());
    let (expires, last_used) = (token.expires, token.last_used);
    Row::new(token.id)
        .href_in_place(["/Tokens?show=", &token.id.to_string()].concat())
        .text(token.name.clone())
        .cell(move || state::badge(&standing))
        .text(text::in_short(&token.scopes))
        .cell(move || state::locks(&locked))
        .cell(move || show::day_or(expires, text::NEVER))
        .cell(move || last_used.map_or_else(|| show::quiet(text::NEVER), show::when))
        .cell(move || revoke_button(token.clone(), revoke))
}

fn revoke_button(token: Token, revoke: Callback<(Token,)>) -> AnyView {
    if !state::in_force(&token) || !may(Permission::SettingsWrite) {
        return ().into_any();
    }
    let label = [text::REVOKE, " ", &token.name].concat();
    view! { <IconButton glyph=Glyph::Trash label on_press=move || revoke.run((token.clone(),)) /> }.into_any()
}
