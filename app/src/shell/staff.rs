//! Staff's shell: rail at the left, bar at the top, page in the middle. On a phone the rail is a sheet from below.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

use super::{NavItem, NavList, Person, PersonMenu};
use crate::{
    components::{Badge, Breadcrumb, Glyph, Icon, IconButton, Mark, ThemeSwitch, Tone, Trail, words},
    hooks::{has_apple_keyboard, use_command_key, use_effect, use_modal},
};

/// Which data this is, in a word, so that nobody takes a demo for the real thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    pub label: String,
    pub tone: Tone,
}

/// The shell. `nav` holds what the person may see; `palette` is opened by the search button and by Ctrl or ⌘ K; the
/// palette itself is drawn by the caller.
#[component]
pub fn StaffShell(
    #[prop(into)] nav: Signal<Vec<NavItem>>,
    #[prop(into)] person: Signal<Person>,
    /// The person's menu: `MenuItem` and `MenuLink`.
    #[prop(into)]
    person_menu: ViewFn,
    palette: RwSignal<bool>,
    #[prop(optional, into)] environment: MaybeProp<Environment>,
    children: Children,
) -> impl IntoView {
    let collapsed = RwSignal::new(false);
    let sheet = RwSignal::new(false);
    let trail = RwSignal::new(Vec::new());
    provide_context(Trail(trail));
    use_command_key("k", move || palette.update(|open| *open = !*open));
    view! {
        <div class="staff" class:collapsed=collapsed>
            // With a target, so that the router leaves the jump to the browser, which moves the focus too.
            <a class="skip-link" href="#content" target="_self">
                {words::SKIP_TO_CONTENT}
            </a>
            <nav class="rail" aria-label=words::MAIN_NAVIGATION>
                <a class="rail-home" href="/">
                    <Mark />
                    <span class="nav-label">"Latchkey"</span>
                </a>
                <NavList items=nav at_foot=false />
                <NavList items=nav at_foot=true />
                <RailToggle collapsed />
            </nav>
            <header class="top">
                <IconButton glyph=Glyph::Menu label=words::MENU on_press=move || sheet.set(true) />
                <div class="top-crumbs">{move || view! { <Breadcrumb crumbs=trail.get() /> }}</div>
                <SearchButton palette />
                <div class="top-tools">
                    {move || {
                        environment
                            .get()
                            .map(|Environment { label, tone }| view! { <Badge tone=Signal::stored(tone) text=label /> })
                    }}
                    <ThemeSwitch />
                    <PersonMenu person>{person_menu.run()}</PersonMenu>
                </div>
            </header>
            <main class="page" id="content" tabindex="-1">
                {children()}
            </main>
            <NavSheet nav open=sheet />
        </div>
    }
}

#[component]
fn RailToggle(collapsed: RwSignal<bool>) -> impl IntoView {
    let word = move || if collapsed.get() { words::WIDEN } else { words::NARROW };
    let glyph = move || {
        let glyph = if collapsed.get() { Glyph::ChevronRight } else { Glyph::ChevronLeft };
        view! { <Icon glyph /> }
    };
    view! {
        <button
            type="button"
            class="nav-link rail-toggle"
            title=word
            aria-expanded=move || (!collapsed.get()).to_string()
            on:click=move |_| collapsed.update(|collapsed| *collapsed = !*collapsed)
        >
            {glyph}
            <span class="nav-label">{word}</span>
        </button>
    }
}

#[component]
fn SearchButton(palette: RwSignal<bool>) -> impl IntoView {
    let keys = if has_apple_keyboard() { "⌘K" } else { "Ctrl K" };
    view! {
        <button
            type="button"
            class="top-search"
            aria-haspopup="dialog"
            on:click=move |_| palette.set(true)
        >
            <Icon glyph=Glyph::Search />
            <span class="top-search-hint">{words::PALETTE_HINT}</span>
            <kbd>{keys}</kbd>
        </button>
    }
}

/// The navigation as a sheet from below, for phones. Going anywhere closes it.
#[component]
fn NavSheet(nav: Signal<Vec<NavItem>>, open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    use_modal(dialog, open.into());
    let path = use_location().pathname;
    use_effect(move || {
        path.track();
        open.set(false);
    });
    view! {
        <dialog
            class="sheet"
            node_ref=dialog
            aria-label=words::MAIN_NAVIGATION
            on:close=move |_| open.set(false)
            on:mousedown=move |event| {
                let dialog = dialog.get_untracked();
                if dialog.is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref())) {
                    open.set(false);
                }
            }
        >
            <nav class="sheet-nav" aria-label=words::MAIN_NAVIGATION>
                <NavList items=nav at_foot=false />
                <NavList items=nav at_foot=true />
            </nav>
        </dialog>
    }
}
