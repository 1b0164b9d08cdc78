//! Cards, and the pairs of name and value inside them.

use leptos::prelude::*;

/// A framed part of a page with an optional title and actions at its right.
#[component]
pub fn Card(
    #[prop(optional, into)] title: MaybeProp<String>,
    #[prop(optional, into)] actions: Option<ViewFn>,
    /// No padding, for a table or a list that reaches the edges.
    #[prop(optional)]
    flush: bool,
    children: Children,
) -> impl IntoView {
    let actions = StoredValue::new(actions);
    let head = move || {
        let title = title.get()?;
        let actions = actions.with_value(|actions| actions.as_ref().map(ViewFn::run));
        Some(view! {
            <header class="card-head">
                <h2>{title}</h2>
                {actions.map(|actions| view! { <div class="card-actions">{actions}</div> })}
            </header>
        })
    };
    view! {
        <section class="card">
            {head}
            <div class="card-body" class:flush=flush>
                {children()}
            </div>
        </section>
    }
}

/// Pairs of name and value.
#[component]
pub fn Facts(
    /// Name above value, in columns, in place of a line each.
    #[prop(optional)]
    stacked: bool,
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts" class:stacked=stacked>{children()}</dl> }
}

/// One pair. The children are the value.
#[component]
pub fn Fact(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// A card of facts.
#[component]
pub fn FactCard(
    #[prop(into)] title: String,
    #[prop(optional, into)] actions: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let actions = actions.unwrap_or_default();
    view! {
        <Card title actions>
            <Facts>{children()}</Facts>
        </Card>
    }
}

/// Cards and tiles side by side, as many as fit.
#[component]
pub fn Grid(
    /// Narrow columns, for stat tiles.
    #[prop(optional)]
    tiles: bool,
    children: Children,
) -> impl IntoView {
    view! { <div class=if tiles { "grid tiles" } else { "grid" }>{children()}</div> }
}

/// A wide column and a narrow one; the narrow one goes below on smaller screens.
#[component]
pub fn Columns(children: Children, #[prop(into)] aside: ViewFn) -> impl IntoView {
    view! {
        <div class="columns">
            <div class="stack">{children()}</div>
            <aside class="stack">{aside.run()}</aside>
        </div>
    }
}

/// Things one below the other with the page's rhythm.
#[component]
pub fn Stack(children: Children) -> impl IntoView {
    view! { <div class="stack">{children()}</div> }
}
