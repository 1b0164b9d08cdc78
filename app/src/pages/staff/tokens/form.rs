//! What stands in the form of a new token.

use latchkey_shared::{
    api::tokens::AddToken,
    ids::{KeyGlobalId, ProductId},
    text::tokens as text,
};
use leptos::prelude::*;

use super::{
    scopes::{ScopeBox, ScopeGroup, chosen},
    state::EXCHANGE,
};
use crate::{api::check, components::FormErrors, pages::staff::keys::end_of_day};

/// Words of the choice [`Fields::purpose`].
pub const SHIPPED: &str = "shipped";
pub const CHOSEN: &str = "chosen";
pub const EVERYTHING: &str = "everything";
/// Words of the choice [`Fields::key`].
pub const EXCHANGE_ONLY: &str = "exchange";
pub const ONE_KEY: &str = "one";

/// The scope that stands for all of them.
const EVERY_SCOPE: &str = "*";

#[derive(Clone, Copy)]
pub struct Fields {
    pub name: RwSignal<String>,
    pub purpose: RwSignal<String>,
    pub product: RwSignal<String>,
    pub key: RwSignal<String>,
    pub key_id: RwSignal<Option<i64>>,
    pub limit: RwSignal<Option<i64>>,
    pub day: RwSignal<String>,
}

impl Fields {
    pub fn new() -> Self {
        Self {
            name: RwSignal::default(),
            purpose: RwSignal::new(SHIPPED.to_owned()),
            product: RwSignal::default(),
            key: RwSignal::default(),
            key_id: RwSignal::default(),
            limit: RwSignal::default(),
            day: RwSignal::default(),
        }
    }

    /// What to send, or `None` after showing what is missing or does not go together.
    pub fn form(self, groups: &[ScopeGroup], zone: &str, errors: FormErrors) -> Option<AddToken> {
        let chosen = self.purpose.with_untracked(|purpose| scopes_for(purpose, groups));
        let day = self.day.get_untracked();
        let form = AddToken {
            name: self.name.get_untracked(),
            scopes: chosen.iter().map(|(name, _)| name.clone()).collect(),
            product_lock: self.product.with_untracked(|id| id.parse().ok()).map(ProductId),
            key_lock: self.key_lock(errors).map(KeyGlobalId),
            feature_lock: self.limit.get_untracked(),
            expires: end_of_day(&day, zone),
        };
        if form.scopes.is_empty() {
            errors.set("scopes", text::SCOPES_MISSING);
        }
        let locked = form.product_lock.is_some() || form.key_lock.is_some();
        if locked && chosen.iter().any(|(_, of_latchkey)| *of_latchkey) {
            errors.set("product_lock", text::LOCK_AND_LATCHKEY);
        }
        if !day.is_empty() && form.expires.is_none() {
            errors.set("expires", text::EXPIRY_WRONG);
        }
        (errors.settle() && check(&form, errors)).then_some(form)
    }

    fn key_lock(self, errors: FormErrors) -> Option<i64> {
        match self.key.get_untracked().as_str() {
            EXCHANGE_ONLY => Some(EXCHANGE),
            ONE_KEY => {
                let id = self.key_id.get_untracked();
                if id.is_none() {
                    errors.set("key_lock", text::KEY_MISSING);
                }
                id
            }
            _ => None,
        }
    }
}

/// The scopes of a purpose, with whether each is of `/api/v1`.
fn scopes_for(purpose: &str, groups: &[ScopeGroup]) -> Vec<(String, bool)> {
    match purpose {
        SHIPPED => text::SHIPPED_SCOPES.iter().map(|scope| ((*scope).to_owned(), false)).collect(),
        EVERYTHING => vec![(EVERY_SCOPE.to_owned(), false)],
        _ => {
            chosen(groups).into_iter().map(|ScopeBox { name, of_latchkey, .. }| (name, of_latchkey)).collect()
        }
    }
}
