//! What came of a run: counts per kind, the rows that were refused, and what else has to be said.

use latchkey_shared::{
    api::move_in::{KindTally, MoveInRun, NotedRow},
    text::move_in as text,
};
use leptos::prelude::*;

/// How many rows were refused.
pub fn refused(run: &MoveInRun) -> i64 {
    run.report.kinds.iter().map(|kind| kind.refused).sum()
}

/// The counts, and the first refused rows.
pub fn outcome(run: &MoveInRun) -> AnyView {
    let count = |number: i64, bad: bool| {
        let class = if number == 0 {
            "right muted"
        } else if bad {
            "right tone-bad"
        } else {
            "right"
        };
        view! { <td class=class>{number}</td> }
    };
    let row = |kind: &KindTally| {
        view! {
            <tr>
                <th scope="row">{kind.kind.label()}</th>
                {count(kind.new, false)}
                {count(kind.changed, false)}
                {count(kind.same, false)}
                {count(kind.refused, true)}
            </tr>
        }
    };
    let head = |word: &'static str| view! { <th scope="col" class="right">{word}</th> };
    view! {
        <div class="table-scroll" role="region" aria-label=text::OUTCOME tabindex="0">
            <table class="small-table">
                <thead>
                    <tr>
                        <th scope="col">{text::KIND}</th>
                        {head(text::NEW)}
                        {head(text::CHANGED)}
                        {head(text::SAME)}
                        {head(text::REFUSED)}
                    </tr>
                </thead>
                <tbody>{run.report.kinds.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        {noted(text::REFUSALS, &run.report.refusals, refused(run))}
        {noted(text::REMARKS, &run.report.remarks, 0)}
    }
    .into_any()
}

/// Rows of which something has to be said; `all` is how many there are where not all are here.
fn noted(title: &'static str, rows: &[NotedRow], all: i64) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let row = |noted: &NotedRow| {
        let NotedRow { file, row, name, kind, reason } = noted.clone();
        let name = if name.is_empty() { kind.label().to_owned() } else { name };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="breaks">{file}</td>
                <td class="right">{row}</td>
                <td class="breaks">{reason}</td>
            </tr>
        }
    };
    let more = all - i64::try_from(rows.len()).unwrap_or(i64::MAX);
    Some(
        view! {
            <h3>{title}</h3>
            <div class="table-scroll move-in-refusals" role="region" aria-label=title tabindex="0">
                <table class="small-table">
                    <thead>
                        <tr>
                            <th scope="col">{text::KIND}</th>
                            <th scope="col">{text::WHERE}</th>
                            <th scope="col" class="right">
                                {text::ROW}
                            </th>
                            <th scope="col">{text::REASON}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            {(more > 0).then(|| view! { <p class="muted">{text::more_refused(more)}</p> })}
        }
        .into_any(),
    )
}
