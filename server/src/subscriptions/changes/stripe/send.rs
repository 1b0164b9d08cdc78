//! Telling Stripe. Who wants it and why is written down first; then Stripe is told under a name that is the
//! quote's, so that telling it twice does it once; then the subscription is fetched. What breaks off in between
//! is told again by the job of each minute.

use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, ChangeWhen, CommitChange, ExtendMany},
    ids::SubscriptionId,
    time::Timestamp,
};
use latchkey_store::{
    changes as store,
    entity::{change_quote, pending_change, subscription},
    subscriptions,
    sync_jobs::Target,
};
use latchkey_stripe::{
    StripeError,
    params::{CancelSubscription, Change, PauseSubscription, ResumeSubscription, UpdateSubscription},
};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::{super::history, Computed, compute, keys};
use crate::{
    audit::{self, Entry, Origin},
    billing::work,
    clock::MINUTE,
    error::{AppError, AppResult},
    state::AppState,
};

/// How long before the end of a period Stripe is told of a planned change, so that it renews with the new plan.
const BEFORE_THE_END: i64 = 15 * MINUTE;

/// Carries out a quote whose preview was found to hold.
pub async fn commit(
    app: &AppState,
    origin: &Origin,
    quote: &str,
    computed: Computed,
    ask: &AskChange,
    form: &CommitChange,
) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    // Of two that press the button at once, one goes on.
    let open = store::quote(&transaction, quote).await?.is_some_and(|row| row.state == store::OPEN);
    if !open {
        return Err(AppError::conflict("quote_used", "This was carried out already. Load the page again."));
    }
    let is_change = ask.action == ChangeAction::Change;
    let here = computed.until.is_some() || is_change && computed.shown.is_planned;
    store::forget(&transaction, computed.row.id).await?;
    if let Some(until) = computed.until {
        keys::extend(&transaction, now, &computed.row, until).await?;
    } else if here {
        plan(&transaction, (now, origin), &computed, ask).await?;
    }
    let (action, text) = (action(ask, computed.shown.is_planned), words(&computed, ask));
    history::note(&transaction, (now, origin), &computed.row, action, (&text, &form.reason)).await?;
    let entry = Entry {
        action,
        subject_kind: "subscription",
        subject_id: computed.row.id,
        customer_id: Some(computed.row.customer_id),
        text,
        after: Some(json!({"asked": ask, "due": computed.shown.due, "total": computed.shown.total})),
        reason: form.reason.trim().to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    let state = if here { store::DONE } else { store::SENT };
    store::set_quote(&transaction, quote, state, now).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    if !here {
        tell_and_note(app, quote, &computed, ask).await?;
    }
    let target = Target::subscription(computed.connected.account.id, &computed.stripe_id);
    work::converge_now(app, &target).await
}

