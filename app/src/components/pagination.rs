//! The foot of a list: keyset paging has a previous and a next, no page numbers.

use leptos::{ev, prelude::*};

use super::{Glyph, Icon, unique_id, words};

/// The page sizes offered.
pub const PAGE_SIZES: [u32; 3] = [25, 50, 100];

/// Previous and next as links (`None`: there is none), the page size, and a total such as `1–50 of 10,000+`.
#[component]
pub fn Pagination(
    #[prop(into)] previous: Signal<Option<String>>,
    #[prop(into)] next: Signal<Option<String>>,
    #[prop(optional, into)] total: MaybeProp<String>,
    #[prop(optional, into)] page_size: MaybeProp<u32>,
    #[prop(optional, into)] on_page_size: Option<Callback<(u32,)>>,
) -> impl IntoView {
    let size_id = unique_id("page-size");
    let sizes = on_page_size.map(|on_page_size| {
        let option = move |size: u32| {
            view! {
                <option value=size prop:selected=move || page_size.get() == Some(size)>
                    {size}
                </option>
            }
        };
        let change = move |event: ev::Event| {
            if let Ok(size) = event_target_value(&event).parse() {
                on_page_size.run((size,));
            }
        };
        view! {
            <label class="page-size" for=size_id.clone()>
                {words::PAGE_SIZE}
            </label>
            <select class="input small" id=size_id on:change=change>
                {PAGE_SIZES.map(option).into_iter().collect_view()}
            </select>
        }
    });
    view! {
        <nav class="pagination" aria-label=words::PAGES>
            <p class="pagination-total" aria-live="polite">{move || total.get()}</p>
            <div class="pagination-size">{sizes}</div>
            <div class="button-row">
                {move || step(previous.get(), words::PREVIOUS, Glyph::ChevronLeft, true)}
                {move || step(next.get(), words::NEXT, Glyph::ChevronRight, false)}
            </div>
        </nav>
    }
}

fn step(href: Option<String>, label: &'static str, glyph: Glyph, back: bool) -> AnyView {
    let inside = move || {
        let label = view! { <span class="button-label">{label}</span> };
        let icon = view! { <Icon glyph /> };
        if back { (icon.into_any(), label.into_any()) } else { (label.into_any(), icon.into_any()) }
    };
    match href {
        Some(href) => {
            let rel = if back { "prev" } else { "next" };
            view! { <a class="button small" href=href rel=rel>{inside()}</a> }.into_any()
        }
        None => {
            view! { <button type="button" class="button small" disabled=true>{inside()}</button> }.into_any()
        }
    }
}
