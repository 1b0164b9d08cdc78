use super::{Call, PAGE, Route, list};
use crate::{
    billing::{HOUR, discounts::Chosen},
    error::ApiError,
    ids::new_id,
    metadata::merge_metadata,
    objects::checkout,
    params::Params,
    world::{World, number, text},
};
use serde_json::{Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/checkout/sessions",
        permission: "rak_checkout_session_write",
        params: &[
            "allow_promotion_codes",
            "automatic_tax.enabled",
            "billing_address_collection",
            "cancel_url",
            "client_reference_id",
            "consent_collection.*",
            "currency",
            "custom_text.*",
            "customer",
            "customer_creation",
            "customer_email",
            "customer_update.*",
            "discounts[].coupon",
            "discounts[].promotion_code",
            "expires_at",
            "line_items[].price",
            "line_items[].quantity",
            "locale",
            "metadata.*",
            "mode",
            "payment_intent_data.metadata.*",
            "payment_method_collection",
            "payment_method_types[]",
            "phone_number_collection.enabled",
            "submit_type",
            "subscription_data.description",
            "subscription_data.metadata.*",
            "subscription_data.trial_end",
            "subscription_data.trial_period_days",
            "subscription_data.trial_settings.end_behavior.missing_payment_method",
            "success_url",
            "tax_id_collection.enabled",
            "ui_mode",
        ],
        handler: create,
    },
    Route {
        method: "GET",
        path: "/v1/checkout/sessions",
        permission: "rak_checkout_session_read",
        params: &[
            "created",
            "created.*",
            "customer",
            "payment_intent",
            "status",
            "subscription",
            "limit",
            "starting_after",
            "ending_before",
        ],
        handler: index,
    },
    Route {
        method: "GET",
        path: "/v1/checkout/sessions/{}",
        permission: "rak_checkout_session_read",
        params: &[],
        handler: |world, call| world.find("checkout.session", call.id()).cloned(),
    },
    Route {
        method: "GET",
        path: "/v1/checkout/sessions/{}/line_items",
        permission: "rak_checkout_session_read",
        params: PAGE,
        handler: line_items,
    },
    Route {
        method: "POST",
        path: "/v1/checkout/sessions/{}/expire",
        permission: "rak_checkout_session_write",
        params: &[],
        handler: expire,
    },
];

fn create(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let mode = params.word("mode", &["payment", "subscription"])?.ok_or_else(|| ApiError::missing("mode"))?;
    params.word("ui_mode", &["hosted_page", "hosted"])?;
    let id = new_id("cs_test");
    let now = world.now();
    let mut made = checkout::session(&id, mode, &format!("{}/pay/{id}", world.origin), now);
    set_customer(world, &mut made, params)?;
    set_line_items(world, &mut made, params, mode)?;
    set_discount(world, &mut made, params)?;
    set_urls(&mut made, params)?;
    if let Some(expires_at) = params.integer("expires_at")? {
        if !(now + HOUR / 2..=now + 24 * HOUR).contains(&expires_at) {
            let message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.";
            return Err(ApiError::invalid(message).param("expires_at"));
        }
        made["expires_at"] = json!(expires_at);
    }
    set_subscription_data(&mut made, params, mode)?;
    set_options(&mut made, params)?;
    merge_metadata(&mut made, params)?;
    world.insert(made.clone());
    Ok(made)
}

