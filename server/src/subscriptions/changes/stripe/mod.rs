//! Changing what Stripe bills. The amounts are Stripe's: the preview asks for them for a certain second, and the
//! change names the same one. What waits for the end of the period waits here, and Stripe is told just before.

mod facts;
mod keys;
mod send;

pub use send::{commit, extend, planned, resend};

use latchkey_engine::change::{self as engine, Facts, When, Wish};
use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, ChangePreview, ChangeWhen, PreviewLine},
    change::{LineKind, Loss, Refund},
    money::Money,
    time::Timestamp,
};
use latchkey_store::{
    changes as store,
    entity::{subscription, subscription_item},
};
use latchkey_stripe::params::{ItemParams, PreviewDetails, PreviewInvoice};

use super::{
    preview::lost_on_keys,
    view,
    wish::{self, refused},
};
use crate::{
    billing::accounts::{self, Connected},
    error::{AppError, AppResult},
    state::AppState,
};

/// What is to be sent, and what it comes to.
pub struct Computed {
    pub row: subscription::Model,
    pub connected: Connected,
    pub stripe_id: String,
    /// Items as Stripe is to be told of them.
    pub items: Vec<ItemParams>,
    /// It costs something now, so it counts only once that is paid.
    pub costs: bool,
    /// Until when time is given, milliseconds.
    pub until: Option<i64>,
    pub shown: ChangePreview,
    /// What is wanted, in words.
    pub wanted_words: String,
}

/// Computes what is asked of a subscription that Stripe bills, for the moment `as_of`.
pub async fn compute(
    app: &AppState,
    row: subscription::Model,
    ask: &AskChange,
    as_of: i64,
) -> AppResult<Computed> {
    let (Some(account), Some(stripe_id)) = (row.account_id, row.stripe_id.clone()) else {
        return Err(AppError::conflict("billed_by_nobody", "Nobody bills this subscription."));
    };
    let connected = accounts::by_id(app, account).await?;
    let (facts, items) = facts::load(app, &row, as_of).await?;
    let pending = store::pending(app.store.read(), row.id).await?;
    let mut computed = Computed {
        connected,
        stripe_id,
        items: Vec::new(),
        costs: false,
        until: None,
        shown: view::free(ask, facts.currency, as_of, (row.paid_through, row.paid_through)),
        wanted_words: String::new(),
        row,
    };
    if facts.phase == engine::Phase::Ended && ask.action != ChangeAction::Extend {
        let words = "This subscription is over. The customer can subscribe again in the portal, or you add a new subscription.";
        return Err(AppError::conflict(engine::Refusal::Ended.code(), words));
    }
    match ask.action {
        ChangeAction::Renew => {
            return Err(AppError::conflict("renews_by_itself", "Stripe renews this subscription by itself."));
        }
        ChangeAction::Change => change(app, &mut computed, &facts, &items, ask).await?,
        ChangeAction::Cancel => cancel(&mut computed, &facts, ask)?,
        ChangeAction::Extend if facts.phase == engine::Phase::Paused => {
            return Err(refused(engine::Refusal::Paused));
        }
        ChangeAction::Extend => {
            let ends = keys::end(app, &computed.row).await?;
            let until = wish::extended_until(ask, ends, as_of, facts.zone)?;
            computed.until = Some(until);
            computed.shown = view::free(ask, facts.currency, as_of, (ends, Some(until)));
        }
        ChangeAction::Pause => pause(&mut computed, &facts)?,
        ChangeAction::Resume => resume(&mut computed, &facts)?,
    }
    let replaced = matches!(ask.action, ChangeAction::Change | ChangeAction::Cancel);
    computed.shown.replaces = pending.filter(|_| replaced).map(|pending| pending.text);
    Ok(computed)
}

async fn change(
    app: &AppState,
    computed: &mut Computed,
    facts: &Facts,
    items: &[subscription_item::Model],
    ask: &AskChange,
) -> AppResult<()> {
    if ask.waive {
        return Err(AppError::field("waive", "What Stripe charges cannot be waived. Refund it instead."));
    }
    if matches!(computed.row.stripe_status.as_deref(), Some("past_due" | "unpaid" | "incomplete")) {
        return Err(AppError::conflict("payment_open", "A payment is open. It must be settled first."));
    }
    let account = computed.connected.account.id;
    let (target, plans) = facts::target(app, facts, account, items, &ask.items).await?;
    let every = target.first().map(|item| item.every);
    let when = wish::when(ask, facts.zone)?;
    if matches!(when, When::On(_)) {
        return Err(AppError::field("on", "Stripe changes now, or when the paid time ends."));
    }
    let names: Vec<&str> = target.iter().map(|item| item.name.as_str()).collect();
    computed.wanted_words = format!("Changes to {}", names.join(", "));
    let wish = Wish::Change { target, when, waive: false };
    let outcome = engine::preview(facts, &wish).map_err(refused)?;
    computed.items = facts::item_params(items, &plans, &ask.items);
    let mut shown = view::preview(&outcome, ask, facts.currency, every);
    if when == When::Now {
        at_stripe(computed, facts, &mut shown).await?;
    }
    shown
        .losses
        .extend(lost_on_keys(app.store.read(), computed.row.id, &facts::products(app).await?, &wish).await?);
    computed.shown = shown;
    Ok(())
}

