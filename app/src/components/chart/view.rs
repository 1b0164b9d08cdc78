//! The chart component: title, legend with values, drawing, table.

use leptos::{ev, html, prelude::*};

use super::draw::{Layout, series_class};
use crate::{
    components::{Skeleton, format_count, unique_id, words},
    hooks::use_width,
};

/// One line, or one bar of each group. As many values as the chart has labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    pub name: String,
    pub values: Vec<f64>,
}

/// What a chart shows: a label per point (days, months), and series over them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartData {
    pub labels: Vec<String>,
    pub series: Vec<Series>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChartKind {
    Line,
    Bar,
    Stack,
}

/// Lines over time. `data` is `None` while it is on its way; `table` is what the table shows where that is more than
/// can be drawn; `format` writes a value (default: a count); `as_of` says how fresh the data is.
#[component]
pub fn LineChart(
    #[prop(into)] title: String,
    #[prop(into)] data: Signal<Option<ChartData>>,
    #[prop(optional, into)] table: MaybeProp<ChartData>,
    #[prop(optional, into)] format: Option<Callback<(f64,), String>>,
    #[prop(optional, into)] as_of: MaybeProp<String>,
) -> impl IntoView {
    view! { <Chart kind=ChartKind::Line title data table format=format.unwrap_or_else(counts) as_of /> }
}

/// Bars side by side for each label. Props as of [`LineChart`].
#[component]
pub fn BarChart(
    #[prop(into)] title: String,
    #[prop(into)] data: Signal<Option<ChartData>>,
    #[prop(optional, into)] table: MaybeProp<ChartData>,
    #[prop(optional, into)] format: Option<Callback<(f64,), String>>,
    #[prop(optional, into)] as_of: MaybeProp<String>,
) -> impl IntoView {
    view! { <Chart kind=ChartKind::Bar title data table format=format.unwrap_or_else(counts) as_of /> }
}

/// Bars of parts one upon the other, what is below zero downwards: as high as their sum. Props as of [`LineChart`].
#[component]
pub fn StackedChart(
    #[prop(into)] title: String,
    #[prop(into)] data: Signal<Option<ChartData>>,
    #[prop(optional, into)] table: MaybeProp<ChartData>,
    #[prop(optional, into)] format: Option<Callback<(f64,), String>>,
    #[prop(optional, into)] as_of: MaybeProp<String>,
) -> impl IntoView {
    view! { <Chart kind=ChartKind::Stack title data table format=format.unwrap_or_else(counts) as_of /> }
}

fn counts() -> Callback<(f64,), String> {
    Callback::from(format_count)
}

#[component]
fn Chart(
    kind: ChartKind,
    title: String,
    data: Signal<Option<ChartData>>,
    table: MaybeProp<ChartData>,
    format: Callback<(f64,), String>,
    as_of: MaybeProp<String>,
) -> AnyView {
    let as_table = RwSignal::new(false);
    let title_id = unique_id("chart");
    let named_by = title_id.clone();
    let heading = title.clone();
    let body = move || {
        let Some(data) = data.get() else { return view! { <Skeleton lines=5 /> }.into_any() };
        if as_table.get() {
            view! { <ChartTable data=table.get().unwrap_or(data) title=title.clone() format /> }.into_any()
        } else {
            view! { <Drawing kind data title=title.clone() format /> }.into_any()
        }
    };
    let side = move |table: bool, word: &'static str| {
        view! {
            <button type="button" aria-pressed=move || (as_table.get() == table).to_string() on:click=move |_| as_table.set(table)>
                {word}
            </button>
        }
    };
    view! {
        <section class="card chart" aria-labelledby=named_by>
            <header class="card-head">
                <h2 id=title_id>{heading}</h2>
                <div class="segmented">
                    {side(false, words::CHART_AS_CHART)} {side(true, words::CHART_AS_TABLE)}
                </div>
            </header>
            <div class="card-body">
                {body}
                {move || as_of.get().map(|as_of| view! { <p class="chart-as-of">{as_of}</p> })}
            </div>
        </section>
    }
    .into_any()
}

