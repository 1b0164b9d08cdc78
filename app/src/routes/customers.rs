//! Customers, and how they get in: a part of the app of their own, since staff spend the day here.

use latchkey_shared::permission::Permission as May;
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{Page, PageRoute};
use crate::pages::staff::{customers, links, start};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomersPage {
    ToCustomers,
    SignUpLink,
    List,
    New,
    One,
}

pub(super) const ROUTES: &[PageRoute] = &[
    route("/Customer", CustomersPage::ToCustomers),
    route("/Customer/SignUpLink", CustomersPage::SignUpLink).needs(May::CustomersRead),
    route("/Customers", CustomersPage::List).needs(May::CustomersRead),
    route("/Customers/New", CustomersPage::New).needs(May::CustomersWrite),
    route("/Customers/#id/:tab?", CustomersPage::One).needs(May::CustomersRead),
];

const fn route(pattern: &'static str, page: CustomersPage) -> PageRoute {
    PageRoute::new(pattern, Page::Customers(page))
}

#[wasm_split(customers, fallible, wasm_split_path = leptos::wasm_split, preload(fetch))]
pub(super) fn draw(page: CustomersPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        CustomersPage::ToCustomers => start::to_customers().into_any(),
        CustomersPage::SignUpLink => links::SignUpLinkPage().into_any(),
        CustomersPage::List => customers::CustomersPage().into_any(),
        CustomersPage::New => customers::NewCustomerPage().into_any(),
        CustomersPage::One => customers::CustomerPage().into_any(),
    })
}
