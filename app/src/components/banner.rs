//! A message that belongs to a page or a form, not to a moment.

use leptos::prelude::*;

use super::{Glyph, Icon, IconButton, Press, Tone, words};

/// A coloured strip with an icon, a title, and optionally more text and actions as children. With `alert` it is read
/// out when it appears; with `on_dismiss` it can be put away.
#[component]
pub fn Banner(
    #[prop(optional)] tone: Tone,
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] alert: bool,
    #[prop(optional, into)] on_dismiss: Press,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let glyph = match tone {
        Tone::Good => Glyph::Check,
        Tone::Notice | Tone::Bad => Glyph::Attention,
        Tone::Neutral | Tone::Accent => Glyph::Info,
    };
    view! {
        <div class=["banner ", tone.class()].concat() role=alert.then_some("alert")>
            <Icon glyph />
            <div class="banner-text">
                <p class="banner-title">{title}</p>
                {children.map(|children| children())}
            </div>
            {on_dismiss
                .get()
                .map(|on_press| view! { <IconButton glyph=Glyph::Cross label=words::DISMISS on_press /> })}
        </div>
    }
}
