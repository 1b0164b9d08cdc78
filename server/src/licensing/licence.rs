//! A licence key with everything that a licence says about it.

use std::collections::HashMap;

use latchkey_store::{
    activations, customers, data,
    entity::{activation, customer, data_object, licence_key, reseller},
    resellers,
};
use sea_orm::ConnectionTrait;

use crate::{clock::DAY, error::AppResult};

/// A key and what belongs to it.
#[derive(Clone, Debug)]
pub struct Licence {
    pub key: licence_key::Model,
    /// Node-locked machines, and floating seats that are taken.
    pub machines: Vec<activation::Model>,
    pub customer: Option<customer::Model>,
    pub objects: Vec<data_object::Model>,
    pub reseller: Option<reseller::Model>,
}

/// Whether a licence works, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    Valid,
    Expired,
    Blocked,
}

impl Licence {
    pub fn validity(&self, now: i64) -> Validity {
        if self.key.blocked {
            Validity::Blocked
        } else if self.key.expires_at.is_some_and(|at| at <= now) {
            Validity::Expired
        } else {
            Validity::Valid
        }
    }

    /// A key that `CreateTrialKey` made and nobody has turned into a full one.
    pub fn is_trial(&self) -> bool {
        is_trial(&self.key)
    }

    /// Days until it expires, begun ones included.
    pub fn days_left(&self, now: i64) -> i64 {
        self.key.expires_at.map_or(0, |at| Ord::max(0, (at - now + DAY - 1).div_euclid(DAY)))
    }

    pub fn locked_machines(&self) -> usize {
        self.machines.iter().filter(|machine| !machine.floating).count()
    }

    pub fn seats(&self) -> usize {
        self.machines.iter().filter(|machine| machine.floating).count()
    }
}

/// See [`Licence::is_trial`].
pub fn is_trial(key: &licence_key::Model) -> bool {
    key.trial_machine.is_some() && key.f2
}

/// What belongs to a key.
pub async fn load<C: ConnectionTrait>(
    connection: &C,
    key: licence_key::Model,
    now: i64,
) -> AppResult<Licence> {
    let machines = activations::of_keys(connection, std::slice::from_ref(&key), now).await?;
    let customer = match key.customer_id {
        Some(id) => customers::find(connection, latchkey_store::Access::All, id.into()).await?,
        None => None,
    };
    let machines = machines.into_values().next().unwrap_or_default();
    complete(connection, key, Known { customer, machines, objects: None }).await
}

/// What of a key was read already.
#[derive(Debug)]
pub struct Known {
    pub customer: Option<customer::Model>,
    pub machines: Vec<activation::Model>,
    pub objects: Option<Vec<data_object::Model>>,
}

/// The same where much of it was read already.
pub async fn complete<C: ConnectionTrait>(
    connection: &C,
    key: licence_key::Model,
    known: Known,
) -> AppResult<Licence> {
    let Known { customer, machines, objects } = known;
    let reseller = match key.reseller_id {
        Some(id) => resellers::find(connection, id).await?,
        None => None,
    };
    let objects = match objects {
        Some(objects) => objects,
        None => data::of_keys(connection, &[key.id]).await?.remove(&key.id).unwrap_or_default(),
    };
    Ok(Licence { key, machines, customer, objects, reseller })
}

/// What belongs to several keys, in their order. Without `details`, machines and data objects are left out.
pub async fn load_all<C: ConnectionTrait>(
    connection: &C,
    keys: Vec<licence_key::Model>,
    details: bool,
    now: i64,
) -> AppResult<Vec<Licence>> {
    let ids: Vec<i64> = keys.iter().map(|key| key.id).collect();
    let (mut machines, mut objects) = (HashMap::new(), HashMap::new());
    if details {
        machines = activations::of_keys(connection, &keys, now).await?;
        objects = data::of_keys(connection, &ids).await?;
    }
    let owners = customers::by_ids(connection, keys.iter().filter_map(|key| key.customer_id)).await?;
    let sellers = resellers::by_ids(connection, keys.iter().filter_map(|key| key.reseller_id)).await?;
    let licence = |key: licence_key::Model| Licence {
        machines: machines.remove(&key.id).unwrap_or_default(),
        objects: objects.remove(&key.id).unwrap_or_default(),
        customer: key.customer_id.and_then(|id| owners.get(&id).cloned()),
        reseller: key.reseller_id.and_then(|id| sellers.get(&id).cloned()),
        key,
    };
    Ok(keys.into_iter().map(licence).collect())
}
