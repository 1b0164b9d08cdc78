//! What a change comes to: lines, tax, what is paid today and then, what is lost.

use latchkey_shared::{
    api::changes::{ChangePreview, PreviewLine},
    change::LineKind,
    money::Money,
    text::{
        changes::{days, loss},
        portal::changes as text,
    },
};
use leptos::prelude::*;

use super::super::sentence;
use crate::components::{Banner, Tone};

pub fn draw(preview: &ChangePreview) -> AnyView {
    let then = preview.next.as_ref().map(|next| {
        let price = match &next.interval {
            Some(interval) => sentence::price_per(next.amount, interval),
            None => sentence::price(next.amount),
        };
        view! { <p>{text::from_then(&sentence::day(next.at), &price)}</p> }
    });
    let replaces = preview.replaces.clone().map(|planned| {
        view! {
            <Banner tone=Tone::Notice title=text::REPLACES>
                <p>{planned}</p>
            </Banner>
        }
    });
    let losses: Vec<_> = preview.losses.iter().map(|lost| view! { <li>{loss(lost)}</li> }).collect();
    let losses = (!losses.is_empty()).then(|| {
        view! {
            <Banner tone=Tone::Notice title=text::YOU_LOSE>
                <ul>{losses}</ul>
            </Banner>
        }
    });
    view! { {sum(preview)} {then} {replaces} {losses} }.into_any()
}

fn sum(preview: &ChangePreview) -> AnyView {
    if preview.lines.is_empty() {
        return view! { <p>{text::NOTHING_TODAY}</p> }.into_any();
    }
    let row = |label: &str, amount: Money| {
        let label = label.to_owned();
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td class="number">{sentence::price(amount)}</td>
            </tr>
        }
    };
    let some = |label: &str, amount: Money| (!amount.is_zero()).then(|| row(label, amount));
    let tax = if preview.tax_name.is_empty() { text::TAX } else { preview.tax_name.as_str() };
    let used = Money::new(-preview.from_balance.minor, preview.from_balance.currency);
    view! {
        <table class="sum">
            <tbody>
                {preview.lines.iter().map(line).collect_view()} {some(tax, preview.tax)}
                {some(text::FROM_BALANCE, used)} {some(text::CREDIT, preview.to_balance)}
                <tr class="total">
                    <th scope="row">{text::PAY_TODAY}</th>
                    <td class="number">{sentence::price(preview.due)}</td>
                </tr>
            </tbody>
        </table>
    }
    .into_any()
}

fn line(line: &PreviewLine) -> impl IntoView + use<> {
    let name = if line.quantity > 1 { text::pieces(line.quantity, &line.name) } else { line.name.clone() };
    let kind = if line.kind == LineKind::Unused { text::UNUSED } else { text::NEW };
    let note = match (line.days, line.of_days) {
        (Some(left), Some(of)) => [kind, ", ", &days(left, of)].concat(),
        _ => kind.to_owned(),
    };
    view! {
        <tr>
            <th scope="row">{name} <span class="muted line-note">{note}</span></th>
            <td class="number">{sentence::price(line.amount)}</td>
        </tr>
    }
}
