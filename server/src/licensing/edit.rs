//! Staff make, change and block licence keys.

use latchkey_engine::period::{self, Tz};
use latchkey_shared::{
    api::keys::{AddKey, BlockKey, EditKey},
    ids::{CustomerId, KeyGlobalId, ProductId},
    status::BlockSource,
    time::Timestamp,
};
use latchkey_store::{
    Access, customers,
    entity::{customer, licence_key, subscription},
    keys as store, subscription_keys, subscriptions,
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry, Origin},
    billing::by_hand,
    error::{AppError, AppResult},
    licensing::{
        issue::{self, NewKey},
        reissue,
        view::features,
    },
    state::AppState,
    vendor,
};

/// Makes a key by hand.
pub async fn add(
    app: &AppState,
    origin: &Origin,
    product: ProductId,
    form: AddKey,
) -> AppResult<licence_key::Model> {
    check_trial(&form)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let zone = vendor::load(&transaction).await?.time_zone.parse().unwrap_or(Tz::UTC);
    let owner = owner(&transaction, form.customer).await?;
    let expires = period::add_days(Timestamp::from_millis(now), form.period_days, zone).millis();
    let new = NewKey {
        customer: owner.map(|owner| CustomerId(owner.id)),
        expires_at: (form.period_days > 0).then_some(expires),
        period_days: form.period_days,
        features: eight(&form.features),
        max_machines: form.max_machines,
        trial_activation: form.trial_activation,
        notes: form.notes.trim().to_owned(),
        allowed_machines: machine_codes(&form.allowed_machines),
        ..NewKey::plain(product, if origin.source == "api" { "api" } else { "staff" })
    };
    let key = issue::create_key(&transaction, now, origin, new).await?;
    if let Some(owner) = key.customer_id {
        by_hand::key_was_given(&transaction, now, CustomerId(owner)).await?;
    }
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(key)
}

/// Saves a changed key; 409 where somebody else saved meanwhile.
pub async fn edit(
    app: &AppState,
    origin: &Origin,
    id: KeyGlobalId,
    form: EditKey,
) -> AppResult<licence_key::Model> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut key = find(&transaction, id).await?;
    if key.version != form.version {
        return Err(AppError::stale());
    }
    let contract = contract(&transaction, &key).await?;
    let (before, was) = (described(&key), key.customer_id);
    if form.customer.map(|id| id.0) != was {
        move_to(&transaction, &mut key, contract.as_ref(), form.customer).await?;
    }
    if form.expires.map(Timestamp::millis) != key.expires_at {
        set_expiry(&mut key, contract.as_ref(), form.expires)?;
    }
    [key.f1, key.f2, key.f3, key.f4, key.f5, key.f6, key.f7, key.f8] = eight(&form.features);
    key.max_machines = form.max_machines;
    key.notes = form.notes.trim().to_owned();
    if let Some(codes) = &form.allowed_machines {
        key.allowed_machines = machine_codes(codes);
    }
    let key = store::save(&transaction, key, now).await?.ok_or_else(AppError::stale)?;
    for entry in entries(&key, before, was) {
        audit::record(&transaction, now, origin, entry).await?;
    }
    if let Some(owner) = key.customer_id.filter(|owner| Some(*owner) != was) {
        by_hand::key_was_given(&transaction, now, CustomerId(owner)).await?;
    }
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(key)
}

/// Blocks a key in staff's name, or lifts whoever's block. Asking for what is so already changes nothing.
pub async fn set_blocked(
    app: &AppState,
    origin: &Origin,
    id: KeyGlobalId,
    form: BlockKey,
) -> AppResult<licence_key::Model> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut key = find(&transaction, id).await?;
    if reissue::is_replaced(&key) {
        return Err(reissue::replaced());
    }
    let source = form.blocked.then(|| BlockSource::Staff.as_str().to_owned());
    if key.blocked == form.blocked && key.block_source == source {
        return Ok(key);
    }
    let before = json!({"blocked": key.blocked, "block_source": key.block_source});
    key.blocked = form.blocked;
    key.block_source = source;
    let key = store::save(&transaction, key, now).await?.ok_or_else(AppError::stale)?;
    let (action, done) =
        if form.blocked { ("key_blocked", "blocked") } else { ("key_unblocked", "unblocked") };
    let entry = Entry {
        before: Some(before),
        after: Some(json!({"blocked": key.blocked, "block_source": key.block_source})),
        reason: form.reason.trim().to_owned(),
        ..entry(&key, key.customer_id, action, format!("Licence key {} was {done}.", key.number))
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    Ok(key)
}

