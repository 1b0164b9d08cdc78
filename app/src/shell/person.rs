//! Who is signed in, and what concerns them.

use leptos::prelude::*;

use crate::components::{Avatar, Menu};

/// The person signed in, as the shell shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    /// An e-mail address, a role: the second line.
    pub detail: String,
}

/// The person's menu. The children are `MenuItem` and `MenuLink`.
#[component]
pub fn PersonMenu(#[prop(into)] person: Signal<Person>, children: ChildrenFn) -> impl IntoView {
    let name = Signal::derive(move || person.with(|person| person.name.clone()));
    view! {
        <Menu label=name face=move || view! { <Avatar name /> }>
            <div class="menu-head" role="presentation">
                <p class="menu-name">{name}</p>
                <p class="menu-detail">{move || person.with(|person| person.detail.clone())}</p>
            </div>
            {children()}
        </Menu>
    }
}
