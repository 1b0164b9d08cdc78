//! Access tokens and the log of the licence Web API: a part of the app of its own.

use latchkey_shared::permission::Permission as May;
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{Page, PageRoute};
use crate::pages::staff::{log, tokens};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DevelopersPage {
    Tokens,
    NewToken,
    Log,
}

pub(super) const ROUTES: &[PageRoute] = &[
    route("/Tokens", DevelopersPage::Tokens).needs(May::SettingsRead),
    route("/Tokens/New", DevelopersPage::NewToken).needs(May::SettingsWrite),
    route("/Log", DevelopersPage::Log).needs(May::AuditRead),
];

const fn route(pattern: &'static str, page: DevelopersPage) -> PageRoute {
    PageRoute::new(pattern, Page::Developers(page))
}

#[wasm_split(developers, fallible, wasm_split_path = leptos::wasm_split, preload(fetch))]
pub(super) fn draw(page: DevelopersPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        DevelopersPage::Tokens => tokens::TokensPage().into_any(),
        DevelopersPage::NewToken => tokens::NewTokenPage().into_any(),
        DevelopersPage::Log => log::LogPage().into_any(),
    })
}
