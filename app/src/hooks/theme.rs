//! Light or dark. The choice is the only thing this app keeps in local storage; `boot.js` applies it before the first
//! paint.

use leptos::prelude::*;

const STORED_AS: &str = "theme";

/// Which theme was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// The word in local storage and in `html[data-theme]`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The chosen theme as a signal; setting it applies and keeps it. A browser without storage applies it for this visit.
pub fn use_theme() -> RwSignal<Theme> {
    let storage = window().local_storage().ok().flatten();
    let kept = storage.as_ref().and_then(|storage| storage.get_item(STORED_AS).ok().flatten());
    let theme = RwSignal::new(kept.as_deref().map_or(Theme::System, Theme::from_word));
    Effect::new(move |seen: Option<()>| {
        let theme = theme.get();
        if seen.is_some() {
            apply(theme);
        }
    });
    theme
}

fn apply(theme: Theme) {
    if let Some(root) = document().document_element() {
        // The name is a valid attribute name, so setting it cannot fail.
        let _ = root.set_attribute("data-theme", theme.word());
    }
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage only means that the choice is not remembered.
        let _ = storage.set_item(STORED_AS, theme.word());
    }
}
