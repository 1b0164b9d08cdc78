//! The vendor's colour, with what it will look like.

use latchkey_shared::{
    brand::{Brand, READABLE, Rgb},
    text::settings as text,
};
use leptos::{html, prelude::*};

use crate::components::{CheckboxField, ColourField};
use crate::hooks::use_effect;

const STYLE_SHEET: &str = "/api/v1/brand.css";

#[component]
pub fn ColourPart(own: RwSignal<bool>, colour: RwSignal<String>) -> impl IntoView {
    let brand = Memo::new(move |_| colour.with(|colour| Rgb::parse(colour.trim())).map(Brand::of));
    view! {
        <CheckboxField name="own_colour" value=own>
            {text::COLOUR_OWN}
        </CheckboxField>
        <Show when=move || own.get()>
            <ColourField name="accent" label=text::COLOUR value=colour help=text::COLOUR_HELP />
            <Preview brand />
        </Show>
    }
    .into_any()
}

#[component]
fn Preview(brand: Memo<Option<Brand>>) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    use_effect(move || {
        let (Some(frame), Some(brand)) = (frame.get(), brand.get()) else { return };
        // The script interface for styles is not subject to the content policy; a `style` attribute would be.
        let style = web_sys::HtmlElement::style(&frame);
        for (name, value) in brand.properties() {
            // Name and value are valid, so nothing can be refused.
            let _ = style.set_property(name, &value);
        }
    });
    let note = move |theme: usize| {
        let name = if theme == 0 { text::PREVIEW_LIGHT } else { text::PREVIEW_DARK };
        brand.get().map(|brand| {
            let ratio = brand.bare_contrast()[theme];
            text::contrast(name, hundredths(ratio), ratio >= READABLE)
        })
    };
    view! {
        <div class="brand-preview" node_ref=frame role="group" aria-label=text::PREVIEW>
            {pane("light")}
            {pane("dark")}
        </div>
        <ul class="contrast-notes" aria-live="polite">
            <li>{move || note(0)}</li>
            <li>{move || note(1)}</li>
        </ul>
    }
    .into_any()
}

fn pane(theme: &'static str) -> AnyView {
    view! {
        <div class=["branded brand-pane ", theme].concat()>
            <span class="button primary">
                <span class="button-label">{text::PREVIEW_BUTTON}</span>
            </span>
            <span class="brand-link">{text::PREVIEW_LINK}</span>
        </div>
    }
    .into_any()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a contrast lies between 1 and 21"
)]
fn hundredths(ratio: f32) -> u32 {
    // Cut off, not rounded: 4.498 is not enough and must not read as 4.50.
    (ratio * 100.0) as u32
}

/// Loads the vendor's style sheet again after a change of the colour.
pub fn reload_brand() {
    let link = document().query_selector(&["link[href^='", STYLE_SHEET, "']"].concat());
    if let Ok(Some(link)) = link {
        let fresh = [STYLE_SHEET, "?at=", &crate::components::now_ms().to_string()].concat();
        // The name is a valid attribute name.
        let _ = link.set_attribute("href", &fresh);
    }
}
