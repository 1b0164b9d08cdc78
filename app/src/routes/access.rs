//! Pages for anybody: a part of the app of their own.

use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{Page, PageRoute};
use crate::pages::{
    portal,
    staff::{auth, start},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessPage {
    Start,
    StaffSignIn,
    StaffWelcome,
    StaffForgot,
    StaffReset,
    Company,
    Associate,
    PortalSignIn,
    PortalForgot,
    PortalReset,
    PortalTerms,
    #[cfg(debug_assertions)]
    Kit,
}

pub(super) const ROUTES: &[PageRoute] = &[
    route("/", AccessPage::Start),
    route("/Staff/SignIn", AccessPage::StaffSignIn),
    route("/Staff/Welcome", AccessPage::StaffWelcome),
    route("/Staff/Forgot", AccessPage::StaffForgot),
    route("/Staff/Reset", AccessPage::StaffReset),
    route("/Portal/@:domain", AccessPage::Company),
    route("/Portal/@:domain/Associate", AccessPage::Associate),
    route("/Portal/SignIn", AccessPage::PortalSignIn),
    route("/Portal/Forgot", AccessPage::PortalForgot),
    route("/Portal/Reset", AccessPage::PortalReset),
    route("/Portal/Terms", AccessPage::PortalTerms),
    #[cfg(debug_assertions)]
    route("/kit/:part?", AccessPage::Kit),
];

const fn route(pattern: &'static str, page: AccessPage) -> PageRoute {
    PageRoute::new(pattern, Page::Access(page))
}

#[wasm_split(access, fallible, wasm_split_path = leptos::wasm_split, preload(fetch))]
pub(super) fn draw(page: AccessPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        AccessPage::Start => start::StartPage().into_any(),
        AccessPage::StaffSignIn => auth::SignInPage().into_any(),
        AccessPage::StaffWelcome => auth::WelcomePage().into_any(),
        AccessPage::StaffForgot => auth::ForgotPage().into_any(),
        AccessPage::StaffReset => auth::ResetPage().into_any(),
        AccessPage::Company => portal::CompanyPage().into_any(),
        AccessPage::Associate => portal::AssociatePage().into_any(),
        AccessPage::PortalSignIn => portal::SignInPage().into_any(),
        AccessPage::PortalForgot => portal::ForgotPage().into_any(),
        AccessPage::PortalReset => portal::ResetPage().into_any(),
        AccessPage::PortalTerms => portal::TermsPage().into_any(),
        #[cfg(debug_assertions)]
        AccessPage::Kit => crate::kit::Kit().into_any(),
    })
}
