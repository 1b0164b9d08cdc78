use super::{Call, Route, list, subscription_update};
use crate::{
    error::ApiError,
    objects::customer,
    params::Params,
    world::{World, text},
};
use serde_json::{Map, Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/v1/subscription_items",
        permission: "rak_subscription_read",
        params: &["subscription", "limit", "starting_after", "ending_before"],
        handler: index,
    },
    Route {
        method: "POST",
        path: "/v1/subscription_items",
        permission: "rak_subscription_write",
        params: &[
            "metadata.*",
            "payment_behavior",
            "price",
            "proration_behavior",
            "proration_date",
            "quantity",
            "subscription",
        ],
        handler: add,
    },
    Route {
        method: "GET",
        path: "/v1/subscription_items/{}",
        permission: "rak_subscription_read",
        params: &[],
        handler: |world, call| item(world, call.id()).map(|(_, item)| item),
    },
    Route {
        method: "POST",
        path: "/v1/subscription_items/{}",
        permission: "rak_subscription_write",
        params: &[
            "metadata.*",
            "payment_behavior",
            "price",
            "proration_behavior",
            "proration_date",
            "quantity",
        ],
        handler: update,
    },
    Route {
        method: "DELETE",
        path: "/v1/subscription_items/{}",
        permission: "rak_subscription_write",
        params: &["proration_behavior", "proration_date"],
        handler: remove,
    },
];

/// An item and the id of its subscription.
fn item(world: &World, id: &str) -> Result<(String, Value), ApiError> {
    let found = world.store.newest_first("subscription").find_map(|subscription| {
        let item = subscription["items"]["data"].as_array()?.iter().find(|item| item["id"] == id)?;
        Some((text(subscription, "id").to_owned(), item.clone()))
    });
    found.ok_or_else(|| ApiError::not_found("subscription_item", id))
}

fn index(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.params.required("subscription")?;
    let items = world.named("subscription", id, "subscription")?["items"]["data"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    list::page(items.iter(), &call.params, "/v1/subscription_items")
}

fn add(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let subscription = call.params.required("subscription")?.to_owned();
    world.named("subscription", &subscription, "subscription")?;
    let changed = change(world, &subscription, &call.params, None, &["metadata", "price", "quantity"])?;
    let items = changed["items"]["data"].as_array().cloned().unwrap_or_default();
    items.last().cloned().ok_or_else(|| ApiError::missing("price"))
}

fn update(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let (subscription, _) = item(world, call.id())?;
    change(world, &subscription, &call.params, Some(call.id()), &["metadata", "price", "quantity"])?;
    item(world, call.id()).map(|(_, item)| item)
}

fn remove(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let (subscription, _) = item(world, call.id())?;
    let mut fields = call.params.fields().clone();
    fields.insert("deleted".into(), json!("true"));
    change(world, &subscription, &Params::new(fields), Some(call.id()), &["deleted"])?;
    Ok(customer::deleted(call.id(), "subscription_item"))
}

/// Changes the subscription by one item, with the rules of changing the subscription itself.
fn change(
    world: &mut World,
    subscription: &str,
    params: &Params,
    item: Option<&str>,
    own: &[&str],
) -> Result<Value, ApiError> {
    let (mut one, mut fields) = (Map::new(), Map::new());
    for (name, value) in params.fields() {
        if own.contains(&name.as_str()) {
            one.insert(name.clone(), value.clone())
        } else {
            fields.insert(name.clone(), value.clone())
        };
    }
    if let Some(item) = item {
        one.insert("id".into(), json!(item));
    }
    fields.remove("subscription");
    fields.insert("items".into(), json!([one]));
    let call = Call { path: vec![subscription.to_owned()], params: Params::new(fields) };
    subscription_update::update(world, &call)
}
