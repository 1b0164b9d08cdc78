use super::{Call, Route, list, subscription_update};
use crate::{
    billing::{
        DAY,
        lifecycle::is_over,
        start::{NewItem, NewSubscription},
    },
    error::ApiError,
    metadata::merge_metadata,
    params::Params,
    world::{World, text},
};
use serde_json::{Map, Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/subscriptions",
        permission: "rak_subscription_write",
        params: &[
            "billing_mode.type",
            "collection_method",
            "customer",
            "default_payment_method",
            "description",
            "discounts[].coupon",
            "discounts[].promotion_code",
            "items[].metadata.*",
            "items[].price",
            "items[].quantity",
            "metadata.*",
            "payment_behavior",
            "proration_behavior",
            "trial_end",
            "trial_period_days",
            "trial_settings.end_behavior.missing_payment_method",
        ],
        handler: create,
    },
    Route {
        method: "GET",
        path: "/v1/subscriptions",
        permission: "rak_subscription_read",
        params: &[
            "collection_method",
            "created",
            "created.*",
            "customer",
            "price",
            "status",
            "test_clock",
            "limit",
            "starting_after",
            "ending_before",
        ],
        handler: index,
    },
    Route {
        method: "GET",
        path: "/v1/subscriptions/search",
        permission: "rak_subscription_read",
        params: &["query", "limit", "page"],
        handler: |world, call| list::search(world, call, "subscription", "/v1/subscriptions/search"),
    },
    Route {
        method: "GET",
        path: "/v1/subscriptions/{}",
        permission: "rak_subscription_read",
        params: &[],
        handler: |world, call| world.find("subscription", call.id()).cloned(),
    },
    Route {
        method: "POST",
        path: "/v1/subscriptions/{}",
        permission: "rak_subscription_write",
        params: subscription_update::PARAMS,
        handler: subscription_update::update,
    },
    Route {
        method: "DELETE",
        path: "/v1/subscriptions/{}",
        permission: "rak_subscription_write",
        params: &["cancellation_details.comment", "cancellation_details.feedback", "invoice_now", "prorate"],
        handler: cancel,
    },
    Route {
        method: "POST",
        path: "/v1/subscriptions/{}/pause",
        permission: "rak_subscription_write",
        params: &["bill_for.*", "invoicing_behavior", "type"],
        handler: pause,
    },
    Route {
        method: "POST",
        path: "/v1/subscriptions/{}/resume",
        permission: "rak_subscription_write",
        params: &["billing_cycle_anchor.type", "payment_behavior", "proration_behavior", "proration_date"],
        handler: resume,
    },
];

fn create(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let customer = params.required("customer")?.to_owned();
    world.named("customer", &customer, "customer")?;
    let wanted = params.list("items")?;
    if wanted.is_empty() {
        return Err(ApiError::missing("items"));
    }
    let mut items = Vec::new();
    for (index, item) in wanted.iter().enumerate() {
        items.push(new_item(world, item, index)?);
    }
    let now = world.now_for(&customer);
    let days = params.integer("trial_period_days")?.map(|days| now + days * DAY);
    let discount = match params.list("discounts")?.first() {
        Some(first) => world.usable_coupon(first, "discounts[0]")?,
        None => None,
    };
    let behavior = params.word(
        "payment_behavior",
        &["allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"],
    )?;
    let mut metadata = json!({"metadata": {}});
    merge_metadata(&mut metadata, params)?;
    let payment_method = match params.text("default_payment_method") {
        Some(id) => Some(world.named_card(&customer, id, "default_payment_method")?),
        None => None,
    };
    let trial_end = params.integer("trial_end")?.or(days);
    if trial_end.is_none() && payment_method.is_none() && world.card_for(&customer, None).is_none() {
        let message = "This customer has no attached payment source or default payment method. Please consider adding a \
                       default payment method.";
        return Err(ApiError::invalid(message).code("resource_missing"));
    }
    if behavior == Some("error_if_incomplete") && trial_end.is_none() {
        let method = payment_method.clone().or_else(|| world.card_for(&customer, None)).unwrap_or_default();
        if let Some(error) = world.outcome(&customer, &method).error() {
            return Err(error);
        }
    }
    let missing = "trial_settings.end_behavior.missing_payment_method";
    let (id, _) = world.start_subscription(NewSubscription {
        customer,
        items,
        metadata: metadata["metadata"].as_object().cloned().unwrap_or_default(),
        trial_end,
        missing_payment_method: params
            .word(missing, &["cancel", "create_invoice", "pause"])?
            .map(str::to_owned),
        description: params.text("description").map(str::to_owned),
        payment_method,
        discount,
        agreed: false,
    });
    world.find("subscription", &id).cloned()
}

