//! The API: one table of calls per resource, and the way of a call from HTTP to its handler.

mod account;
mod billing_portal;
mod checkout;
mod customers;
mod discounts;
mod endpoints;
mod events;
pub(crate) mod http;
mod idempotency;
mod invoices;
mod list;
mod meters;
mod payment_methods;
mod payments;
mod prices;
mod products;
mod subscription_items;
mod subscription_update;
mod subscriptions;
mod test_clocks;

use crate::{error::ApiError, params::Params, world::World};
use serde_json::Value;

/// What a handler gets to know about its call.
pub(crate) struct Call {
    /// The path's variable parts.
    pub(crate) path: Vec<String>,
    pub(crate) params: Params,
}

impl Call {
    /// The id in the path.
    pub(crate) fn id(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }
}

type Handler = fn(&mut World, &Call) -> Result<Value, ApiError>;

/// One call of the API.
pub(crate) struct Route {
    method: &'static str,
    /// Path with `{}` for its variable parts.
    path: &'static str,
    /// What a restricted key needs.
    permission: &'static str,
    /// Every parameter it takes, as patterns of [`Params::check`]; `expand[]` goes without saying.
    params: &'static [&'static str],
    handler: Handler,
}

/// What lists take.
const PAGE: &[&str] = &["limit", "starting_after", "ending_before"];

const ROUTES: &[&[Route]] = &[
    account::ROUTES,
    customers::ROUTES,
    products::ROUTES,
    prices::ROUTES,
    discounts::ROUTES,
    checkout::ROUTES,
    billing_portal::ROUTES,
    subscriptions::ROUTES,
    subscription_items::ROUTES,
    invoices::ROUTES,
    payments::ROUTES,
    payment_methods::ROUTES,
    events::ROUTES,
    endpoints::ROUTES,
    meters::ROUTES,
    test_clocks::ROUTES,
];

/// The route for a request, and the variable parts of its path. Fixed parts win over variable ones.
pub(crate) fn route(method: &str, path: &str) -> Option<(&'static Route, Vec<String>)> {
    let routes = ROUTES.iter().copied().flatten().filter(|route| route.method == method);
    let matching = routes.filter_map(|route| Some((route, matched(route.path, path)?)));
    matching.min_by_key(|(_, variable)| variable.len())
}

fn matched(pattern: &str, path: &str) -> Option<Vec<String>> {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    if pattern.len() != path.len() {
        return None;
    }
    let mut variable = Vec::new();
    for (expected, given) in pattern.into_iter().zip(path) {
        match expected {
            "{}" if !given.is_empty() => variable.push(decoded(given)),
            expected if expected == given => {}
            _ => return None,
        }
    }
    Some(variable)
}

/// A path segment without its percent-encoding. A plus sign is a plus sign in paths.
fn decoded(segment: &str) -> String {
    let text = format!("x={}", segment.replace('+', "%2B").replace('&', "%26"));
    form_urlencoded::parse(text.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_parts_win_over_variable_ones() {
        let (found, variable) = route("GET", "/v1/customers/search").unwrap();
        assert_eq!((found.path, variable.len()), ("/v1/customers/search", 0));
        let (found, variable) = route("GET", "/v1/customers/cus_1%2F").unwrap();
        assert_eq!((found.path, variable), ("/v1/customers/{}", vec!["cus_1/".to_owned()]));
        assert!(route("GET", "/v1/customers/").is_none());
        assert!(route("PUT", "/v1/customers/cus_1").is_none());
    }

    #[test]
    fn no_two_routes_answer_the_same_call() {
        let mut names: Vec<_> =
            ROUTES.iter().copied().flatten().map(|route| (route.method, route.path)).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
