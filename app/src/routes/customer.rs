//! One customer, a new one, and how they get in.

use latchkey_shared::permission::Permission as May;
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{Page, PageRoute};
use crate::pages::staff::{customers, links};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerPage {
    SignUpLink,
    New,
    One,
}

pub(super) const ROUTES: &[PageRoute] = &[
    route("/Customer/SignUpLink", CustomerPage::SignUpLink).needs(May::CustomersRead),
    route("/Customers/New", CustomerPage::New).needs(May::CustomersWrite),
    route("/Customers/#id/:tab?", CustomerPage::One).needs(May::CustomersRead),
];

const fn route(pattern: &'static str, page: CustomerPage) -> PageRoute {
    PageRoute::new(pattern, Page::Customer(page))
}

#[wasm_split(customer, fallible, wasm_split_path = leptos::wasm_split, preload(fetch))]
pub(super) fn draw(page: CustomerPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        CustomerPage::SignUpLink => links::SignUpLinkPage().into_any(),
        CustomerPage::New => customers::NewCustomerPage().into_any(),
        CustomerPage::One => customers::CustomerPage().into_any(),
    })
}
