//! One token, beside the list.

use latchkey_shared::{api::tokens::Token, permission::Permission, text::tokens as text};
use leptos::prelude::*;

use super::state;
use crate::{
    api::encoded,
    components::{Button, ButtonLink, ButtonRow, Fact, Facts, Glyph, Look, SidePanel},
    pages::staff::show::{self, may},
};

/// Open while `shown` is something.
#[component]
pub fn TokenPanel(
    shown: Signal<Option<Token>>,
    #[prop(into)] on_close: Callback<()>,
    revoke: Callback<(Token,)>,
) -> impl IntoView {
    let open = show::open_beside(shown, on_close);
    let title = Signal::derive(move || {
        shown.with(|token| token.as_ref().map(|token| token.name.clone()).unwrap_or_default())
    });
    view! {
        <SidePanel open title>
            {move || shown.get().map(|token| facts(token, revoke))}
        </SidePanel>
    }
    .into_any()
}

fn facts(token: Token, revoke: Callback<(Token,)>) -> AnyView {
    let scopes = token
        .scopes
        .iter()
        .map(|scope| view! { <code class="tag">{scope_word(scope)}</code> })
        .collect_view();
    let last_used = token.last_used.map_or_else(|| show::quiet(text::NEVER), show::when);
    let revoked = token.revoked.map(|at| view! { <Fact label=text::REVOKED_AT>{show::when(at)}</Fact> });
    let calls = ["/Log?filter=", &encoded(&["token = ", &token.id.to_string()].concat())].concat();
    let may_revoke = state::in_force(&token) && may(Permission::SettingsWrite);
    let (standing, id, locks) = (state::badge(&token), token.id.to_string(), state::locks(&token));
    view! {
        <Facts>
            <Fact label=text::STATE>{standing}</Fact>
            <Fact label=text::ID>{id}</Fact>
            <Fact label=text::LOCKS>{locks}</Fact>
            <Fact label=text::EXPIRES>{show::day_or(token.expires, text::NEVER)}</Fact>
            <Fact label=text::LAST_USED>{last_used}</Fact>
            <Fact label=text::CREATED>{show::when(token.created)}</Fact>
            {revoked}
            <Fact label=text::SCOPES>
                <span class="tags">{scopes}</span>
            </Fact>
        </Facts>
        <ButtonRow>
            {may(Permission::AuditRead)
                .then(|| {
                    view! {
                        <ButtonLink href=calls icon=Glyph::Report>
                            {text::CALLS}
                        </ButtonLink>
                    }
                })}
            {may_revoke
                .then(|| {
                    view! {
                        <Button look=Look::Danger on_press=move || revoke.run((token.clone(),))>
                            {text::REVOKE}
                        </Button>
                    }
                })}
        </ButtonRow>
    }
    .into_any()
}

fn scope_word(scope: &str) -> String {
    if scope == "*" { text::EVERYTHING.to_owned() } else { scope.to_owned() }
}
