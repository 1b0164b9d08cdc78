//! The URL's query as state: what is filtered, sorted and shown survives reload, back and sharing.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    params::ParamsMap,
};

/// Reads and changes the query of the current address.
#[derive(Clone, Copy)]
pub struct Query {
    path: Memo<String>,
    params: Memo<ParamsMap>,
    go: Callback<(String, bool)>,
}

/// The query of the current page. Needs a router above it.
pub fn use_query_state() -> Query {
    let location = use_location();
    let navigate = use_navigate();
    let go = Callback::from(move |address: String, replace: bool| {
        navigate(&address, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    });
    Query { path: location.pathname, params: location.query, go }
}

impl Query {
    /// The value of `name`, tracked; `None` when absent or empty.
    pub fn get(self, name: &str) -> Option<String> {
        self.params.with(|params| params.get(name)).filter(|value| !value.is_empty())
    }

    /// A memo of `name`, so that a page does not react to changes of its other parameters.
    pub fn memo(self, name: &'static str) -> Memo<Option<String>> {
        Memo::new(move |_| self.get(name))
    }

    /// The address of this page with some parameters changed, tracked. `None` removes one.
    pub fn href(self, changes: &[(&'static str, Option<String>)]) -> String {
        let params = self.params.get();
        self.path.with(|path| address(path, params, changes))
    }

    /// Goes to [`Self::href`] as a new entry of the history.
    pub fn set(self, changes: &[(&'static str, Option<String>)]) {
        self.go.run((untrack(|| self.href(changes)), false));
    }

    /// Like [`Self::set`], but in place of the current entry: for text that is being typed.
    pub fn replace(self, changes: &[(&'static str, Option<String>)]) {
        self.go.run((untrack(|| self.href(changes)), true));
    }
}

fn address(path: &str, mut params: ParamsMap, changes: &[(&'static str, Option<String>)]) -> String {
    for (name, value) in changes {
        params.remove(name);
        if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
            params.insert(*name, value.clone());
        }
    }
    [path, &params.to_query_string()].concat()
}
