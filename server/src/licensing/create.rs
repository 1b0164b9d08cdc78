//! Making licence keys for programs: any number at once, with a customer if need be, from a template, or for a
//! trial.

use latchkey_engine::{
    key_params::KeyParams,
    period::{self, Tz},
};
use latchkey_shared::{
    ids::{CustomerId, ProductId},
    time::Timestamp,
    validation::normal_email,
};
use latchkey_store::{
    Access, activations, customers as customer_store,
    entity::{activation, customer, licence_key},
    keys, products, resellers,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use super::{
    issue::{self, NewKey},
    licence::is_trial,
};
use crate::{
    audit::Origin,
    customers::{self, NewCustomer},
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// Days of a trial key, unless the token says otherwise.
pub const TRIAL_DAYS: i64 = 15;

/// Whose the new keys are.
#[derive(Clone, Debug)]
pub enum Owner {
    Nobody,
    Customer(CustomerId),
    /// Always a new customer.
    New(NewCustomer),
    /// The customer with this e-mail address, or a new one.
    ByEmail(NewCustomer),
}

/// Keys that were made, and whose they are.
#[derive(Clone, Debug)]
pub struct Made {
    pub keys: Vec<licence_key::Model>,
    pub customer: Option<customer::Model>,
    /// The secret of a customer that was made with them; never shown again.
    pub secret: Option<String>,
}

/// Makes `count` keys like `new`, whose expiry is `days` from now (0: never).
pub async fn keys(
    app: &AppState,
    origin: &Origin,
    new: NewKey,
    owner: Owner,
    days: i64,
    count: i64,
) -> AppResult<Made> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    if products::find(&transaction, new.product).await?.is_none() {
        return Err(AppError::not_found("product"));
    }
    if let Some(id) = new.reseller {
        let found = resellers::find(&transaction, id).await?.filter(|reseller| !reseller.removed);
        found.ok_or_else(|| AppError::not_found("reseller"))?;
    }
    let (customer, secret) = owner_of(&transaction, origin, owner, now).await?;
    let new = NewKey {
        customer: customer.as_ref().map(|row| CustomerId(row.id)),
        expires_at: expiry(&transaction, now, days).await?,
        period_days: days,
        ..new
    };
    let mut keys = Vec::new();
    for _ in 0..count {
        keys.push(issue::create_key(&transaction, now, origin, new.clone()).await?);
    }
    transaction.commit().await?;
    Ok(Made { keys, customer, secret })
}

async fn owner_of<C: ConnectionTrait>(
    connection: &C,
    origin: &Origin,
    owner: Owner,
    now: i64,
) -> AppResult<(Option<customer::Model>, Option<String>)> {
    let new = match owner {
        Owner::Nobody => return Ok((None, None)),
        Owner::Customer(id) => {
            let found = customer_store::find(connection, Access::All, id).await?;
            return Ok((Some(found.ok_or_else(|| AppError::not_found("customer"))?), None));
        }
        Owner::New(new) => new,
        Owner::ByEmail(new) => {
            let email = normal_email(&new.email);
            let known = if email.is_empty() {
                None
            } else {
                customer_store::other_with_email(connection, None, &email).await?
            };
            if let Some(id) = known {
                return Ok((customer_store::find(connection, Access::All, CustomerId(id)).await?, None));
            }
            new
        }
    };
    let row = customers::insert(connection, now, origin, new).await?;
    let (row, secret) = customers::secret::renew(connection, now, row).await?;
    Ok((Some(row), Some(secret)))
}

async fn expiry<C: ConnectionTrait>(connection: &C, now: i64, days: i64) -> AppResult<Option<i64>> {
    if days == 0 {
        return Ok(None);
    }
    let zone = vendor::load(connection).await?.time_zone.parse().unwrap_or(Tz::UTC);
    Ok(Some(period::add_days(Timestamp::from_millis(now), days, zone).millis()))
}

/// A key of a product as a template says.
pub async fn from_params(
    app: &AppState,
    origin: &Origin,
    product: ProductId,
    params: &KeyParams,
) -> AppResult<licence_key::Model> {
    let new = NewKey {
        features: params.features.flags(),
        max_machines: params.max_machines.map_or(0, i64::from),
        allowed_machines: params.allowed_machines.clone().unwrap_or_default(),
        trial_activation: params.trial_activation.unwrap_or_default(),
        notes: params.notes.clone().unwrap_or_default(),
        ..NewKey::plain(product, "api")
    };
    let days = params.period_days.map_or(0, i64::from);
    let mut made = keys(app, origin, new, Owner::Nobody, days, 1).await?;
    made.keys.pop().ok_or_else(|| AppError::internal("no key was made"))
}

/// The trial key of a machine: made once per product, the same one while it is a trial and not blocked, and
/// never another after that (nothing).
pub async fn trial(
    app: &AppState,
    origin: &Origin,
    product: ProductId,
    machine: &str,
    friendly_name: &str,
    days: i64,
) -> AppResult<Option<licence_key::Model>> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    // The product's row is held, so that of two programs on one machine one makes the key.
    if !products::hold(&transaction, product).await? {
        return Err(AppError::not_found("product"));
    }
    if let Some(known) = keys::trial_of(&transaction, product, machine).await? {
        return Ok(Some(known).filter(|key| is_trial(key) && !key.blocked));
    }
    let mut features = [false; 8];
    // F1 stands for a limited time and F2 for a trial, as programs made for the other service take them.
    (features[0], features[1]) = (true, true);
    let new = NewKey {
        expires_at: expiry(&transaction, now, days).await?,
        period_days: days,
        features,
        max_machines: 1,
        trial_machine: Some(machine.to_owned()),
        ..NewKey::plain(product, "api")
    };
    let key = issue::create_key(&transaction, now, origin, new).await?;
    let row = activation::ActiveModel {
        id: NotSet,
        key_id: Set(key.id),
        machine_code: Set(machine.to_owned()),
        floating: Set(false),
        overdraft: Set(false),
        friendly_name: Set(friendly_name.to_owned()),
        ip: Set(origin.ip.clone()),
        os_info: Set(String::new()),
        first_seen_at: Set(now),
        last_seen_at: Set(now),
        lease_until: Set(None),
    };
    activations::insert(&transaction, row).await?;
    keys::set_first_activated(&transaction, key.id, now).await?;
    transaction.commit().await?;
    Ok(Some(key))
}
