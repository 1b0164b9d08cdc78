//! Saying so when the network is gone.

use leptos::prelude::*;

use crate::{
    components::{Glyph, Icon, words},
    hooks::use_online,
};

/// A strip across the page while the browser has no network.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let online = use_online();
    view! {
        <div role="status">
            <Show when=move || !online.get()>
                <p class="offline">
                    <Icon glyph=Glyph::Offline />
                    <span>{words::OFFLINE}</span>
                </p>
            </Show>
        </div>
    }
}