/// Puts Stripe's amounts in the place of ours.
async fn at_stripe(computed: &mut Computed, facts: &Facts, shown: &mut ChangePreview) -> AppResult<()> {
    let params = PreviewInvoice {
        customer: None,
        subscription: Some(computed.stripe_id.clone()),
        subscription_details: PreviewDetails {
            items: computed.items.clone(),
            proration_behavior: Some("always_invoice".to_owned()),
            proration_date: Some(facts.now.seconds()),
            cancel_at: None,
        },
    };
    let invoice = computed.connected.client.preview_invoice(&params).await?;
    let money = |minor| Money::new(minor, facts.currency);
    shown.lines = invoice
        .lines
        .data
        .iter()
        .map(|line| PreviewLine {
            kind: if line.amount < 0 { LineKind::Unused } else { LineKind::Charge },
            name: line.description.clone().unwrap_or_default(),
            quantity: line.quantity.and_then(|count| u32::try_from(count).ok()).unwrap_or(1),
            amount: money(line.amount),
            days: None,
            of_days: None,
        })
        .collect();
    let net = invoice.lines.data.iter().map(|line| line.amount).sum::<i64>();
    shown.net = money(net);
    shown.tax = money(invoice.total.saturating_sub(net));
    shown.total = money(invoice.total);
    shown.due = money(invoice.amount_due.max(0));
    shown.from_balance = money(invoice.total.max(0).saturating_sub(invoice.amount_due.max(0)));
    shown.to_balance = money(invoice.total.saturating_neg().max(0));
    computed.costs = invoice.amount_due > 0;
    Ok(())
}

fn cancel(computed: &mut Computed, facts: &Facts, ask: &AskChange) -> AppResult<()> {
    if ask.refund != Refund::Nothing {
        let words = "Stripe keeps no balance for this. Refund the last payment instead.";
        return Err(AppError::field("refund", words));
    }
    if computed.row.cancels_at.is_some() && ask.when == ChangeWhen::PeriodEnd {
        return Err(AppError::conflict("already_ending", "This subscription is already ending or over."));
    }
    let wish = Wish::Cancel { when: wish::when(ask, facts.zone)?, refund: Refund::Nothing };
    let outcome = engine::preview(facts, &wish).map_err(refused)?;
    computed.shown = view::preview(&outcome, ask, facts.currency, None);
    Ok(())
}

/// Stripe begins a new period after a break, so what is left of this one is lost.
fn pause(computed: &mut Computed, facts: &Facts) -> AppResult<()> {
    if facts.phase == engine::Phase::Paused {
        return Err(refused(engine::Refusal::Paused));
    }
    let end = facts.term.map(|term| term.end).filter(|end| *end > facts.now);
    let left = end.map(|end| latchkey_engine::period::days_until(facts.now, end, facts.zone));
    computed.shown.losses =
        left.filter(|days| *days > 0).map(|count| Loss::Days { count }).into_iter().collect();
    computed.shown.new_expiry = Some(facts.now);
    Ok(())
}

/// A new period begins, and is charged.
fn resume(computed: &mut Computed, facts: &Facts) -> AppResult<()> {
    if facts.phase != engine::Phase::Paused {
        return Err(refused(engine::Refusal::NotPaused));
    }
    let money = |minor| Money::new(minor, facts.currency);
    let mut total = 0_i64;
    for held in &facts.held {
        let amount = held.item.price.minor.saturating_mul(i64::from(held.item.quantity));
        total = total.saturating_add(amount);
        computed.shown.lines.push(PreviewLine {
            kind: LineKind::Charge,
            name: held.item.name.clone(),
            quantity: held.item.quantity,
            amount: money(amount),
            days: None,
            of_days: None,
        });
    }
    let every = facts.held.first().map(|held| held.item.every);
    (computed.shown.net, computed.shown.total, computed.shown.due) =
        (money(total), money(total), money(total));
    computed.shown.new_expiry =
        every.map(|every| latchkey_engine::period::add(facts.now, every, facts.zone)).map(whole_seconds);
    Ok(())
}

fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_seconds(time.seconds())
}
