//! Each product and price of the Stripe account: offered, or why not and what to do.

use latchkey_shared::{
    api::stripe::{CheckedPrice, CheckedProduct, StripeCheck},
    offer::NotOffered,
    permission::Permission,
    text::stripe as text,
};
use leptos::prelude::*;

use super::{map::MapDialog, which::Which};
use crate::{
    api::{Load, Shown},
    components::{Button, Card, Column, DataTable, EmptyState, Glyph, Look, OutLink, Row, Tone},
    hooks::use_query_state,
    pages::staff::show::{self, may},
};

/// A product to be connected: its id at Stripe and its name there.
pub type Mapping = (String, String);

#[component]
pub fn Catalogue(check: Load<StripeCheck>, data: Shown<StripeCheck>, which: Which) -> impl IntoView {
    let query = use_query_state();
    let only = query.memo("only");
    let mapping = RwSignal::new(None::<Mapping>);
    let synced = move || match data.get().synced {
        Some(at) => view! { <span class="muted">{text::READ} " " {show::when(at)}</span> }.into_any(),
        None => show::quiet(text::NEVER_READ),
    };
    let switch = move || {
        let narrowed = only.get().is_some();
        let value = (!narrowed).then(|| "problems".to_owned());
        let href = query.href(&[("only", value)]);
        view! {
            <a class="button small" href=href>
                <span class="button-label">{if narrowed { text::ALL } else { text::ONLY_PROBLEMS }}</span>
            </a>
        }
    };
    let products = move || {
        let narrowed = only.get().is_some();
        let check = data.get();
        if check.products.is_empty() {
            return view! { <EmptyState title=text::CATALOGUE_EMPTY_TITLE body=text::CATALOGUE_EMPTY_BODY glyph=Glyph::Box /> }
                .into_any();
        }
        let shown: Vec<_> = check.products.iter().filter(|product| !narrowed || troubled(product)).collect();
        if shown.is_empty() {
            return view! { <EmptyState title=text::ALL_OFFERED glyph=Glyph::Check /> }.into_any();
        }
        shown.into_iter().map(|found| product(found.clone(), narrowed, mapping)).collect_view().into_any()
    };
    view! {
        <div class="section-head">
            <h2>{text::CATALOGUE}</h2>
            {synced}
            {switch}
        </div>
        {products}
        <MapDialog mapping check which />
    }
    .into_any()
}

fn troubled(product: &CheckedProduct) -> bool {
    !product.problems.is_empty() || product.prices.iter().any(|price| !price.offered)
}

fn product(product: CheckedProduct, narrowed: bool, mapping: RwSignal<Option<Mapping>>) -> AnyView {
    let is = match product.product.zip(product.product_name.clone()) {
        Some((id, name)) => {
            let href = ["/Products/", &id.to_string()].concat();
            view! { <span class="muted">{text::IS_PRODUCT} " "</span> <a href=href>{name} " (" {id.to_string()} ")"</a> }.into_any()
        }
        None => show::quiet(text::NOT_MAPPED),
    };
    let (id, url) = (product.stripe_id.clone(), product.url.clone());
    let asked = (id.clone(), product.name.clone());
    let mapped = product.product.is_some();
    let actions = move || {
        let asked = asked.clone();
        may(Permission::StripeManage)
            .then(move || {
                let look = if mapped { Look::Quiet } else { Look::Secondary };
                view! {
                    <Button small=true look on_press=move || mapping.set(Some(asked.clone()))>
                        {if mapped { text::MAP_AGAIN } else { text::MAP }}
                    </Button>
                }
            })
            .into_any()
    };
    let prices: Vec<Row> = product
        .prices
        .iter()
        .filter(|price| !narrowed || !price.offered)
        .map(|price| price_row(price, &product.problems))
        .collect();
    let label = product.name.clone();
    let table = (!prices.is_empty()).then(move || {
        let columns = vec![
            Column::new(text::PRICE),
            Column::new(text::AMOUNT).right().fact(),
            Column::new(text::STATE).fact(),
            Column::new(text::WHY).fact(),
        ];
        view! { <DataTable label columns rows=Signal::stored(Some(prices)) /> }
    });
    view! {
        <Card title=product.name.clone() actions=ViewFn::from(actions)>
            <p class="check-facts">
                <code>{id}</code>
                <span>{is}</span>
                <OutLink href=url>{text::OPEN_IN_STRIPE}</OutLink>
            </p>
            {reasons(&product.problems)}
            {product.prices.is_empty().then(|| view! { <p class="muted">{text::NO_PRICES}</p> })}
            {table}
        </Card>
    }
    .into_any()
}

/// What is wrong and how to mend it, a line each.
fn reasons(problems: &[NotOffered]) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let draw = |problem: &NotOffered| {
        view! {
            <li>
                <p>{problem.sentence()}</p>
                <p class="muted">{problem.mend()}</p>
            </li>
        }
    };
    view! { <ul class="reasons">{problems.iter().map(draw).collect_view()}</ul> }.into_any()
}

/// A price with its own reasons; those of its product stand above.
fn price_row(price: &CheckedPrice, of_product: &[NotOffered]) -> Row {
    let name = if price.name.is_empty() { price.stripe_id.clone() } else { price.name.clone() };
    let (amount, interval, url) = (price.amount, price.interval.clone(), price.url.clone());
    let offered = price.offered;
    let problems: Vec<NotOffered> =
        price.problems.iter().filter(|problem| !of_product.contains(problem)).cloned().collect();
    Row::new(&price.stripe_id)
        .cell(move || {
            let name = name.clone();
            view! { <OutLink href=url.clone()>{name}</OutLink> }.into_any()
        })
        .cell(move || {
            let interval = interval.clone();
            view! { {amount.map(show::money)} " " <span class="muted">{interval}</span> }.into_any()
        })
        .cell(move || {
            if offered {
                show::badge(Tone::Good, text::OFFERED)
            } else {
                show::badge(Tone::Notice, text::NOT_OFFERED)
            }
        })
        .cell(move || {
            if problems.is_empty() && !offered {
                show::quiet(text::BECAUSE_OF_PRODUCT)
            } else {
                reasons(&problems)
            }
        })
}
