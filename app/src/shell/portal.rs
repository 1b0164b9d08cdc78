//! The customers' shell: the vendor leads, four pages, a bar at the bottom on a phone.

use leptos::prelude::*;

use super::{Brand, BrandMark, Colophon, NavItem, NavLink, Person, PersonMenu};
use crate::{
    components::{Choice, ThemeSwitch, unique_id, words},
    hooks::set_title_owner,
};

/// Vendor's logo or name, navigation, customer switcher (for a user with several), person, page, foot.
#[component]
pub fn PortalShell(
    #[prop(into)] brand: Signal<Brand>,
    /// The portal's home, behind the logo.
    #[prop(into)]
    home: Signal<String>,
    #[prop(into)] nav: Signal<Vec<NavItem>>,
    #[prop(into)] person: Signal<Person>,
    /// The person's menu: `MenuItem` and `MenuLink`.
    #[prop(into)]
    person_menu: ViewFn,
    /// The customers that the user may choose from; the switcher is drawn from two on.
    #[prop(optional, into)]
    customers: Signal<Vec<Choice>>,
    #[prop(optional, into)] customer: Signal<String>,
    #[prop(optional, into)] on_customer: Option<Callback<(String,)>>,
    children: Children,
) -> impl IntoView {
    set_title_owner(Signal::derive(move || brand.with(|brand| brand.name.clone())));
    let links = move || {
        let draw = |item: NavItem| {
            view! {
                <li>
                    <NavLink item />
                </li>
            }
        };
        nav.get().into_iter().map(draw).collect_view()
    };
    view! {
        <div class="portal branded">
            // With a target, so that the router leaves the jump to the browser, which moves the focus too.
            <a class="skip-link" href="#content" target="_self">
                {words::SKIP_TO_CONTENT}
            </a>
            <header class="portal-top">
                <div class="portal-bar">
                    <a class="portal-home" href=home>
                        <BrandMark brand />
                    </a>
                    <nav class="portal-nav" aria-label=words::MAIN_NAVIGATION>
                        <ul>{links}</ul>
                    </nav>
                    <div class="portal-tools">
                        {on_customer.map(|on_customer| view! { <CustomerSwitch customers customer on_customer /> })}
                        <ThemeSwitch />
                        <PersonMenu person>{person_menu.run()}</PersonMenu>
                    </div>
                </div>
            </header>
            <main class="portal-main" id="content" tabindex="-1">
                {children()}
            </main>
            <Colophon />
        </div>
    }
}

#[component]
fn CustomerSwitch(
    customers: Signal<Vec<Choice>>,
    customer: Signal<String>,
    on_customer: Callback<(String,)>,
) -> impl IntoView {
    let id = unique_id("customer");
    let option = move |choice: Choice| {
        let own = choice.value.clone();
        view! {
            <option value=choice.value prop:selected=move || customer.with(|customer| *customer == own)>
                {choice.label}
            </option>
        }
    };
    let options = move || customers.get().into_iter().map(option).collect_view();
    view! {
        <div class="customer-switch" hidden=move || customers.with(|customers| customers.len() < 2)>
            <label class="unseen" for=id.clone()>
                {words::SWITCH_CUSTOMER}
            </label>
            <select class="input small" id=id on:change=move |event| on_customer.run((event_target_value(&event),))>
                {options}
            </select>
        </div>
    }
}
