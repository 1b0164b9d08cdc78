//! The keys of a subscription: found, made, and kept in step with what is paid for.

use latchkey_engine::{
    block::{self, BlockChange},
    entitlement::{Access as Entitled, Contract, Entitlement, Rules, entitlement},
    key_params::KeyParams,
    reconcile::{KeyIds, Metadata, NamedKey},
};
use latchkey_shared::{
    ids::{CustomerId, KeyGlobalId, ProductId},
    status::BlockSource,
    time::Timestamp,
};
use latchkey_store::{
    Access,
    entity::{licence_key, product},
    keys as store, subscription_keys, transactions,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{contract::PAUSED_COLLECTION, items::Group};
use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    failpoint::{self, Point},
    licensing::issue::{self, NewKey},
};

/// What a key of `product` is entitled to.
pub fn of_key(
    contract: &Contract,
    product: Option<&product::Model>,
    extended_until: Option<i64>,
    now: i64,
) -> Entitlement {
    let rules = Rules {
        grace_days: product.and_then(|product| u32::try_from(product.grace_days).ok()).unwrap_or_default(),
        extended_until: extended_until.map(Timestamp::from_millis),
        paused_collection: PAUSED_COLLECTION,
    };
    entitlement(contract, &rules, Timestamp::from_millis(now))
}

pub fn ids(key: &licence_key::Model) -> KeyIds {
    KeyIds { id: key.number, global_id: key.id }
}

/// The key that the metadata name, and whether it may be this subscription's.
pub async fn named<C: ConnectionTrait>(
    connection: &C,
    metadata: &Metadata<'_>,
    product: i64,
    customer: CustomerId,
) -> AppResult<NamedKey> {
    let number = |text: Option<&str>| text.map(|text| text.trim().parse::<i64>().ok());
    let key = match (number(metadata.global_id), number(metadata.key_id)) {
        (Some(Some(id)), number) => store::find(connection, Access::All, KeyGlobalId(id))
            .await?
            .filter(|key| number.is_none_or(|number| number == Some(key.number))),
        (None, Some(Some(number))) => store::by_number(connection, ProductId(product), number).await?,
        _ => None,
    };
    let Some(key) = key else { return Ok(NamedKey::Missing) };
    let tied = subscription_keys::of_key(connection, key.id).await?.is_some();
    let fits = key.product_id == product && key.customer_id == Some(customer.0) && !tied;
    Ok(if fits { NamedKey::Fitting(ids(&key)) } else { NamedKey::Another })
}

/// Makes the key of a group for a customer, and ties it to their subscription.
pub async fn issue<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    (customer, subscription): (CustomerId, i64),
    group: &Group<'_>,
    params: &KeyParams,
    entitled: &Entitlement,
) -> AppResult<licence_key::Model> {
    let expires = entitled.expires.map(Timestamp::millis);
    let new = NewKey::bought(ProductId(group.product), customer, params, expires, &group.base.stripe_id);
    let key = issue::create_key(connection, now, &origin(), new).await?;
    failpoint::at(Point::KeyMade);
    subscription_keys::tie(connection, subscription, group.product, key.id, now).await?;
    let entry = issue::entry(&key, customer, Some(subscription));
    transactions::add(connection, entry, now).await?;
    Ok(key)
}

/// Ties a key that was there before.
pub async fn adopt<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    subscription: i64,
    group: &Group<'_>,
    key: KeyIds,
) -> AppResult<licence_key::Model> {
    let key = store::find(connection, Access::All, KeyGlobalId(key.global_id))
        .await?
        .ok_or_else(|| AppError::internal("a key vanished while it was being tied"))?;
    subscription_keys::tie(connection, subscription, group.product, key.id, now).await?;
    issue::set_stripe_item(connection, now, key.id, &group.base.stripe_id).await?;
    let text = format!("Licence key {} was tied to a Stripe subscription.", key.number);
    audit::record(connection, now, &origin(), entry("key_tied", &key, text)).await?;
    Ok(key)
}

/// Brings a key's expiry and block in step, and what it allows where the customer changed what they pay for.
pub async fn keep_in_step<C: ConnectionTrait>(
    connection: &C,
    (now, origin): (i64, &Origin),
    key: licence_key::Model,
    entitled: &Entitlement,
    changed: Option<&KeyParams>,
) -> AppResult<licence_key::Model> {
    let mut row = key.clone();
    let mut words = Vec::new();
    if let Some(expires) = entitled.expires.map(Timestamp::millis)
        && row.expires_at != Some(expires)
    {
        row.expires_at = Some(expires);
        words.push(format!("expires {}", Timestamp::from_millis(expires).utc_date()));
    }
    let blocked_by = row.blocked.then(|| block_source(&row));
    match block::by_billing(blocked_by, entitled.access) {
        BlockChange::Keep => {}
        BlockChange::Block => {
            row.blocked = true;
            row.block_source = Some(BlockSource::Billing.as_str().to_owned());
            words.push(if entitled.access == Entitled::Ended { "ended" } else { "suspended" }.to_owned());
        }
        BlockChange::Lift => {
            row.blocked = false;
            row.block_source = None;
            words.push("works again".to_owned());
        }
    }
    if let Some(params) = changed {
        let flags = params.features.flags();
        [row.f1, row.f2, row.f3, row.f4, row.f5, row.f6, row.f7, row.f8] = flags;
        row.max_machines = params.max_machines.map_or(0, i64::from);
        if features(&key) != flags || key.max_machines != row.max_machines {
            words.push("allows what is paid for now".to_owned());
        }
    }
    if row == key {
        return Ok(key);
    }
    let saved = store::save(connection, row, now).await?.ok_or_else(AppError::stale)?;
    let text = format!("Licence key {}: {}.", key.number, words.join(", "));
    let entry = Entry {
        before: Some(state(&key)),
        after: Some(state(&saved)),
        ..entry("key_kept_in_step", &saved, text)
    };
    audit::record(connection, now, origin, entry).await?;
    Ok(saved)
}

fn block_source(key: &licence_key::Model) -> BlockSource {
    key.block_source.as_deref().and_then(BlockSource::parse).unwrap_or(BlockSource::Staff)
}

/// F1 to F8.
pub fn features(key: &licence_key::Model) -> [bool; 8] {
    [key.f1, key.f2, key.f3, key.f4, key.f5, key.f6, key.f7, key.f8]
}

fn state(key: &licence_key::Model) -> serde_json::Value {
    json!({
        "expires": key.expires_at,
        "blocked": key.blocked,
        "features": features(key),
        "max_machines": key.max_machines,
    })
}

fn entry(action: &'static str, key: &licence_key::Model, text: String) -> Entry {
    Entry {
        action,
        subject_kind: "key",
        subject_id: key.id,
        customer_id: key.customer_id,
        text,
        ..Entry::default()
    }
}

/// Who changes keys here: billing, as Stripe told it to.
pub fn origin() -> Origin {
    Origin::system("stripe")
}