/// Gives one of many its time; Stripe is not told.
pub async fn extend(
    app: &AppState,
    origin: &Origin,
    row: subscription::Model,
    ask: &AskChange,
    form: &ExtendMany,
) -> AppResult<()> {
    let now = app.clock.now();
    let computed = compute(app, row, ask, now).await?;
    let Some(until) = computed.until.filter(|_| !form.dry_run) else { return Ok(()) };
    let transaction = app.store.begin().await?;
    keys::extend(&transaction, now, &computed.row, until).await?;
    let (action, text) = ("subscription_extended", words(&computed, ask));
    history::note(&transaction, (now, origin), &computed.row, action, (&text, &form.reason)).await?;
    let entry = Entry {
        action,
        subject_kind: "subscription",
        subject_id: computed.row.id,
        customer_id: Some(computed.row.customer_id),
        text,
        reason: form.reason.trim().to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// Tells Stripe once more what broke off.
pub async fn resend(app: &AppState, quote: &change_quote::Model) -> AppResult<()> {
    let ask: AskChange = serde_json::from_value(quote.request.clone()).map_err(AppError::internal)?;
    let id = SubscriptionId(quote.subscription_id);
    let Some(row) = subscriptions::find(app.store.read(), latchkey_store::Access::All, id).await? else {
        return Ok(());
    };
    let target = row.account_id.zip(row.stripe_id.clone());
    match compute(app, row, &ask, quote.as_of).await {
        Ok(computed) => tell_and_note(app, &quote.id, &computed, &ask).await?,
        // It is so already, or cannot be any more.
        Err(error) if error.status().is_client_error() => done(app, &quote.id, id, &ask).await?,
        Err(error) => return Err(error),
    }
    match target {
        Some((account, stripe_id)) => {
            work::converge_now(app, &Target::subscription(account, &stripe_id)).await
        }
        None => Ok(()),
    }
}

/// A change that was planned is due: just before the period ends nothing is credited, afterwards what was
/// charged too much is.
pub async fn planned(app: &AppState, planned: &pending_change::Model) -> AppResult<()> {
    let now = app.clock.now();
    let ask: AskChange = serde_json::from_value(planned.request.clone()).map_err(AppError::internal)?;
    let id = SubscriptionId(planned.subscription_id);
    let Some(row) = subscriptions::find(app.store.read(), latchkey_store::Access::All, id).await? else {
        return Ok(());
    };
    let computed = match compute(app, row, &ask, now).await {
        Ok(computed) => Some(computed),
        Err(error) if matches!(error.code(), "no_change" | "already_over") => None,
        Err(error) => return Err(error),
    };
    if let Some(computed) = &computed {
        let in_time = now <= planned.due_at + BEFORE_THE_END;
        let behaviour = if in_time { "none" } else { "always_invoice" };
        let change = UpdateSubscription {
            items: computed.items.clone(),
            proration_behavior: Some(behaviour.to_owned()),
            ..UpdateSubscription::default()
        };
        let account = &computed.connected.account.stripe_id;
        let name = format!("{account}:planned:{}:{}", planned.subscription_id, planned.created_at);
        computed.connected.client.update_subscription(&computed.stripe_id, &change, Some(&name)).await?;
    }
    let origin = Origin::system("scheduler");
    let transaction = app.store.begin().await?;
    store::forget(&transaction, planned.subscription_id).await?;
    if let Some(computed) = &computed {
        let entry = Entry {
            action: "subscription_changed",
            subject_kind: "subscription",
            subject_id: planned.subscription_id,
            customer_id: Some(computed.row.customer_id),
            text: format!("As planned: {}.", planned.text),
            after: Some(planned.request.clone()),
            ..Entry::default()
        };
        audit::record(&transaction, now, &origin, entry).await?;
    }
    transaction.commit().await?;
    match computed {
        Some(computed) => {
            let target = Target::subscription(computed.connected.account.id, &computed.stripe_id);
            work::converge_now(app, &target).await
        }
        None => Ok(()),
    }
}

async fn plan(
    transaction: &DatabaseTransaction,
    (now, origin): (i64, &Origin),
    computed: &Computed,
    ask: &AskChange,
) -> AppResult<()> {
    let row = pending_change::Model {
        subscription_id: computed.row.id,
        due_at: Ord::max(computed.shown.effective.millis() - BEFORE_THE_END, now),
        request: json!(AskChange { when: ChangeWhen::Now, on: None, ..ask.clone() }),
        text: computed.wanted_words.clone(),
        source: origin.source.to_owned(),
        actor_name: origin.name.clone(),
        attempts: 0,
        last_error: None,
        created_at: now,
    };
    store::plan(transaction, row).await?;
    Ok(())
}

/// Tells Stripe, and notes how that went. A refusal leaves the quote open: another card, and it may go through.
async fn tell_and_note(app: &AppState, quote: &str, computed: &Computed, ask: &AskChange) -> AppResult<()> {
    match tell(quote, computed, ask).await {
        Ok(()) => done(app, quote, SubscriptionId(computed.row.id), ask).await,
        Err(error) => {
            if !error.is_retryable() {
                let transaction = app.store.begin().await?;
                store::set_quote(&transaction, quote, store::DONE, app.clock.now()).await?;
                transaction.commit().await?;
            }
            Err(error.into())
        }
    }
}

async fn tell(quote: &str, computed: &Computed, ask: &AskChange) -> Result<(), StripeError> {
    let client = &computed.connected.client;
    let name = format!("{}:change:{quote}", computed.connected.account.stripe_id);
    let (id, name) = (computed.stripe_id.as_str(), Some(name.as_str()));
    match ask.action {
        ChangeAction::Change => {
            // Only what is paid for counts; what costs nothing counts at once.
            let change = UpdateSubscription {
                items: computed.items.clone(),
                proration_behavior: Some("always_invoice".to_owned()),
                proration_date: Some(computed.shown.effective.seconds()),
                payment_behavior: computed.costs.then(|| "pending_if_incomplete".to_owned()),
                ..UpdateSubscription::default()
            };
            client.update_subscription(id, &change, name).await?;
        }
        ChangeAction::Cancel => match ask.when {
            ChangeWhen::Now => {
                client.cancel_subscription(id, &CancelSubscription::default()).await?;
            }
            ChangeWhen::PeriodEnd => {
                let change =
                    UpdateSubscription { cancel_at_period_end: Some(true), ..UpdateSubscription::default() };
                client.update_subscription(id, &change, name).await?;
            }
            ChangeWhen::On => {
                let at = computed.shown.effective.seconds();
                let change =
                    UpdateSubscription { cancel_at: Some(Change::Set(at)), ..UpdateSubscription::default() };
                client.update_subscription(id, &change, name).await?;
            }
        },
        ChangeAction::Pause => {
            client.pause_subscription(id, &PauseSubscription::default(), name).await?;
        }
        ChangeAction::Resume => {
            client.resume_subscription(id, &ResumeSubscription::default(), name).await?;
        }
        ChangeAction::Renew | ChangeAction::Extend => {}
    }
    Ok(())
}

/// Stripe has been told. An end at once also takes back what was given beyond the paid time.
async fn done(app: &AppState, quote: &str, id: SubscriptionId, ask: &AskChange) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    if (ask.action, ask.when) == (ChangeAction::Cancel, ChangeWhen::Now) {
        keys::take_back(&transaction, now, id).await?;
    }
    store::set_quote(&transaction, quote, store::DONE, now).await?;
    transaction.commit().await?;
    Ok(())
}

fn action(ask: &AskChange, is_planned: bool) -> &'static str {
    match ask.action {
        ChangeAction::Change if is_planned => "change_planned",
        ChangeAction::Change => "subscription_changed",
        ChangeAction::Renew => "subscription_renewed",
        ChangeAction::Extend => "subscription_extended",
        ChangeAction::Pause => "subscription_paused",
        ChangeAction::Resume => "subscription_resumed",
        ChangeAction::Cancel => "subscription_cancelled",
    }
}

fn words(computed: &Computed, ask: &AskChange) -> String {
    let day = |time: i64| Timestamp::from_millis(time).utc_date();
    match ask.action {
        ChangeAction::Change => format!("{}.", computed.wanted_words),
        ChangeAction::Extend => {
            let until = computed.until.map_or_else(String::new, |until| format!(" until {}", day(until)));
            format!("The subscription was extended{until}.")
        }
        ChangeAction::Pause => "The subscription was paused.".to_owned(),
        ChangeAction::Resume | ChangeAction::Renew => "The subscription was resumed.".to_owned(),
        ChangeAction::Cancel if computed.shown.is_planned => {
            format!("The subscription was cancelled for {}.", day(computed.shown.effective.millis()))
        }
        ChangeAction::Cancel => "The subscription was cancelled at once.".to_owned(),
    }
}
