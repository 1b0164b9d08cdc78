//! The customers' pages: a part of the app of their own, which staff never download.

use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{Page, PageRoute};
use crate::pages::portal;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortalPage {
    Home,
    Plans,
    Licences,
    Billing,
    Account,
    Checkout,
    Change,
}

pub(super) const ROUTES: &[PageRoute] = &[
    route("/Portal", PortalPage::Home),
    route("/Portal/Plans", PortalPage::Plans),
    route("/Portal/Licences", PortalPage::Licences),
    route("/Portal/Billing", PortalPage::Billing),
    route("/Portal/Subscriptions/#id/Change", PortalPage::Change),
    route("/Portal/Account", PortalPage::Account),
    route("/Portal/Checkout/:checkout", PortalPage::Checkout),
];

const fn route(pattern: &'static str, page: PortalPage) -> PageRoute {
    PageRoute::new(pattern, Page::Portal(page))
}

#[wasm_split(portal, fallible, wasm_split_path = leptos::wasm_split, preload(fetch))]
pub(super) fn draw(page: PortalPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        PortalPage::Home => portal::HomePage().into_any(),
        PortalPage::Plans => portal::PlansPage().into_any(),
        PortalPage::Licences => portal::LicencesPage().into_any(),
        PortalPage::Billing => portal::BillingPage().into_any(),
        PortalPage::Account => portal::AccountPage().into_any(),
        PortalPage::Checkout => portal::CheckoutPage().into_any(),
        PortalPage::Change => portal::ChangePage().into_any(),
    })
}
