//! The page: the list at the side, the chosen method beside it. On a phone it is one or the other.

use std::sync::Arc;

use latchkey_shared::text::reference as text;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;

use super::{
    document::{self, Group},
    list, method, start,
};
use crate::{
    api::{Shown, load, reference},
    components::{Glyph, Icon, OutLink, PageHeader},
    hooks::use_query_state,
    pages::staff::developers,
};

#[component]
pub fn ReferencePage() -> impl IntoView {
    let document = load(reference::document);
    let token = RwSignal::new(String::new());
    view! {
        <PageHeader title=text::TITLE>
            <span>{text::INTRO}</span>
            <OutLink href="/api/openapi.json">{text::DOCUMENT}</OutLink>
        </PageHeader>
        {developers::tabs()}
        {document.view(12, move |document| draw(document, token))}
    }
    .into_any()
}

fn draw(document: Shown<Value>, token: RwSignal<String>) -> AnyView {
    let groups: Arc<Vec<Group>> = Arc::new(document.with_untracked(document::groups));
    let query = use_query_state();
    let current = query.memo("method");
    Effect::new(move |seen: Option<()>| {
        current.track();
        if seen.is_some() {
            request_animation_frame(focus_method);
        }
    });
    let known = Arc::clone(&groups);
    let body = move || {
        let key = current.get();
        let mut all = known.iter().flat_map(|group| &group.methods);
        let found = key.and_then(|key| all.find(|method| method.key() == key));
        found.map_or_else(start::draw, |found| method::draw(found, token))
    };
    view! {
        <div class="reference" class:chosen=move || current.with(Option::is_some)>
            {list::draw(&groups, current, query)}
            <div class="reference-body stack">
                <a class="reference-back" href=move || query.href(&[("method", None)])>
                    <Icon glyph=Glyph::ChevronLeft />
                    {text::ALL_METHODS}
                </a>
                {body}
            </div>
        </div>
    }
    .into_any()
}

/// Whoever chose a method reads on at its name.
fn focus_method() {
    let Ok(Some(heading)) =
        window().document().map_or(Ok(None), |page| page.query_selector(".reference-head h2"))
    else {
        return;
    };
    if let Some(heading) = heading.dyn_ref::<web_sys::HtmlElement>() {
        // An element that cannot take the focus is merely not focused.
        let _ = heading.focus();
    }
}
