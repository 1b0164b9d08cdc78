//! What it comes to: lines, totals, what follows, what is lost.

use latchkey_shared::{
    api::changes::{ChangePreview, NextPayment, PreviewLine},
    change::LineKind,
    money::Money,
    text::changes as text,
};
use leptos::prelude::*;

use crate::{
    api::Load,
    components::{Banner, Fact, Facts, Spinner, Tone},
    pages::staff::show::{self, every},
};

/// The preview, or why there is none.
pub fn pane(shown: Load<ChangePreview>, preview: Option<&ChangePreview>) -> AnyView {
    if let Some(problem) = shown.failure() {
        let tone = if problem.code() == "no_change" { Tone::Neutral } else { Tone::Notice };
        let title =
            if problem.code() == "no_change" { text::PREVIEW_WAITS.to_owned() } else { problem.sentence() };
        return view! { <Banner tone title /> }.into_any();
    }
    match preview {
        Some(preview) => draw(preview),
        None if shown.busy().get() => view! { <Spinner label=text::COMPUTING /> }.into_any(),
        None => view! { <p class="muted">{text::PREVIEW_WAITS}</p> }.into_any(),
    }
}

/// A preview with everything that it says.
pub fn draw(preview: &ChangePreview) -> AnyView {
    let replaces = preview.replaces.clone().map(|planned| {
        view! {
            <Banner tone=Tone::Notice title=text::REPLACES>
                <p>{planned}</p>
            </Banner>
        }
    });
    let losses: Vec<_> = preview.losses.iter().map(|loss| view! { <li>{text::loss(loss)}</li> }).collect();
    let losses = (!losses.is_empty()).then(|| {
        view! {
            <Banner tone=Tone::Notice title=text::LOSES>
                <ul>{losses}</ul>
            </Banner>
        }
    });
    view! {
        <div class="stack">
            {replaces} {money(preview)} {dates(preview)} {preview.next.as_ref().map(then)} {losses}
        </div>
    }
    .into_any()
}

fn money(preview: &ChangePreview) -> AnyView {
    if preview.lines.is_empty() {
        return view! { <p>{text::NOTHING_TODAY}</p> }.into_any();
    }
    let row = |label: &str, amount: Money, strong: bool| {
        let label = label.to_owned();
        view! {
            <tr class:total=strong>
                <th scope="row">{label}</th>
                <td class="number">{show::money(amount)}</td>
            </tr>
        }
    };
    let tax = if preview.tax_name.is_empty() { text::TAX } else { preview.tax_name.as_str() };
    let some = |label: &str, amount: Money| (!amount.is_zero()).then(|| row(label, amount, false));
    view! {
        <table class="sum">
            <tbody>
                {preview.lines.iter().map(line).collect_view()} {some(tax, preview.tax)}
                {(!preview.tax.is_zero() || !preview.from_balance.is_zero())
                    .then(|| row(text::TOTAL, preview.total, false))}
                {(!preview.from_balance.is_zero())
                    .then(|| {
                        let used = Money::new(-preview.from_balance.minor, preview.from_balance.currency);
                        row(text::FROM_BALANCE, used, false)
                    })} {some(text::TO_BALANCE, preview.to_balance)} {row(text::DUE, preview.due, true)}
            </tbody>
        </table>
    }
    .into_any()
}

fn line(line: &PreviewLine) -> impl IntoView + use<> {
    let name = if line.name.is_empty() { text::FREE_LINE.to_owned() } else { line.name.clone() };
    let name = if line.quantity > 1 { format!("{} × {name}", line.quantity) } else { name };
    let kind = if line.kind == LineKind::Waived { "" } else { line.kind.label() };
    let days = match (line.days, line.of_days) {
        (Some(left), Some(of)) => text::days(left, of),
        _ => String::new(),
    };
    let note = [kind, if kind.is_empty() || days.is_empty() { "" } else { ", " }, &days].concat();
    view! {
        <tr>
            <th scope="row">{name} <span class="muted line-note">{note}</span></th>
            <td class="number">{show::money(line.amount)}</td>
        </tr>
    }
}

fn dates(preview: &ChangePreview) -> AnyView {
    let effective = preview.effective;
    let planned =
        preview.is_planned.then(|| view! { <Fact label=text::TAKES_EFFECT>{show::day(effective)}</Fact> });
    let old = preview.old_expiry.map(|at| view! { <Fact label=text::OLD_EXPIRY>{show::day(at)}</Fact> });
    let new = preview.new_expiry.map(|at| view! { <Fact label=text::NEW_EXPIRY>{show::day(at)}</Fact> });
    view! { <Facts>{planned} {old} {new}</Facts> }.into_any()
}

fn then(next: &NextPayment) -> impl IntoView + use<> {
    let often = next.interval.as_ref().map(every);
    view! {
        <p>{text::THEN} " " {show::money(next.amount)} " " {often} ", " {text::NEXT} " " {show::day(next.at)} "."</p>
    }
}
