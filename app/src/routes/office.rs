//! The dashboard, the post and the settings: a part of the app of its own.

use latchkey_shared::permission::Permission as May;
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{Page, PageRoute};
use crate::pages::staff::{
    attention, communications, dashboard, me, move_in, people, reports, settings, stripe, webshops,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficePage {
    Dashboard,
    Attention,
    AttentionEntry,
    Reports,
    Communications,
    Communication,
    Templates,
    Template,
    Reminders,
    StripeCheck,
    StripeConnect,
    Sweeps,
    Events,
    Event,
    Endpoints,
    Settings,
    Staff,
    Me,
    MoveIn,
    Webshops,
    NewWebshop,
    Webshop,
}

pub(super) const ROUTES: &[PageRoute] = &[
    route("/Dashboard", OfficePage::Dashboard).needs(May::DashboardRead),
    route("/Attention", OfficePage::Attention).needs(May::SubscriptionsRead),
    route("/Attention/#id", OfficePage::AttentionEntry).needs(May::SubscriptionsRead),
    route("/Reports", OfficePage::Reports).needs(May::SubscriptionsRead),
    route("/Communications", OfficePage::Communications).needs(May::CommunicationsRead),
    route("/Communications/Templates", OfficePage::Templates).needs(May::CommunicationsRead),
    route("/Communications/Templates/:kind", OfficePage::Template).needs(May::CommunicationsRead),
    route("/Communications/Reminders", OfficePage::Reminders).needs(May::CommunicationsRead),
    route("/Communications/#id", OfficePage::Communication).needs(May::CommunicationsRead),
    route("/Stripe", OfficePage::StripeCheck).needs(May::StripeRead),
    route("/Stripe/Connect", OfficePage::StripeConnect).needs(May::StripeManage),
    route("/Stripe/Sweeps", OfficePage::Sweeps).needs(May::StripeRead),
    route("/Stripe/Events", OfficePage::Events).needs(May::StripeRead),
    route("/Stripe/Events/:event", OfficePage::Event).needs(May::StripeRead),
    route("/Stripe/Endpoints", OfficePage::Endpoints).needs(May::StripeRead),
    route("/Settings/:section?", OfficePage::Settings).needs(May::SettingsRead),
    route("/Staff", OfficePage::Staff).needs(May::StaffRead),
    route("/Me", OfficePage::Me),
    route("/MoveIn", OfficePage::MoveIn).needs(May::SettingsRead),
    route("/Webshops", OfficePage::Webshops).needs(May::SettingsRead),
    route("/Webshops/New", OfficePage::NewWebshop).needs(May::SettingsWrite),
    route("/Webshops/#id", OfficePage::Webshop).needs(May::SettingsRead),
];

const fn route(pattern: &'static str, page: OfficePage) -> PageRoute {
    PageRoute::new(pattern, Page::Office(page))
}

#[wasm_split(office, fallible, wasm_split_path = leptos::wasm_split, preload(fetch))]
pub(super) fn draw(page: OfficePage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        OfficePage::Dashboard => dashboard::DashboardPage().into_any(),
        OfficePage::Attention => attention::AttentionPage().into_any(),
        OfficePage::AttentionEntry => attention::EntryPage().into_any(),
        OfficePage::Reports => reports::ReportsPage().into_any(),
        OfficePage::Communications => communications::CommunicationsPage().into_any(),
        OfficePage::Communication => communications::CommunicationPage().into_any(),
        OfficePage::Templates => communications::TemplatesPage().into_any(),
        OfficePage::Template => communications::TemplatePage().into_any(),
        OfficePage::Reminders => communications::RemindersPage().into_any(),
        OfficePage::StripeCheck => stripe::StripeCheckPage().into_any(),
        OfficePage::StripeConnect => stripe::StripeConnectPage().into_any(),
        OfficePage::Sweeps => stripe::SweepsPage().into_any(),
        OfficePage::Events => stripe::EventsPage().into_any(),
        OfficePage::Event => stripe::EventPage().into_any(),
        OfficePage::Endpoints => stripe::EndpointsPage().into_any(),
        OfficePage::Settings => settings::SettingsPage().into_any(),
        OfficePage::Staff => people::StaffPage().into_any(),
        OfficePage::Me => me::MePage().into_any(),
        OfficePage::MoveIn => move_in::MoveInPage().into_any(),
        OfficePage::Webshops => webshops::WebshopsPage().into_any(),
        OfficePage::NewWebshop => webshops::NewWebshopPage().into_any(),
        OfficePage::Webshop => webshops::WebshopPage().into_any(),
    })
}
