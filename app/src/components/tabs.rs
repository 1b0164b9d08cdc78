//! Tabs that are pages: each has its own address.

use leptos::{html::Nav, prelude::*};
use leptos_router::hooks::use_location;
use web_sys::ScrollLogicalPosition;

use super::{format_count, sight::into_sight};
use crate::hooks::use_effect;

/// One tab. `href` is a path, with or without a query; `count` stands behind the label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub count: Option<u64>,
}

impl Tab {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), count: None }
    }

    pub const fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

/// A row of tabs; the one whose path (and each parameter, if it names some) is the current one is marked.
#[component]
pub fn Tabs(
    /// What the tabs divide, for assistive technology.
    #[prop(into)]
    label: String,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
) -> impl IntoView {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    #[expect(clippy::cast_precision_loss, reason = "counts on a screen are far below 2^52")]
    let count = |count: u64| view! { <span class="tab-count">{format_count(count as f64)}</span> };
    let draw = move |tab: Tab| {
        let href = tab.href.clone();
        let current = move || {
            let here = match href.split_once('?') {
                Some((tab_path, query)) => {
                    path.with(|path| path == tab_path) && search.with(|search| holds(search, query))
                }
                None => path.with(|path| same_path(path, &href)),
            };
            here.then_some("page")
        };
        view! {
            <a class="tab" href=tab.href aria-current=current>
                {tab.label}
                {tab.count.map(count)}
            </a>
        }
    };
    let strip = NodeRef::<Nav>::new();
    // Where the strip is wider than the screen, the tab that is open would be out of sight.
    use_effect(move || {
        tabs.track();
        path.track();
        search.track();
        into_sight(strip, "[aria-current]", ScrollLogicalPosition::Center);
    });
    view! {
        <nav class="tabs" aria-label=label node_ref=strip>
            {move || tabs.get().into_iter().map(draw).collect_view()}
        </nav>
    }
}

/// Whether every part of `query` is one of `search`.
fn holds(search: &str, query: &str) -> bool {
    query.split('&').all(|part| search.split('&').any(|own| own == part))
}

/// Whether two paths are one but for a slash at the end.
pub(crate) fn same_path(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

/// Whether `path` is `root` or lies below it.
pub(crate) fn within_path(path: &str, root: &str) -> bool {
    let root = root.trim_end_matches('/');
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{holds, same_path, within_path};

    #[test]
    fn a_query_is_held_part_by_part() {
        assert!(holds("filter=a&account=2", "account=2"));
        assert!(!holds("account=21", "account=2"));
        assert!(!holds("", "account=2"));
    }

    #[test]
    fn paths_compare_by_segments() {
        assert!(same_path("/customers/", "/customers"));
        assert!(!same_path("/customers/7", "/customers"));
        assert!(within_path("/customers/7", "/customers"));
        assert!(within_path("/customers", "/customers/"));
        assert!(!within_path("/customers-old", "/customers"));
    }
}
