//! Changing a subscription: the one call with the most rules.

use super::Call;
use crate::{
    billing::{
        DAY,
        lifecycle::{forget_planned_end, is_over, items_mut, last_period_end, set_period},
        proration::Change,
    },
    error::ApiError,
    metadata::merge_metadata,
    params::Params,
    world::{World, text},
};
use serde_json::{Value, json};

pub(super) const PARAMS: &[&str] = &[
    "cancel_at",
    "cancel_at_period_end",
    "cancellation_details.comment",
    "cancellation_details.feedback",
    "collection_method",
    "default_payment_method",
    "description",
    "items[].deleted",
    "items[].id",
    "items[].metadata.*",
    "items[].price",
    "items[].quantity",
    "metadata.*",
    "pause_collection.behavior",
    "pause_collection.resumes_at",
    "payment_behavior",
    "proration_behavior",
    "proration_date",
    "trial_end",
    "trial_settings.end_behavior.missing_payment_method",
];

/// How long a change waits to be paid for.
const PENDING_FOR: i64 = 23 * 3_600;

pub(super) fn update(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let (id, params) = (call.id(), &call.params);
    let before = world.find("subscription", id)?.clone();
    if is_over(&before) {
        let only_notes = params
            .fields()
            .keys()
            .all(|name| name == "metadata" || name == "cancellation_details" || name == "expand");
        if !only_notes {
            let message = "A canceled subscription can only update its cancellation_details and metadata.";
            return Err(ApiError::invalid(message).code("invalid_canceled_subscription_fields"));
        }
    }
    let mut after = before.clone();
    merge_metadata(&mut after, params)?;
    set_fields(world, &mut after, params)?;
    set_end(world, &mut after, params)?;
    let change = item_change(world, &after, params)?;
    match change {
        None => world.update(id, "customer.subscription.updated", |subscription| *subscription = after),
        Some((change, date)) => change_items(world, id, &before, after, change, date, params)?,
    }
    if params.text("trial_end").is_some() {
        let now = world.now_for(text(&before, "customer"));
        let clock = before["test_clock"].as_str();
        world.run_until(clock, now);
    }
    world.find("subscription", id).cloned()
}

fn set_fields(world: &mut World, subscription: &mut Value, params: &Params) -> Result<(), ApiError> {
    if let Some(text) = params.text("description") {
        subscription["description"] = json!(text);
    }
    for name in ["comment", "feedback"] {
        if let Some(text) = params.text(&format!("cancellation_details.{name}")) {
            subscription["cancellation_details"][name] = json!(text);
        }
    }
    if let Some(method) = params.text("default_payment_method") {
        let customer = text(subscription, "customer").to_owned();
        subscription["default_payment_method"] =
            json!(world.named_card(&customer, method, "default_payment_method")?);
    }
    let missing = "trial_settings.end_behavior.missing_payment_method";
    if let Some(behaviour) = params.word(missing, &["cancel", "create_invoice", "pause"])? {
        subscription["trial_settings"]["end_behavior"]["missing_payment_method"] = json!(behaviour);
    }
    if params.cleared("pause_collection") {
        subscription["pause_collection"] = Value::Null;
    } else if params.at("pause_collection").is_some() {
        let behaviours = ["keep_as_draft", "mark_uncollectible", "void"];
        let behaviour = params.word("pause_collection.behavior", &behaviours)?;
        let behaviour = behaviour.ok_or_else(|| ApiError::missing("pause_collection[behavior]"))?;
        let resumes_at = params.integer("pause_collection.resumes_at")?;
        subscription["pause_collection"] = json!({"behavior": behaviour, "resumes_at": resumes_at});
    }
    set_trial_end(world, subscription, params)
}

fn set_trial_end(world: &World, subscription: &mut Value, params: &Params) -> Result<(), ApiError> {
    let now = world.now_for(text(subscription, "customer"));
    let end = match params.text("trial_end") {
        None => return Ok(()),
        Some("now") => now,
        Some(_) => params.integer("trial_end")?.unwrap_or(now),
    };
    subscription["trial_end"] = json!(end);
    subscription["billing_cycle_anchor"] = json!(end);
    if end > now {
        subscription["status"] = json!("trialing");
        subscription["trial_start"] = json!(subscription["trial_start"].as_i64().unwrap_or(now));
    }
    for item in items_mut(subscription) {
        let start = item["current_period_start"].as_i64().unwrap_or(now);
        set_period(item, start, end);
    }
    Ok(())
}

