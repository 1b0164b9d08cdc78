use super::{Call, Route, list};
use crate::{error::ApiError, world::World};
use serde_json::Value;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/v1/payment_methods",
        permission: "rak_payment_method_read",
        params: &["customer", "type", "limit", "starting_after", "ending_before"],
        handler: |world, call| {
            let equal = list::equal(&call.params, &["customer", "type"]);
            let methods = world.store.newest_first("payment_method").filter(|one| equal(one));
            list::page(methods, &call.params, "/v1/payment_methods")
        },
    },
    Route {
        method: "GET",
        path: "/v1/payment_methods/{}",
        permission: "rak_payment_method_read",
        params: &[],
        handler: |world, call| world.find("payment_method", call.id()).cloned(),
    },
    Route {
        method: "POST",
        path: "/v1/payment_methods/{}/attach",
        permission: "rak_payment_method_write",
        params: &["customer"],
        handler: attach,
    },
    Route {
        method: "POST",
        path: "/v1/payment_methods/{}/detach",
        permission: "rak_payment_method_write",
        params: &[],
        handler: detach,
    },
];

fn attach(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let customer = call.params.required("customer")?.to_owned();
    world.named("customer", &customer, "customer")?;
    let id = world.named_card(&customer, call.id(), "payment_method")?;
    world.find("payment_method", &id).cloned()
}

fn detach(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    world.find("payment_method", call.id())?;
    world.change(call.id(), |method| method["customer"] = Value::Null);
    world.emit_about(call.id(), "payment_method.detached");
    world.find("payment_method", call.id()).cloned()
}
