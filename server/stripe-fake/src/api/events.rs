use super::{Call, Route, list};
use crate::{error::ApiError, world::World};
use serde_json::Value;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/v1/events",
        permission: "rak_event_read",
        params: &[
            "created",
            "created.*",
            "delivery_success",
            "type",
            "types[]",
            "limit",
            "starting_after",
            "ending_before",
        ],
        handler: index,
    },
    Route {
        method: "GET",
        path: "/v1/events/{}",
        permission: "rak_event_read",
        params: &[],
        handler: |world, call| world.find("event", call.id()).cloned(),
    },
];

fn index(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let created = list::created(params)?;
    let mut types = params.texts("types")?;
    if types.len() > 20 {
        return Err(ApiError::invalid("Array types exceeded maximum 20 allowed elements.").param("types"));
    }
    types.extend(params.text("type").map(str::to_owned));
    let of_type = |event: &Value| types.is_empty() || types.iter().any(|name| event["type"] == name.as_str());
    let delivered = params.boolean("delivery_success")?;
    let with_delivery = |event: &Value| delivered.is_none_or(|wanted| was_delivered(event) == wanted);
    let fits = |event: &&Value| created(event) && of_type(event) && with_delivery(event);
    list::page(world.store.newest_first("event").filter(fits), params, "/v1/events")
}

/// Whether every endpoint that should know of an event does.
fn was_delivered(event: &Value) -> bool {
    event["_lost"] != true && event["pending_webhooks"].as_i64().unwrap_or_default() == 0
}
