use super::{Call, Route, list};
use crate::{
    billing::lifecycle::is_over,
    error::ApiError,
    ids::new_id,
    objects::invoice,
    world::{World, number, text},
};
use serde_json::{Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/v1/invoices",
        permission: "rak_invoice_read",
        params: &[
            "collection_method",
            "created",
            "created.*",
            "customer",
            "status",
            "subscription",
            "limit",
            "starting_after",
            "ending_before",
        ],
        handler: index,
    },
    Route {
        method: "POST",
        path: "/v1/invoices/create_preview",
        permission: "rak_invoice_read",
        params: &[
            "customer",
            "subscription",
            "subscription_details.cancel_at",
            "subscription_details.items[].deleted",
            "subscription_details.items[].id",
            "subscription_details.items[].metadata.*",
            "subscription_details.items[].price",
            "subscription_details.items[].quantity",
            "subscription_details.proration_behavior",
            "subscription_details.proration_date",
        ],
        handler: preview,
    },
    Route {
        method: "GET",
        path: "/v1/invoices/{}",
        permission: "rak_invoice_read",
        params: &[],
        handler: |world, call| world.find("invoice", call.id()).cloned(),
    },
    Route {
        method: "GET",
        path: "/v1/invoices/{}/lines",
        permission: "rak_invoice_read",
        params: super::PAGE,
        handler: |world, call| {
            let lines =
                world.find("invoice", call.id())?["lines"]["data"].as_array().cloned().unwrap_or_default();
            list::page(lines.iter(), &call.params, &format!("/v1/invoices/{}/lines", call.id()))
        },
    },
    Route {
        method: "POST",
        path: "/v1/invoices/{}/pay",
        permission: "rak_invoice_write",
        params: &["off_session", "paid_out_of_band", "payment_method"],
        handler: pay,
    },
    Route {
        method: "POST",
        path: "/v1/invoices/{}/void",
        permission: "rak_invoice_write",
        params: &[],
        handler: void,
    },
    Route {
        method: "GET",
        path: "/v1/invoice_payments",
        permission: "rak_invoice_read",
        params: &[
            "created",
            "created.*",
            "invoice",
            "payment.type",
            "payment.payment_intent",
            "status",
            "limit",
            "starting_after",
            "ending_before",
        ],
        handler: payments,
    },
];

fn subscription_id(invoice: &Value) -> &Value {
    &invoice["parent"]["subscription_details"]["subscription"]
}

fn index(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let created = list::created(params)?;
    let equal = list::equal(params, &["collection_method", "customer", "status"]);
    let subscription = params.text("subscription");
    let fits =
        |one: &&Value| created(one) && equal(one) && subscription.is_none_or(|id| subscription_id(one) == id);
    list::page(world.store.newest_first("invoice").filter(fits), params, "/v1/invoices")
}

fn payments(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let (created, equal) = (list::created(params)?, list::equal(params, &["invoice", "status"]));
    let intent = params.text("payment.payment_intent");
    if intent.is_some() {
        params.required("payment.type")?;
    }
    let fits = |one: &&Value| {
        created(one) && equal(one) && intent.is_none_or(|intent| one["payment"]["payment_intent"] == intent)
    };
    list::page(world.store.newest_first("invoice_payment").filter(fits), params, "/v1/invoice_payments")
}

fn pay(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let id = call.id();
    let found = world.find("invoice", id)?.clone();
    match text(&found, "status") {
        "open" => {}
        "draft" => world.finalize_invoice(id),
        "paid" => return Err(ApiError::invalid("Invoice is already paid").code("invoice_already_paid")),
        status => return Err(ApiError::invalid(format!("This invoice is {status} and cannot be paid."))),
    }
    if call.params.boolean("paid_out_of_band")? == Some(true) {
        world.mark_paid(id, None);
        return world.find("invoice", id).cloned();
    }
    let method = match call.params.text("payment_method") {
        Some(method) => Some(world.named_card(text(&found, "customer"), method, "payment_method")?),
        None => None,
    };
    world.pay_invoice(id, method.as_deref())?;
    world.find("invoice", id).cloned()
}

fn void(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let status = text(world.find("invoice", call.id())?, "status").to_owned();
    if !matches!(status.as_str(), "open" | "uncollectible") {
        let message =
            format!("You can only pass in open or uncollectible invoices. This invoice is {status}.");
        return Err(ApiError::invalid(message).code("status_transition_invalid"));
    }
    world.void_invoice(call.id());
    world.find("invoice", call.id()).cloned()
}

/// What the next invoice would say. Nothing is kept.
fn preview(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let id = params.required("subscription")?;
    let subscription = world.named("subscription", id, "subscription")?.clone();
    if params.text("customer").is_some_and(|customer| subscription["customer"] != customer) {
        return Err(ApiError::no_such("subscription", id, "subscription"));
    }
    let details = params.below("subscription_details");
    let wanted = details.list("items")?;
    let ends = is_over(&subscription) || !subscription["cancel_at"].is_null();
    if ends && wanted.is_empty() {
        let message = "No upcoming invoices for customer: the subscription is going to end.";
        return Err(ApiError::invalid(message).code("invoice_upcoming_none"));
    }
    let now = world.now_for(text(&subscription, "customer"));
    let date = details.integer("proration_date")?.unwrap_or(now);
    let behaviour = details.word("proration_behavior", &["always_invoice", "create_prorations", "none"])?;
    let change = world.changed_items(&subscription, &wanted, date)?;
    let mut lines = if behaviour == Some("none") && !change.new_cycle { Vec::new() } else { change.lines };
    let at_once = change.new_cycle || behaviour == Some("always_invoice");
    if !at_once {
        lines.extend(subscription["_pending_lines"].as_array().into_iter().flatten().cloned());
        lines.extend(next_period(world, &subscription, &change.items));
    }
    let customer = world.store.get(text(&subscription, "customer")).cloned().unwrap_or_default();
    let reason = if at_once { "subscription_update" } else { "upcoming" };
    let id = new_id("upcoming_in");
    let mut made = invoice::invoice(&id, &customer, text(&subscription, "currency"), reason, lines, now);
    invoice::set_subscription(&mut made, &subscription);
    if !wanted.is_empty() {
        made["parent"]["subscription_details"]["subscription_proration_date"] = json!(date);
    }
    Ok(made)
}

/// Lines for the period after the current one, with the items as they would be.
fn next_period(world: &World, subscription: &Value, items: &[Value]) -> Vec<Value> {
    let anchor = number(subscription, "billing_cycle_anchor");
    items
        .iter()
        .map(|item| {
            let start = number(item, "current_period_end");
            let price = world.store.get(text(item, "price")).cloned().unwrap_or_default();
            let mut moved = item.clone();
            let end = crate::billing::period::period_end(anchor, start, &price);
            crate::billing::lifecycle::set_period(&mut moved, start, end);
            world.period_line(subscription, &moved, false)
        })
        .collect()
}
