//! The table itself: head, rows, skeleton, and what stands in place of rows.

use std::collections::BTreeSet;

use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;

use super::{
    Column, OnPhone, Row, Sort,
    select::{select_all, select_one},
};
use crate::components::{EmptyState, Glyph, Icon, NoMatch, Press, Problem, ProblemView, words};

/// A table of `rows`, `None` while the first ones are on their way.
///
/// While `reloading`, the old rows stay, dimmed. With `problem` it says what went wrong in place of the rows. No rows
/// is `empty` (what is missing, why, what to do), or, when `filtered`, the offer to clear the filter. `selected` holds
/// the keys of ticked rows; leave it out and there are no check boxes.
#[component]
pub fn DataTable(
    /// What the table is, for assistive technology.
    #[prop(into)]
    label: String,
    columns: Vec<Column>,
    #[prop(into)] rows: Signal<Option<Vec<Row>>>,
    #[prop(optional, into)] reloading: Signal<bool>,
    #[prop(optional, into)] problem: MaybeProp<Problem>,
    #[prop(optional, into)] on_retry: Press,
    #[prop(optional, into)] sort: MaybeProp<Sort>,
    #[prop(optional, into)] on_sort: Option<Callback<(Sort,)>>,
    #[prop(optional, into)] filtered: Signal<bool>,
    #[prop(optional, into)] on_clear: Press,
    #[prop(optional, into)] empty: Option<ViewFn>,
    #[prop(optional_no_strip)] selected: Option<RwSignal<BTreeSet<String>>>,
    #[prop(default = 8)] skeleton_rows: usize,
) -> impl IntoView {
    let columns = StoredValue::new(columns);
    let empty = StoredValue::new(empty);
    let region = label.clone();
    let head = move || {
        columns.with_value(|columns| {
            columns
                .iter()
                .enumerate()
                .map(|(index, column)| header(column, index == 0, sort, on_sort))
                .collect_view()
        })
    };
    let open = row_opener();
    let body = move || match rows.get() {
        None => skeleton(columns, selected.is_some(), skeleton_rows),
        Some(rows) => {
            rows.into_iter().map(|row| draw_row(row, columns, selected, open)).collect_view().into_any()
        }
    };
    let instead = move || {
        if let Some(problem) = problem.get() {
            return Some(view! { <ProblemView problem on_retry /> }.into_any());
        }
        let none = rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty));
        none.then(|| {
            if filtered.get() {
                view! { <NoMatch on_clear /> }.into_any()
            } else {
                let drawn = empty.with_value(|empty| empty.as_ref().map(ViewFn::run));
                drawn.unwrap_or_else(|| view! { <EmptyState title=words::NO_RESULT /> }.into_any())
            }
        })
    };
    let hidden =
        move || problem.get().is_some() || rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty));
    view! {
        <div class="table-frame" class:reloading=reloading aria-busy=move || (reloading.get() || rows.with(Option::is_none)).to_string()>
            <div class="table-scroll" role="region" aria-label=region tabindex="0" hidden=hidden>
                <table class="table" role="table" aria-label=label>
                    <thead role="rowgroup">
                        <tr role="row">{selected.map(|selected| select_all(selected, rows))} {head}</tr>
                    </thead>
                    <tbody role="rowgroup">{body}</tbody>
                </table>
            </div>
            {instead}
        </div>
    }
}

fn header(
    column: &Column,
    first: bool,
    sort: MaybeProp<Sort>,
    on_sort: Option<Callback<(Sort,)>>,
) -> AnyView {
    let label = column.label.clone();
    let right = column.right;
    let Some((by, on_sort)) = column.sort.zip(on_sort) else {
        return view! { <th role="columnheader" scope="col" class:first=first class:right=right>{label}</th> }.into_any();
    };
    let direction = move || sort.get().filter(|sort| sort.by == by).map(|sort| sort.descending);
    let aria = move || direction().map(|descending| if descending { "descending" } else { "ascending" });
    let arrow = move || {
        let glyph = if direction() == Some(true) { Glyph::ArrowDown } else { Glyph::ArrowUp };
        view! { <Icon glyph /> }
    };
    view! {
        <th role="columnheader" scope="col" class:first=first class:right=right aria-sort=aria>
            <button
                type="button"
                class="sort"
                class:sorted=move || direction().is_some()
                on:click=move |_| on_sort.run((Sort::pressed(sort.get_untracked().as_ref(), by),))
            >
                {label}
                {arrow}
            </button>
        </th>
    }
    .into_any()
}

fn draw_row(
    row: Row,
    columns: StoredValue<Vec<Column>>,
    selected: Option<RwSignal<BTreeSet<String>>>,
    open: Callback<(ev::MouseEvent, String, bool)>,
) -> AnyView {
    let Row { key, name, href, in_place, cells } = row;
    let cells = columns.with_value(|columns| {
        let place = |(index, (column, cell)): (usize, (&Column, ViewFn))| {
            let link = if index == 0 { href.clone() } else { None };
            draw_cell(column, index == 0, cell.run(), link, in_place)
        };
        columns.iter().zip(cells).enumerate().map(place).collect_view()
    });
    let leads = href.is_some();
    let click = move |event: ev::MouseEvent| {
        if let Some(href) = &href {
            open.run((event, href.clone(), in_place));
        }
    };
    view! {
        <tr role="row" class:leads=leads on:click=click>
            {selected.map(|selected| select_one(key, name, selected))}
            {cells}
        </tr>
    }
    .into_any()
}

fn draw_cell(
    column: &Column,
    first: bool,
    content: AnyView,
    link: Option<String>,
    in_place: bool,
) -> AnyView {
    let content = match link {
        Some(href) => view! { <a class="row-link" href=href data-noscroll=in_place>{content}</a> }.into_any(),
        None => content,
    };
    let on_phone = column.on_phone == OnPhone::Fact;
    view! {
        <td role="cell" class:first=first class:on-phone=on_phone class:right=column.right data-label=column.label.clone()>
            {content}
        </td>
    }
    .into_any()
}

/// Follows a row's link on a plain click that neither hit a control nor ended a text selection.
fn row_opener() -> Callback<(ev::MouseEvent, String, bool)> {
    let navigate = use_navigate();
    Callback::from(move |event: ev::MouseEvent, href: String, in_place: bool| {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        let on_control =
            event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).is_some_and(
                |element| !matches!(element.closest("a, button, input, label, select, summary"), Ok(None)),
            );
        if !modified && !on_control && !event.default_prevented() && !selecting_text() {
            navigate(&href, NavigateOptions { scroll: !in_place, ..NavigateOptions::default() });
        }
    })
}

fn selecting_text() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

fn skeleton(columns: StoredValue<Vec<Column>>, selectable: bool, count: usize) -> AnyView {
    let cells = move || {
        columns.with_value(|columns| {
            let draw = |(index, column): (usize, &Column)| {
                let on_phone = column.on_phone == OnPhone::Fact;
                view! {
                    <td role="cell" class:first=index == 0 class:on-phone=on_phone class:right=column.right>
                        <span class="skeleton-line"></span>
                    </td>
                }
            };
            columns.iter().enumerate().map(draw).collect_view()
        })
    };
    let row = move |_| {
        view! {
            <tr role="row" class="skeleton-row">
                {selectable.then(|| view! { <td role="cell" class="select"></td> })}
                {cells()}
            </tr>
        }
    };
    (0..count).map(row).collect_view().into_any()
}
