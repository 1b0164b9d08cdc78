use super::{Call, PAGE, Route, list};
use crate::{
    error::ApiError,
    ids::{new_id, random_text},
    metadata::merge_metadata,
    objects::{customer, event},
    params::Params,
    world::World,
};
use serde_json::{Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/webhook_endpoints",
        permission: "rak_webhook_write",
        params: &["api_version", "connect", "description", "enabled_events[]", "metadata.*", "url"],
        handler: create,
    },
    Route {
        method: "GET",
        path: "/v1/webhook_endpoints",
        permission: "rak_webhook_read",
        params: PAGE,
        handler: |world, call| {
            list::page(world.store.newest_first("webhook_endpoint"), &call.params, "/v1/webhook_endpoints")
        },
    },
    Route {
        method: "GET",
        path: "/v1/webhook_endpoints/{}",
        permission: "rak_webhook_read",
        params: &[],
        handler: |world, call| world.find("webhook_endpoint", call.id()).cloned(),
    },
    Route {
        method: "POST",
        path: "/v1/webhook_endpoints/{}",
        permission: "rak_webhook_write",
        params: &["description", "disabled", "enabled_events[]", "metadata.*", "url"],
        handler: update,
    },
    Route {
        method: "DELETE",
        path: "/v1/webhook_endpoints/{}",
        permission: "rak_webhook_write",
        params: &[],
        handler: |world, call| {
            world.find("webhook_endpoint", call.id())?;
            world.store.remove(call.id());
            Ok(customer::deleted(call.id(), "webhook_endpoint"))
        },
    },
];

/// Only this answer carries the secret.
fn create(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let url = valid_url(params.required("url")?)?;
    let events = params.texts("enabled_events")?;
    if events.is_empty() {
        return Err(ApiError::missing("enabled_events"));
    }
    let mut made = event::webhook_endpoint(&new_id("we"), url, events, world.now());
    made["api_version"] = json!(params.text("api_version"));
    made["description"] = json!(params.text("description"));
    merge_metadata(&mut made, params)?;
    let secret = format!("whsec_{}", random_text(32));
    made["_secrets"] = json!([{"secret": secret, "until": null}]);
    world.insert(made.clone());
    made["secret"] = json!(secret);
    Ok(made)
}

fn update(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let mut after = world.find("webhook_endpoint", call.id())?.clone();
    set_fields(&mut after, &call.params)?;
    world.change(call.id(), |endpoint| *endpoint = after);
    world.find("webhook_endpoint", call.id()).cloned()
}

fn set_fields(endpoint: &mut Value, params: &Params) -> Result<(), ApiError> {
    if let Some(url) = params.text("url") {
        endpoint["url"] = json!(valid_url(url)?);
    }
    let events = params.texts("enabled_events")?;
    if !events.is_empty() {
        endpoint["enabled_events"] = json!(events);
    }
    if let Some(disabled) = params.boolean("disabled")? {
        endpoint["status"] = json!(if disabled { "disabled" } else { "enabled" });
    }
    if let Some(description) = params.text("description") {
        endpoint["description"] = json!(description);
    }
    merge_metadata(endpoint, params)
}

fn valid_url(url: &str) -> Result<&str, ApiError> {
    if url.starts_with("http://") || url.starts_with("https://") {
        return Ok(url);
    }
    Err(ApiError::invalid("Invalid URL: An explicit scheme (such as https) must be provided.")
        .code("url_invalid")
        .param("url"))
}
