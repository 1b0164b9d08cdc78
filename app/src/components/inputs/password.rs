//! A password, with a way to look at it and its strength in words.

use leptos::prelude::*;

use crate::components::{Field, FieldTies, Glyph, Icon, Tone, words};

/// How strong a password is. `words` is what is read, `level` (0 to 4) how many of the four bars are filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strength {
    pub level: u8,
    pub words: String,
}

impl Strength {
    const fn tone(&self) -> Tone {
        match self.level {
            0 | 1 => Tone::Bad,
            2 => Tone::Notice,
            _ => Tone::Good,
        }
    }
}

/// A password bound to `value`. Pass `new_password` where one is chosen, so that password managers offer to make one,
/// and `strength` to say how good it is.
#[component]
pub fn PasswordField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional)] new_password: bool,
    #[prop(optional, into)] strength: MaybeProp<Strength>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    let shown = RwSignal::new(false);
    let reveal_label = move || if shown.get() { words::HIDE_PASSWORD } else { words::SHOW_PASSWORD };
    let reveal_glyph = move || {
        let glyph = if shown.get() { Glyph::EyeOff } else { Glyph::Eye };
        view! { <Icon glyph /> }
    };
    view! {
        <Field ties label required=true>
            <div class="input-with-button">
                <input
                    class="input"
                    type=move || if shown.get() { "text" } else { "password" }
                    id=ties.id()
                    name=ties.name()
                    autocomplete=if new_password { "new-password" } else { "current-password" }
                    autocapitalize="none"
                    spellcheck="false"
                    required=true
                    autofocus=autofocus
                    aria-describedby=move || ties.described_by()
                    aria-invalid=move || ties.invalid()
                    prop:value=value
                    on:input=move |event| {
                        value.set(event_target_value(&event));
                        ties.edited();
                    }
                />
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=reveal_label
                    title=reveal_label
                    aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {reveal_glyph}
                </button>
            </div>
            <div aria-live="polite">
                {move || {
                    let strength = strength.get().filter(|_| !value.with(String::is_empty))?;
                    let bars = (1..=4).map(|bar| view! { <span class:filled=bar <= strength.level></span> });
                    Some(
                        view! {
                            <p class=["strength ", strength.tone().class()].concat()>
                                <span class="strength-bars" aria-hidden="true">{bars.collect_view()}</span>
                                <span>{strength.words.clone()}</span>
                            </p>
                        },
                    )
                }}
            </div>
        </Field>
    }
}
