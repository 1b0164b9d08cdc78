//! The methods by group, and finding one.

use std::sync::Arc;

use latchkey_shared::text::reference as text;
use leptos::prelude::*;

use super::document::{Group, Method};
use crate::{components::SearchField, hooks::Query};

/// The list. `current` is the key of the method that is shown; what is searched for stands in the address as `q`.
pub fn draw(groups: &Arc<Vec<Group>>, current: Memo<Option<String>>, query: Query) -> AnyView {
    let search = query.memo("q");
    let typed = Memo::new(move |_| search.get().unwrap_or_default().trim().to_lowercase());
    let area = |web_api: bool, title: &'static str| {
        let own = groups.iter().filter(|group| group.web_api == web_api);
        let drawn = own.map(|group| draw_group(group, current, typed, query)).collect_view();
        view! {
            <h2>{title}</h2>
            {drawn}
        }
    };
    let all = Arc::clone(groups);
    let none = Memo::new(move |_| {
        let finds =
            |group: &Group| group.methods.iter().any(|method| typed.with(|typed| method.is_about(typed)));
        !all.iter().any(finds)
    });
    view! {
        <nav class="reference-list" aria-label=text::LIST>
            <SearchField
                label=text::SEARCH
                value=Signal::derive(move || search.get().unwrap_or_default())
                on_search=Callback::from(move |words: String| query.replace(&[("q", Some(words))]))
            />
            <p class="muted" role="status">
                {move || none.get().then_some(text::NO_MATCH)}
            </p>
            {area(true, text::WEB_API)}
            {area(false, text::LATCHKEY)}
        </nav>
    }
    .into_any()
}

fn draw_group(group: &Group, current: Memo<Option<String>>, typed: Memo<String>, query: Query) -> AnyView {
    let keys: Vec<String> = group.methods.iter().map(Method::key).collect();
    let searched = group.methods.clone();
    let found = Memo::new(move |_| {
        typed.with(|typed| searched.iter().map(|method| method.is_about(typed)).collect::<Vec<bool>>())
    });
    let holds_current =
        Memo::new(move |_| current.with(|current| current.as_ref().is_some_and(|key| keys.contains(key))));
    let open = move || holds_current.get() || typed.with(|typed| !typed.is_empty());
    let link = |(index, method): (usize, &Method)| {
        let (key, title) = (method.key(), method.title().to_owned());
        let (own, named) = (key.clone(), key);
        let shown = move || found.with(|found| found.get(index).copied().unwrap_or_default());
        // The licence Web API has one verb.
        let verb = (!method.web_api).then(|| view! { <span class="verb">{method.verb.clone()}</span> });
        view! {
            <li hidden=move || !shown()>
                <a
                    href=move || query.href(&[("method", Some(named.clone()))])
                    data-noscroll=true
                    title=method.about.clone()
                    aria-current=move || current.with(|current| current.as_deref() == Some(own.as_str())).then_some("true")
                >
                    {verb}
                    <span>{title}</span>
                </a>
            </li>
        }
    };
    view! {
        <details class="reference-group" open=open hidden=move || found.with(|found| !found.contains(&true))>
            <summary>{group.title.clone()}</summary>
            <ul>{group.methods.iter().enumerate().map(link).collect_view()}</ul>
        </details>
    }
    .into_any()
}
