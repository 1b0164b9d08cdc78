//! What became of a contract, read off its mirror before and after a sync.

use latchkey_shared::transaction::{TransactionKind, TransactionSource};
use latchkey_store::{
    entity::{subscription, subscription_item},
    transactions::{self, NewEntry},
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{clock::MINUTE, error::AppResult};

/// Somebody here asked for it within this time: it is written down with their name already.
const JUST_ASKED: i64 = 5 * MINUTE;

/// A contract before and after.
pub struct Change<'a> {
    pub before: Option<&'a subscription::Model>,
    pub after: &'a subscription::Model,
    pub items_before: &'a [subscription_item::Model],
    pub items: &'a [subscription_item::Model],
    /// Whether it was bought in the portal.
    pub bought_here: bool,
}

/// Writes what changed on the transaction that keeps the mirror, so that it is written once.
pub async fn note<C: ConnectionTrait>(connection: &C, change: &Change<'_>, now: i64) -> AppResult<()> {
    for entry in entries(change, now) {
        let (kind, subscription) = (entry.kind, change.after.id);
        let known = transactions::since(connection, subscription, kind, now - JUST_ASKED).await?;
        if entry.kind == TransactionKind::SubscriptionStarted || !known {
            transactions::add(connection, entry, now).await?;
        }
    }
    Ok(())
}

/// Begin and end of a contract that was here before histories were kept.
pub fn known_of(row: &subscription::Model) -> Vec<NewEntry> {
    let source = if row.metadata["skm_checkout_id"].is_string() {
        TransactionSource::Webshop
    } else {
        TransactionSource::Stripe
    };
    let mut known = vec![NewEntry { ..started(row, source) }];
    known.extend(ended(row));
    known
}

fn entries(change: &Change<'_>, now: i64) -> Vec<NewEntry> {
    use TransactionKind as Kind;
    let row = change.after;
    let Some(before) = change.before else {
        let source = if change.bought_here { TransactionSource::Webshop } else { TransactionSource::Stripe };
        let bought = words(change.items);
        let mut begun = vec![NewEntry { note: bought, ..started(row, source) }];
        begun.extend(ended(row));
        return begun;
    };
    let mut found = Vec::new();
    let at_now = |kind: Kind, note: String| NewEntry {
        note,
        ..entry(row, kind, &format!("{}:{now}", kind.as_str()), now)
    };
    let was = words(change.items_before);
    let is = words(change.items);
    if was != is && !change.items_before.is_empty() {
        let details = json!({"before": was, "after": is});
        found.push(NewEntry { details, ..at_now(Kind::SubscriptionChanged, format!("{was} → {is}")) });
    }
    match (before.pause.is_some(), row.pause.is_some()) {
        (false, true) => found.push(at_now(Kind::SubscriptionPaused, String::new())),
        (true, false) => found.push(at_now(Kind::SubscriptionResumed, String::new())),
        _ => {}
    }
    match (before.cancels_at, row.cancels_at) {
        (None, Some(_)) if row.ended_at.is_none() => {
            found.push(at_now(Kind::SubscriptionCancelled, String::new()));
        }
        (Some(_), None) if row.ended_at.is_none() => {
            found.push(at_now(Kind::SubscriptionKept, String::new()));
        }
        _ => {}
    }
    if before.ended_at.is_none() {
        found.extend(ended(row));
    }
    found
}

fn started(row: &subscription::Model, source: TransactionSource) -> NewEntry {
    NewEntry { source, ..entry(row, TransactionKind::SubscriptionStarted, "started", row.created_at) }
}

fn ended(row: &subscription::Model) -> Option<NewEntry> {
    Some(entry(row, TransactionKind::SubscriptionEnded, "ended", row.ended_at?))
}

fn entry(row: &subscription::Model, kind: TransactionKind, what: &str, at: i64) -> NewEntry {
    NewEntry {
        subscription: Some(row.id),
        ..NewEntry::of(
            row.customer_id,
            kind,
            TransactionSource::Stripe,
            format!("subscription:{}:{what}", row.id),
            at,
        )
    }
}

/// What a contract consists of: "Editor, Monthly + Seats, Monthly × 3".
fn words(items: &[subscription_item::Model]) -> String {
    let mut words: Vec<String> = items
        .iter()
        .map(|item| {
            let name = if item.plan_name.is_empty() {
                item.product_name.clone()
            } else {
                format!("{}, {}", item.product_name, item.plan_name)
            };
            if item.quantity == 1 { name } else { format!("{name} × {}", item.quantity) }
        })
        .collect();
    words.sort();
    words.join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> subscription::Model {
        subscription::Model {
            id: 7,
            customer_id: 2,
            account_id: Some(1),
            stripe_id: Some("sub_1".to_owned()),
            status: "active".to_owned(),
            stripe_status: None,
            paid_through: None,
            trial_ends_at: None,
            needs_card: false,
            cancels_at: None,
            ended_at: None,
            key_pending_since: None,
            pause: None,
            metadata: json!({}),
            fetched_at: None,
            created_at: 100,
            updated_at: 100,
        }
    }

    fn item(plan: &str, quantity: i64) -> subscription_item::Model {
        subscription_item::Model {
            id: 1,
            subscription_id: 7,
            stripe_id: None,
            stripe_price: None,
            plan_id: None,
            product_id: None,
            product_name: "Editor".to_owned(),
            plan_name: plan.to_owned(),
            quantity,
            currency: "EUR".to_owned(),
            amount: 900,
            interval_unit: None,
            interval_count: 1,
            period_end: None,
        }
    }

    fn kinds(
        before: Option<&subscription::Model>,
        after: &subscription::Model,
        plans: [&str; 2],
    ) -> Vec<&'static str> {
        let [was, is] = plans.map(|plan| vec![item(plan, 1)]);
        let change = Change { before, after, items_before: &was, items: &is, bought_here: true };
        entries(&change, 500).iter().map(|entry| entry.kind.as_str()).collect()
    }

    #[test]
    fn each_change_is_told_and_nothing_else() {
        let plain = row();
        let same = ["Monthly", "Monthly"];
        assert_eq!(kinds(None, &plain, same), ["subscription_started"]);
        assert!(kinds(Some(&plain), &plain, same).is_empty());
        assert_eq!(kinds(Some(&plain), &plain, ["Monthly", "Yearly"]), ["subscription_changed"]);
        let ending = subscription::Model { cancels_at: Some(900), ..row() };
        assert_eq!(kinds(Some(&plain), &ending, same), ["subscription_cancelled"]);
        assert_eq!(kinds(Some(&ending), &plain, same), ["subscription_kept"]);
        let over = subscription::Model { ended_at: Some(900), ..row() };
        assert_eq!(kinds(Some(&ending), &over, same), ["subscription_ended"]);
        assert!(kinds(Some(&over), &over, same).is_empty());
        let paused = subscription::Model { pause: Some(json!({})), ..row() };
        assert_eq!(kinds(Some(&plain), &paused, same), ["subscription_paused"]);
        assert_eq!(kinds(Some(&paused), &plain, same), ["subscription_resumed"]);
    }

    #[test]
    fn quantities_are_said() {
        assert_eq!(words(&[item("Monthly", 3)]), "Editor, Monthly × 3");
    }
}
