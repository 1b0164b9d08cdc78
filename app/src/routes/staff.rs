//! Staff's pages.

use latchkey_shared::permission::Permission as May;
use leptos::prelude::*;

use super::PageRoute;
use crate::pages::staff::{
    communications, customers, dashboard, data, keys, links, me, people, products, settings, start, stripe,
    subscriptions,
};

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::new("/Dashboard", || dashboard::DashboardPage().into_any()).needs(May::DashboardRead),
    PageRoute::new("/Customer", || start::to_customers().into_any()),
    PageRoute::new("/Customer/SignUpLink", || links::SignUpLinkPage().into_any()).needs(May::CustomersRead),
    PageRoute::new("/Customers", || customers::CustomersPage().into_any()).needs(May::CustomersRead),
    PageRoute::new("/Customers/New", || customers::NewCustomerPage().into_any()).needs(May::CustomersWrite),
    PageRoute::new("/Customers/#id/:tab?", || customers::CustomerPage().into_any()).needs(May::CustomersRead),
    PageRoute::new("/Subscriptions", || subscriptions::SubscriptionsPage().into_any())
        .needs(May::SubscriptionsRead),
    PageRoute::new("/Subscriptions/#id", || subscriptions::SubscriptionPage().into_any())
        .needs(May::SubscriptionsRead),
    PageRoute::new("/Keys", || keys::KeysPage().into_any()).needs(May::KeysRead),
    PageRoute::new("/Keys/#id", || keys::KeyPage().into_any()).needs(May::KeysRead),
    PageRoute::new("/Products", || products::ProductsPage().into_any()).needs(May::ProductsRead),
    PageRoute::new("/Products/New", || products::NewProductPage().into_any()).needs(May::ProductsWrite),
    PageRoute::new("/Products/#id/Keys/New", || products::NewKeyPage().into_any()).needs(May::KeysWrite),
    PageRoute::new("/Products/#id/:tab?", || products::ProductPage().into_any()).needs(May::ProductsRead),
    PageRoute::new("/Data", || data::DataPage().into_any()).needs(May::DataRead),
    PageRoute::new("/Communications", || communications::CommunicationsPage().into_any())
        .needs(May::CommunicationsRead),
    PageRoute::new("/Communications/#id", || communications::CommunicationPage().into_any())
        .needs(May::CommunicationsRead),
    PageRoute::new("/Stripe", || stripe::StripeCheckPage().into_any()).needs(May::StripeRead),
    PageRoute::new("/Stripe/Connect", || stripe::StripeConnectPage().into_any()).needs(May::StripeManage),
    PageRoute::new("/Settings/:section?", || settings::SettingsPage().into_any()).needs(May::SettingsRead),
    PageRoute::new("/Staff", || people::StaffPage().into_any()).needs(May::StaffRead),
    PageRoute::new("/Me", || me::MePage().into_any()),
];
