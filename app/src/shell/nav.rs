//! The entries of a navigation.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::{CountBadge, Glyph, Icon, Tone, same_path, within_path};

/// One entry. The caller leaves out what the person may not see.
#[derive(Clone, Debug)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    pub glyph: Glyph,
    /// A number that asks for attention, not drawn when zero.
    pub count: Signal<u64>,
    /// Stands apart at the end: settings, staff.
    pub at_foot: bool,
    /// Current on its own address only, not on those below it.
    pub exact: bool,
    /// Other pages that it leads to: it is current on them too.
    pub also: &'static [&'static str],
}

impl NavItem {
    pub fn new(label: impl Into<String>, href: impl Into<String>, glyph: Glyph) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            glyph,
            count: Signal::stored(0),
            at_foot: false,
            exact: false,
            also: &[],
        }
    }

    pub fn count(mut self, count: impl Into<Signal<u64>>) -> Self {
        self.count = count.into();
        self
    }

    pub const fn at_foot(mut self) -> Self {
        self.at_foot = true;
        self
    }

    pub const fn exact(mut self) -> Self {
        self.exact = true;
        self
    }

    pub const fn also(mut self, paths: &'static [&'static str]) -> Self {
        self.also = paths;
        self
    }
}

/// The link of an entry; marked while its page, or one below it, is shown.
#[component]
pub fn NavLink(item: NavItem) -> impl IntoView {
    let path = use_location().pathname;
    let href = item.href.clone();
    let title = item.label.clone();
    let current = move || {
        let here = path.with(|path| {
            let own = if item.exact { same_path(path, &href) } else { within_path(path, &href) };
            own || item.also.iter().any(|also| within_path(path, also))
        });
        here.then_some("page")
    };
    view! {
        <a class="nav-link" href=item.href title=title aria-current=current>
            <Icon glyph=item.glyph />
            <span class="nav-label">{item.label}</span>
            <CountBadge count=item.count tone=Tone::Bad />
        </a>
    }
}

/// A list of entries.
#[component]
pub fn NavList(#[prop(into)] items: Signal<Vec<NavItem>>, at_foot: bool) -> impl IntoView {
    let draw = |item: NavItem| {
        view! {
            <li>
                <NavLink item />
            </li>
        }
    };
    let chosen =
        move || items.get().into_iter().filter(|item| item.at_foot == at_foot).map(draw).collect_view();
    view! { <ul class="nav-list">{chosen}</ul> }
}
