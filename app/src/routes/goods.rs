//! What is sold and what was bought: a part of the app of its own.

use latchkey_shared::permission::Permission as May;
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{Page, PageRoute};
use crate::pages::staff::{data, keys, products, subscriptions, transactions};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoodsPage {
    Subscriptions,
    Subscription,
    Transactions,
    Transaction,
    ChangeSubscription,
    RenewSubscription,
    AddSubscription,
    Keys,
    Key,
    Products,
    NewProduct,
    NewKey,
    Product,
    Data,
}

pub(super) const ROUTES: &[PageRoute] = &[
    route("/Subscriptions", GoodsPage::Subscriptions).needs(May::SubscriptionsRead),
    route("/Subscriptions/#id", GoodsPage::Subscription).needs(May::SubscriptionsRead),
    route("/Transactions", GoodsPage::Transactions).needs(May::SubscriptionsRead),
    route("/Transactions/#id", GoodsPage::Transaction).needs(May::SubscriptionsRead),
    route("/Subscriptions/#id/Change", GoodsPage::ChangeSubscription).needs(May::SubscriptionsWrite),
    route("/Subscriptions/#id/Renew", GoodsPage::RenewSubscription).needs(May::SubscriptionsWrite),
    route("/Subscriptions/New/#id", GoodsPage::AddSubscription).needs(May::SubscriptionsWrite),
    route("/Keys", GoodsPage::Keys).needs(May::KeysRead),
    route("/Keys/#id/:tab?", GoodsPage::Key).needs(May::KeysRead),
    route("/Products", GoodsPage::Products).needs(May::ProductsRead),
    route("/Products/New", GoodsPage::NewProduct).needs(May::ProductsWrite),
    route("/Products/#id/Keys/New", GoodsPage::NewKey).needs(May::KeysWrite),
    route("/Products/#id/:tab?", GoodsPage::Product).needs(May::ProductsRead),
    route("/Data", GoodsPage::Data).needs(May::DataRead),
];

const fn route(pattern: &'static str, page: GoodsPage) -> PageRoute {
    PageRoute::new(pattern, Page::Goods(page))
}

#[wasm_split(goods, fallible, wasm_split_path = leptos::wasm_split, preload(fetch))]
pub(super) fn draw(page: GoodsPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        GoodsPage::Subscriptions => subscriptions::SubscriptionsPage().into_any(),
        GoodsPage::Subscription => subscriptions::SubscriptionPage().into_any(),
        GoodsPage::Transactions => transactions::TransactionsPage().into_any(),
        GoodsPage::Transaction => transactions::TransactionPage().into_any(),
        GoodsPage::ChangeSubscription => subscriptions::ChangeSubscriptionPage().into_any(),
        GoodsPage::RenewSubscription => subscriptions::RenewSubscriptionPage().into_any(),
        GoodsPage::AddSubscription => subscriptions::AddSubscriptionPage().into_any(),
        GoodsPage::Keys => keys::KeysPage().into_any(),
        GoodsPage::Key => keys::KeyPage().into_any(),
        GoodsPage::Products => products::ProductsPage().into_any(),
        GoodsPage::NewProduct => products::NewProductPage().into_any(),
        GoodsPage::NewKey => products::NewKeyPage().into_any(),
        GoodsPage::Product => products::ProductPage().into_any(),
        GoodsPage::Data => data::DataPage().into_any(),
    })
}
