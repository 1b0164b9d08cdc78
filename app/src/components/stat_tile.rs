//! One number, where it came from in 30 days, and the list behind it.

use leptos::prelude::*;

use super::{Tone, chart::sparkline_path};

/// A number with a name. `trend` draws a small line; `href` makes the tile a link to the filtered list.
#[component]
pub fn StatTile(
    #[prop(into)] label: Signal<String>,
    /// `None` while it is on its way.
    #[prop(into)]
    value: Signal<Option<String>>,
    #[prop(optional, into)] note: MaybeProp<String>,
    #[prop(optional, into)] href: MaybeProp<String>,
    #[prop(optional, into)] trend: Signal<Vec<f64>>,
    #[prop(optional, into)] tone: Signal<Tone>,
) -> impl IntoView {
    let number = move || match value.get() {
        Some(value) => view! { <span class="stat-value">{value}</span> }.into_any(),
        None => view! { <span class="stat-value"><span class="skeleton-line"></span></span> }.into_any(),
    };
    let name = move || match href.get() {
        Some(href) => view! { <a class="row-link" href=href>{label}</a> }.into_any(),
        None => label.into_any(),
    };
    view! {
        <div class=move || ["stat ", tone.get().class()].concat()>
            <p class="stat-label">{name}</p>
            {number}
            <Sparkline values=trend />
            {move || note.get().map(|note| view! { <p class="stat-note">{note}</p> })}
        </div>
    }
}

/// A small line without axes. Decoration: the number beside it says what matters.
#[component]
pub fn Sparkline(#[prop(into)] values: Signal<Vec<f64>>) -> impl IntoView {
    const WIDTH: f64 = 100.0;
    const HEIGHT: f64 = 28.0;
    move || {
        let line = values.with(|values| sparkline_path(values, WIDTH, HEIGHT));
        line.map(|(line, area)| {
            view! {
                <svg class="sparkline" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <path class="sparkline-area" d=area />
                    <path class="sparkline-line" d=line />
                </svg>
            }
        })
    }
}
