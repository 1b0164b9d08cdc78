//! What stands where content would: nothing yet, no match, failed, forbidden.

use leptos::prelude::*;

use super::{Button, Glyph, Icon, Look, Press, Problem, words};

/// Nothing is there yet: what is missing, why, and (as children) the one action that changes it.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] body: MaybeProp<String>,
    #[prop(default = Glyph::Box)] glyph: Glyph,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            <span class="state-icon">
                <Icon glyph />
            </span>
            <p class="state-title">{title}</p>
            {move || body.get().map(|body| view! { <p class="state-body">{body}</p> })}
            {children.map(|children| view! { <div class="state-actions">{children()}</div> })}
        </div>
    }
}

/// There is something, but the filter hides it.
#[component]
pub fn NoMatch(#[prop(optional, into)] on_clear: Press) -> impl IntoView {
    view! {
        <EmptyState title=words::NO_MATCH_TITLE body=words::NO_MATCH_BODY glyph=Glyph::Filter>
            {on_clear.get().map(|on_press| view! { <Button on_press>{words::CLEAR_FILTERS}</Button> })}
        </EmptyState>
    }
}

/// Loading failed: what happened, a way to try again, and the id to quote to support.
#[component]
pub fn ErrorState(problem: Problem, #[prop(optional, into)] on_retry: Press) -> impl IntoView {
    view! {
        <div class="state" role="alert">
            <span class="state-icon tone-bad">
                <Icon glyph=Glyph::Attention />
            </span>
            <p class="state-title">{words::FAILED_TITLE}</p>
            <p class="state-body">{problem.message}</p>
            {on_retry
                .get()
                .map(|on_press| {
                    view! {
                        <div class="state-actions">
                            <Button icon=Glyph::Refresh on_press>
                                {words::TRY_AGAIN}
                            </Button>
                        </div>
                    }
                })}
            {problem
                .request_id
                .map(|id| view! { <p class="state-note">{words::REQUEST_ID} " " <code>{id}</code></p> })}
        </div>
    }
}

/// The person may not see this.
#[component]
pub fn Forbidden() -> impl IntoView {
    view! { <EmptyState title=words::FORBIDDEN_TITLE body=words::FORBIDDEN_BODY glyph=Glyph::Lock /> }
}

/// There is no such thing, or not for this person.
#[component]
pub fn Missing(#[prop(default = "/")] back_to: &'static str) -> impl IntoView {
    view! {
        <EmptyState title=words::NOT_FOUND_TITLE body=words::NOT_FOUND_BODY glyph=Glyph::Search>
            <super::ButtonLink href=back_to look=Look::Secondary>
                {words::BACK}
            </super::ButtonLink>
        </EmptyState>
    }
}

/// The state that fits `problem`: forbidden, missing, or failed.
#[component]
pub fn ProblemView(problem: Problem, #[prop(optional, into)] on_retry: Press) -> AnyView {
    if problem.is_forbidden() {
        view! { <Forbidden /> }.into_any()
    } else if problem.is_not_found() {
        view! { <Missing /> }.into_any()
    } else {
        view! { <ErrorState problem on_retry /> }.into_any()
    }
}
