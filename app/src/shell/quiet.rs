//! One card on a quiet page: sign-in, sign-up, association, reset.

use leptos::prelude::*;

use crate::components::{Mark, ThemeSwitch};

/// Whose pages these are: the vendor's name and logo (an address on this server).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    pub name: String,
    pub logo: Option<String>,
}

/// Name or logo of the brand. A logo's alternative text is the name.
#[component]
pub fn BrandMark(#[prop(into)] brand: Signal<Brand>) -> impl IntoView {
    move || {
        let Brand { name, logo } = brand.get();
        match logo {
            Some(address) => view! { <img class="brand-logo" src=address alt=name /> }.into_any(),
            None => view! { <span class="brand-name">{name}</span> }.into_any(),
        }
    }
}

/// A page with one card. With `brand` it is the vendor's (name, logo, colour), else Latchkey's own.
#[component]
pub fn QuietPage(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] brand: MaybeProp<Brand>,
    /// Below the card: "No account yet?"
    #[prop(optional, into)]
    below: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let head = move || match brand.get() {
        Some(brand) => view! { <BrandMark brand=Signal::stored(brand) /> }.into_any(),
        None => view! { <Mark /><span class="brand-name">"Latchkey"</span> }.into_any(),
    };
    view! {
        <div class="quiet-page" class:branded=move || brand.with(Option::is_some)>
            <div class="quiet-corner">
                <ThemeSwitch />
            </div>
            <main class="quiet-main" id="content">
                <div class="quiet-brand">{head}</div>
                <section class="card quiet-card">
                    <h1>{title}</h1>
                    {children()}
                </section>
                {below.map(|below| view! { <div class="quiet-below">{below.run()}</div> })}
            </main>
            <Colophon />
        </div>
    }
}

/// Latchkey's mark, small, at the end of the vendor's pages.
#[component]
pub fn Colophon() -> impl IntoView {
    view! {
        <footer class="colophon">
            <Mark />
            <span>"Latchkey"</span>
        </footer>
    }
}
