//! The head of a page: where it is, what it is, what can be done.

use leptos::prelude::*;

use super::words;
use crate::hooks::{use_effect, use_title};

/// A page above this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

impl Crumb {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// Breadcrumb, title (the page's only `h1`, and the tab's title), an optional line of facts below it (the children),
/// and actions at its right.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] crumbs: Vec<Crumb>,
    /// A count behind the title, for lists.
    #[prop(optional, into)]
    count: MaybeProp<String>,
    #[prop(optional, into)] actions: Option<ViewFn>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    use_title(move || title.get());
    let crumbs = match use_context::<Trail>() {
        Some(Trail(trail)) => {
            use_effect(move || {
                let here = Crumb::new(title.get(), "");
                trail.set(crumbs.iter().cloned().chain([here]).collect());
            });
            None
        }
        None => Some(view! { <Breadcrumb crumbs /> }),
    };
    view! {
        <header class="page-head">
            {crumbs}
            <div class="page-head-line">
                <h1>
                    {title}
                    {move || count.get().map(|count| view! { <span class="page-count">{count}</span> })}
                </h1>
                {actions.map(|actions| view! { <div class="page-actions">{actions.run()}</div> })}
            </div>
            {children.map(|children| view! { <div class="page-facts">{children()}</div> })}
        </header>
    }
}

/// Where a shell shows the breadcrumb. Provided by a shell that does, filled by the page's header.
#[derive(Clone, Copy)]
pub struct Trail(pub RwSignal<Vec<Crumb>>);

/// The way down to this page. A crumb without address is the page itself. Nothing when there are no crumbs.
#[component]
pub fn Breadcrumb(crumbs: Vec<Crumb>) -> impl IntoView {
    let step = |crumb: Crumb| {
        let inside = if crumb.href.is_empty() {
            view! { <span aria-current="page">{crumb.label}</span> }.into_any()
        } else {
            view! { <a href=crumb.href>{crumb.label}</a> }.into_any()
        };
        view! { <li>{inside}</li> }
    };
    (!crumbs.is_empty()).then(|| {
        view! {
            <nav class="breadcrumb" aria-label=words::BREADCRUMB>
                <ol>{crumbs.into_iter().map(step).collect_view()}</ol>
            </nav>
        }
    })
}

/// What stands between a page's head and its table: search at the left, the rest at the right.
#[component]
pub fn Toolbar(children: Children) -> impl IntoView {
    view! { <div class="toolbar">{children()}</div> }
}
