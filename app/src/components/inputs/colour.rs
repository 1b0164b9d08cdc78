//! A colour.

use leptos::prelude::*;

use crate::components::{Field, FieldTies, words};

/// A colour bound to `value` as `#rrggbb`: the browser's picker and the digits beside it are the same value.
#[component]
pub fn ColourField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    // The picker takes nothing but a complete colour and shows black for the rest.
    let picked = move || value.with(|text| if is_colour(text) { text.clone() } else { "#000000".to_owned() });
    view! {
        <Field ties label required=true>
            <div class="input-with-swatch">
                <input
                    type="color"
                    class="swatch"
                    aria-label=label
                    disabled=disabled
                    prop:value=picked
                    on:input=move |event| {
                        value.set(event_target_value(&event));
                        ties.edited();
                    }
                />
                <input
                    class="input code"
                    id=ties.id()
                    name=ties.name()
                    maxlength="7"
                    autocomplete="off"
                    spellcheck="false"
                    title=words::COLOUR_FORMAT
                    disabled=disabled
                    aria-describedby=move || ties.described_by()
                    aria-invalid=move || ties.invalid()
                    prop:value=value
                    on:input=move |event| {
                        value.set(event_target_value(&event));
                        ties.edited();
                    }
                />
            </div>
        </Field>
    }
}

/// Whether `text` is `#` and six hexadecimal digits.
pub fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::is_colour;

    #[test]
    fn only_complete_colours_count() {
        assert!(is_colour("#7d570c"));
        assert!(is_colour("#ABCdef"));
        for wrong in ["", "735417", "#73541", "#7d570c0", "#73541g", "#ääx"] {
            assert!(!is_colour(wrong), "{wrong}");
        }
    }
}
