//! All webshops. There are few, so they are neither filtered nor paged through.

use latchkey_shared::{api::webshops::Webshop, permission::Permission, text::webshops as text};
use leptos::prelude::*;

use crate::{
    api::{load, webshops},
    components::{ButtonLink, Column, DataTable, Glyph, Look, PageHeader, Row, Tone},
    pages::staff::show::{self, may},
};

#[component]
pub fn WebshopsPage() -> impl IntoView {
    let found = load(webshops::list);
    let rows = Signal::derive(move || {
        found.with(|found| found.map(|found| found.webshops.iter().map(row).collect::<Vec<_>>()))
    });
    let columns = vec![
        Column::new(text::NAME),
        Column::new(text::STATE).fact(),
        Column::new(text::CURRENCY).fact(),
        Column::new(text::PRODUCTS),
        Column::new(text::ACCOUNT),
        Column::new(text::PLANS).right(),
        Column::new(text::CUSTOMERS).right(),
    ];
    let add = || {
        may(Permission::SettingsWrite)
            .then(|| {
                view! {
                    <ButtonLink href="/Webshops/New" look=Look::Primary icon=Glyph::Plus>
                        {text::NEW}
                    </ButtonLink>
                }
            })
            .into_any()
    };
    view! {
        <PageHeader title=text::TITLE actions=ViewFn::from(add)>
            <span>{text::INTRO}</span>
        </PageHeader>
        <DataTable
            label=text::TITLE
            columns
            rows
            problem=found.problem()
            on_retry=move || found.again()
            reloading=found.reloading()
            skeleton_rows=2
        />
    }
    .into_any()
}

fn row(webshop: &Webshop) -> Row {
    let (tone, word) = state(webshop);
    let currency = webshop.currency.map(|currency| currency.code().to_owned());
    let products = if webshop.all_products {
        text::ALL_PRODUCTS.to_owned()
    } else {
        text::products(webshop.products.len())
    };
    let account = webshop.account_name.clone();
    Row::new(webshop.id)
        .href(["/Webshops/", &webshop.id.to_string()].concat())
        .text(webshop.name.clone())
        .cell(move || show::badge(tone, word))
        .text(currency.unwrap_or_else(|| text::EVERY_CURRENCY.to_owned()))
        .text(products)
        .text(account.unwrap_or_else(|| text::NOT_CONNECTED.to_owned()))
        .text(webshop.plans.to_string())
        .text(webshop.customers.to_string())
}

/// Whether anything can be bought there.
pub fn state(webshop: &Webshop) -> (Tone, &'static str) {
    if !webshop.active {
        (Tone::Neutral, text::OFF)
    } else if webshop.account_name.is_none() {
        (Tone::Notice, text::UNPAYABLE)
    } else {
        (Tone::Good, text::OPEN)
    }
}
