//! How a token stands, and what it is locked to, in words.

use latchkey_shared::{api::tokens::Token, permission::Permission, text::tokens as text};
use leptos::prelude::*;

use crate::{
    components::{Tone, now_ms},
    pages::staff::show::{self, may},
};

/// The key lock of a token that is only good for being exchanged.
pub const EXCHANGE: i64 = -1;

/// Whether programs are let in with it.
pub fn in_force(token: &Token) -> bool {
    token.revoked.is_none() && !has_expired(token)
}

fn has_expired(token: &Token) -> bool {
    token.expires.is_some_and(|at| at.millis() <= now_ms())
}

pub fn badge(token: &Token) -> AnyView {
    let (tone, word) = if token.revoked.is_some() {
        (Tone::Neutral, text::REVOKED)
    } else if has_expired(token) {
        (Tone::Notice, text::EXPIRED)
    } else {
        (Tone::Good, text::IN_FORCE)
    };
    show::badge(tone, word)
}

/// Its locks, with links to what they name.
pub fn locks(token: &Token) -> AnyView {
    let product = token.product_lock.map(|id| {
        linked(Permission::ProductsRead, ["/Products/", &id.to_string()].concat(), text::product_number(id.0))
    });
    let key = token.key_lock.map(|id| {
        if id.0 == EXCHANGE {
            return text::EXCHANGE_SHORT.into_any();
        }
        linked(Permission::KeysRead, ["/Keys/", &id.to_string()].concat(), text::key_number(id.0))
    });
    let limit = token.feature_lock.map(|limit| text::at_most(limit).into_any());
    let locks: Vec<AnyView> = [product, key, limit].into_iter().flatten().collect();
    if locks.is_empty() {
        return show::quiet(text::NOT_LOCKED);
    }
    let locks = locks.into_iter().map(|lock| view! { <span>{lock}</span> }).collect_view();
    view! { <span class="lines">{locks}</span> }.into_any()
}

fn linked(permission: Permission, href: String, words: String) -> AnyView {
    if may(permission) { view! { <a href=href>{words}</a> }.into_any() } else { words.into_any() }
}
