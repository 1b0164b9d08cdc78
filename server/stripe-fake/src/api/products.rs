use super::{Call, Route, list};
use crate::{
    error::ApiError,
    ids::new_id,
    metadata::merge_metadata,
    objects::{catalog, customer},
    params::Params,
    world::World,
};
use serde_json::{Value, json};

const FIELDS: &[&str] = &[
    "active",
    "default_price",
    "description",
    "id",
    "images[]",
    "metadata.*",
    "name",
    "statement_descriptor",
    "unit_label",
    "url",
    "default_price_data.currency",
    "default_price_data.unit_amount",
    "default_price_data.recurring.interval",
    "default_price_data.recurring.interval_count",
    "default_price_data.metadata.*",
];

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/products",
        permission: "rak_product_write",
        params: FIELDS,
        handler: create,
    },
    Route {
        method: "GET",
        path: "/v1/products",
        permission: "rak_product_read",
        params: &[
            "active",
            "created",
            "created.*",
            "ids[]",
            "url",
            "limit",
            "starting_after",
            "ending_before",
        ],
        handler: index,
    },
    Route {
        method: "GET",
        path: "/v1/products/{}",
        permission: "rak_product_read",
        params: &[],
        handler: |world, call| world.find("product", call.id()).cloned(),
    },
    Route {
        method: "POST",
        path: "/v1/products/{}",
        permission: "rak_product_write",
        params: FIELDS,
        handler: update,
    },
    Route {
        method: "DELETE",
        path: "/v1/products/{}",
        permission: "rak_product_write",
        params: &[],
        handler: delete,
    },
];

fn create(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let now = world.now();
    let id = params.text("id").map_or_else(|| new_id("prod"), str::to_owned);
    if world.store.get(&id).is_some() {
        let message = format!("Product already exists: {id}");
        return Err(ApiError::invalid(message).code("resource_already_exists").param("id"));
    }
    let mut made = catalog::product(&id, params.required("name")?, now);
    set_fields(&mut made, params)?;
    let data = params.below("default_price_data");
    if !data.fields().is_empty() {
        let currency = data.required("currency")?.to_lowercase();
        let amount = data
            .integer("unit_amount")?
            .ok_or_else(|| ApiError::missing("default_price_data[unit_amount]"))?;
        let recurring = match data.text("recurring.interval") {
            None => Value::Null,
            Some(interval) => {
                let count = data.integer("recurring.interval_count")?.unwrap_or(1);
                catalog::recurring(interval, count, "licensed", None)
            }
        };
        let mut price = catalog::price(&new_id("price"), &id, &currency, amount, recurring, now);
        merge_metadata(&mut price, &data)?;
        made["default_price"] = price["id"].clone();
        world.create(price, "price.created");
    }
    Ok(world.create(made, "product.created"))
}

fn update(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let mut after = world.find("product", call.id())?.clone();
    if let Some(price) = call.params.text("default_price") {
        after["default_price"] = world.named("price", price, "default_price")?["id"].clone();
    }
    set_fields(&mut after, &call.params)?;
    after["updated"] = json!(world.now());
    world.update(call.id(), "product.updated", |product| *product = after);
    world.find("product", call.id()).cloned()
}

fn set_fields(product: &mut Value, params: &Params) -> Result<(), ApiError> {
    for name in ["description", "name", "statement_descriptor", "unit_label", "url"] {
        if let Some(text) = params.text(name) {
            product[name] = json!(text);
        } else if params.cleared(name) && name != "name" {
            product[name] = Value::Null;
        }
    }
    if let Some(active) = params.boolean("active")? {
        product["active"] = json!(active);
    }
    if params.at("images").is_some() {
        product["images"] = json!(params.texts("images")?);
    }
    merge_metadata(product, params)
}

fn delete(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.id();
    let gone = world.find("product", id)?.clone();
    if world.store.newest_first("price").any(|price| price["product"] == id) {
        let message = "This product cannot be deleted because it has one or more user-created prices.";
        return Err(ApiError::invalid(message));
    }
    world.store.remove(id);
    world.emit("product.deleted", &gone, None);
    Ok(customer::deleted(id, "product"))
}

fn index(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let (created, equal) = (list::created(params)?, list::equal(params, &["active", "url"]));
    let ids = params.texts("ids")?;
    let asked = |product: &Value| ids.is_empty() || ids.iter().any(|id| product["id"] == id.as_str());
    let products = world.store.newest_first("product").filter(|one| created(one) && equal(one) && asked(one));
    list::page(products, params, "/v1/products")
}
