//! Going somewhere.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::api::encoded;

/// A way to go to an address of the app. Needs a router above it.
pub fn use_go() -> Callback<(String,)> {
    let navigate = use_navigate();
    Callback::from(move |address: String| navigate(&address, NavigateOptions::default()))
}

/// Where this Latchkey answers, as the browser knows it: `https://licences.example`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Goes to `to` in place of the current address, and draws nothing.
pub fn redirect(to: String) -> AnyView {
    let navigate = use_navigate();
    // After drawing: the router must first have finished with the address that led here.
    request_animation_frame(move || {
        navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    ().into_any()
}

/// `sign_in` with the current address as where to come back to.
pub fn and_back(sign_in: &str) -> String {
    let location = use_location();
    let here = location.pathname.get_untracked();
    let query = location.search.get_untracked();
    let here = if query.is_empty() { here } else { [&here, "?", &query].concat() };
    [sign_in, "?next=", &encoded(&here)].concat()
}

/// Where `?next=` of the current address leads, `otherwise` when there is none, or one that leaves this app.
pub fn next_or(otherwise: &str) -> String {
    let next = use_location().query.with_untracked(|query| query.get("next"));
    next.filter(|next| stays_here(next)).unwrap_or_else(|| otherwise.to_owned())
}

/// Whether `address` is a path on this server. A browser reads `//host` and `/\host` as another host's address.
fn stays_here(address: &str) -> bool {
    address.starts_with('/')
        && !address[1..].starts_with(['/', '\\'])
        && !address.chars().any(|letter| letter.is_control() || letter == '\\')
}

#[cfg(test)]
mod tests {
    use super::stays_here;

    #[test]
    fn only_paths_of_this_server_are_followed() {
        assert!(stays_here("/Customers?filter=a"));
        assert!(stays_here("/"));
        for wrong in
            ["", "Customers", "https://example.com", "//example.com", "/\\example.com", "/\t/example.com"]
        {
            assert!(!stays_here(wrong), "{wrong}");
        }
    }
}
