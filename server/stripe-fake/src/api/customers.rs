use super::{Call, Route, list};
use crate::{
    error::ApiError, ids::new_id, metadata::merge_metadata, objects::customer, params::Params, world::World,
};
use serde_json::{Value, json};

const FIELDS: &[&str] = &[
    "address.*",
    "balance",
    "description",
    "email",
    "invoice_settings.default_payment_method",
    "invoice_settings.footer",
    "metadata.*",
    "name",
    "payment_method",
    "phone",
    "preferred_locales[]",
    "shipping.*",
    "tax_exempt",
    "test_clock",
];

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/customers",
        permission: "rak_customer_write",
        params: FIELDS,
        handler: create,
    },
    Route {
        method: "GET",
        path: "/v1/customers",
        permission: "rak_customer_read",
        params: &["email", "test_clock", "created", "created.*", "limit", "starting_after", "ending_before"],
        handler: index,
    },
    Route {
        method: "GET",
        path: "/v1/customers/search",
        permission: "rak_customer_read",
        params: &["query", "limit", "page"],
        handler: |world, call| list::search(world, call, "customer", "/v1/customers/search"),
    },
    Route {
        method: "GET",
        path: "/v1/customers/{}",
        permission: "rak_customer_read",
        params: &[],
        handler: |world, call| world.find("customer", call.id()).cloned(),
    },
    Route {
        method: "POST",
        path: "/v1/customers/{}",
        permission: "rak_customer_write",
        params: FIELDS,
        handler: update,
    },
    Route {
        method: "DELETE",
        path: "/v1/customers/{}",
        permission: "rak_customer_write",
        params: &[],
        handler: delete,
    },
    Route {
        method: "GET",
        path: "/v1/customers/{}/payment_methods",
        permission: "rak_payment_method_read",
        params: &["type", "limit", "starting_after", "ending_before"],
        handler: payment_methods,
    },
];

fn create(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let test_clock = params.text("test_clock");
    let now = match test_clock {
        Some(id) => world.named("test_helpers.test_clock", id, "test_clock")?["frozen_time"].as_i64(),
        None => None,
    };
    let id = new_id("cus");
    let mut made = customer::customer(&id, now.unwrap_or_else(|| world.now()));
    made["test_clock"] = json!(test_clock);
    set_fields(&mut made, params)?;
    world.create(made, "customer.created");
    set_card(world, &id, params)?;
    world.find("customer", &id).cloned()
}

fn update(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.id();
    let before = world.find("customer", id)?.clone();
    if before["deleted"] == true {
        return Err(ApiError::not_found("customer", id));
    }
    if call.params.text("test_clock").is_some() {
        return Err(ApiError::unknown("test_clock"));
    }
    let mut after = before;
    set_fields(&mut after, &call.params)?;
    world.update(id, "customer.updated", |customer| *customer = after);
    set_card(world, id, &call.params)?;
    world.find("customer", id).cloned()
}

fn set_fields(customer: &mut Value, params: &Params) -> Result<(), ApiError> {
    for name in ["description", "email", "name", "phone", "tax_exempt"] {
        if let Some(text) = params.text(name) {
            customer[name] = json!(text);
        } else if params.cleared(name) {
            customer[name] = Value::Null;
        }
    }
    if let Some(email) = params.text("email").filter(|email| !email.contains('@')) {
        return Err(ApiError::invalid(format!("Invalid email address: {email}"))
            .code("email_invalid")
            .param("email"));
    }
    if let Some(balance) = params.integer("balance")? {
        customer["balance"] = json!(balance);
    }
    if params.at("preferred_locales").is_some() {
        customer["preferred_locales"] = json!(params.texts("preferred_locales")?);
    }
    if params.at("address").is_some() {
        let given = params.below("address");
        let parts = ["city", "country", "line1", "line2", "postal_code", "state"];
        customer["address"] =
            parts.iter().map(|part| ((*part).to_owned(), json!(given.text(part)))).collect();
    }
    if params.at("shipping").is_some() {
        customer["shipping"] = Value::Object(params.below("shipping").fields().clone());
    }
    merge_metadata(customer, params)
}

fn set_card(world: &mut World, id: &str, params: &Params) -> Result<(), ApiError> {
    if let Some(method) = params.text("payment_method") {
        world.named_card(id, method, "payment_method")?;
    }
    if let Some(method) = params.text("invoice_settings.default_payment_method") {
        let method = world.named_card(id, method, "invoice_settings[default_payment_method]")?;
        world.set_default_card(id, &method);
    }
    Ok(())
}

fn delete(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.id();
    let gone = world.find("customer", id)?.clone();
    if gone["deleted"] == true {
        return Err(ApiError::not_found("customer", id));
    }
    for subscription in world.store.ids("subscription", |subscription| subscription["customer"] == id) {
        world.end_subscription(&subscription, "cancellation_requested");
    }
    let now = world.now();
    world.store.replace_deleted(id, customer::deleted(id, "customer"), now);
    world.emit("customer.deleted", &gone, None);
    Ok(customer::deleted(id, "customer"))
}

fn index(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let (created, equal) = (list::created(params)?, list::equal(params, &["email", "test_clock"]));
    let on_clock = params.text("test_clock").is_some();
    let shown = |customer: &&Value| on_clock || customer["test_clock"].is_null();
    let customers =
        world.store.newest_first("customer").filter(shown).filter(|one| created(one) && equal(one));
    list::page(customers, params, "/v1/customers")
}

fn payment_methods(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.id();
    world.find("customer", id)?;
    let equal = list::equal(&call.params, &["type"]);
    let methods =
        world.store.newest_first("payment_method").filter(|one| one["customer"] == id && equal(one));
    list::page(methods, &call.params, &format!("/v1/customers/{id}/payment_methods"))
}
