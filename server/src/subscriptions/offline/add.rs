//! A new subscription that is billed offline.

use latchkey_engine::{
    change::{self as engine, Facts, Phase, Refusal, When, Wish},
    period,
};
use latchkey_shared::{
    api::changes::{AddSubscription, AddedSubscription, AskChange, ChangePreview, NextPayment},
    change::{PaidBy, RenewFrom},
    ids::{CustomerId, SubscriptionId},
    money::Currency,
    time::Timestamp,
};
use latchkey_store::{
    Access, balances, customers,
    entity::{offline_contract, subscription, subscription_item},
    offline, plans, subscriptions,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::json;

use super::keys::{self, Holding};
use crate::{
    audit::{self, Entry, Origin},
    billing::sync::standing_status,
    error::{AppError, AppResult},
    state::AppState,
    subscriptions::{
        changes::{self, Sold},
        tax,
    },
};

/// Begins a subscription, or says what it would cost and give.
pub async fn add(
    app: &AppState,
    origin: &Origin,
    (access, customer): (Access, CustomerId),
    may_waive: bool,
    form: &AddSubscription,
) -> AppResult<AddedSubscription> {
    let is_free = form.paid_by == PaidBy::Free;
    if is_free && !form.trial && !may_waive {
        return Err(AppError::forbidden());
    }
    sensible(form)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    customers::find(&transaction, access, customer).await?.ok_or_else(|| AppError::not_found("customer"))?;
    balances::hold(&transaction, customer).await?;
    let zone = changes::zone(&transaction).await?;
    let starts = form.starts.map_or(Timestamp::from_millis(now), |day| period::start_of_day(day, zone));
    let currency = currency(&transaction, form).await?;
    let target = changes::wanted_items(&transaction, currency, &form.items, &[]).await?;
    let every = target.first().map(|item| item.every);
    let charged = tax::of_customer(&transaction, customer).await?;
    let facts = Facts {
        now: starts,
        zone,
        currency,
        phase: if form.at_sign_in { Phase::NotBegun } else { Phase::Ended },
        held: Vec::new(),
        term: None,
        balance: balances::of(&transaction, customer, currency.code()).await?,
        tax: charged.tax,
    };
    let outcome = if form.trial {
        let days = trial_days(&transaction, customer, &target).await?;
        engine::trial(&facts, &target, days)
    } else if form.at_sign_in {
        engine::preview(&facts, &Wish::Change { target, when: When::Now, waive: is_free })
    } else {
        engine::preview(&facts, &Wish::Renew { target, from: RenewFrom::Today, waive: is_free })
    };
    let outcome = outcome.map_err(changes::refused)?;
    let mut preview = changes::shown(&outcome, &AskChange::default(), currency, every);
    preview.tax_name = charged.name;
    // The beginning moves with the clock until it is decided.
    let said = if form.starts.is_some() { preview.clone() } else { without_times(preview.clone()) };
    preview.quote.digest = changes::digest(&said)?;
    if form.dry_run {
        return Ok(AddedSubscription { preview, subscription: None });
    }
    if form.digest != preview.quote.digest {
        return Err(AppError::quote_changed(serde_json::to_value(preview).map_err(AppError::internal)?));
    }
    if is_free && !form.trial && form.reason.trim().is_empty() {
        return Err(AppError::field("reason", "Say why, for the history."));
    }
    // Without a term it waits for the first sign-in.
    let term = outcome.term;
    let end = term.map(|term| term.end.millis());

    let row = subscription::ActiveModel {
        id: NotSet,
        customer_id: Set(customer.0),
        account_id: Set(None),
        stripe_id: Set(None),
        status: Set("pending_start".to_owned()),
        stripe_status: Set(None),
        paid_through: Set(end),
        trial_ends_at: Set(end.filter(|_| form.trial)),
        needs_card: Set(false),
        cancels_at: Set(None),
        ended_at: Set(None),
        key_pending_since: Set(None),
        pause: Set(None),
        metadata: Set(json!({})),
        fetched_at: Set(None),
        created_at: Set(starts.millis()),
        updated_at: Set(now),
    };
    let mut row = subscriptions::insert(&transaction, row).await?;
    let contract = offline_contract::Model {
        subscription_id: row.id,
        currency: currency.code().to_owned(),
        term_start: starts.millis(),
        term_end: end.unwrap_or(starts.millis()),
        lengths: term.map_or(1, |term| i64::from(term.lengths)),
        anchor_at: term.map_or(starts, |term| term.anchor).millis(),
        paid: changes::paid_json(&outcome.items),
        paused_at: None,
        extended_until: None,
        paid_by: form.paid_by.as_str().to_owned(),
        reference: form.reference.trim().to_owned(),
        own_prices: None,
        auto_renew: false,
        renews_at: None,
        updated_at: now,
    };
    offline::insert(&transaction, contract.clone()).await?;
    let held: Vec<_> = outcome.items.iter().map(|kept| &kept.item).collect();
    let sold = Sold::load(&transaction, &held).await?;
    let items = changes::item_rows(row.id, &held, term.as_ref(), &sold);
    subscriptions::replace_items(&transaction, &[], items, subscription_item::Column::PlanId).await?;
    let items = subscriptions::items(&transaction, &[row.id]).await?;
    let names: Vec<&str> = held.iter().map(|item| item.name.as_str()).collect();
    let begun = match (form.trial, form.at_sign_in) {
        (true, _) => "began with a trial",
        (_, true) => "was agreed and begins with the first sign-in",
        _ => "began",
    };
    let action = if form.at_sign_in { "subscription_agreed" } else { "subscription_started" };
    let text = format!("Subscription {} {begun}: {}.", row.id, names.join(", "));
    let used = -outcome.totals.from_balance;
    changes::balance_moved(&transaction, (now, origin), &row, currency.code(), used, &text).await?;
    let holding = Holding { row: &row, contract: &contract, items: &items, products: sold.products() };
    let lead = match term {
        Some(_) => keys::keep_in_step(app, &transaction, (now, origin), &holding).await?,
        None => None,
    };
    let status = standing_status(&row, lead.and_then(|key| key.expires_at), None, now);
    status.as_str().clone_into(&mut row.status);
    subscriptions::save(&transaction, row.clone()).await?;
    customers::refresh_headline(&transaction, customer.0).await?;
    changes::history::note(&transaction, (now, origin), &row, action, (&text, &form.reason)).await?;
    let paid = changes::history::Paid {
        outcome: &outcome,
        currency: currency.code(),
        by: form.paid_by,
        reference: &form.reference,
    };
    changes::history::paid(&transaction, (now, origin), &row, paid).await?;
    let entry = Entry {
        action,
        subject_kind: "subscription",
        subject_id: row.id,
        customer_id: Some(customer.0),
        text,
        after: Some(json!({
            "paid_through": term.map(|term| term.end),
            "trial": form.trial,
            "due": outcome.totals.due,
            "tax": outcome.totals.tax,
            "from_balance": outcome.totals.from_balance,
            "paid_by": form.paid_by,
            "reference": form.reference.trim(),
        })),
        reason: form.reason.trim().to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(AddedSubscription { preview, subscription: Some(SubscriptionId(row.id)) })
}

/// Refuses beginnings that cannot be had together.
fn sensible(form: &AddSubscription) -> AppResult<()> {
    if form.at_sign_in && form.starts.is_some() {
        return Err(AppError::field("starts", "Choose a day or the first sign-in, not both."));
    }
    if form.at_sign_in && form.trial {
        return Err(AppError::field("trial", "A trial begins now or on a day, not with the first sign-in."));
    }
    Ok(())
}

/// The currency that is asked for, or the one that the first plan has first.
async fn currency<C: ConnectionTrait>(connection: &C, form: &AddSubscription) -> AppResult<Currency> {
    if let Some(currency) = form.currency {
        return Ok(currency);
    }
    let ids: Vec<i64> = form.items.iter().map(|item| item.plan.0).collect();
    let plan = plans::by_ids(connection, &ids[..1.min(ids.len())]).await?.into_iter().next();
    changes::currency(&plan.ok_or_else(|| AppError::field("items", "Choose a plan."))?.currency)
}

/// How many days of trial the base has for this customer.
async fn trial_days<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    target: &[engine::Item],
) -> AppResult<u32> {
    let base = target.iter().find(|item| item.is_base).ok_or_else(|| changes::refused(Refusal::NoBase))?;
    let plan = plans::by_ids(connection, &[base.plan]).await?.into_iter().next();
    let days = plan.and_then(|plan| u32::try_from(plan.trial_days).ok()).filter(|days| *days > 0);
    let days = days.ok_or_else(|| AppError::field("trial", "This plan has no trial."))?;
    if subscriptions::had_trial(connection, customer, base.product).await? {
        return Err(AppError::field("trial", "This customer has had a trial of this product already."));
    }
    Ok(days)
}

/// What is said apart from when.
fn without_times(preview: ChangePreview) -> ChangePreview {
    let next = preview.next.map(|next| NextPayment { at: Timestamp::from_millis(0), ..next });
    ChangePreview {
        effective: Timestamp::from_millis(0),
        old_expiry: None,
        new_expiry: None,
        next,
        ..preview
    }
}
