//! Every component in every state, for looking at and for the accessibility check. Development builds only.

mod charts;
mod controls;
mod customer;
mod fields;
mod icons;
mod lists;
mod messages;
mod overlays;
mod portal;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    components::{Glyph, MenuItem, MenuLine, MenuLink, Palette, PaletteGroup, PaletteItem, Tone, use_toasts},
    shell::{Environment, NavItem, NotFound, Person, StaffShell},
};

/// The pages `/kit/…`: one per group of components, inside the shell that it belongs to.
#[component]
pub fn Kit() -> impl IntoView {
    let path = use_location().pathname;
    let part =
        Memo::new(move |_| path.with(|path| path.trim_start_matches("/kit").trim_matches('/').to_owned()));
    move || match part.get().as_str() {
        "" => staff(|| view! { <controls::Controls /> }.into_any()),
        "fields" => staff(|| view! { <fields::Fields /> }.into_any()),
        "lists" => staff(|| view! { <lists::Lists /> }.into_any()),
        "messages" => staff(|| view! { <messages::Messages /> }.into_any()),
        "overlays" => staff(|| view! { <overlays::Overlays /> }.into_any()),
        "charts" => staff(|| view! { <charts::Charts /> }.into_any()),
        "customer" => staff(|| view! { <customer::Customer /> }.into_any()),
        "portal" => view! { <portal::Home /> }.into_any(),
        "plans" => view! { <portal::Plans /> }.into_any(),
        "quiet" => view! { <portal::SignUp /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    }
}

fn staff(page: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    let palette = RwSignal::new(false);
    let query = RwSignal::new(String::new());
    let toasts = use_toasts();
    let greet = Callback::from(move || toasts.good("Hello"));
    let groups = Signal::derive(move || query.with(|query| found(query, greet)));
    let person = Person { name: "Ada Lovelace".to_owned(), detail: "ada@example.com · owner".to_owned() };
    let person_menu = || {
        view! {
            <MenuLink href="/kit/fields" icon=Glyph::Person>
                "My account"
            </MenuLink>
            <MenuLine />
            <MenuItem icon=Glyph::SignOut on_press=|| ()>
                "Sign out"
            </MenuItem>
        }
    };
    view! {
        <StaffShell
            nav=nav()
            person=Signal::stored(person)
            person_menu=person_menu
            palette
            environment=Environment { label: "Demo".to_owned(), tone: Tone::Notice }
        >
            {page()}
        </StaffShell>
        <Palette open=palette groups on_query=move |text: String| query.set(text) />
    }
    .into_any()
}

fn nav() -> Vec<NavItem> {
    vec![
        NavItem::new("Controls", "/kit", Glyph::Dashboard).exact(),
        NavItem::new("Fields", "/kit/fields", Glyph::Edit),
        NavItem::new("Lists", "/kit/lists", Glyph::Table),
        NavItem::new("Messages", "/kit/messages", Glyph::Attention).count(Signal::stored(3)),
        NavItem::new("Overlays", "/kit/overlays", Glyph::Screen),
        NavItem::new("Charts", "/kit/charts", Glyph::Chart),
        NavItem::new("A customer", "/kit/customer", Glyph::People),
        NavItem::new("Portal", "/kit/portal", Glyph::Home).at_foot(),
        NavItem::new("Plans", "/kit/plans", Glyph::Cart).at_foot(),
        NavItem::new("Quiet page", "/kit/quiet", Glyph::Lock).at_foot(),
    ]
}

fn found(query: &str, greet: Callback<()>) -> Vec<PaletteGroup> {
    let query = query.to_lowercase();
    let matching = |items: Vec<PaletteItem>| {
        items.into_iter().filter(|item| item.label.to_lowercase().contains(&query)).collect::<Vec<_>>()
    };
    let customers = vec![
        PaletteItem::go(Glyph::People, "Northwind Traders", "/kit/customer").note("#1042"),
        PaletteItem::go(Glyph::People, "Hopper & Daughters", "/kit/customer").note("#1041"),
    ];
    let pages = nav().into_iter().map(|item| PaletteItem::go(item.glyph, item.label, item.href)).collect();
    vec![
        PaletteGroup { title: "Customers".to_owned(), items: matching(customers) },
        PaletteGroup { title: "Pages".to_owned(), items: matching(pages) },
        PaletteGroup {
            title: "Actions".to_owned(),
            items: matching(vec![PaletteItem::act(Glyph::Speech, "Say hello", greet)]),
        },
    ]
}