/// The SVG and its readout. A range control, seen only by its focus, moves the cursor from the keyboard.
#[component]
fn Drawing(kind: ChartKind, data: ChartData, title: String, format: Callback<(f64,), String>) -> AnyView {
    let frame = NodeRef::<html::Div>::new();
    let width = use_width(frame);
    let cursor = RwSignal::new(None::<usize>);
    let last = data.labels.len().saturating_sub(1);
    let data = StoredValue::new(data);
    let box_of = move |width: f64| data.with_value(|data| Layout::new(data, kind, width, format).view_box());
    let still = move || {
        let width = width.get();
        data.with_value(|data| {
            let layout = Layout::new(data, kind, width, format);
            (layout.grid(), layout.labels(), layout.marks())
        })
    };
    let moving = move || {
        let index = cursor.get()?;
        let width = width.get();
        data.with_value(|data| Some(Layout::new(data, kind, width, format).cursor(index)))
    };
    let point = move |event: ev::PointerEvent| {
        let Some(frame) = frame.get_untracked() else { return };
        let x = f64::from(event.client_x()) - frame.get_bounding_client_rect().left();
        cursor.set(data.with_value(|data| Layout::new(data, kind, width.get_untracked(), format).nearest(x)));
    };
    let readout = move || data.with_value(|data| in_words(data, cursor.get().unwrap_or(last), format));
    view! {
        <Legend data cursor format />
        <div class="chart-frame" node_ref=frame on:pointermove=point on:pointerleave=move |_| cursor.set(None)>
            <input
                type="range"
                class="chart-range"
                min="0"
                max=last
                aria-label=[&title, ". ", words::CHART_KEYS].concat()
                aria-valuetext=readout
                prop:value=move || cursor.get().unwrap_or(last).to_string()
                on:input=move |event| cursor.set(event_target_value(&event).parse().ok())
                on:focus=move |_| cursor.set(Some(cursor.get_untracked().unwrap_or(last)))
                on:blur=move |_| cursor.set(None)
            />
            <svg class="chart-svg" viewBox=move || box_of(width.get()) aria-hidden="true" focusable="false">
                {still}
                {moving}
            </svg>
        </div>
    }
    .into_any()
}

/// The names of the series with the values at the cursor.
#[component]
fn Legend(
    data: StoredValue<ChartData>,
    cursor: RwSignal<Option<usize>>,
    format: Callback<(f64,), String>,
) -> impl IntoView {
    let entry = move |(number, series): (usize, &Series)| {
        let value = cursor.get().and_then(|index| series.values.get(index).copied());
        view! {
            <li class=series_class(number)>
                {series.name.clone()} {value.map(|value| view! { <b>{format.run((value,))}</b> })}
            </li>
        }
    };
    let label = move || {
        let index = cursor.get()?;
        data.with_value(|data| data.labels.get(index).cloned())
    };
    view! {
        <div class="chart-legend">
            <ul>{move || data.with_value(|data| data.series.iter().enumerate().map(entry).collect_view())}</ul>
            <span class="chart-readout">{label}</span>
        </div>
    }
}

fn in_words(data: &ChartData, index: usize, format: Callback<(f64,), String>) -> String {
    let Some(label) = data.labels.get(index) else { return String::new() };
    let mut text = [label.as_str(), ": "].concat();
    for (number, series) in data.series.iter().enumerate() {
        if let Some(value) = series.values.get(index) {
            if number > 0 {
                text.push_str(", ");
            }
            text.push_str(&[series.name.as_str(), " ", &format.run((*value,))].concat());
        }
    }
    text
}

#[component]
fn ChartTable(data: ChartData, title: String, format: Callback<(f64,), String>) -> AnyView {
    let head = data
        .series
        .iter()
        .map(|series| view! { <th scope="col" class="right">{series.name.clone()}</th> })
        .collect_view();
    let row = |(index, label): (usize, &String)| {
        let cell = |series: &Series| {
            let value = series.values.get(index).map(|value| format.run((*value,)));
            view! { <td class="right">{value}</td> }
        };
        view! {
            <tr>
                <th scope="row">{label.clone()}</th>
                {data.series.iter().map(cell).collect_view()}
            </tr>
        }
    };
    let rows = data.labels.iter().enumerate().map(row).collect_view();
    let region = title.clone();
    view! {
        <div class="chart-table" role="group" aria-label=region tabindex="0">
            <table>
                <caption class="unseen">{title}</caption>
                <thead>
                    <tr>
                        <td></td>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
