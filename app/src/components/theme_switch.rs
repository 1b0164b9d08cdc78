//! Light, dark, or as the system.

use leptos::prelude::*;

use super::{Glyph, Menu, MenuItem, words};
use crate::hooks::{Theme, use_theme};

/// A menu of the three themes.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let theme = use_theme();
    let item = move |own: Theme, glyph: Glyph, word: &'static str| {
        let checked = Signal::derive(move || theme.get() == own);
        view! {
            <MenuItem icon=glyph checked on_press=move || theme.set(own)>
                {word}
            </MenuItem>
        }
    };
    view! {
        <Menu label=words::THEME glyph=Glyph::Sun>
            {item(Theme::System, Glyph::Screen, words::THEME_SYSTEM)}
            {item(Theme::Light, Glyph::Sun, words::THEME_LIGHT)}
            {item(Theme::Dark, Glyph::Moon, words::THEME_DARK)}
        </Menu>
    }
}
