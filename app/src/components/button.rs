//! Buttons, and links that look like buttons.

use leptos::{ev, prelude::*};

use super::{Glyph, Icon, Press, words};

/// How much a button asks for attention. One primary per page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    Primary,
    #[default]
    Secondary,
    /// No border and no background until hovered.
    Quiet,
    /// For what destroys or cannot be undone.
    Danger,
}

impl Look {
    const fn class(self, small: bool) -> &'static str {
        match (self, small) {
            (Self::Primary, false) => "button primary",
            (Self::Primary, true) => "button primary small",
            (Self::Secondary, false) => "button",
            (Self::Secondary, true) => "button small",
            (Self::Quiet, false) => "button quiet",
            (Self::Quiet, true) => "button quiet small",
            (Self::Danger, false) => "button danger",
            (Self::Danger, true) => "button danger small",
        }
    }
}

/// A push button. While `busy` it keeps its width and its focus, shows a spinner and ignores presses.
#[component]
pub fn Button(
    children: Children,
    #[prop(optional)] look: Look,
    /// Submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] icon: Option<Glyph>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_press: Press,
) -> impl IntoView {
    let press = move |event: ev::MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else {
            on_press.run();
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=look.class(small)
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span class="button-label">{children()}</span>
        </button>
    }
}

/// A square button with a picture only; `label` is its accessible name and tooltip.
#[component]
pub fn IconButton(
    glyph: Glyph,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_press: Press,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button quiet icon-only"
            aria-label=label
            title=label
            disabled=disabled
            on:click=move |_| on_press.run()
        >
            <Icon glyph />
        </button>
    }
}

/// A link with the looks of a button. With `new_tab` it says so and passes no referrer.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: Signal<String>,
    children: Children,
    #[prop(optional)] look: Look,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] icon: Option<Glyph>,
    #[prop(optional)] new_tab: bool,
) -> impl IntoView {
    view! {
        <a
            class=look.class(small)
            href=href
            target=new_tab.then_some("_blank")
            rel=new_tab.then_some("noopener noreferrer")
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span class="button-label">{children()}</span>
            {new_tab.then(|| view! { <Icon glyph=Glyph::External /><span class="unseen">{words::OPENS_NEW_TAB}</span> })}
        </a>
    }
}

/// A link with the looks of a button that downloads a file from the server.
#[component]
pub fn DownloadLink(
    #[prop(into)] href: Signal<String>,
    children: Children,
    #[prop(optional, into)] title: MaybeProp<String>,
    /// The file's name, where the server does not say it.
    #[prop(optional, into)]
    name: String,
) -> impl IntoView {
    view! {
        <a class=Look::Secondary.class(false) href=href title=move || title.get() download=name>
            <Icon glyph=Glyph::Download />
            <span class="button-label">{children()}</span>
        </a>
    }
}

/// A link in running text that leaves the app.
#[component]
pub fn OutLink(#[prop(into)] href: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <a class="out-link" href=href target="_blank" rel="noopener noreferrer">
            {children()}
            <Icon glyph=Glyph::External />
            <span class="unseen">" (" {words::OPENS_NEW_TAB} ")"</span>
        </a>
    }
}

/// Puts buttons side by side; on a phone they wrap.
#[component]
pub fn ButtonRow(
    children: Children,
    /// Pushes the buttons to the end of the line.
    #[prop(optional)]
    end: bool,
) -> impl IntoView {
    view! { <div class="button-row" class:end=end>{children()}</div> }
}
