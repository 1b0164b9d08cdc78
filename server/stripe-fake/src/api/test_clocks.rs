use super::{Call, PAGE, Route, list};
use crate::{
    error::ApiError,
    ids::new_id,
    objects::customer,
    world::{World, number},
};
use serde_json::{Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/test_helpers/test_clocks",
        permission: "rak_test_clock_write",
        params: &["frozen_time", "name"],
        handler: create,
    },
    Route {
        method: "GET",
        path: "/v1/test_helpers/test_clocks",
        permission: "rak_test_clock_read",
        params: PAGE,
        handler: |world, call| {
            let clocks = world.store.newest_first("test_helpers.test_clock");
            list::page(clocks, &call.params, "/v1/test_helpers/test_clocks")
        },
    },
    Route {
        method: "GET",
        path: "/v1/test_helpers/test_clocks/{}",
        permission: "rak_test_clock_read",
        params: &[],
        handler: |world, call| world.find("test_helpers.test_clock", call.id()).cloned(),
    },
    Route {
        method: "POST",
        path: "/v1/test_helpers/test_clocks/{}/advance",
        permission: "rak_test_clock_write",
        params: &["frozen_time"],
        handler: advance,
    },
];

fn create(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let frozen = call.params.integer("frozen_time")?.ok_or_else(|| ApiError::missing("frozen_time"))?;
    let made = customer::test_clock(&new_id("clock"), frozen, call.params.text("name"), world.now());
    Ok(world.create(made, "test_helpers.test_clock.created"))
}

/// Unlike Stripe's, the clock is where it should be when the answer comes; it never says `advancing`.
fn advance(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.id();
    let target = call.params.integer("frozen_time")?.ok_or_else(|| ApiError::missing("frozen_time"))?;
    if target <= number(world.find("test_helpers.test_clock", id)?, "frozen_time") {
        let message = "The `frozen_time` must be later than the clock's current one.";
        return Err(ApiError::invalid(message).param("frozen_time"));
    }
    world.run_until(Some(id), target);
    world.change(id, |clock| clock["frozen_time"] = json!(target));
    world.emit_about(id, "test_helpers.test_clock.ready");
    world.find("test_helpers.test_clock", id).cloned()
}
