//! The narrow column beside a customer's tabs.

mod association;
mod facts;
mod link_dialogs;

use latchkey_shared::api::customers::Customer;
use leptos::prelude::*;

use crate::{api::Load, api::Shown};

/// Association link, sign-ins, Stripe, terms, details and notes.
pub fn aside(customer: Load<Customer>, shown: Shown<Customer>) -> AnyView {
    view! {
        {association::association(customer, shown)}
        {facts::users(shown)}
        {facts::stripe(shown)}
        {facts::terms(shown)}
        {facts::details(shown)}
        {facts::notes(shown)}
    }
    .into_any()
}
