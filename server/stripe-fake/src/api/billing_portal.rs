use super::{Call, Route, list};
use crate::{
    error::ApiError,
    ids::new_id,
    metadata::merge_metadata,
    objects::portal,
    params::Params,
    world::{World, text},
};
use serde_json::{Value, json};

const CONFIGURATION: &[&str] = &[
    "active",
    "business_profile.headline",
    "business_profile.privacy_policy_url",
    "business_profile.terms_of_service_url",
    "default_return_url",
    "features.*",
    "login_page.enabled",
    "metadata.*",
    "name",
];

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/billing_portal/sessions",
        permission: "rak_customer_portal_write",
        params: &["configuration", "customer", "flow_data.*", "locale", "return_url"],
        handler: create_session,
    },
    Route {
        method: "POST",
        path: "/v1/billing_portal/configurations",
        permission: "rak_customer_portal_write",
        params: CONFIGURATION,
        handler: create_configuration,
    },
    Route {
        method: "GET",
        path: "/v1/billing_portal/configurations",
        permission: "rak_customer_portal_read",
        params: &["active", "is_default", "limit", "starting_after", "ending_before"],
        handler: |world, call| {
            let equal = list::equal(&call.params, &["active", "is_default"]);
            let found = world.store.newest_first("billing_portal.configuration").filter(|one| equal(one));
            list::page(found, &call.params, "/v1/billing_portal/configurations")
        },
    },
    Route {
        method: "GET",
        path: "/v1/billing_portal/configurations/{}",
        permission: "rak_customer_portal_read",
        params: &[],
        handler: |world, call| world.find("billing_portal.configuration", call.id()).cloned(),
    },
    Route {
        method: "POST",
        path: "/v1/billing_portal/configurations/{}",
        permission: "rak_customer_portal_write",
        params: CONFIGURATION,
        handler: update_configuration,
    },
];

fn create_session(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let customer = params.required("customer")?;
    world.named("customer", customer, "customer")?;
    let configuration = match params.text("configuration") {
        Some(id) => world.named("billing_portal.configuration", id, "configuration")?,
        None => world
            .store
            .newest_first("billing_portal.configuration")
            .find(|one| one["is_default"] == true)
            .ok_or_else(|| {
                ApiError::invalid("No configuration provided and no default configuration exists.")
            })?,
    };
    let id = new_id("bps");
    let url = format!("{}/portal/{id}", world.origin);
    let mut made = portal::session(&id, customer, text(configuration, "id"), &url, world.now_for(customer));
    let default_return = configuration["default_return_url"].clone();
    made["return_url"] = params.text("return_url").map_or(default_return, |url| json!(url));
    made["locale"] = json!(params.text("locale"));
    made["flow"] = flow(world, params, customer)?;
    world.insert(made.clone());
    world.emit("billing_portal.session.created", &made, None);
    Ok(made)
}

/// The one task that the visit leads to.
fn flow(world: &World, params: &Params, customer: &str) -> Result<Value, ApiError> {
    let data = params.below("flow_data");
    if data.fields().is_empty() {
        return Ok(Value::Null);
    }
    let kind = data.word("type", &["payment_method_update", "subscription_cancel"])?;
    let kind = kind.ok_or_else(|| ApiError::missing("flow_data[type]"))?;
    let cancel = data.below("subscription_cancel");
    let cancelled = if kind == "subscription_cancel" {
        let id = cancel.required("subscription")?;
        let subscription = world.named("subscription", id, "flow_data[subscription_cancel][subscription]")?;
        if subscription["customer"] != customer {
            return Err(ApiError::no_such(
                "subscription",
                id,
                "flow_data[subscription_cancel][subscription]",
            ));
        }
        json!({"retention": null, "subscription": id})
    } else {
        Value::Null
    };
    let redirect = data.text("after_completion.redirect.return_url");
    Ok(json!({
        "after_completion": {
            "hosted_confirmation": null,
            "redirect": redirect.map(|url| json!({"return_url": url})),
            "type": data.text("after_completion.type").unwrap_or("portal_homepage"),
        },
        "customer_update": null,
        "subscription_cancel": cancelled,
        "subscription_update": null,
        "subscription_update_confirm": null,
        "type": kind,
    }))
}

fn create_configuration(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    if call.params.below("features").fields().is_empty() {
        return Err(ApiError::missing("features"));
    }
    let mut made = portal::configuration(&new_id("bpc"), world.now());
    set_fields(&mut made, &call.params)?;
    Ok(world.create(made, "billing_portal.configuration.created"))
}

fn update_configuration(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let mut after = world.find("billing_portal.configuration", call.id())?.clone();
    set_fields(&mut after, &call.params)?;
    after["updated"] = json!(world.now());
    world.update(call.id(), "billing_portal.configuration.updated", |configuration| *configuration = after);
    world.find("billing_portal.configuration", call.id()).cloned()
}

fn set_fields(configuration: &mut Value, params: &Params) -> Result<(), ApiError> {
    for name in ["headline", "privacy_policy_url", "terms_of_service_url"] {
        if let Some(text) = params.text(&format!("business_profile.{name}")) {
            configuration["business_profile"][name] = json!(text);
        }
    }
    for name in ["default_return_url", "name"] {
        if let Some(text) = params.text(name) {
            configuration[name] = json!(text);
        }
    }
    if let Some(active) = params.boolean("active")? {
        configuration["active"] = json!(active);
    }
    let features = params.below("features");
    let update_on = features.boolean("subscription_update.enabled")? == Some(true);
    if update_on && features.boolean("payment_method_update.enabled")? == Some(false) {
        let message = "Cannot enable subscription updates while payment method update is disabled.";
        return Err(ApiError::invalid(message).param("features[subscription_update][enabled]"));
    }
    merge_feature(&mut configuration["features"], &Value::Object(features.fields().clone()));
    merge_metadata(configuration, params)
}

/// Puts given settings over the kept ones; words for true and false become booleans.
fn merge_feature(kept: &mut Value, given: &Value) {
    match given {
        Value::Object(fields) => {
            for (name, value) in fields {
                if kept.get(name).is_some() {
                    merge_feature(&mut kept[name.as_str()], value);
                }
            }
        }
        Value::String(text) if text == "true" || text == "false" => *kept = json!(text == "true"),
        other => *kept = other.clone(),
    }
}
