//! The list of customers, where staff's day begins: a part of its own, so that it is there soon.

use latchkey_shared::permission::Permission as May;
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{Page, PageRoute};
use crate::pages::staff::{customers, start};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomersPage {
    ToCustomers,
    List,
}

pub(super) const ROUTES: &[PageRoute] = &[
    route("/Customer", CustomersPage::ToCustomers),
    route("/Customers", CustomersPage::List).needs(May::CustomersRead),
];

const fn route(pattern: &'static str, page: CustomersPage) -> PageRoute {
    PageRoute::new(pattern, Page::Customers(page))
}

#[wasm_split(customers, fallible, wasm_split_path = leptos::wasm_split, preload(fetch))]
pub(super) fn draw(page: CustomersPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        CustomersPage::ToCustomers => start::to_customers().into_any(),
        CustomersPage::List => customers::CustomersPage().into_any(),
    })
}
