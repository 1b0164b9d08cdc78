//! A menu on a native popover: it closes on Escape and on a click elsewhere by itself.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Glyph, Icon, unique_id, words};

#[derive(Clone, Copy)]
struct MenuClose(Callback<()>);

/// A button that opens a list of [`MenuItem`] and [`MenuLink`]. Arrow keys, Home and End move in it.
#[component]
pub fn Menu(
    #[prop(into)] label: Signal<String>,
    children: ChildrenFn,
    #[prop(default = Glyph::More)] glyph: Glyph,
    /// Shows this in place of the icon-only button.
    #[prop(optional, into)]
    face: Option<ViewFn>,
    /// Shows this word on a button like others; the label must begin with it.
    #[prop(optional)]
    word: &'static str,
) -> impl IntoView {
    let id = unique_id("menu");
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();
    let (open, set_open) = signal(false);
    let close = Callback::from(move || {
        if let Some(list) = list.get_untracked() {
            // Fails only when it is closed already.
            let _ = list.hide_popover();
        }
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    });
    provide_context(MenuClose(close));
    let toggled = move |_| {
        let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) else { return };
        let now_open = list.matches(":popover-open").unwrap_or(false);
        set_open.set(now_open);
        if now_open {
            place(&button, &list);
            focus_item(&list, Step::First);
        }
    };
    let face = match face {
        Some(face) => view! { <span class="menu-face">{face.run()}</span> }.into_any(),
        None if word.is_empty() => view! { <Icon glyph /> }.into_any(),
        None => {
            view! { <span class="button-label">{word}</span><Icon glyph=Glyph::ChevronDown /> }.into_any()
        }
    };
    let class = if word.is_empty() { "button quiet menu-button" } else { "button" };
    view! {
        <button
            type="button"
            class=class
            node_ref=button
            popovertarget=id.clone()
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-label=label
            title=label
        >
            {face}
        </button>
        <div
            class="menu"
            node_ref=list
            id=id
            popover="auto"
            role="menu"
            aria-label=label
            on:toggle=toggled
            on:keydown=move |event| move_by_key(&event, list)
        >
            {children()}
        </div>
    }
}

/// Something to do. It closes the menu first.
#[component]
pub fn MenuItem(
    #[prop(into)] on_press: Callback<()>,
    children: Children,
    #[prop(optional, into)] icon: Option<Glyph>,
    #[prop(optional)] danger: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// For one of several states: whether it is the current one.
    #[prop(optional, into)]
    checked: MaybeProp<bool>,
) -> impl IntoView {
    let close = use_context::<MenuClose>();
    let role = if checked.get_untracked().is_some() { "menuitemradio" } else { "menuitem" };
    view! {
        <button
            type="button"
            class="menu-item"
            class:danger=danger
            role=role
            tabindex="-1"
            disabled=disabled
            aria-checked=move || checked.get().map(|checked| checked.to_string())
            on:click=move |_| {
                if let Some(MenuClose(close)) = close {
                    close.run(());
                }
                on_press.run(());
            }
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span>{children()}</span>
        </button>
    }
}

/// Somewhere to go.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    children: Children,
    #[prop(optional, into)] icon: Option<Glyph>,
    #[prop(optional)] new_tab: bool,
) -> impl IntoView {
    let close = use_context::<MenuClose>();
    view! {
        <a
            class="menu-item"
            role="menuitem"
            tabindex="-1"
            href=href
            target=new_tab.then_some("_blank")
            rel=new_tab.then_some("noopener noreferrer")
            on:click=move |_| {
                if let Some(MenuClose(close)) = close {
                    close.run(());
                }
            }
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span>{children()}</span>
            {new_tab.then(|| view! { <Icon glyph=Glyph::External /><span class="unseen">{words::OPENS_NEW_TAB}</span> })}
        </a>
    }
}

/// A line between groups of items.
#[component]
pub fn MenuLine() -> impl IntoView {
    view! { <div class="menu-line" role="separator"></div> }
}

/// Puts the list under its button, to whichever side has room. The script interface for styles is not subject to the
/// content policy; a `style` attribute would be.
fn place(button: &HtmlElement, list: &HtmlElement) {
    const GAP: f64 = 4.0;
    let anchor = button.get_bounding_client_rect();
    let (width, height) = (f64::from(list.offset_width()), f64::from(list.offset_height()));
    let viewport =
        |size: Result<wasm_bindgen::JsValue, _>| size.ok().and_then(|size| size.as_f64()).unwrap_or(0.0);
    let (room_x, room_y) = (viewport(window().inner_width()), viewport(window().inner_height()));
    let left = if anchor.left() + width + GAP > room_x { anchor.right() - width } else { anchor.left() };
    let below = anchor.bottom() + GAP;
    let top =
        if below + height > room_y && anchor.top() > height { anchor.top() - GAP - height } else { below };
    let set = |name: &str, value: f64| {
        // Both names and values are valid, so nothing can be refused.
        let _ = list.style().set_property(name, &[value.max(GAP).to_string().as_str(), "px"].concat());
    };
    set("left", left);
    set("top", top);
}

enum Step {
    First,
    Last,
    By(i32),
}

fn move_by_key(event: &ev::KeyboardEvent, list: NodeRef<html::Div>) {
    let step = match event.key().as_str() {
        "ArrowDown" => Step::By(1),
        "ArrowUp" => Step::By(-1),
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return,
    };
    event.prevent_default();
    if let Some(list) = list.get_untracked() {
        focus_item(&list, step);
    }
}

fn focus_item(list: &HtmlElement, step: Step) {
    let Ok(nodes) = list.query_selector_all(".menu-item:not([disabled])") else { return };
    let items: Vec<HtmlElement> =
        (0..nodes.length()).filter_map(|index| nodes.get(index)?.dyn_into().ok()).collect();
    if items.is_empty() {
        return;
    }
    let focused = document().active_element();
    let here = items
        .iter()
        .position(|item| focused.as_ref().is_some_and(|focused| item.is_same_node(Some(focused))));
    let next = match (step, here) {
        (Step::First, _) | (Step::By(1..), None) => 0,
        (Step::Last, _) | (Step::By(_), None) => items.len() - 1,
        (Step::By(1..), Some(here)) => (here + 1) % items.len(),
        (Step::By(_), Some(here)) => (here + items.len() - 1) % items.len(),
    };
    let _ = items[next].focus();
}