/// Gives the key to somebody else or takes it away, except from whoever's subscription pays for it.
pub(super) async fn move_to<C: ConnectionTrait>(
    connection: &C,
    key: &mut licence_key::Model,
    contract: Option<&subscription::Model>,
    to: Option<CustomerId>,
) -> AppResult<()> {
    if let Some(contract) = contract
        && to.map(|id| id.0) != Some(contract.customer_id)
    {
        let payer = contract.customer_id;
        let message = format!("Customer {payer} pays for this key with a subscription, so it stays theirs.");
        return Err(AppError::field("customer", message));
    }
    key.customer_id = owner(connection, to).await?.map(|owner| owner.id);
    Ok(())
}

/// Sets the expiry. Of a key that a subscription pays for, a later day is an extension, which no sync takes
/// back; what is paid for cannot be cut short.
pub(super) fn set_expiry(
    key: &mut licence_key::Model,
    contract: Option<&subscription::Model>,
    expires: Option<Timestamp>,
) -> AppResult<()> {
    let expires = expires.map(Timestamp::millis);
    let Some(contract) = contract else {
        key.expires_at = expires;
        key.extended_until = None;
        return Ok(());
    };
    let Some(until) = expires else {
        return Err(AppError::field(
            "expires",
            "A subscription pays for this key, so it ends some day. Choose a later day instead.",
        ));
    };
    if contract.ended_at.is_none() && contract.paid_through.is_some_and(|paid| until < paid) {
        return Err(AppError::field(
            "expires",
            "This is before the end of what is paid for. Choose a later day, or block the key.",
        ));
    }
    key.expires_at = Some(until);
    key.extended_until = Some(until);
    Ok(())
}

async fn find<C: ConnectionTrait>(connection: &C, id: KeyGlobalId) -> AppResult<licence_key::Model> {
    store::find(connection, Access::All, id).await?.ok_or_else(|| AppError::not_found("licence key"))
}

/// The subscription that the key belongs to.
pub(super) async fn contract<C: ConnectionTrait>(
    connection: &C,
    key: &licence_key::Model,
) -> AppResult<Option<subscription::Model>> {
    let Some(tie) = subscription_keys::of_key(connection, key.id).await? else { return Ok(None) };
    Ok(subscriptions::find(connection, Access::All, tie.subscription_id.into()).await?)
}

/// The customer a key is to belong to; a field error where there is none with that id.
pub(super) async fn owner<C: ConnectionTrait>(
    connection: &C,
    id: Option<CustomerId>,
) -> AppResult<Option<customer::Model>> {
    let Some(id) = id else { return Ok(None) };
    match customers::find(connection, Access::All, id).await? {
        Some(found) => Ok(Some(found)),
        None => Err(AppError::field("customer", format!("There is no customer {id}."))),
    }
}

/// A trial needs days to count.
pub(super) fn check_trial(form: &AddKey) -> AppResult<()> {
    if form.trial_activation && form.period_days == 0 {
        return Err(AppError::field(
            "trial_activation",
            "There are no days to count. Give the key a number of days, or switch this off.",
        ));
    }
    Ok(())
}

/// Machine codes as they are kept: one per line, without blank lines.
pub(super) fn machine_codes(typed: &str) -> String {
    typed.lines().map(str::trim).filter(|code| !code.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The form's flags; it was checked that there are eight.
pub(super) fn eight(flags: &[bool]) -> [bool; 8] {
    std::array::from_fn(|index| flags.get(index).copied().unwrap_or_default())
}

/// What the history says of a change: to the customer who has the key, and to whoever had it.
pub(super) fn entries(key: &licence_key::Model, before: Value, was: Option<i64>) -> Vec<Entry> {
    let after = described(key);
    if before == after {
        return Vec::new();
    }
    let number = key.number;
    let told = |customer, action, text| Entry {
        before: Some(before.clone()),
        after: Some(after.clone()),
        ..entry(key, customer, action, text)
    };
    if key.customer_id == was {
        return vec![told(was, "key_edited", format!("Licence key {number} was changed."))];
    }
    let mut entries = Vec::new();
    if was.is_some() {
        entries.push(told(was, "key_taken_away", format!("Licence key {number} was taken away.")));
    }
    if key.customer_id.is_some() {
        let text = format!("Licence key {number} was associated with the customer.");
        entries.push(told(key.customer_id, "key_associated", text));
    }
    entries
}

pub(super) fn described(key: &licence_key::Model) -> Value {
    json!({
        "customer": key.customer_id, "expires": key.expires_at, "extended_until": key.extended_until,
        "features": features(key), "max_machines": key.max_machines, "notes": key.notes,
        "allowed_machines": key.allowed_machines, "reseller": key.reseller_id,
        "trial_activation": key.trial_activation,
    })
}

pub(super) fn entry(
    key: &licence_key::Model,
    customer: Option<i64>,
    action: &'static str,
    text: String,
) -> Entry {
    Entry { action, subject_kind: "key", subject_id: key.id, customer_id: customer, text, ..Entry::default() }
}