fn set_customer(world: &World, session: &mut Value, params: &Params) -> Result<(), ApiError> {
    let (customer, email) = (params.text("customer"), params.text("customer_email"));
    if customer.is_some() && email.is_some() {
        let message = "You may only specify one of these parameters: customer, customer_email.";
        return Err(ApiError::invalid(message).code("parameters_exclusive"));
    }
    if let Some(id) = customer {
        let customer = world.named("customer", id, "customer")?;
        session["customer"] = json!(id);
        session["customer_details"] = json!({
            "address": null, "business_name": null, "email": customer["email"], "individual_name": null, "name": null,
            "phone": null, "tax_exempt": "none", "tax_ids": null,
        });
        let taxed = params.boolean("automatic_tax.enabled")? == Some(true);
        if taxed && customer["address"].is_null() && params.text("customer_update.address") != Some("auto") {
            let message = "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid \
                           address to the Customer or set `customer_update[address]` to 'auto'.";
            return Err(ApiError::invalid(message).code("customer_tax_location_invalid"));
        }
        if params.boolean("tax_id_collection.enabled")? == Some(true)
            && params.text("customer_update.name") != Some("auto")
        {
            let message = "Tax ID collection requires updating business name on the customer. To enable tax ID \
                           collection for an existing customer, please set `customer_update[name]` to `auto`.";
            return Err(ApiError::invalid(message));
        }
    } else if let Some(email) = email {
        session["customer_email"] = json!(email);
        session["customer_creation"] = json!("always");
    } else {
        session["customer_creation"] = json!("always");
    }
    Ok(())
}

fn set_line_items(world: &World, session: &mut Value, params: &Params, mode: &str) -> Result<(), ApiError> {
    let wanted = params.list("line_items")?;
    if wanted.is_empty() {
        return Err(ApiError::missing("line_items"));
    }
    let mut items = Vec::new();
    for (index, item) in wanted.iter().enumerate() {
        let at = |name: &str| format!("line_items[{index}][{name}]");
        let id = item.text("price").ok_or_else(|| ApiError::missing(&at("price")))?;
        let price = world.named("price", id, &at("price"))?;
        if price["active"] != true {
            let message = "The price specified is inactive. This field only accepts active prices.";
            return Err(ApiError::invalid(message).param(&at("price")));
        }
        if mode == "payment" && !price["recurring"].is_null() {
            let message = "You specified `payment` mode but passed a recurring price. Either switch to `subscription` \
                           mode or use only one-time prices.";
            return Err(ApiError::invalid(message).param(&at("price")));
        }
        let quantity = item.integer("quantity")?.ok_or_else(|| ApiError::missing(&at("quantity")))?;
        let name = world.store.get(text(price, "product")).map_or("", |product| text(product, "name"));
        items.push(checkout::line_item(price, name, quantity, number(price, "unit_amount") * quantity));
    }
    let recurring = items
        .iter()
        .any(|item| world.store.get(text(item, "price")).is_some_and(|price| !price["recurring"].is_null()));
    if mode == "subscription" && !recurring {
        let message =
            "You must provide at least one recurring price in `subscription` mode when using prices.";
        return Err(ApiError::invalid(message).param("line_items"));
    }
    let mut currencies: Vec<&str> = items.iter().map(|item| text(item, "currency")).collect();
    currencies.dedup();
    if currencies.len() > 1 {
        return Err(ApiError::invalid("All prices on a Checkout session must use the same currency.")
            .param("line_items"));
    }
    let total: i64 = items.iter().map(|item| number(item, "amount_total")).sum();
    session["currency"] = items[0]["currency"].clone();
    session["amount_subtotal"] = json!(total);
    session["amount_total"] = json!(total);
    session["_line_items"] = json!(items);
    Ok(())
}

fn set_discount(world: &World, session: &mut Value, params: &Params) -> Result<(), ApiError> {
    let allow = params.boolean("allow_promotion_codes")?;
    session["allow_promotion_codes"] = json!(allow);
    let discounts = params.list("discounts")?;
    if allow.is_some() && !discounts.is_empty() {
        let message = "You may only specify one of these parameters: allow_promotion_codes, discounts.";
        return Err(ApiError::invalid(message).code("parameters_exclusive"));
    }
    if discounts.len() > 1 {
        return Err(
            ApiError::invalid("Array discounts exceeded maximum 1 allowed elements.").param("discounts")
        );
    }
    let Some(first) = discounts.first() else { return Ok(()) };
    let Some(Chosen { coupon, promotion_code }) = world.usable_coupon(first, "discounts[0]")? else {
        return Ok(());
    };
    let total = number(session, "amount_subtotal");
    let off = world.taken_off(&coupon, total);
    session["amount_total"] = json!(total - off);
    session["total_details"]["amount_discount"] = json!(off);
    let shown = if promotion_code.is_some() { Value::Null } else { json!(coupon) };
    session["discounts"] = json!([{"coupon": shown, "promotion_code": promotion_code}]);
    session["_discount"] = json!({"coupon": coupon, "promotion_code": promotion_code});
    Ok(())
}