fn new_item(world: &World, params: &Params, index: usize) -> Result<NewItem, ApiError> {
    let at = format!("items[{index}][price]");
    let id = params.text("price").ok_or_else(|| ApiError::missing(&at))?;
    let price = world.named("price", id, &at)?;
    if price["recurring"].is_null() {
        let message = "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.";
        return Err(ApiError::invalid(message).param(&at));
    }
    let mut metadata = json!({"metadata": {}});
    merge_metadata(&mut metadata, params)?;
    let metadata: Map<String, Value> = metadata["metadata"].as_object().cloned().unwrap_or_default();
    Ok(NewItem { price: id.to_owned(), quantity: Some(params.integer("quantity")?.unwrap_or(1)), metadata })
}

/// Without a status the ended ones are left out; those of test clocks unless they are asked for.
fn index(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let created = list::created(params)?;
    let equal = list::equal(params, &["collection_method", "customer", "test_clock"]);
    let status = params.word(
        "status",
        &[
            "active",
            "all",
            "canceled",
            "ended",
            "incomplete",
            "incomplete_expired",
            "past_due",
            "paused",
            "trialing",
            "unpaid",
        ],
    )?;
    let with_status = |one: &Value| match status {
        None => one["status"] != "canceled",
        Some("all") => true,
        Some("ended") => is_over(one),
        Some(status) => one["status"] == status,
    };
    let on_clocks = params.text("test_clock").is_some() || params.text("customer").is_some();
    let price = params.text("price");
    let with_price = |one: &Value| {
        price.is_none_or(|price| {
            one["items"]["data"].as_array().into_iter().flatten().any(|item| item["price"] == price)
        })
    };
    let fits = |one: &&Value| {
        created(one)
            && equal(one)
            && with_status(one)
            && with_price(one)
            && (on_clocks || one["test_clock"].is_null())
    };
    list::page(world.store.newest_first("subscription").filter(fits), params, "/v1/subscriptions")
}

fn cancel(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.id();
    if is_over(world.find("subscription", id)?) {
        return Err(ApiError::not_found("subscription", id));
    }
    for name in ["comment", "feedback"] {
        if let Some(text) = call.params.text(&format!("cancellation_details.{name}")) {
            world.change(id, |subscription| subscription["cancellation_details"][name] = json!(text));
        }
    }
    world.end_subscription(id, "cancellation_requested");
    world.find("subscription", id).cloned()
}

fn pause(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let status = text(world.find("subscription", call.id())?, "status").to_owned();
    if !matches!(status.as_str(), "active" | "trialing") {
        let message = format!("You cannot pause a subscription with status `{status}`.");
        return Err(ApiError::invalid(message));
    }
    world.pause_subscription(call.id(), "pause_requested");
    world.find("subscription", call.id()).cloned()
}

fn resume(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    if world.find("subscription", call.id())?["status"] != "paused" {
        return Err(ApiError::invalid("You can only resume a paused subscription."));
    }
    world.resume_subscription(call.id())?;
    world.find("subscription", call.id()).cloned()
}