fn set_end(world: &World, subscription: &mut Value, params: &Params) -> Result<(), ApiError> {
    let now = world.now_for(text(subscription, "customer"));
    let at_period_end = params.boolean("cancel_at_period_end")?;
    if at_period_end == Some(true) && params.text("cancel_at").is_some() {
        let message = "You may only specify one of these parameters: cancel_at, cancel_at_period_end.";
        return Err(ApiError::invalid(message).code("parameters_exclusive"));
    }
    let planned = |subscription: &mut Value, end: i64| {
        subscription["cancel_at"] = json!(end);
        subscription["canceled_at"] = json!(now);
        subscription["cancellation_details"]["reason"] = json!("cancellation_requested");
    };
    match at_period_end {
        Some(true) => {
            let end = last_period_end(subscription);
            planned(subscription, end);
            subscription["cancel_at_period_end"] = json!(true);
        }
        Some(false) if subscription["cancel_at_period_end"] == true => forget_planned_end(subscription),
        _ => {}
    }
    if params.cleared("cancel_at") {
        forget_planned_end(subscription);
    } else if let Some(end) = params.integer("cancel_at")? {
        if end <= now || end > now + 5 * 365 * DAY {
            let message = "`cancel_at` must be in the future and at most five years ahead.";
            return Err(ApiError::invalid(message).param("cancel_at"));
        }
        planned(subscription, end);
        subscription["cancel_at_period_end"] = json!(false);
    }
    Ok(())
}

/// The change of items that was asked for, and the second it takes effect.
fn item_change(
    world: &World,
    subscription: &Value,
    params: &Params,
) -> Result<Option<(Change, i64)>, ApiError> {
    let wanted = params.list("items")?;
    if wanted.is_empty() {
        return Ok(None);
    }
    let date = params.integer("proration_date")?;
    let date = date.unwrap_or_else(|| world.now_for(text(subscription, "customer")));
    Ok(Some((world.changed_items(subscription, &wanted, date)?, date)))
}

fn change_items(
    world: &mut World,
    id: &str,
    before: &Value,
    after: Value,
    change: Change,
    date: i64,
    params: &Params,
) -> Result<(), ApiError> {
    let proration = params.word("proration_behavior", &["always_invoice", "create_prorations", "none"])?;
    let payment = params.word(
        "payment_behavior",
        &["allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"],
    )?;
    let behaviour = proration.unwrap_or("create_prorations");
    let shown_before = world.render(before);
    let refused = would_be_refused(world, id, before, &change, behaviour);
    match (payment, refused) {
        (Some("error_if_incomplete"), Some(error)) => return Err(error),
        (Some("pending_if_incomplete"), Some(_)) => {
            hold_back(world, id, change, date);
            return Ok(());
        }
        _ => {}
    }
    world.change(id, |subscription| *subscription = after);
    // A failed payment shows in the subscription's status; the change itself stands.
    let _ = world.apply_change(id, change, behaviour, date);
    let Some(now) = world.store.get(id).cloned() else { return Ok(()) };
    world.emit_changed(&shown_before, &now, "customer.subscription.updated");
    Ok(())
}

/// The decline that an immediate invoice for the change would meet.
fn would_be_refused(
    world: &World,
    id: &str,
    before: &Value,
    change: &Change,
    behaviour: &str,
) -> Option<ApiError> {
    let total: i64 = change.lines.iter().filter_map(|line| line["amount"].as_i64()).sum();
    if total <= 0 || !(change.new_cycle || behaviour == "always_invoice") {
        return None;
    }
    let customer = text(before, "customer");
    let method = world.card_for(customer, Some(id)).unwrap_or_default();
    world.outcome(customer, &method).error()
}

/// Keeps the change aside until its invoice is paid.
fn hold_back(world: &mut World, id: &str, change: Change, date: i64) {
    let Change { items, lines, .. } = change;
    let invoice = world.draft_invoice(id, "subscription_update", lines);
    world.finalize_invoice(&invoice);
    world.update(id, "customer.subscription.updated", |subscription| {
        subscription["pending_update"] = json!({
            "billing_cycle_anchor": null, "cancel_at_period_end": null, "discount": null, "discounts": null,
            "expires_at": date + PENDING_FOR, "metadata": null, "subscription_items": items, "trial_end": null,
            "trial_from_plan": null,
        });
        subscription["_pending_items"] = json!(items);
        subscription["_pending_invoice"] = json!(invoice);
    });
}
