use super::{Call, Route, list};
use crate::{
    error::ApiError, ids::new_id, metadata::merge_metadata, objects::catalog, params::Params, world::World,
};
use serde_json::{Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/prices",
        permission: "rak_plan_write",
        params: &[
            "active",
            "billing_scheme",
            "currency",
            "lookup_key",
            "metadata.*",
            "nickname",
            "product",
            "product_data.name",
            "product_data.metadata.*",
            "recurring.interval",
            "recurring.interval_count",
            "recurring.meter",
            "recurring.trial_period_days",
            "recurring.usage_type",
            "tax_behavior",
            "unit_amount",
        ],
        handler: create,
    },
    Route {
        method: "GET",
        path: "/v1/prices",
        permission: "rak_plan_read",
        params: &[
            "active",
            "created",
            "created.*",
            "currency",
            "lookup_keys[]",
            "product",
            "recurring.interval",
            "type",
            "limit",
            "starting_after",
            "ending_before",
        ],
        handler: index,
    },
    Route {
        method: "GET",
        path: "/v1/prices/{}",
        permission: "rak_plan_read",
        params: &[],
        handler: |world, call| world.find("price", call.id()).cloned(),
    },
    Route {
        method: "POST",
        path: "/v1/prices/{}",
        permission: "rak_plan_write",
        params: &["active", "lookup_key", "metadata.*", "nickname", "tax_behavior"],
        handler: update,
    },
];

fn create(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let now = world.now();
    let currency = params.required("currency")?.to_lowercase();
    if currency.len() != 3 {
        return Err(ApiError::invalid(format!("Invalid currency: {currency}")).param("currency"));
    }
    let amount = params.integer("unit_amount")?.ok_or_else(|| ApiError::missing("unit_amount"))?;
    if amount < 0 {
        return Err(ApiError::invalid("Invalid non-negative integer")
            .code("parameter_invalid_integer")
            .param("unit_amount"));
    }
    let recurring = match params.at("recurring") {
        None => Value::Null,
        Some(_) => recurring(params)?,
    };
    let product = product(world, params, now)?;
    let mut made = catalog::price(&new_id("price"), &product, &currency, amount, recurring, now);
    if let Some(scheme) = params.word("billing_scheme", &["per_unit"])? {
        made["billing_scheme"] = json!(scheme);
    }
    set_fields(&mut made, params)?;
    Ok(world.create(made, "price.created"))
}

fn recurring(params: &Params) -> Result<Value, ApiError> {
    let interval = params.word("recurring.interval", &["day", "week", "month", "year"])?;
    let interval = interval.ok_or_else(|| ApiError::missing("recurring[interval]"))?;
    let count = params.integer("recurring.interval_count")?.unwrap_or(1);
    let longest = match interval {
        "day" => 1095,
        "week" => 156,
        "month" => 36,
        _ => 3,
    };
    if !(1..=longest).contains(&count) {
        let message = format!("interval_count must be between 1 and {longest} for {interval}s");
        return Err(ApiError::invalid(message).param("recurring[interval_count]"));
    }
    let usage = params.word("recurring.usage_type", &["licensed", "metered"])?.unwrap_or("licensed");
    let mut made = catalog::recurring(interval, count, usage, params.text("recurring.meter"));
    if let Some(days) = params.integer("recurring.trial_period_days")? {
        if !(1..=730).contains(&days) {
            let message = "trial_period_days must be between 1 and 730";
            return Err(ApiError::invalid(message).param("recurring[trial_period_days]"));
        }
        made["trial_period_days"] = json!(days);
    }
    Ok(made)
}

/// The product named, or the one described along with the price.
fn product(world: &mut World, params: &Params, now: i64) -> Result<String, ApiError> {
    if let Some(id) = params.text("product") {
        world.named("product", id, "product")?;
        return Ok(id.to_owned());
    }
    let data = params.below("product_data");
    let Some(name) = data.text("name") else { return Err(ApiError::missing("product")) };
    let id = new_id("prod");
    let mut made = catalog::product(&id, name, now);
    merge_metadata(&mut made, &data)?;
    world.create(made, "product.created");
    Ok(id)
}

fn update(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let mut after = world.find("price", call.id())?.clone();
    set_fields(&mut after, &call.params)?;
    world.update(call.id(), "price.updated", |price| *price = after);
    world.find("price", call.id()).cloned()
}

fn set_fields(price: &mut Value, params: &Params) -> Result<(), ApiError> {
    for name in ["lookup_key", "nickname"] {
        if let Some(text) = params.text(name) {
            price[name] = json!(text);
        } else if params.cleared(name) {
            price[name] = Value::Null;
        }
    }
    if let Some(behaviour) = params.word("tax_behavior", &["inclusive", "exclusive", "unspecified"])? {
        price["tax_behavior"] = json!(behaviour);
    }
    if let Some(active) = params.boolean("active")? {
        price["active"] = json!(active);
    }
    merge_metadata(price, params)
}

fn index(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let created = list::created(params)?;
    let equal = list::equal(params, &["active", "currency", "product", "type"]);
    let keys = params.texts("lookup_keys")?;
    let asked = |price: &Value| keys.is_empty() || keys.iter().any(|key| price["lookup_key"] == key.as_str());
    let interval = params.text("recurring.interval");
    let rhythm = |price: &Value| interval.is_none_or(|interval| price["recurring"]["interval"] == interval);
    let fits = |one: &&Value| created(one) && equal(one) && asked(one) && rhythm(one);
    list::page(world.store.newest_first("price").filter(fits), params, "/v1/prices")
}
