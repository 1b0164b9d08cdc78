//! `/Customers/{id}` and its tabs.

use std::time::Duration;

use latchkey_shared::{
    api::customers::Customer, ids::CustomerId, permission::Permission as May, text::customers as text,
};
use leptos::prelude::*;

use super::{edit::edit, head::head, history::history, keys::keys, messages::messages, overview::overview};
use super::{subscriptions::subscriptions, terms::terms, transactions::transactions};
use crate::{
    api::{self, Load, Shown, load},
    components::{Columns, Missing, Tab, Tabs},
    pages::staff::{customers::aside::aside, show::may},
    routes::{use_id, use_param},
};

/// A key issued or a link used elsewhere appears by itself.
const EVERY: Duration = Duration::from_secs(15);

#[component]
pub fn CustomerPage() -> impl IntoView {
    let id = use_id::<CustomerId>();
    let customer = load(move || api::customers::get(id.get())).poll(true, EVERY);
    customer.page(text::ONE, 12, move |shown| draw(customer, shown))
}

fn draw(customer: Load<Customer>, shown: Shown<Customer>) -> AnyView {
    let tab = use_param("tab");
    let tab = Memo::new(move |_| tab.get().unwrap_or_default());
    let body = move || match tab.get().as_str() {
        "" => overview(shown),
        "subscriptions" => subscriptions(shown),
        "keys" => keys(shown),
        "transactions" if may(May::SubscriptionsRead) => transactions(shown),
        "messages" if may(May::CommunicationsRead) => messages(shown),
        "terms" => terms(shown),
        "history" => history(shown),
        "edit" if may(May::CustomersWrite) => edit(customer),
        _ => view! { <Missing back_to="/Customers" /> }.into_any(),
    };
    view! {
        {head(customer, shown)}
        <Tabs label=text::TABS tabs=tabs(shown) />
        <Columns aside=move || aside(customer, shown)>{body}</Columns>
    }
    .into_any()
}

fn tabs(shown: Shown<Customer>) -> Signal<Vec<Tab>> {
    let tabs = Memo::new(move |_| {
        let (root, subscriptions, keys) = shown.with(|shown| {
            (["/Customers/", &shown.id.to_string()].concat(), count(&shown.subscriptions), count(&shown.keys))
        });
        let at = |label: &str, path: &str| Tab::new(label, [root.as_str(), path].concat());
        let mut tabs = vec![
            at(text::TAB_OVERVIEW, ""),
            at(text::TAB_SUBSCRIPTIONS, "/subscriptions").count(subscriptions),
            at(text::TAB_KEYS, "/keys").count(keys),
        ];
        if may(May::SubscriptionsRead) {
            tabs.push(at(text::TAB_TRANSACTIONS, "/transactions"));
        }
        if may(May::CommunicationsRead) {
            tabs.push(at(text::TAB_MESSAGES, "/messages"));
        }
        tabs.push(at(text::TAB_TERMS, "/terms"));
        tabs.push(at(text::TAB_HISTORY, "/history"));
        if may(May::CustomersWrite) {
            tabs.push(at(text::TAB_EDIT, "/edit"));
        }
        tabs
    });
    tabs.into()
}

fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}
