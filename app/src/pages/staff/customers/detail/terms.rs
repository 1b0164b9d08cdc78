//! Which terms were accepted, by whom and from where.

use latchkey_shared::{
    api::{customers::Customer, terms::TermsAcceptance},
    text::customers as text,
};
use leptos::prelude::*;

use crate::{
    api::Shown,
    components::{Column, DataTable, EmptyState, Glyph, OutLink, Row, TimeStyle, Tone, When},
    pages::staff::show,
};

pub fn terms(shown: Shown<Customer>) -> AnyView {
    let rows = Signal::derive(move || {
        Some(shown.with(|shown| shown.acceptances.iter().enumerate().map(row).collect::<Vec<_>>()))
    });
    let columns = vec![
        Column::new(text::ACCEPTED_BY),
        Column::new(text::VERSION).fact(),
        Column::new(text::STATUS).fact(),
        Column::new(text::SCOPE),
        Column::new(text::ACCEPTED),
        Column::new(text::FROM),
    ];
    let empty = || {
        view! { <EmptyState title=text::NO_ACCEPTANCES body=text::NO_ACCEPTANCES_BODY glyph=Glyph::Document /> }
            .into_any()
    };
    view! { <DataTable label=text::TERMS_TITLE columns rows empty=ViewFn::from(empty) /> }.into_any()
}

fn row((index, acceptance): (usize, &TermsAcceptance)) -> Row {
    let TermsAcceptance { user_email, scope, url, version, accepted, ip, user_agent, current, .. } =
        acceptance.clone();
    let scope = if scope == "vendor" { text::THE_VENDOR.to_owned() } else { scope };
    let at = accepted.millis();
    Row::new(index)
        .text(user_email)
        .cell(move || {
            let version = version.clone();
            view! { <OutLink href=url.clone()>{version}</OutLink> }
        })
        .cell(move || {
            if current {
                show::badge(Tone::Good, text::CURRENT)
            } else {
                show::badge(Tone::Neutral, text::OUTDATED)
            }
        })
        .text(scope)
        .cell(move || view! { <When at style=TimeStyle::Exact /> })
        .cell(move || view! { <span class="cell-text" title=user_agent.clone()>{ip.clone()}</span> })
}
