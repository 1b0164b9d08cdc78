//! The invoices, each with its document at Stripe.

use latchkey_shared::{api::portal::Invoice, text::portal::billing as words};
use leptos::prelude::*;

use crate::components::{
    Badge, Card, Column, DataTable, EmptyState, Glyph, Money, Row, TimeStyle, Tone, When,
};

#[component]
pub fn Invoices(invoices: Signal<Vec<Invoice>>) -> impl IntoView {
    let columns = vec![
        Column::new(words::COLUMN_NUMBER),
        Column::new(words::COLUMN_DATE).fact(),
        Column::new(words::COLUMN_STATUS).fact(),
        Column::new(words::COLUMN_TOTAL).right().fact(),
        Column::new(words::COLUMN_DOCUMENT).fact(),
    ];
    let rows =
        Signal::derive(move || invoices.with(|invoices| Some(invoices.iter().map(row).collect::<Vec<_>>())));
    let empty = || {
        view! { <EmptyState title=words::NO_INVOICES body=words::NO_INVOICES_BODY glyph=Glyph::Document /> }
    };
    view! {
        <Card title=words::INVOICES flush=true>
            <DataTable label=words::INVOICES columns rows empty />
        </Card>
    }
}

fn row(invoice: &Invoice) -> Row {
    let Invoice { number, created, total, status, url, pdf } = invoice.clone();
    let at = created.millis();
    let (tone, word) = (tone(&status), words::invoice_status(&status).to_owned());
    let currency = total.currency.code().to_owned();
    let open = status == "open";
    let name = number.clone();
    Row::new(&number)
        .text(number)
        .cell(move || view! { <When at style=TimeStyle::Day /> })
        .cell(move || view! { <Badge tone text=word.clone() /> })
        .cell(move || view! { <Money minor=total.minor currency=currency.clone() /> })
        .cell(move || {
            let pay = url.clone().filter(|_| open).map(|href| link(words::PAY, href, &name));
            let document = pdf.clone().or_else(|| url.clone()).map(|href| link(words::PDF, href, &name));
            view! { <span class="row-links">{pay}{document}</span> }
        })
}

fn link(word: &'static str, href: String, number: &str) -> AnyView {
    view! {
        <a href=href target="_blank" rel="noopener noreferrer" aria-label=words::document_of(word, number)>
            {word}
        </a>
    }
    .into_any()
}

fn tone(status: &str) -> Tone {
    match status {
        "paid" => Tone::Good,
        "open" => Tone::Notice,
        "uncollectible" => Tone::Bad,
        _ => Tone::Neutral,
    }
}