fn set_urls(session: &mut Value, params: &Params) -> Result<(), ApiError> {
    params.required("success_url")?;
    for name in ["success_url", "cancel_url"] {
        let Some(url) = params.text(name) else { continue };
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(ApiError::invalid(format!("Not a valid URL: {url}")).code("url_invalid").param(name));
        }
        session[name] = json!(url);
    }
    Ok(())
}

fn set_subscription_data(session: &mut Value, params: &Params, mode: &str) -> Result<(), ApiError> {
    let data = params.below("subscription_data");
    if mode != "subscription" && !data.fields().is_empty() {
        let message = "You can not pass `subscription_data` in `payment` mode.";
        return Err(ApiError::invalid(message).param("subscription_data"));
    }
    let mut kept = json!({
        "description": data.text("description"),
        "metadata": {},
        "missing_payment_method": data.word(
            "trial_settings.end_behavior.missing_payment_method", &["cancel", "create_invoice", "pause"],
        )?,
        "trial_end": data.integer("trial_end")?,
        "trial_period_days": data.integer("trial_period_days")?,
    });
    if kept["trial_period_days"].as_i64().is_some_and(|days| !(1..=730).contains(&days)) {
        let message = "The minimum number of trial period days is 1, the maximum 730.";
        return Err(ApiError::invalid(message).param("subscription_data[trial_period_days]"));
    }
    merge_metadata(&mut kept, &data)?;
    session["_subscription_data"] = kept;
    let mut payment = json!({"metadata": {}});
    merge_metadata(&mut payment, &params.below("payment_intent_data"))?;
    session["_payment_metadata"] = payment["metadata"].clone();
    Ok(())
}

fn set_options(session: &mut Value, params: &Params) -> Result<(), ApiError> {
    for name in ["client_reference_id", "locale", "submit_type", "billing_address_collection"] {
        if let Some(text) = params.text(name) {
            session[name] = json!(text);
        }
    }
    if let Some(collection) = params.word("payment_method_collection", &["always", "if_required"])? {
        session["payment_method_collection"] = json!(collection);
    }
    if session["mode"] == "payment" {
        session["payment_method_collection"] = json!("if_required");
    }
    if let Some(enabled) = params.boolean("automatic_tax.enabled")? {
        session["automatic_tax"]["enabled"] = json!(enabled);
        session["automatic_tax"]["status"] = if enabled { json!("complete") } else { Value::Null };
    }
    if let Some(enabled) = params.boolean("tax_id_collection.enabled")? {
        session["tax_id_collection"]["enabled"] = json!(enabled);
    }
    Ok(())
}

fn index(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let created = list::created(params)?;
    let equal = list::equal(params, &["customer", "payment_intent", "status", "subscription"]);
    let sessions = world.store.newest_first("checkout.session").filter(|one| created(one) && equal(one));
    list::page(sessions, params, "/v1/checkout/sessions")
}

fn line_items(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.id();
    let items = world.find("checkout.session", id)?["_line_items"].as_array().cloned().unwrap_or_default();
    list::page(items.iter(), &call.params, &format!("/v1/checkout/sessions/{id}/line_items"))
}

fn expire(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.id();
    let status = text(world.find("checkout.session", id)?, "status").to_owned();
    if status != "open" {
        let message = format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {status}."
        );
        return Err(ApiError::invalid(message));
    }
    world.change(id, |session| {
        session["status"] = json!("expired");
        session["url"] = Value::Null;
    });
    world.emit_about(id, "checkout.session.expired");
    world.find("checkout.session", id).cloned()
}
