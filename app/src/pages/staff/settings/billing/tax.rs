//! The rates of tax on what is billed offline.

use latchkey_shared::{
    api::tax::{TaxRate, TaxRates},
    text::tax as text,
};
use leptos::prelude::*;

use super::tax_form::form;
use crate::{
    api::{Load, load, tax},
    components::{Button, Card, Column, DataTable, Dialog, EmptyState, Glyph, Look, Row, Tone},
    pages::staff::{countries::country_name, show},
};

#[component]
pub fn TaxCard(read_only: bool) -> impl IntoView {
    let rates = load(tax::list);
    let open = RwSignal::new(false);
    let editing = RwSignal::new(None::<TaxRate>);
    let ask = Callback::from(move |rate: Option<TaxRate>| {
        editing.set(rate);
        open.set(true);
    });
    let title =
        Signal::derive(move || if editing.with(Option::is_some) { text::EDIT } else { text::NEW }.to_owned());
    let add = move || {
        (!read_only).then(|| {
            view! {
                <Button small=true icon=Glyph::Plus on_press=move || ask.run((None,))>
                    {text::NEW}
                </Button>
            }
        })
    };
    view! {
        <Card title=text::TITLE flush=true actions=ViewFn::from(move || view! { {add()} }.into_any())>
            <p class="muted card-words">{text::INTRO}</p>
            {table(rates, read_only, ask)}
        </Card>
        <Dialog open title>
            {form(editing.get_untracked(), open, rates)}
        </Dialog>
    }
    .into_any()
}

fn table(rates: Load<TaxRates>, read_only: bool, ask: Callback<(Option<TaxRate>,)>) -> AnyView {
    let rows = Signal::derive(move || {
        rates.with(|rates| {
            rates.map(|rates| rates.rates.iter().map(|rate| row(rate, read_only, ask)).collect())
        })
    });
    let mut columns = vec![
        Column::new(text::RATE),
        Column::new(text::COUNTRY).fact(),
        Column::new(text::MEANT),
        Column::new(text::STATE).fact(),
    ];
    if !read_only {
        columns.push(Column::new(text::EDIT_BUTTON).right().fact());
    }
    let empty = || view! { <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Card /> };
    view! {
        <DataTable
            label=text::TITLE
            columns
            rows
            problem=rates.problem()
            on_retry=move || rates.again()
            empty=ViewFn::from(empty)
            skeleton_rows=2
        />
    }
    .into_any()
}

fn row(rate: &TaxRate, read_only: bool, ask: Callback<(Option<TaxRate>,)>) -> Row {
    let (active, is_default, inclusive) = (rate.active, rate.is_default, rate.inclusive);
    let country = (!rate.country.is_empty()).then(|| country_name(&rate.country));
    let row = Row::new(rate.id)
        .text(text::named(&rate.name, rate.hundredths))
        .cell(move || match country.clone() {
            Some(country) => country.into_any(),
            None => show::quiet(text::NO_COUNTRY),
        })
        .text(if inclusive { text::MEANT_WITHIN } else { text::MEANT_ON_TOP })
        .cell(move || {
            let state = if active {
                show::badge(Tone::Good, text::ACTIVE)
            } else {
                show::badge(Tone::Neutral, text::WITHDRAWN)
            };
            let default = is_default.then(|| show::badge(Tone::Accent, text::DEFAULT));
            view! { <span class="lines">{state} {default}</span> }.into_any()
        });
    if read_only {
        return row;
    }
    let rate = rate.clone();
    row.cell(move || {
        let (edited, name) = (rate.clone(), rate.name.clone());
        view! {
            <Button small=true look=Look::Quiet on_press=move || ask.run((Some(edited.clone()),))>
                {text::EDIT_BUTTON}
                <span class="unseen">" " {name}</span>
            </Button>
        }
        .into_any()
    })
}
