//! The page: its tabs, and the section of the address.

use latchkey_shared::{
    api::settings::Settings,
    permission::Permission,
    text::{move_in, settings as text, signing},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    billing::{RefundsCard, TaxCard},
    company::CompanySection,
    links::LinksSection,
    logo::LogoCard,
    mail::MailSection,
    own_licences::OwnLicencesSection,
    self_service::SelfServiceCard,
    signing::SigningSection,
    terms::TermsSection,
    web_api::WebApiSection,
};
use crate::{
    api::{self, load},
    components::{Banner, PageHeader, Stack, Tab, Tabs, Tone},
    pages::staff::show::may,
    routes::use_param,
    session::use_session,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Company,
    Terms,
    Links,
    Mail,
    Billing,
    OwnLicences,
    Signing,
    WebApi,
}

/// The settings shown, and what a section calls when it has changed them.
#[derive(Clone, Copy)]
pub struct Shown {
    pub data: api::Shown<Settings>,
    pub saved: Callback<(Settings,)>,
    pub read_only: bool,
}

#[component]
pub fn SettingsPage() -> impl IntoView {
    let session = use_session();
    let path = use_location().pathname;
    let settings = load(api::settings::get);
    let section = use_param("section");
    let section = Memo::new(move |_| match section.get().as_deref() {
        Some("terms") => Section::Terms,
        Some("links") => Section::Links,
        Some("mail") => Section::Mail,
        Some("billing") => Section::Billing,
        Some("portal") => Section::OwnLicences,
        Some("signing") => Section::Signing,
        Some("web-api") => Section::WebApi,
        _ => Section::Company,
    });
    let saved = Callback::from(move |saved: Settings| {
        settings.set(saved);
        // Name, logo and time zone are part of the session.
        session.refresh();
    });
    let read_only = !may(Permission::SettingsWrite);
    let body = settings.view(8, move |data| {
        let shown = Shown { data, saved, read_only };
        let section = move || match section.get() {
            Section::Company => view! {
                <CompanySection shown />
                <LogoCard shown />
                <SelfServiceCard read_only />
            }
            .into_any(),
            Section::Terms => view! { <TermsSection shown /> }.into_any(),
            Section::Links => view! { <LinksSection shown /> }.into_any(),
            Section::Mail => view! { <MailSection shown /> }.into_any(),
            Section::Billing => view! {
                <TaxCard read_only />
                <RefundsCard shown />
            }
            .into_any(),
            Section::OwnLicences => view! { <OwnLicencesSection shown /> }.into_any(),
            Section::Signing => view! { <SigningSection /> }.into_any(),
            Section::WebApi => view! { <WebApiSection read_only /> }.into_any(),
        };
        view! { {section} }.into_any()
    });
    view! {
        <PageHeader title=text::TITLE />
        <Tabs label=text::TABS_LABEL tabs=Signal::derive(move || path.with(|path| tabs(path))) />
        {read_only.then(|| view! { <Banner tone=Tone::Neutral title=text::READ_ONLY /> })}
        <div class="form-page">
            <Stack>{body}</Stack>
        </div>
    }
    .into_any()
}

fn tabs(path: &str) -> Vec<Tab> {
    // The company is what the bare address shows too.
    let bare = path.trim_end_matches('/').eq_ignore_ascii_case("/Settings");
    let company = if bare { path } else { "/Settings/company" };
    let mut tabs = vec![
        Tab::new(text::COMPANY, company),
        Tab::new(text::TERMS, "/Settings/terms"),
        Tab::new(text::LINKS, "/Settings/links"),
        Tab::new(text::PORTAL, "/Settings/portal"),
        Tab::new(text::BILLING, "/Settings/billing"),
        Tab::new(text::MAIL, "/Settings/mail"),
        Tab::new(signing::KEYS, "/Settings/signing"),
        Tab::new(signing::WEB_API, "/Settings/web-api"),
    ];
    if may(Permission::StripeRead) {
        tabs.push(Tab::new(text::STRIPE, "/Stripe"));
    }
    tabs.push(Tab::new(move_in::TITLE, "/MoveIn"));
    tabs
}
