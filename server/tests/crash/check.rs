//! What must hold at the end, whatever went wrong before.

use std::collections::{BTreeMap, BTreeSet};

use latchkey_store::entity::{
    attention, checkout, communication, licence_key, stripe_customer, stripe_event, subscription,
    subscription_key, sync_job,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::Value;

use crate::{shop::Shop, sink::Sink, victims::Deaths};

/// Everything that is not as it should be.
pub async fn everything(shop: &Shop, sink: &Sink, bought: usize, deaths: &Deaths) -> Vec<String> {
    let mut wrong = subscriptions(shop, bought).await;
    wrong.extend(leftovers(shop).await);
    wrong.extend(mails(shop, sink, deaths).await);
    wrong
}

/// Every paid subscription has exactly one key per licensed product, both ids and no placeholder; no key is without
/// its subscription; nobody paid twice.
async fn subscriptions(shop: &Shop, bought: usize) -> Vec<String> {
    let mut wrong = Vec::new();
    let read = shop.app.store.read();
    let at_stripe = shop.fake.objects("subscription");
    let rows = subscription::Entity::find().all(read).await.unwrap();
    let ties = subscription_key::Entity::find().all(read).await.unwrap();
    let keys = licence_key::Entity::find().all(read).await.unwrap();
    if at_stripe.len() != bought {
        wrong.push(format!("{bought} bought, and Stripe has {} subscriptions", at_stripe.len()));
    }
    let mut payers = BTreeSet::new();
    for told in &at_stripe {
        let id = told["id"].as_str().unwrap();
        if !payers.insert(told["customer"].to_string()) {
            wrong.push(format!("the customer of {id} pays twice"));
        }
        let Some(row) = rows.iter().find(|row| row.stripe_id.as_deref() == Some(id)) else {
            wrong.push(format!("{id} is not here"));
            continue;
        };
        let own: Vec<_> = ties.iter().filter(|tie| tie.subscription_id == row.id).collect();
        let [tie] = own[..] else {
            wrong.push(format!("{id} has {} keys", own.len()));
            continue;
        };
        let Some(key) = keys.iter().find(|key| key.id == tie.key_id) else {
            wrong.push(format!("the key of {id} is not there"));
            continue;
        };
        if tie.written_back_at.is_none() || row.key_pending_since.is_some() {
            wrong.push(format!("{id} still counts as waiting"));
        }
        let metadata = &told["metadata"];
        let is = |name: &str, number: i64| metadata[name] == Value::String(number.to_string());
        if !is("skm_key_id", key.number)
            || !is("skm_key_globalid", key.id)
            || metadata.get("skm_temp_var").is_some()
        {
            wrong.push(format!("{id} says {metadata}, and its key is {}/{}", key.number, key.id));
        }
        if !is("skm_customer_id", row.customer_id) || key.customer_id != Some(row.customer_id) {
            wrong.push(format!("{id} and its key are not the same customer's"));
        }
    }
    if rows.len() != at_stripe.len() {
        wrong.push(format!("{} subscriptions here, {} at Stripe", rows.len(), at_stripe.len()));
    }
    for key in &keys {
        if ties.iter().filter(|tie| tie.key_id == key.id).count() != 1 {
            wrong.push(format!("key {} belongs to no subscription, or to several", key.id));
        }
    }
    wrong
}

/// Nothing waits, nothing was given up, nobody is needed; one Stripe customer per customer.
async fn leftovers(shop: &Shop) -> Vec<String> {
    let mut wrong = Vec::new();
    let read = shop.app.store.read();
    for row in
        attention::Entity::find().filter(attention::Column::ResolvedAt.is_null()).all(read).await.unwrap()
    {
        wrong.push(format!(
            "needs attention: {} {} {}",
            row.code,
            row.stripe_id.unwrap_or_default(),
            row.detail
        ));
    }
    for row in sync_job::Entity::find().all(read).await.unwrap() {
        if row.wanted > row.done {
            wrong
                .push(format!("{} {} is still to be fetched: {:?}", row.kind, row.stripe_id, row.last_error));
        }
    }
    let unknown = stripe_event::Column::Status.is_not_in(["done", "ignored"]);
    for event in stripe_event::Entity::find().filter(unknown).all(read).await.unwrap() {
        wrong.push(format!("event {} {} is {}", event.event_id, event.kind, event.status));
    }
    for row in checkout::Entity::find()
        .filter(checkout::Column::Status.is_in(["open", "paid"]))
        .all(read)
        .await
        .unwrap()
    {
        wrong.push(format!("purchase {} of customer {} is {}", row.id, row.customer_id, row.status));
    }
    let mut owners = BTreeSet::new();
    for row in stripe_customer::Entity::find().all(read).await.unwrap() {
        if !owners.insert(row.customer_id) {
            wrong.push(format!("customer {} is two customers at Stripe", row.customer_id));
        }
    }
    wrong
}

/// One message per key; whatever was delivered about it carries one Message-ID, and twice only where somebody died
/// between the mail server's yes and the commit.
async fn mails(shop: &Shop, sink: &Sink, deaths: &Deaths) -> Vec<String> {
    let mut wrong = Vec::new();
    let read = shop.app.store.read();
    let written = communication::Entity::find()
        .filter(communication::Column::Kind.eq("key_issued"))
        .all(read)
        .await
        .unwrap();
    let keys = licence_key::Entity::find().all(read).await.unwrap();
    let mut delivered: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in sink.mails() {
        delivered.entry(mail.to).or_default().push(mail.message_id);
    }
    let mut twice = 0;
    for key in &keys {
        let own: Vec<_> = written.iter().filter(|letter| letter.customer_id == key.customer_id).collect();
        let [letter] = own[..] else {
            wrong.push(format!("key {} has {} messages", key.id, own.len()));
            continue;
        };
        let ids = delivered.get(&letter.recipient).map(Vec::as_slice).unwrap_or_default();
        if letter.state != "sent" || ids.is_empty() {
            wrong.push(format!("the message with key {} was not delivered: {}", key.id, letter.state));
        }
        if ids.iter().any(|id| *id != letter.message_id) {
            wrong
                .push(format!("messages with key {} carry {ids:?} instead of {}", key.id, letter.message_id));
        }
        twice += ids.len().saturating_sub(1);
    }
    println!("{} messages delivered, {twice} of them once more after a death", sink.mails().len());
    if twice > deaths.count() {
        wrong
            .push(format!("{twice} messages were delivered again, and only {} servers died", deaths.count()));
    }
    wrong
}
