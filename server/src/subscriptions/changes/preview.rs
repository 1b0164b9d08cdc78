//! What a change would do.

use std::collections::HashMap;

use latchkey_engine::change as engine;
use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, ChangePreview},
    change::Loss,
    ids::SubscriptionId,
    time::Timestamp,
};
use latchkey_store::{
    activations, changes as store,
    entity::{product, subscription},
    offline, subscription_keys,
};
use sea_orm::ConnectionTrait;

use super::{
    Caller, May, apply,
    facts::{self, Case},
    find, not_by_customers, quotes, rows, sold_here, stripe, view,
    wish::{self, refused},
};
use crate::{
    audit::Origin,
    billing::view::awaits_sign_in,
    error::{AppError, AppResult},
    licensing::view::features,
    state::AppState,
    vendor,
};

/// What was computed for a subscription that is billed offline.
pub struct Computed {
    pub case: Case,
    /// What the rules say; `None` for time and breaks.
    pub outcome: Option<engine::Outcome>,
    /// Until when time is given, milliseconds.
    pub until: Option<i64>,
    pub shown: ChangePreview,
    /// What is wanted, in words: `Changes to Pro · Monthly`.
    pub wanted_words: String,
}

/// Says what a change would do, and gives a quote for it.
pub async fn preview(
    app: &AppState,
    caller: &Caller<'_>,
    id: SubscriptionId,
    ask: &AskChange,
) -> AppResult<ChangePreview> {
    let now = app.clock.now();
    let row = find(app.store.read(), caller.access, id).await?;
    sold_here::check(app, caller, &row, &ask.items).await?;
    let rules = vendor::load(app.store.read()).await?;
    let shown = match offline::contract(app.store.read(), row.id).await? {
        Some(_) => {
            let shown = compute(app.store.read(), row, ask, now).await?.shown;
            if caller.may == May::Customer && shown.due.minor > 0 {
                // Nobody can take an offline payment here, so staff must see to it.
                return Err(not_by_customers());
            }
            shown
        }
        None => stripe::compute(app, row, ask, now).await?.shown,
    };
    caller.check(ask, Some(shown.direction), &rules)?;
    quoted(app, caller.origin, id, ask, (now, now), shown).await
}

/// Keeps a preview as a quote.
pub async fn quoted(
    app: &AppState,
    origin: &Origin,
    id: SubscriptionId,
    ask: &AskChange,
    times: (i64, i64),
    mut shown: ChangePreview,
) -> AppResult<ChangePreview> {
    let transaction = app.store.begin().await?;
    quotes::keep(&transaction, origin, id.0, ask, times, &mut shown).await?;
    transaction.commit().await?;
    Ok(shown)
}

/// Computes what is asked of a subscription that is billed offline, for the moment `as_of`.
pub async fn compute<C: ConnectionTrait>(
    connection: &C,
    row: subscription::Model,
    ask: &AskChange,
    as_of: i64,
) -> AppResult<Computed> {
    let case = facts::load(connection, row, as_of).await?;
    let pending = store::pending(connection, case.row.id).await?;
    if pending.is_some() && ask.action == ChangeAction::Renew {
        return Err(AppError::conflict(
            "change_planned",
            "A change is planned for the end of the paid time. Take it back first, or change now.",
        ));
    }
    let currency = case.facts.currency;
    let wish = wish::of(connection, &case, ask).await?;
    let (outcome, until, mut shown) = if let Some(wish) = &wish {
        let outcome = engine::preview(&case.facts, wish).map_err(refused)?;
        let every = match wish {
            engine::Wish::Change { target, .. } | engine::Wish::Renew { target, .. } => {
                target.first().map(|item| item.every)
            }
            engine::Wish::Cancel { .. } => None,
        };
        let mut shown = view::preview(&outcome, ask, currency, every);
        shown.tax_name.clone_from(&case.tax_name);
        (Some(outcome), None, shown)
    } else {
        let ends = match ask.action {
            // Days that grace covers anyway would be no gift.
            ChangeAction::Extend => Some(apply::works_until(&case)),
            _ => case.contract.extended_until.max(Some(case.contract.term_end)),
        };
        let until = given(&case, ask, ends, as_of)?;
        (None, until, view::free(ask, currency, as_of, (ends, until.or(ends))))
    };
    let replaced = matches!(ask.action, ChangeAction::Change | ChangeAction::Cancel);
    shown.replaces = pending.filter(|_| replaced).map(|pending| pending.text);
    if let Some(wish) = &wish {
        shown.losses.extend(lost_on_keys(connection, case.row.id, &case.products, wish).await?);
    }
    let wanted_words = match &wish {
        Some(engine::Wish::Change { target, .. }) => {
            let names: Vec<&str> = target.iter().map(|item| item.name.as_str()).collect();
            format!("Changes to {}", names.join(", "))
        }
        _ => String::new(),
    };
    Ok(Computed { case, outcome, until, shown, wanted_words })
}

/// The new end of what costs nothing.
fn given(case: &Case, ask: &AskChange, ends: Option<i64>, as_of: i64) -> AppResult<Option<i64>> {
    match ask.action {
        _ if case.row.ended_at.is_some() => Err(refused(engine::Refusal::Ended)),
        _ if awaits_sign_in(&case.row) => Err(AppError::conflict(
            "not_begun",
            "This subscription has not begun yet: it waits for the customer's first sign-in.",
        )),
        ChangeAction::Extend | ChangeAction::Pause if case.contract.paused_at.is_some() => {
            Err(refused(engine::Refusal::Paused))
        }
        ChangeAction::Extend => wish::extended_until(ask, ends, as_of, case.facts.zone).map(Some),
        ChangeAction::Pause => Ok(None),
        _ => {
            let paused = case.contract.paused_at.ok_or_else(|| refused(engine::Refusal::NotPaused))?;
            let now = Timestamp::from_millis(as_of);
            let paused = Timestamp::from_millis(paused);
            let term = engine::resumed(&facts::term(&case.contract), paused, now);
            let given = facts::given_after_break(&case.contract, paused, now);
            Ok(Some(given.map_or(term.end, |until| until.max(term.end)).millis()))
        }
    }
}

/// Features and machines that the keys have less of, as far as plans say what keys allow.
pub async fn lost_on_keys<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
    products: &HashMap<i64, product::Model>,
    wish: &engine::Wish,
) -> AppResult<Vec<Loss>> {
    let (engine::Wish::Change { target, .. } | engine::Wish::Renew { target, .. }) = wish else {
        return Ok(Vec::new());
    };
    let wanted: Vec<_> = target.iter().map(|item| (item.plan, item.product, item.quantity)).collect();
    let allowed = rows::allowed(connection, &wanted, products).await?;
    let mut losses = Vec::new();
    for (tie, key) in subscription_keys::of_subscription(connection, subscription).await? {
        let Some(params) = allowed.get(&tie.product_id) else { continue };
        let names = products.get(&tie.product_id).map(|product| &product.feature_names);
        let after = params.features.flags();
        for (index, had) in features(&key).into_iter().enumerate() {
            if had && !after[index] {
                let name = names.and_then(|names| names[index].as_str()).unwrap_or_default();
                let name = if name.is_empty() { format!("F{}", index + 1) } else { name.to_owned() };
                losses.push(Loss::Feature { name });
            }
        }
        let machines = params.max_machines.map_or(0, i64::from);
        if machines > 0 && (key.max_machines == 0 || machines < key.max_machines) {
            let used = activations::count_locked(connection, key.id).await?;
            losses.push(Loss::Machines { before: key.max_machines, after: machines, used });
        }
    }
    Ok(losses)
}
