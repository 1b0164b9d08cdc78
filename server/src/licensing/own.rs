//! What customers see of their licences' use, and what they may do about it themselves.

use std::collections::HashMap;

use latchkey_shared::{
    api::{
        portal::{OwnLicence, OwnMachine, PortalLicence},
        settings::OwnLicences,
    },
    ids::{CustomerId, KeyGlobalId},
    status::KeyStatus,
    time::Timestamp,
};
use latchkey_store::{
    Access, activations, customers,
    entity::{activation, licence_key, vendor as vendor_row},
    keys,
};
use sea_orm::ConnectionTrait;

use super::{machines, reissue};
use crate::{
    audit::Origin,
    billing::view,
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// Machines that are listed of one key.
const MOST: usize = 100;

/// The vendor's rules.
pub fn rules(row: &vendor_row::Model) -> OwnLicences {
    OwnLicences {
        remove_machines: row.customers_remove_machines,
        reissues_per_day: row.customer_reissues_per_day,
        reissue_moves_machines: row.reissue_moves_machines,
    }
}

/// A customer's licences, the newest first. What was replaced is only named by what replaced it.
pub async fn list(app: &AppState, customer: CustomerId) -> AppResult<Vec<OwnLicence>> {
    let connection = app.store.read();
    let rows = keys::of_customer(connection, Access::Customer(customer), customer).await?;
    let machines = activations::of_keys(connection, &rows, app.clock.now()).await?;
    let about = About {
        moves_machines: vendor::load(connection).await?.reissue_moves_machines,
        may_remove: may_remove(connection, customer).await?,
        may_reissue: may_reissue(app, customer).await?,
        texts: keys::texts(connection, rows.iter().filter_map(|key| key.replaces)).await?,
        rows,
        machines,
    };
    let licences = view::licences(app, customer).await?;
    Ok(licences.into_iter().map(|licence| about.with(licence)).collect())
}

/// One licence of a customer's, or 404.
pub async fn one(app: &AppState, customer: CustomerId, key: KeyGlobalId) -> AppResult<OwnLicence> {
    let found = list(app, customer).await?.into_iter().find(|own| own.licence.id == key);
    found.ok_or_else(|| AppError::not_found("licence key"))
}

/// Takes a machine off a customer's own key.
///
/// # Errors
/// 404 for a key or machine of somebody else's, 409 where the vendor does not let this customer do it.
pub async fn remove_machine(
    app: &AppState,
    origin: &Origin,
    customer: CustomerId,
    key: KeyGlobalId,
    machine: i64,
) -> AppResult<()> {
    let access = Access::Customer(customer);
    keys::find(app.store.read(), access, key).await?.ok_or_else(|| AppError::not_found("licence key"))?;
    if !may_remove(app.store.read(), customer).await? {
        return Err(AppError::conflict(
            "not_offered",
            "Machines are removed by us. Write to us, and say which one.",
        ));
    }
    machines::remove(app, access, origin, key, machine).await
}

async fn may_remove<C: ConnectionTrait>(connection: &C, customer: CustomerId) -> AppResult<bool> {
    if vendor::load(connection).await?.customers_remove_machines {
        return Ok(true);
    }
    let row = customers::find(connection, Access::Customer(customer), customer).await?;
    Ok(row.is_some_and(|row| row.allow_activation_management))
}

async fn may_reissue(app: &AppState, customer: CustomerId) -> AppResult<bool> {
    let connection = app.store.read();
    let rules = vendor::load(connection).await?;
    Ok(reissue::left_today(connection, &rules, customer, app.clock.now()).await? > 0)
}

/// What is known beside what a licence says.
struct About {
    rows: Vec<licence_key::Model>,
    machines: HashMap<i64, Vec<activation::Model>>,
    texts: HashMap<i64, String>,
    may_remove: bool,
    may_reissue: bool,
    moves_machines: bool,
}

impl About {
    fn with(&self, licence: PortalLicence) -> OwnLicence {
        let id = licence.id.0;
        let mut seen: Vec<_> = self.machines.get(&id).map(Vec::as_slice).unwrap_or_default().iter().collect();
        let locked = seen.iter().filter(|machine| !machine.floating).count();
        seen.sort_by_key(|machine| std::cmp::Reverse(machine.last_seen_at));
        let replaces = self.rows.iter().find(|key| key.id == id).and_then(|key| key.replaces);
        OwnLicence {
            machines: seen.into_iter().take(MOST).map(described).collect(),
            locked_machines: i64::try_from(locked).unwrap_or(i64::MAX),
            can_remove_machines: self.may_remove,
            reissue_moves_machines: self.moves_machines,
            can_reissue: self.may_reissue && licence.status != KeyStatus::Blocked,
            replaces: replaces.and_then(|old| self.texts.get(&old).cloned()),
            licence,
        }
    }
}

fn described(row: &activation::Model) -> OwnMachine {
    let name = if row.friendly_name.is_empty() { &row.machine_code } else { &row.friendly_name };
    OwnMachine {
        id: row.id,
        name: name.clone(),
        first_seen: Timestamp::from_millis(row.first_seen_at),
        last_seen: Timestamp::from_millis(row.last_seen_at),
        lease_until: row.lease_until.map(Timestamp::from_millis),
    }
}
