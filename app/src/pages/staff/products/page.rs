//! One product: its head and its tabs.

use latchkey_shared::{
    api::catalog::Product, ids::ProductId, permission::Permission, text::products as text,
};
use leptos::prelude::*;

use super::{
    keys::ProductKeys, licensing::Licensing, list::state_badge, offline_plans::OfflinePlansCard,
    plans::Plans, publish::PublishCard, settings::ProductSettings, templates::Templates,
};
use crate::{
    api::{Shown, load, products},
    components::{ButtonLink, CopyId, Crumb, Glyph, Look, PageHeader, Tab, Tabs},
    pages::staff::show::may,
    routes::{use_id, use_param},
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Plans,
    Keys,
    Templates,
    Licensing,
    Settings,
}

#[component]
pub fn ProductPage() -> impl IntoView {
    let id = use_id::<ProductId>();
    let product = load(move || products::get(id.get()));
    let tab = use_param("tab");
    let part = Memo::new(move |_| match tab.get().as_deref() {
        Some("keys") => Part::Keys,
        Some("templates") => Part::Templates,
        Some("licensing") => Part::Licensing,
        Some("settings") => Part::Settings,
        _ => Part::Plans,
    });
    product.page(text::ONE, 8, move |data| {
        let body = move || match part.get() {
            Part::Plans => {
                let (id, names) = data.with_untracked(|product| (product.id, product.feature_names.clone()));
                view! {
                    <Plans product=data />
                    <OfflinePlansCard product=id feature_names=names />
                    {may(Permission::StripeManage).then(|| view! { <PublishCard id product /> })}
                }
                .into_any()
            }
            Part::Keys => view! { <ProductKeys id=data.get_untracked().id /> }.into_any(),
            Part::Templates => view! { <Templates product=data /> }.into_any(),
            Part::Licensing => view! { <Licensing id=data.get_untracked().id /> }.into_any(),
            Part::Settings => {
                view! { <ProductSettings product=data on_saved=move |saved: Product| product.set(saved) /> }
                    .into_any()
            }
        };
        view! {
            {head(data)}
            <Tabs label=text::TABS_LABEL tabs=Signal::derive(move || tabs(&data.get())) />
            {body}
        }
        .into_any()
    })
}

fn head(data: Shown<Product>) -> AnyView {
    let new_key = move || {
        may(Permission::KeysWrite).then(|| {
            view! {
                <ButtonLink href=[&address(data.get_untracked().id), "/Keys/New"].concat() look=Look::Primary icon=Glyph::Plus>
                    {text::NEW_KEY}
                </ButtonLink>
            }
        })
        .into_any()
    };
    view! {
        <PageHeader
            title=Signal::derive(move || data.get().name)
            crumbs=vec![Crumb::new(text::TITLE, "/Products")]
            actions=ViewFn::from(new_key)
        >
            {move || state_badge(data.get().active)}
            <span title=text::PRODUCT_ID_TITLE>
                {text::ID} " " <CopyId value=Signal::derive(move || data.get().id.to_string()) what=text::PRODUCT_ID />
            </span>
        </PageHeader>
    }
    .into_any()
}

fn tabs(product: &Product) -> Vec<Tab> {
    let at = |part: &str| [&address(product.id), part].concat();
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    let mut tabs = vec![Tab::new(text::TAB_PLANS, at("")).count(product.plans.len() as u64)];
    if may(Permission::KeysRead) {
        tabs.push(Tab::new(text::TAB_KEYS, at("/keys")).count(count(product.keys)));
    }
    tabs.push(Tab::new(text::TAB_TEMPLATES, at("/templates")));
    tabs.push(Tab::new(text::TAB_LICENSING, at("/licensing")));
    tabs.push(Tab::new(text::TAB_SETTINGS, at("/settings")));
    tabs
}

/// The product's page.
pub fn address(id: ProductId) -> String {
    ["/Products/", &id.to_string()].concat()
}
