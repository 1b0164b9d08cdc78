//! Subscriptions.

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        subscriptions::SubscriptionRow,
    },
    ids::SubscriptionId,
};

use super::{Call, url::with_list};

const PATH: &str = "/api/v1/subscriptions";

pub fn list(query: &ListQuery) -> Call<List<SubscriptionRow>> {
    Call::get(with_list(PATH, query))
}

pub fn get(id: SubscriptionId) -> Call<SubscriptionRow> {
    Call::get(at(id, ""))
}

/// Fetches it from Stripe and converges.
pub fn sync(id: SubscriptionId) -> Call<SubscriptionRow> {
    Call::press(at(id, "/sync"))
}

fn at(id: SubscriptionId, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
