//! The customers' pages.

use leptos::prelude::*;

use super::PageRoute;
use crate::pages::portal;

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::new("/Portal", || portal::HomePage().into_any()),
    PageRoute::new("/Portal/Plans", || portal::PlansPage().into_any()),
    PageRoute::new("/Portal/Licences", || portal::LicencesPage().into_any()),
    PageRoute::new("/Portal/Billing", || portal::BillingPage().into_any()),
    PageRoute::new("/Portal/Account", || portal::AccountPage().into_any()),
    PageRoute::new("/Portal/Checkout/:checkout", || portal::CheckoutPage().into_any()),
];
