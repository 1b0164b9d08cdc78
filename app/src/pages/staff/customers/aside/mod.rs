//! The narrow column beside a customer's tabs.

mod association;
mod facts;
mod link_dialogs;
mod webshop;

use latchkey_shared::{api::customers::Customer, permission::Permission};
use leptos::prelude::*;

use crate::{
    api::{Load, Shown},
    pages::staff::{
        attention::{load_open, open_entries},
        show::may,
    },
};

/// What needs attention, association link, sign-ins, Stripe, terms, details and notes.
pub fn aside(customer: Load<Customer>, shown: Shown<Customer>) -> AnyView {
    let waiting = may(Permission::SubscriptionsRead).then(|| {
        let id = Signal::derive(move || shown.with(|shown| shown.id.0));
        open_entries(load_open("customer.id", id))
    });
    view! {
        {waiting}
        {association::association(customer, shown)}
        {facts::users(shown)}
        {facts::stripe(shown)}
        {webshop::webshop(customer, shown)}
        {facts::terms(shown)}
        {facts::details(shown)}
        {facts::notes(shown)}
    }
    .into_any()
}
