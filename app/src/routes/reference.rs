//! The API reference: a part of the app of its own, since few open it, and those seldom.

use latchkey_shared::permission::Permission as May;
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{Page, PageRoute};
use crate::pages::staff::reference;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferencePage {
    Reference,
}

pub(super) const ROUTES: &[PageRoute] =
    &[PageRoute::new("/Reference", Page::Reference(ReferencePage::Reference)).needs(May::SettingsRead)];

#[wasm_split(reference, fallible, wasm_split_path = leptos::wasm_split, preload(fetch))]
pub(super) fn draw(page: ReferencePage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        ReferencePage::Reference => reference::ReferencePage().into_any(),
    })
}
